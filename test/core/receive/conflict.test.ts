import { expect, test } from "vitest";
import { otherRecord, ownEvents, placeOfRecord, recordAt } from "../../../core/receive/conflict.ts";
import { callbackRecord, noon, paymentEvent } from "../../support/samples.ts";

const other = { ...callbackRecord("evt_1", {}, noon), sha256: "0123456789abcdef0123456789abcdef" };

test("what an operator has delivered besides is a record of its own, always under the same key, in line where it came", () => {
  const record = otherRecord(other, noon + 60_000);
  expect(record).toEqual({
    ...other,
    key: "sandbox/evt_1~0123456789abcdef",
    variantOf: "sandbox/evt_1",
    storedAt: noon + 60_000,
    orderedAt: noon,
  });
  expect(otherRecord(other, noon + 120_000).key).toBe(record.key);
});

test("its events have ids of their own, and those of the first have the gateway's", () => {
  const events = [paymentEvent({ id: "evt_1" }), paymentEvent({ id: "evt_1#2" })];
  expect(ownEvents(otherRecord(other, noon), events).map(({ id }) => id)).toEqual(["evt_1~0123456789abcdef", "evt_1#2~0123456789abcdef"]);
  expect(ownEvents(other, events)).toBe(events);
});

test("a place that is a record's says which, and one under the first one's key does not", () => {
  expect(placeOfRecord("sandbox/evt_1")).toBe("record sandbox/evt_1");
  expect(recordAt("record sandbox/evt_1")).toBe("sandbox/evt_1");
  expect(recordAt("conflict#0123")).toBeUndefined();
  expect(recordAt("conflict#record ")).toBeUndefined();
});
