/** KOMOJU repeats the list of a payment's refunds with each of them, and a chargeback is one of the list. */
import type { Callback, Sequence } from "./sequence.ts";

const start = Date.UTC(2026, 0, 1);
let count = 0;

const event = (hours: number, type: string, data: object): Callback => ({
  body: { id: `event-${++count}`, type, resource: "event", data, created_at: new Date(start + hours * 3_600_000).toISOString() },
});
const payment = (hours: number, type: string, fields: object = {}) =>
  event(hours, `payment.${type}`, { id: "P1", total: 1980, currency: "JPY", customer: "C1", amount_refunded: 0, refunds: [], ...fields });
const refund = (hours: number, id: string, amount: number, chargeback = false) => ({
  id,
  amount,
  currency: "JPY",
  chargeback,
  created_at: new Date(start + hours * 3_600_000).toISOString(),
});
const [first, second, charged] = [refund(2, "R1", 500), refund(3, "R2", 300), refund(4, "R3", 1180, true)];

const komoju = { source: { gateway: "komoju" }, contract: "P1", currency: "JPY" };

export const sequences: readonly Sequence[] = [
  {
    what: "a payment goes back in parts",
    callbacks: [
      payment(1, "captured"),
      payment(2, "refund.created", { refunds: [first], amount_refunded: 500 }),
      payment(3, "refund.created", { refunds: [first, second], amount_refunded: 800 }),
    ],
    adds: { charged: 1980, refunded: 800 },
    ...komoju,
  },
  {
    what: "the rest is charged back, and listed twice",
    callbacks: [
      payment(1, "authorized"),
      payment(2, "captured"),
      payment(2, "refund.created", { refunds: [first, second], amount_refunded: 800 }),
      payment(4, "refund.created", { refunds: [first, second, charged], amount_refunded: 1980 }),
      payment(4, "refunded", { refunds: [first, second, charged], amount_refunded: 1980 }),
    ],
    adds: { charged: 1980, refunded: 800, chargedBack: 1180 },
    ...komoju,
  },
  {
    what: "refunds are only told as a sum",
    callbacks: [
      payment(1, "captured"),
      payment(2, "refund.created", { amount_refunded: 500 }),
      payment(3, "refunded", { amount_refunded: 1980 }),
    ],
    adds: { charged: 1980, refunded: 1980 },
    ...komoju,
  },
  {
    what: "a slip expires",
    callbacks: [payment(1, "authorized"), payment(99, "expired")],
    adds: { charged: 0, refunded: 0 },
    ...komoju,
  },
  {
    what: "a first attempt fails",
    callbacks: [payment(1, "failed"), payment(2, "captured")],
    adds: { charged: 1980, refunded: 0 },
    ...komoju,
  },
  {
    what: "a subscription ends, and a payment of its customer stands beside it",
    source: { gateway: "komoju" },
    callbacks: [
      event(1, "subscription.created", { id: "S1", customer: "C1" }),
      payment(2, "captured"),
      event(3, "subscription.captured", { id: "S1", customer: "C1" }),
      event(9, "subscription.deleted", { id: "S1", customer: "C1" }),
    ],
    contract: "S1",
    adds: { state: "cancelled", charged: 0, refunded: 0 },
    together: { charged: 1980, refunded: 0 },
    currency: "JPY",
  },
  {
    what: "a slip is paid in its last minute, and its expiry is told with a later time",
    callbacks: [payment(1, "authorized"), payment(2, "captured"), payment(3, "expired")],
    adds: { charged: 1980, refunded: 0 },
    ...komoju,
  },
];
