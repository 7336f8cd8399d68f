import { expect, test } from "vitest";
import { deduplicationId, doorbellOf } from "../../../core/lifecycle/doorbell.ts";
import { type Progress, untouched } from "../../../core/lifecycle/progress.ts";
import { replay } from "../../../core/lifecycle/transitions/operator.ts";
import { givenUpUnreadable, isUnreadable, unreadable } from "../../../core/lifecycle/unreadable.ts";

const record = { key: "shop/1", storedAt: 5 } as const;

test("progress that cannot be read is a dead letter that says so, until the record is given up in the table too, at its own place in line", () => {
  const standIn = unreadable(record.key, 3);
  expect(standIn).toMatchObject({
    state: "dead",
    revision: 3,
    cause: { kind: "as recorded", sentence: "its progress cannot be read, and what has happened to it is not known" },
  });
  // When it was stored is not known: it is taken for the oldest.
  expect(standIn).toMatchObject({ at: 0, order: "0000000000000#shop/1" });
  const dead = givenUpUnreadable(standIn, record, { contracts: ["c"] }, 9);
  expect(dead).toEqual({ ...untouched(record, 9), state: "dead", cause: standIn.cause, contracts: ["c"], inLine: true, epoch: 3 });
  expect(givenUpUnreadable(standIn, record, { contracts: [] }, 9)).toMatchObject({ contracts: [], inLine: false });
  expect([standIn, dead].map(isUnreadable)).toEqual([true, false]);
});

test("the replay of a record whose progress cannot be read rings as nothing has rung before", () => {
  // Rung for after every save, as often as it can have been.
  const rings: readonly Progress[] = [0, 1, 2, 3].map((epoch) => ({ ...untouched(record, 5), epoch }));
  const dead = givenUpUnreadable(unreadable(record.key, 3), record, { contracts: ["c"] }, 9);
  const again = replay(dead, { contracts: ["c"] }, 10);
  expect(rings.map((one) => deduplicationId(doorbellOf(one)))).not.toContain(deduplicationId(doorbellOf(again)));
});
