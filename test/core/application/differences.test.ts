import { expect, test } from "vitest";
import type { SaidEntry } from "../../../core/application/both-sides.ts";
import { saidDifference } from "../../../core/application/differences.ts";

const event = { type: "account.closed", id: "msg_1", occurredAt: 1, receivedAt: 2, account: "a-1" } as const;
const said: SaidEntry = { event, record: "app/msg_1" };
const other: SaidEntry = { event: { ...event, account: "a-2" }, record: "app/msg_1" };

test("what stands in all of its places, and is led to, does not differ", () => {
  expect(saidDifference(said, [{ ...said }, { ...said }], true)).toBeUndefined();
});

test("what one of its places lacks is missing, whatever stands in the others", () => {
  expect(saidDifference(said, [undefined], true)).toEqual({ kind: "missing", said });
  expect(saidDifference(said, [other, undefined], false)).toEqual({ kind: "missing", said });
});

test("what is said otherwise, or by another record, differs, and shows what stands there", () => {
  expect(saidDifference(said, [said, other], true)).toEqual({ kind: "differs", said, stored: other.event });
  expect(saidDifference(said, [{ ...said, record: "app/msg_2" }], true)).toEqual({ kind: "differs", said, stored: event });
  const third = { ...other, event: { ...event, account: "a-3" } };
  expect(saidDifference(said, [other, third], false)).toEqual({ kind: "differs", said, stored: other.event });
});

test("what nothing leads to is not joined", () => {
  expect(saidDifference(said, [said], false)).toEqual({ kind: "not joined", said });
});
