/** Square's payments name an order, its invoices the order and the subscription, and its refunds and disputes the payment. */
import type { Callback, Sequence } from "./sequence.ts";

const start = Date.UTC(2026, 0, 1);
let count = 0;

const event = (hours: number, type: string, name: string, object: object): Callback => ({
  body: {
    merchant_id: "M",
    type,
    event_id: `event-${++count}`,
    created_at: new Date(start + hours * 3_600_000).toISOString(),
    data: { type: name, id: "x", object: { [name]: object } },
  },
});

const yen = (amount: number) => ({ amount, currency: "JPY" });
const payment = (hours: number, id: string, status: string, fields: object = {}) =>
  event(hours, "payment.updated", "payment", { id, status, order_id: "O1", total_money: yen(1980), source_type: "CARD", ...fields });
const invoice = (hours: number, type: string, order_id = "O1") =>
  event(hours, `invoice.${type}`, "invoice", { id: `inv-${order_id}`, order_id, subscription_id: "sub-1" });
const refund = (hours: number, id: string, status: string, amount: number) =>
  event(hours, "refund.updated", "refund", { id, status, payment_id: "P1", order_id: "a-return", amount_money: yen(amount) });
const dispute = (hours: number, type: string, state: string) =>
  event(hours, type, "dispute", { id: "D1", state, amount_money: yen(500), disputed_payment: { payment_id: "P1" } });
const subscription = (hours: number, type: string, status: string) =>
  event(hours, `subscription.${type}`, "subscription", { id: "sub-1", status });

const square = { source: { gateway: "square" }, currency: "JPY" };

export const sequences: readonly Sequence[] = [
  {
    what: "a subscription is paid twice, and one payment is refunded",
    callbacks: [
      subscription(0, "created", "ACTIVE"),
      payment(1, "P1", "COMPLETED"),
      invoice(2, "payment_made"),
      payment(700, "P2", "COMPLETED", { order_id: "O2" }),
      invoice(701, "payment_made", "O2"),
      refund(702, "R1", "COMPLETED", 980),
    ],
    contract: "sub-1",
    adds: { state: "active", charged: 3960, refunded: 980 },
    ...square,
  },
  {
    what: "a cancelled subscription's last invoice is paid late",
    callbacks: [
      subscription(0, "created", "ACTIVE"),
      invoice(1, "published"),
      subscription(2, "updated", "CANCELED"),
      payment(3, "P1", "COMPLETED"),
      invoice(3, "payment_made"),
    ],
    contract: "sub-1",
    adds: { state: "cancelled", charged: 1980, refunded: 0 },
    ...square,
  },
  {
    what: "an order is paid in parts, one of which fails and one of which is cancelled",
    callbacks: [
      payment(1, "P1", "COMPLETED", { total_money: yen(1000) }),
      payment(2, "P2", "FAILED", { total_money: yen(980) }),
      payment(3, "P3", "COMPLETED", { total_money: yen(980) }),
      payment(4, "P4", "APPROVED", { total_money: yen(300) }),
      payment(5, "P4", "CANCELED", { total_money: yen(300) }),
    ],
    contract: "P1",
    adds: { charged: 1980, refunded: 0 },
    ...square,
  },
  {
    what: "of three refunds one is rejected and one fails",
    callbacks: [
      payment(1, "P1", "COMPLETED"),
      refund(2, "R1", "REJECTED", 100),
      refund(3, "R2", "PENDING", 200),
      refund(4, "R2", "FAILED", 200),
      refund(5, "R3", "PENDING", 300),
      refund(6, "R3", "COMPLETED", 300),
    ],
    contract: "P1",
    adds: { charged: 1980, refunded: 300 },
    ...square,
  },
  {
    what: "a card is declined, and pays later",
    callbacks: [invoice(1, "scheduled_charge_failed"), payment(2, "P1", "COMPLETED"), invoice(3, "payment_made")],
    contract: "sub-1",
    adds: { state: "active", charged: 1980, refunded: 0 },
    ...square,
  },
  {
    what: "a subscription's invoice is paid in cash",
    callbacks: [subscription(0, "created", "ACTIVE"), payment(1, "P1", "COMPLETED", { source_type: "CASH" }), invoice(2, "payment_made")],
    contract: "sub-1",
    adds: { state: "active", charged: 0, refunded: 0 },
    ...square,
  },
  {
    what: "a dispute is lost",
    callbacks: [
      payment(1, "P1", "COMPLETED"),
      dispute(2, "dispute.created", "EVIDENCE_REQUIRED"),
      dispute(3, "dispute.state.updated", "LOST"),
    ],
    contract: "P1",
    adds: { charged: 1980, refunded: 0, chargedBack: 500 },
    ...square,
  },
  {
    what: "a dispute is won",
    callbacks: [
      payment(1, "P1", "COMPLETED"),
      dispute(2, "dispute.created", "EVIDENCE_REQUIRED"),
      dispute(3, "dispute.state.updated", "WON"),
    ],
    contract: "P1",
    adds: { charged: 1980, refunded: 0 },
    ...square,
  },
  {
    what: "an inquiry is closed, becomes a chargeback after all, and is lost",
    callbacks: [
      payment(1, "P1", "COMPLETED"),
      dispute(2, "dispute.created", "INQUIRY_EVIDENCE_REQUIRED"),
      dispute(3, "dispute.state.updated", "INQUIRY_CLOSED"),
      dispute(4, "dispute.state.updated", "PROCESSING"),
      dispute(5, "dispute.state.updated", "LOST"),
    ],
    contract: "P1",
    adds: { charged: 1980, refunded: 0, chargedBack: 500 },
    ...square,
  },
  {
    what: "cash is given back",
    callbacks: [
      payment(1, "P1", "COMPLETED", { source_type: "CASH" }),
      event(2, "refund.updated", "refund", {
        id: "R1",
        status: "COMPLETED",
        payment_id: "P1",
        destination_type: "CASH",
        amount_money: yen(300),
      }),
    ],
    contract: "P1",
    adds: { charged: 0, refunded: 0 },
    ...square,
  },
  {
    what: "a refund is told before its payment, which repeats the sum of its refunds",
    callbacks: [
      refund(3, "R1", "PENDING", 300),
      refund(4, "R1", "COMPLETED", 300),
      payment(1, "P1", "COMPLETED"),
      payment(4, "P1", "COMPLETED", { refunded_money: yen(300), refund_ids: ["R1"] }),
    ],
    contract: "P1",
    adds: { charged: 1980, refunded: 300 },
    ...square,
  },
];
