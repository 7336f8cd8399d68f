/** Lemon Squeezy tells a subscription's first payment as an order and as an invoice, which only the subscription's own events join. */
import type { Callback, Sequence } from "./sequence.ts";

const event = (day: number, event_name: string, type: string, id: string, attributes: object): Callback => {
  const at = new Date(Date.UTC(2026, 0, day)).toISOString();
  return {
    body: {
      meta: { event_name, test_mode: false },
      data: { type, id, attributes: { customer_id: 9, currency: "JPY", created_at: at, updated_at: at, ...attributes } },
    },
  };
};
const order = (day: number, name: string, fields: object = {}) =>
  event(day, name, "orders", "7", { order_number: 1, total: 1980, status: "paid", refunded_amount: 0, ...fields });
const invoice = (day: number, name: string, fields: object = {}, id = "7") =>
  event(day, name, "subscription-invoices", id, {
    subscription_id: 7,
    billing_reason: "initial",
    total: 1980,
    status: "paid",
    refunded_amount: 0,
    ...fields,
  });
const subscription = (day: number, name: string, fields: object = {}) =>
  event(day, name, "subscriptions", "7", { order_id: 7, status: "active", ...fields });

const source = { gateway: "lemon-squeezy" };
const started = [order(1, "order_created"), subscription(1, "subscription_created"), invoice(1, "subscription_payment_success")];
const line = { source, contract: "7", currency: "JPY" };

export const sequences: readonly Sequence[] = [
  {
    what: "a first payment is an order and an invoice",
    ...line,
    callbacks: started,
    adds: { state: "active", charged: 1980, refunded: 0 },
  },
  {
    what: "it is given back, as an order and as an invoice",
    ...line,
    callbacks: [
      ...started,
      order(2, "order_refunded", { refunded_amount: 1980, status: "refunded" }),
      invoice(2, "subscription_payment_refunded", { refunded_amount: 1980, status: "refunded" }),
    ],
    adds: { state: "active", charged: 1980, refunded: 1980 },
  },
  {
    what: "only the order says that it was given back, in part and then more",
    ...line,
    callbacks: [
      ...started,
      order(2, "order_refunded", { refunded_amount: 500, status: "partial_refund" }),
      order(3, "order_refunded", { refunded_amount: 700, status: "partial_refund" }),
    ],
    adds: { charged: 1980, refunded: 700 },
  },
  {
    what: "renewals follow, one after it had failed, and are given back on their own",
    ...line,
    callbacks: [
      ...started,
      invoice(31, "subscription_payment_failed", { billing_reason: "renewal", status: "pending" }, "8"),
      invoice(32, "subscription_payment_recovered", { billing_reason: "renewal" }, "8"),
      invoice(33, "subscription_payment_refunded", { billing_reason: "renewal", refunded_amount: 480 }, "8"),
    ],
    adds: { state: "active", charged: 3960, refunded: 480 },
  },
  {
    what: "a single product is bought beside, whose order has another subscription's number",
    ...line,
    callbacks: [
      ...started,
      event(3, "order_created", "orders", "8", { order_number: 2, total: 500, status: "paid" }),
      event(4, "order_refunded", "orders", "8", { order_number: 2, total: 500, status: "refunded", refunded_amount: 500 }),
    ],
    adds: { charged: 1980, refunded: 0 },
    together: { charged: 2480, refunded: 500 },
  },
  {
    what: "only orders are to count",
    source: { ...source, options: { orders: "charges" } },
    contract: "7",
    currency: "JPY",
    callbacks: [...started, order(2, "order_refunded", { refunded_amount: 1980, status: "refunded" })],
    adds: { charged: 1980, refunded: 1980 },
  },
  {
    what: "only invoices are to count, and no event of the subscription comes",
    source: { ...source, options: { orders: "notices" } },
    contract: "7",
    currency: "JPY",
    callbacks: [order(1, "order_created"), invoice(1, "subscription_payment_success")],
    adds: { charged: 1980, refunded: 0 },
  },
  {
    what: "a trial begins over nothing, and is paid for later",
    ...line,
    callbacks: [
      order(1, "order_created", { total: 0 }),
      subscription(1, "subscription_created", { status: "on_trial" }),
      invoice(8, "subscription_payment_success", { billing_reason: "renewal" }),
    ],
    adds: { state: "active", charged: 1980, refunded: 0 },
  },
];
