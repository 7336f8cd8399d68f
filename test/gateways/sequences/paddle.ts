/** Paddle tells a payment by its transaction; a new subscription and adjustments name it. */
import type { Callback, Sequence } from "./sequence.ts";

let count = 0;

const event = (day: number, event_type: string, data: object): Callback => ({
  body: {
    event_id: `evt_${++count}`,
    event_type,
    occurred_at: new Date(Date.UTC(2026, 0, day)).toISOString(),
    notification_id: `ntf_${count}`,
    data: { customer_id: "ctm_1", currency_code: "JPY", ...data },
  },
});
const transaction = (day: number, type: string, fields: object = {}) =>
  event(day, `transaction.${type}`, {
    id: "txn_1",
    subscription_id: null,
    origin: "web",
    details: { totals: { total: "1980", grand_total: "1980" } },
    payments: [{ amount: "1980", status: "captured" }],
    ...fields,
  });
const subscription = (day: number, type: string, fields: object = {}) =>
  event(day, `subscription.${type}`, { id: "sub_1", status: "active", ...fields });
const adjustment = (day: number, id: string, action: string, status: string, total = "980") =>
  event(day, status === "pending_approval" || action !== "refund" ? "adjustment.created" : "adjustment.updated", {
    id,
    action,
    status,
    transaction_id: "txn_1",
    subscription_id: null,
    reason: "asked for",
    totals: { total },
  });

const source = { gateway: "paddle" };
const started = [transaction(1, "paid"), subscription(2, "created", { transaction_id: "txn_1" })];
const line = { source, contract: "sub_1", currency: "JPY" };

export const sequences: readonly Sequence[] = [
  {
    what: "a transaction is paid before its subscription is there, and refunded",
    ...line,
    callbacks: [...started, adjustment(3, "adj_1", "refund", "pending_approval"), adjustment(4, "adj_1", "refund", "approved")],
    adds: { state: "active", charged: 1980, refunded: 980 },
  },
  {
    what: "it is reported again with its subscription, and as completed",
    ...line,
    callbacks: [
      ...started,
      transaction(3, "updated", { subscription_id: "sub_1" }),
      transaction(4, "completed", { subscription_id: "sub_1" }),
    ],
    adds: { state: "active", charged: 1980, refunded: 0 },
  },
  {
    what: "a refund waits for its approval",
    ...line,
    callbacks: [...started, adjustment(3, "adj_1", "refund", "pending_approval")],
    adds: { charged: 1980, refunded: 0 },
  },
  {
    what: "one refund is rejected and another approved",
    ...line,
    callbacks: [
      ...started,
      adjustment(3, "adj_1", "refund", "pending_approval"),
      adjustment(4, "adj_1", "refund", "rejected"),
      adjustment(5, "adj_2", "refund", "approved", "480"),
    ],
    adds: { charged: 1980, refunded: 480 },
  },
  {
    what: "a refund is reversed after it was approved",
    ...line,
    callbacks: [...started, adjustment(3, "adj_1", "refund", "approved"), adjustment(4, "adj_1", "refund", "reversed")],
    adds: { charged: 1980, refunded: 0 },
  },
  {
    what: "a chargeback takes the money",
    ...line,
    callbacks: [
      ...started,
      adjustment(3, "adj_1", "chargeback_warning", "approved", "1980"),
      adjustment(4, "adj_2", "chargeback", "approved", "1980"),
    ],
    adds: { charged: 1980, refunded: 0, chargedBack: 1980 },
  },
  {
    what: "a chargeback is contested with success",
    ...line,
    callbacks: [
      ...started,
      adjustment(3, "adj_1", "chargeback", "approved", "1980"),
      adjustment(4, "adj_2", "chargeback_reverse", "approved", "1980"),
      adjustment(4, "adj_1", "chargeback", "reversed", "1980"),
    ],
    adds: { charged: 1980, refunded: 0 },
  },
  {
    what: "a credit lowers a bill, and no money goes back",
    ...line,
    callbacks: [...started, adjustment(3, "adj_1", "credit", "approved"), adjustment(4, "adj_2", "credit_reverse", "approved")],
    adds: { charged: 1980, refunded: 0 },
  },
  {
    what: "an attempt fails before another succeeds, after the subscription has ended",
    ...line,
    callbacks: [
      subscription(1, "activated"),
      transaction(2, "payment_failed", { subscription_id: "sub_1", payments: [{ status: "error", error_code: "declined" }] }),
      subscription(3, "canceled", { status: "canceled" }),
      transaction(4, "completed", { subscription_id: "sub_1", origin: "subscription_recurring" }),
    ],
    adds: { state: "cancelled", charged: 1980, refunded: 0 },
  },
];
