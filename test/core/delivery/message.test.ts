import { expect, test } from "vitest";
import { messageOf } from "../../../core/delivery/message.ts";
import type { PaymentEvent } from "../../../core/event.ts";
import { callbackRecord, noon } from "../../support/samples.ts";

/** All that an event can say. */
const event: Required<PaymentEvent> = {
  id: "evt_1#2",
  type: "charge.refunded",
  gatewayType: "charge.refunded",
  occurredAt: noon - 5_000,
  contract: "sub_1",
  charge: "ch_1",
  alsoKnownAs: ["pi_1", "in_1"],
  part: "cap_1",
  customer: "cus_1",
  order: "order 7",
  amount: { minor: 1_980, currency: "JPY" },
  refund: "re_1",
  dispute: "dp_1",
  orRefunded: true,
  paidElsewhere: true,
  previousState: "past_due",
  replacedBy: "sub_2",
  isProrated: true,
  isPaidApart: true,
  interval: "month",
  freeUntil: noon,
  endsAt: noon,
  reason: "insufficient funds",
  incomplete: ["order"],
};

test("a message says all of an event that docs/message.md lists, and nothing else", () => {
  expect(messageOf(callbackRecord("evt_1"), event)).toEqual({
    type: "charge.refunded",
    timestamp: "2026-11-20T11:59:55.000Z",
    data: {
      id: "evt_1#2",
      type: "charge.refunded",
      gatewayType: "charge.refunded",
      occurredAt: noon - 5_000,
      contract: "sub_1",
      charge: "ch_1",
      alsoKnownAs: ["pi_1", "in_1"],
      part: "cap_1",
      customer: "cus_1",
      order: "order 7",
      amount: { minor: 1_980, currency: "JPY" },
      refund: "re_1",
      dispute: "dp_1",
      previousState: "past_due",
      replacedBy: "sub_2",
      reason: "insufficient funds",
      incomplete: ["order"],
      source: "sandbox",
      record: "sandbox/evt_1",
    },
  });
});

test("what an event does not say is left out, and what a custom gateway adds is not sent", () => {
  const { id, type, gatewayType, occurredAt } = event;
  const odd = {
    id,
    type,
    gatewayType,
    occurredAt,
    contract: undefined,
    cardNumber: "4242",
    amount: { minor: 1, currency: "EUR", note: "x" },
  };
  expect(messageOf(callbackRecord("evt_1"), odd as unknown as PaymentEvent).data).toEqual({
    id,
    type,
    gatewayType,
    occurredAt,
    amount: { minor: 1, currency: "EUR" },
    source: "sandbox",
    record: "sandbox/evt_1",
  });
});
