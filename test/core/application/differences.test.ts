import { expect, test } from "vitest";
import type { ApplicationEntry } from "../../../core/application/both-sides.ts";
import { entryDifference } from "../../../core/application/differences.ts";

const event = { type: "account.closed", id: "msg_1", occurredAt: 1, receivedAt: 2, account: "a-1" } as const;
const said: ApplicationEntry = { event, record: "app/msg_1" };
const other: ApplicationEntry = { event: { ...event, account: "a-2" }, record: "app/msg_1" };

test("what stands in all of its places, and is led to, does not differ", () => {
  expect(entryDifference(said, [{ ...said }, { ...said }], true)).toBeUndefined();
});

test("what one of its places lacks is missing, whatever stands in the others", () => {
  expect(entryDifference(said, [undefined], true)).toEqual({ kind: "missing", entry: said });
  expect(entryDifference(said, [other, undefined], false)).toEqual({ kind: "missing", entry: said });
});

test("what is said otherwise, or by another record, differs, and shows what stands there", () => {
  expect(entryDifference(said, [said, other], true)).toEqual({ kind: "differs", entry: said, stored: other.event });
  expect(entryDifference(said, [{ ...said, record: "app/msg_2" }], true)).toEqual({ kind: "differs", entry: said, stored: event });
  const third = { ...other, event: { ...event, account: "a-3" } };
  expect(entryDifference(said, [other, third], false)).toEqual({ kind: "differs", entry: said, stored: other.event });
});

test("what nothing leads to is not joined", () => {
  expect(entryDifference(said, [said], false)).toEqual({ kind: "not joined", entry: said });
});
