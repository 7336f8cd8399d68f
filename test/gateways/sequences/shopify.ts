/** Shopify tells a payment by its order: in transactions, as a whole, and through billing attempts that have no amount. */
import type { Callback, Sequence } from "./sequence.ts";

const start = Date.UTC(2026, 0, 1);
const timeOf = (hours: number) => new Date(start + hours * 3_600_000).toISOString();

const event = (hours: number, topic: string, body: object): Callback => ({
  body,
  headers: { "x-shopify-topic": topic, "x-shopify-event-id": `${topic}-${hours}`, "x-shopify-triggered-at": timeOf(hours) },
});

const usd = { currency: "USD" };
const transaction = (hours: number, id: number, kind: string, fields: object = {}) => ({
  id,
  order_id: 1001,
  kind,
  status: "success",
  amount: "100.00",
  created_at: timeOf(hours),
  ...usd,
  ...fields,
});
const transacted = (hours: number, id: number, kind: string, fields: object = {}) =>
  event(hours, "order_transactions/create", transaction(hours, id, kind, fields));
const order = (hours: number, topic: string, financial_status: string, fields: object = {}) =>
  event(hours, `orders/${topic}`, { id: 1001, total_price: "100.00", financial_status, updated_at: timeOf(hours), ...usd, ...fields });
const refunded = (hours: number, id: number, fields: object) =>
  event(hours, "refunds/create", {
    id: 5,
    order_id: 1001,
    created_at: timeOf(hours),
    transactions: [transaction(hours, id, "refund", fields)],
  });
const contract = (hours: number, topic: string, status: string) =>
  event(hours, `subscription_contracts/${topic}`, { id: 7, status, origin_order_id: 1001 });
const attempt = (hours: number, outcome: string, fields: object) =>
  event(hours, `subscription_billing_attempts/${outcome}`, { id: hours, subscription_contract_id: 7, order_id: null, ...fields });
const dispute = (hours: number, topic: string, status: string) =>
  event(hours, `disputes/${topic}`, { id: 9, order_id: 1001, amount: "30.00", status, finalized_on: timeOf(hours), ...usd });

const shopify = { source: { gateway: "shopify" }, contract: "1001", currency: "USD" };

export const sequences: readonly Sequence[] = [
  {
    what: "an order is edited, and the difference is paid; the order need not be told as paid again",
    callbacks: [transacted(1, 1, "sale"), order(2, "paid", "paid"), transacted(3, 2, "sale", { amount: "25.00" })],
    adds: { charged: 12_500, refunded: 0 },
    ...shopify,
  },
  {
    what: "the difference is declined",
    callbacks: [transacted(1, 1, "sale"), order(2, "paid", "paid"), transacted(3, 2, "sale", { amount: "25.00", status: "failure" })],
    adds: { charged: 10_000, refunded: 0 },
    ...shopify,
  },
  {
    what: "a gift card pays a part",
    callbacks: [
      transacted(1, 1, "sale", { gateway: "gift_card", amount: "30.00" }),
      transacted(1, 2, "sale", { amount: "70.00" }),
      order(2, "paid", "paid"),
    ],
    adds: { charged: 10_000, refunded: 0 },
    ...shopify,
  },
  {
    what: "an authorisation is captured in part and the rest is voided",
    callbacks: [
      transacted(1, 1, "authorization"),
      transacted(2, 2, "capture", { amount: "60.00", parent_id: 1 }),
      transacted(3, 3, "void", { amount: "40.00", parent_id: 1 }),
    ],
    adds: { charged: 6000, refunded: 0 },
    ...shopify,
  },
  {
    what: "an authorisation is voided",
    callbacks: [transacted(1, 1, "authorization"), transacted(2, 2, "void", { parent_id: 1 }), order(3, "cancelled", "voided")],
    adds: { charged: 0, refunded: 0 },
    ...shopify,
  },
  {
    what: "of two refunds one is under way when it is told, and fails",
    callbacks: [
      order(1, "paid", "paid"),
      refunded(2, 11, { amount: "40.00" }),
      transacted(2, 11, "refund", { amount: "40.00" }),
      refunded(3, 12, { amount: "10.00", status: "pending" }),
      transacted(3, 12, "refund", { amount: "10.00", status: "failure" }),
    ],
    adds: { charged: 10_000, refunded: 4000 },
    ...shopify,
  },
  {
    what: "a refund is under way when it is told, and done by the time the transaction is",
    callbacks: [
      order(1, "paid", "paid"),
      refunded(3, 12, { amount: "10.00", status: "pending", created_at: timeOf(2) }),
      transacted(2, 12, "refund", { amount: "10.00" }),
    ],
    adds: { charged: 10_000, refunded: 1000 },
    ...shopify,
  },
  {
    what: "a contract has its first order, a month that is only told as a whole, and one that fails",
    source: { gateway: "shopify" },
    callbacks: [
      order(1, "paid", "paid"),
      contract(2, "create", "active"),
      order(700, "paid", "paid", { id: 1002 }),
      attempt(701, "success", { order_id: 1002 }),
      attempt(1400, "failure", { error_code: "card_declined" }),
      contract(1401, "fail", "failed"),
      transacted(1402, 21, "refund", { order_id: 1002, amount: "10.00" }),
    ],
    contract: "7",
    adds: { state: "past_due", charged: 20_000, refunded: 1000 },
    currency: "USD",
  },
  {
    what: "a dispute is lost",
    callbacks: [order(1, "paid", "paid"), dispute(2, "create", "needs_response"), dispute(3, "update", "lost")],
    adds: { charged: 10_000, refunded: 0, chargedBack: 3000 },
    ...shopify,
  },
  {
    what: "a dispute is prevented from becoming a chargeback",
    callbacks: [order(1, "paid", "paid"), dispute(2, "create", "needs_response"), dispute(3, "update", "prevented")],
    adds: { charged: 10_000, refunded: 0 },
    ...shopify,
  },
  {
    what: "a part is paid in cash, and given back so",
    callbacks: [
      order(1, "paid", "paid", { payment_gateway_names: ["shopify_payments", "cash"] }),
      transacted(1, 11, "sale", { amount: "40.00", gateway: "shopify_payments" }),
      transacted(1, 12, "sale", { amount: "60.00", gateway: "cash" }),
      transacted(2, 13, "refund", { amount: "60.00", gateway: "cash" }),
    ],
    adds: { charged: 4000, refunded: 0 },
    ...shopify,
  },
  {
    what: "all of it is marked as paid",
    callbacks: [
      order(1, "paid", "paid"),
      transacted(1, 11, "sale", { gateway: "Postal giro", manual_payment_gateway: true }),
      order(2, "cancelled", "paid"),
    ],
    adds: { charged: 0, refunded: 0 },
    ...shopify,
  },
  {
    what: "an inquiry ends with a refund",
    callbacks: [
      transacted(1, 11, "sale"),
      dispute(2, "create", "needs_response"),
      transacted(3, 12, "refund", { amount: "100.00", parent_id: 11 }),
      dispute(3, "update", "charge_refunded"),
    ],
    adds: { charged: 10_000, refunded: 10_000 },
    ...shopify,
  },
  {
    what: "a transfer's sale is pending, and a second transaction says that it came in",
    callbacks: [transacted(1, 11, "sale", { status: "pending" }), transacted(9, 12, "sale", { parent_id: 11 }), order(9, "paid", "paid")],
    adds: { charged: 10_000, refunded: 0 },
    ...shopify,
  },
  {
    what: "an authorisation is captured in three parts, of which one fails",
    callbacks: [
      transacted(1, 11, "authorization"),
      transacted(2, 12, "capture", { amount: "30.00", parent_id: 11 }),
      transacted(3, 13, "capture", { amount: "30.00", parent_id: 11, status: "failure" }),
      transacted(4, 14, "capture", { amount: "20.00", parent_id: 11 }),
    ],
    adds: { charged: 5000, refunded: 0 },
    ...shopify,
  },
];
