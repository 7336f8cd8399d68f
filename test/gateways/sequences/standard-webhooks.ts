/** Polar tells a payment by its order, and Clerk by the payment whose attempts it reports. */
import type { Callback, Sequence } from "./sequence.ts";

const at = (day: number): number => Date.UTC(2026, 0, day);

const polar = (day: number, type: string, data: object): Callback => ({
  body: { type, timestamp: new Date(at(day)).toISOString(), data: { customer_id: "cus-1", ...data } },
});
const order = (day: number, type: string, fields: object = {}) =>
  polar(day, `order.${type}`, {
    id: "ord-1",
    subscription_id: "sub-1",
    billing_reason: "subscription_create",
    total_amount: 1980,
    applied_balance_amount: 0,
    refunded_amount: 0,
    refunded_tax_amount: 0,
    currency: "jpy",
    ...fields,
  });
const refund = (day: number, type: string, id: string, status: string, amount = 900) =>
  polar(day, `refund.${type}`, { id, status, amount, tax_amount: 80, currency: "jpy", order_id: "ord-1", subscription_id: "sub-1" });
const subscription = (day: number, type: string, status: string) => polar(day, `subscription.${type}`, { id: "sub-1", status });

const clerk = (day: number, type: string, data: object): Callback => ({
  body: { object: "event", type, timestamp: at(day), data: { payer: { user_id: "user_1" }, ...data } },
});
const attempt = (day: number, id: string, status: string) =>
  clerk(day, "paymentAttempt.updated", {
    id,
    payment_id: "pay_1",
    status,
    charge_type: "recurring",
    subscription_items: [{ id: "item_1" }],
    totals: { grand_total: { amount: 1980, currency: "JPY" } },
  });

const source = { gateway: "standard-webhooks" };
const started = [subscription(1, "active", "active"), order(1, "paid")];
const line = { source, contract: "sub-1", currency: "JPY" };

export const sequences: readonly Sequence[] = [
  {
    what: "Polar: a refund is under way, and then done",
    ...line,
    callbacks: [
      ...started,
      refund(2, "created", "ref-1", "pending"),
      refund(3, "updated", "ref-1", "succeeded"),
      order(3, "refunded", { refunded_amount: 900, refunded_tax_amount: 80 }),
    ],
    adds: { state: "active", charged: 1980, refunded: 980 },
  },
  {
    what: "Polar: a refund fails after it was done, and only refund.updated says so",
    ...line,
    callbacks: [
      ...started,
      refund(2, "created", "ref-1", "succeeded"),
      order(2, "refunded", { refunded_amount: 900, refunded_tax_amount: 80 }),
      refund(9, "updated", "ref-1", "failed"),
    ],
    adds: { charged: 1980, refunded: 0 },
  },
  {
    what: "Polar: of two refunds one fails later",
    ...line,
    callbacks: [
      ...started,
      refund(2, "created", "ref-1", "succeeded", 300),
      order(2, "refunded", { refunded_amount: 300, refunded_tax_amount: 80 }),
      refund(3, "created", "ref-2", "succeeded", 500),
      order(3, "refunded", { refunded_amount: 800, refunded_tax_amount: 160 }),
      refund(9, "updated", "ref-1", "failed", 300),
    ],
    adds: { charged: 1980, refunded: 580 },
  },
  {
    what: "Polar: a refund is canceled before it was done",
    ...line,
    callbacks: [...started, refund(2, "created", "ref-1", "pending"), refund(3, "updated", "ref-1", "canceled")],
    adds: { charged: 1980, refunded: 0 },
  },
  {
    what: "Polar: a balance pays a part, and what was taken is given back",
    ...line,
    callbacks: [
      subscription(1, "active", "active"),
      order(1, "created", { applied_balance_amount: -1000 }),
      order(1, "paid", { applied_balance_amount: -1000 }),
      refund(2, "created", "ref-1", "succeeded"),
    ],
    adds: { state: "active", charged: 980, refunded: 980 },
  },
  {
    what: "Polar: a new period begins, its order is paid, and a late one after the end does not revive it",
    ...line,
    callbacks: [
      ...started,
      subscription(31, "cycled", "active"),
      order(31, "paid", { id: "ord-2", billing_reason: "subscription_cycle" }),
      subscription(40, "revoked", "canceled"),
      order(41, "paid", { id: "ord-3", billing_reason: "subscription_cycle" }),
    ],
    adds: { state: "cancelled", charged: 5940, refunded: 0 },
  },
  {
    what: "Clerk: the first attempt of a payment fails and the second succeeds",
    source,
    contract: "item_1",
    currency: "JPY",
    callbacks: [
      clerk(1, "subscriptionItem.active", { id: "item_1" }),
      attempt(2, "attempt_1", "pending"),
      attempt(2, "attempt_1", "failed"),
      attempt(3, "attempt_2", "pending"),
      attempt(3, "attempt_2", "paid"),
    ],
    adds: { state: "active", charged: 1980, refunded: 0 },
  },
  {
    what: "Polar: a refund fails, and the sum of another is told, but not the other itself",
    ...line,
    callbacks: [
      ...started,
      refund(2, "created", "ref-1", "succeeded"),
      order(2, "refunded", { refunded_amount: 900, refunded_tax_amount: 80 }),
      refund(5, "updated", "ref-1", "failed"),
      order(8, "refunded", { refunded_amount: 700, refunded_tax_amount: 50 }),
    ],
    adds: { state: "active", charged: 1980, refunded: 750 },
  },
];
