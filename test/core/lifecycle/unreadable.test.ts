import { expect, test } from "vitest";
import { deduplicationId, doorbellOf } from "../../../core/lifecycle/doorbell.ts";
import { type Progress, untouched } from "../../../core/lifecycle/progress.ts";
import { replay } from "../../../core/lifecycle/transitions/operator.ts";
import { givenUpUnreadable, unreadable } from "../../../core/lifecycle/unreadable.ts";

const record = { key: "shop/1", storedAt: 5 } as const;

test("the replay of a record whose progress cannot be read rings as nothing has rung before", () => {
  // Rung for after every save, as often as it can have been.
  const rings: readonly Progress[] = [0, 1, 2, 3].map((epoch) => ({ ...untouched(record, 5), epoch }));
  const dead = givenUpUnreadable(unreadable(record.key, 3), record, { contracts: ["c"] }, 9);
  const again = replay(dead, { contracts: ["c"] }, 10);
  expect(rings.map((one) => deduplicationId(doorbellOf(one)))).not.toContain(deduplicationId(doorbellOf(again)));
});
