/** PAY.JP repeats the sum refunded so far, and counts as refunded what a partial capture left. */
import type { Callback, Sequence } from "./sequence.ts";

const source = { gateway: "payjp" };
const start = 1_767_225_600;
let count = 0;

const event = (days: number, type: string, data: object): Callback => ({
  body: { id: `evnt_${++count}`, object: "event", type, created: start + days * 86_400, livemode: true, data },
});
const charge = (days: number, type: string, more: object = {}) =>
  event(days, type, {
    id: "ch_1",
    object: "charge",
    amount: 1980,
    amount_refunded: 0,
    captured: true,
    currency: "jpy",
    subscription: "sub_1",
    ...more,
  });
const subscription = (days: number, type: string, status: string) =>
  event(days, type, { id: "sub_1", object: "subscription", customer: "cus_1", status });
const line = { contract: "sub_1", currency: "JPY" };

export const sequences: readonly Sequence[] = [
  {
    what: "a charge is refunded in two parts",
    source,
    callbacks: [
      subscription(0, "subscription.created", "active"),
      charge(0, "charge.succeeded"),
      charge(1, "charge.refunded", { amount_refunded: 300 }),
      charge(2, "charge.refunded", { amount_refunded: 500 }),
    ],
    adds: { state: "active", charged: 1980, refunded: 500 },
    ...line,
  },
  {
    what: "less is captured than was authorised, and more is refunded later",
    source,
    callbacks: [
      charge(0, "charge.succeeded", { captured: false }),
      charge(1, "charge.captured", { amount_refunded: 400 }),
      charge(2, "charge.refunded", { amount_refunded: 900 }),
    ],
    adds: { charged: 1980, refunded: 900 },
    ...line,
  },
  {
    what: "an authorisation is released",
    source,
    callbacks: [
      charge(0, "charge.succeeded", { captured: false }),
      charge(1, "charge.refunded", { captured: false, amount_refunded: 1980, refunded: true }),
    ],
    adds: { charged: 0, refunded: 0 },
    ...line,
  },
  {
    what: "a subscription is cancelled, and a payment and a renewal are told afterwards",
    source,
    callbacks: [
      subscription(0, "subscription.created", "active"),
      charge(0, "charge.succeeded"),
      subscription(30, "subscription.canceled", "canceled"),
      charge(31, "charge.succeeded", { id: "ch_2" }),
      subscription(31, "subscription.renewed", "active"),
    ],
    adds: { state: "cancelled", charged: 3960, refunded: 0 },
    ...line,
  },
];
