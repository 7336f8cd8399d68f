import fc from "fast-check";
import { expect, test } from "vitest";
import { mostQueueBytes, queueMessage } from "../../../core/delivery/queue-message.ts";
import { callbackRecord, noon, paymentEvent } from "../../support/samples.ts";

const record = callbackRecord("evt_1");

test("a queue gets the signed message's content, and in `delivery` what http has in headers", () => {
  const event = paymentEvent({ contract: "sub_1", amount: { minor: 1_980, currency: "JPY" } });
  const { text, group, deduplicationId } = queueMessage(record, event, 3);
  expect(JSON.parse(text)).toEqual({
    type: "charge.succeeded",
    timestamp: "2026-11-20T12:00:00.000Z",
    data: { ...event, occurredAt: noon, source: "sandbox", record: "sandbox/evt_1" },
    delivery: { id: "sandbox/evt_1", attempt: 3, receivedAt: "2026-11-20T12:00:00.000Z" },
  });
  expect([group, deduplicationId]).toEqual(["sandbox/sub_1", "sandbox/evt_1"]);
});

test("the group is the contract's, else the charge's, else the customer's; an event of none has one of its own", () => {
  const groupOf = (changes: object) => queueMessage(record, paymentEvent(changes), 1).group;
  expect(groupOf({ contract: "sub_1", charge: "ch_1", customer: "cus_1" })).toBe("sandbox/sub_1");
  expect(groupOf({ charge: "ch_1", customer: "cus_1" })).toBe("sandbox/ch_1");
  expect(groupOf({ customer: "cus_1" })).toBe("sandbox/cus_1");
  expect(groupOf({ id: "evt_1#2" })).toBe("sandbox/evt_1#2");
});

test("the deduplication id is the event's: another event has another, another attempt has the same", () => {
  const idOf = (id: string, attempt: number) => queueMessage(record, paymentEvent({ id }), attempt).deduplicationId;
  expect(idOf("evt_1", 1)).toBe(idOf("evt_1", 7));
  expect(idOf("evt_1#2", 1)).not.toBe(idOf("evt_1", 1));
});

test("the deduplication id of a replay of what was delivered is another: the same for its attempts, a new one for the next replay", () => {
  const idOf = (attempt: number, acceptedBefore?: string, id = "evt_1") =>
    queueMessage(record, paymentEvent({ id }), attempt, acceptedBefore).deduplicationId;
  const [first, replayed] = [idOf(1), idOf(1, "in the queue as m-1")];
  expect(replayed).toMatch(acceptedId);
  expect(new Set([first, replayed, idOf(1, "in the queue as m-2"), idOf(1, ""), idOf(1, "in the queue as m-1", "evt_1#2")]).size).toBe(5);
  expect(idOf(7, "in the queue as m-1")).toBe(replayed);
});

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const acceptedText = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;
const acceptedId = /^[\x21-\x7e]{1,128}$/;

test("whatever a gateway writes, SQS takes text and ids, and the text still says the same", () => {
  const anyText = fc.string({
    unit: fc.constantFrom("a", "/", " ", "é", "\u0000", "\ufffe", "\uffff", "\ud800", "😀", "x".repeat(70)),
    minLength: 1,
  });
  fc.assert(
    fc.property(anyText, anyText, anyText, (id, contract, reason) => {
      const { text, group, deduplicationId } = queueMessage(record, paymentEvent({ id, contract, reason }), 1);
      expect(text).toMatch(acceptedText);
      expect(group).toMatch(acceptedId);
      expect(deduplicationId).toMatch(acceptedId);
      expect(JSON.parse(text).data).toMatchObject({ id, contract, reason });
    }),
  );
});

test("two contracts whose ids do not fit are still two groups", () => {
  const groupOf = (contract: string) => queueMessage(record, paymentEvent({ contract }), 1).group;
  expect(groupOf("c".repeat(120))).toBe(`sandbox/${"c".repeat(120)}`);
  expect(groupOf("c".repeat(121))).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(groupOf("c".repeat(121))).not.toBe(groupOf("c".repeat(122)));
});

test("a message may be as large as SQS has always taken: 256 KB", () => {
  expect(mostQueueBytes).toBe(256 * 1_024);
});
