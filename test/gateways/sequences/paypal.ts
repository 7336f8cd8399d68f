/** PayPal's refunds, reversals and disputes name a sale or a capture; only the sale names its subscription. */
import type { Callback, Sequence } from "./sequence.ts";

const start = Date.UTC(2026, 0, 1);
let count = 0;

const event = (hours: number, event_type: string, resource: object): Callback => ({
  body: { id: `WH-${++count}`, create_time: new Date(start + hours * 3_600_000).toISOString(), event_type, resource },
});

const v1 = (total: string) => ({ total, currency: "USD" });
const v2 = (value: string) => ({ value, currency_code: "USD" });
const sale = (hours: number, id: string) =>
  event(hours, "PAYMENT.SALE.COMPLETED", { id, billing_agreement_id: "I-1", amount: v1("9.99"), state: "completed" });
const saleRefund = (hours: number, id: string, fields: object) => event(hours, "PAYMENT.SALE.REFUNDED", { id, sale_id: "S1", ...fields });
const capture = (hours: number, id: string, value: string, type = "COMPLETED") =>
  event(hours, `PAYMENT.CAPTURE.${type}`, {
    id,
    amount: v2(value),
    supplementary_data: { related_ids: { order_id: "O1", authorization_id: "A1" } },
  });
const authorization = (hours: number, type: string) =>
  event(hours, `PAYMENT.AUTHORIZATION.${type}`, { id: "A1", amount: v2("10.00"), supplementary_data: { related_ids: { order_id: "O1" } } });
const dispute = (hours: number, type: string, outcome?: object) =>
  event(hours, `CUSTOMER.DISPUTE.${type}`, {
    dispute_id: "PP-D-1",
    disputed_transactions: [{ seller_transaction_id: "S1" }],
    dispute_amount: v2("9.99"),
    ...(outcome && { dispute_outcome: outcome }),
  });
const disputeOf = (seller_transaction_id: string, value: string, outcome_code: string) => ({
  dispute_id: `PP-D-${seller_transaction_id}`,
  disputed_transactions: [{ seller_transaction_id }],
  dispute_amount: v2(value),
  dispute_outcome: { outcome_code },
});
const captureRefund = (hours: number, status: string, id: string, value: string, capture_id = "C1") =>
  event(hours, `PAYMENT.REFUND.${status}`, {
    id,
    status,
    amount: v2(value),
    supplementary_data: { related_ids: { capture_id } },
  });
const reversed = event(3, "PAYMENT.SALE.REVERSED", { id: "RV1", sale_id: "S1", amount: v1("-9.99") });

const paypal = { source: { gateway: "paypal", options: { webhookId: "1", publicKey: "k" } }, currency: "USD" };

export const sequences: readonly Sequence[] = [
  {
    what: "of two sales of a subscription one is refunded in parts, one of them under way and one of them in vain",
    callbacks: [
      event(0, "BILLING.SUBSCRIPTION.ACTIVATED", { id: "I-1", status: "ACTIVE" }),
      sale(1, "S1"),
      sale(700, "S2"),
      saleRefund(701, "R1", { amount: v1("-3.00"), state: "completed" }),
      saleRefund(702, "R2", { amount: v1("-2.00"), state: "pending" }),
      saleRefund(703, "R3", { amount: v1("-1.00"), state: "failed" }),
    ],
    contract: "I-1",
    adds: { state: "active", charged: 1998, refunded: 300 },
    ...paypal,
  },
  {
    what: "a billing agreement is charged and ends",
    callbacks: [
      event(0, "BILLING_AGREEMENTS.AGREEMENT.CREATED", { id: "B-1", state: "ACTIVE" }),
      event(1, "PAYMENT.SALE.COMPLETED", { id: "S1", billing_agreement_id: "B-1", amount: v1("9.99") }),
      event(2, "BILLING_AGREEMENTS.AGREEMENT.CANCELLED", { id: "B-1", state: "CANCELED" }),
      saleRefund(3, "R1", { amount: v1("9.99") }),
    ],
    contract: "B-1",
    adds: { state: "cancelled", charged: 999, refunded: 999 },
    ...paypal,
  },
  {
    what: "an authorisation is captured in two parts, one of which is denied, and the rest is voided",
    callbacks: [
      authorization(1, "CREATED"),
      capture(2, "C1", "6.00"),
      capture(3, "C2", "4.00", "PENDING"),
      capture(4, "C2", "4.00", "DENIED"),
      authorization(5, "VOIDED"),
    ],
    contract: "A1",
    adds: { charged: 600, refunded: 0 },
    ...paypal,
  },
  {
    what: "a capture is denied after it was completed",
    callbacks: [capture(2, "C1", "6.00"), capture(4, "C1", "6.00", "DENIED")],
    contract: "C1",
    adds: { charged: 0, refunded: 0 },
    ...paypal,
  },
  {
    what: "a capture is refunded that the refund names only beside",
    callbacks: [
      capture(2, "C1", "6.00"),
      event(3, "PAYMENT.CAPTURE.REFUNDED", {
        id: "R1",
        status: "COMPLETED",
        amount: v2("2.00"),
        supplementary_data: { related_ids: { capture_id: "C1" } },
      }),
    ],
    contract: "C1",
    adds: { charged: 600, refunded: 200 },
    ...paypal,
  },
  {
    what: "a disputed sale is reversed, and the seller wins",
    callbacks: [sale(1, "S1"), dispute(2, "CREATED"), reversed, dispute(4, "RESOLVED", { outcome_code: "RESOLVED_SELLER_FAVOUR" })],
    contract: "I-1",
    adds: { charged: 999, refunded: 0, chargedBack: 0 },
    ...paypal,
  },
  {
    what: "a disputed sale is reversed, and the seller loses",
    callbacks: [sale(1, "S1"), dispute(2, "CREATED"), reversed, dispute(4, "RESOLVED", { outcome_code: "RESOLVED_BUYER_FAVOUR" })],
    contract: "I-1",
    adds: { charged: 999, refunded: 0, chargedBack: 999 },
    ...paypal,
  },
  {
    what: "the buyer wins a part of a dispute",
    callbacks: [sale(1, "S1"), dispute(4, "RESOLVED", { outcome_code: "RESOLVED_BUYER_FAVOUR", amount_refunded: v2("4.00") })],
    contract: "I-1",
    adds: { charged: 999, refunded: 0, chargedBack: 400 },
    ...paypal,
  },
  {
    what: "of two refunds of a capture that are under way one fails and one is done, by names of their own",
    callbacks: [
      capture(1, "C1", "10.00"),
      captureRefund(2, "PENDING", "R1", "3.00"),
      captureRefund(3, "FAILED", "R1", "3.00"),
      captureRefund(2, "PENDING", "R2", "4.00"),
      captureRefund(4, "COMPLETED", "R2", "4.00"),
    ],
    contract: "C1",
    adds: { charged: 1000, refunded: 400 },
    ...paypal,
  },
  {
    what: "of two captures of one order one is lost in a dispute, and the other is won later",
    callbacks: [
      capture(1, "C1", "6.00"),
      capture(1, "C2", "4.00"),
      event(10, "CUSTOMER.DISPUTE.RESOLVED", disputeOf("C1", "6.00", "RESOLVED_BUYER_FAVOUR")),
      event(12, "CUSTOMER.DISPUTE.RESOLVED", disputeOf("C2", "4.00", "RESOLVED_SELLER_FAVOUR")),
      event(9, "PAYMENT.CAPTURE.REVERSED", { id: "RV2", capture_id: "C2", amount: v2("-4.00") }),
    ],
    contract: "C1",
    adds: { charged: 1000, refunded: 0, chargedBack: 600 },
    ...paypal,
  },
  {
    what: "the seller accepts a claim, which is a refund",
    callbacks: [
      sale(1, "S1"),
      dispute(2, "CREATED"),
      saleRefund(3, "R1", { amount: v1("9.99") }),
      dispute(4, "RESOLVED", { outcome_code: "ACCEPTED" }),
    ],
    adds: { charged: 999, refunded: 999 },
    contract: "I-1",
    ...paypal,
  },
  {
    what: "the seller refunds a part in a dispute, which the buyer then wins to that part",
    callbacks: [
      sale(1, "S1"),
      dispute(2, "CREATED"),
      saleRefund(3, "R1", { amount: v1("4.00") }),
      dispute(4, "RESOLVED", { outcome_code: "RESOLVED_BUYER_FAVOUR", amount_refunded: v2("4.00") }),
    ],
    adds: { charged: 999, refunded: 400 },
    contract: "I-1",
    ...paypal,
  },
  {
    what: "a part was refunded before the dispute, which is lost over the rest without a word of how",
    callbacks: [
      sale(1, "S1"),
      saleRefund(2, "R1", { amount: v1("4.00") }),
      dispute(3, "CREATED"),
      dispute(4, "RESOLVED", { outcome_code: "RESOLVED_BUYER_FAVOUR", amount_refunded: v2("5.99") }),
    ],
    adds: { charged: 999, refunded: 400, chargedBack: 599 },
    contract: "I-1",
    ...paypal,
  },
  {
    what: "the seller refunds a part in a dispute, and PayPal reverses the rest",
    callbacks: [
      sale(1, "S1"),
      dispute(2, "CREATED"),
      saleRefund(3, "R1", { amount: v1("4.00") }),
      event(4, "PAYMENT.SALE.REVERSED", { id: "RV1", sale_id: "S1", amount: v1("-5.99") }),
      dispute(5, "RESOLVED", { outcome_code: "RESOLVED_BUYER_FAVOUR", amount_refunded: v2("5.99") }),
    ],
    adds: { charged: 999, refunded: 400, chargedBack: 599 },
    contract: "I-1",
    ...paypal,
  },
  {
    what: "one of two captures of an order is refunded while the other is lost in a dispute",
    callbacks: [
      capture(1, "C1", "10.00"),
      capture(1, "C2", "5.00"),
      event(2, "CUSTOMER.DISPUTE.CREATED", disputeOf("C1", "10.00", "NONE")),
      captureRefund(3, "COMPLETED", "R1", "5.00", "C2"),
      event(4, "CUSTOMER.DISPUTE.RESOLVED", disputeOf("C1", "10.00", "RESOLVED_BUYER_FAVOUR")),
    ],
    contract: "C1",
    adds: { charged: 1500, refunded: 500, chargedBack: 1000 },
    ...paypal,
  },
  {
    what: "a bank's debit is under way and denied, and another one is completed",
    callbacks: [
      capture(1, "C1", "10.00", "PENDING"),
      capture(2, "C1", "10.00", "DENIED"),
      capture(3, "C2", "10.00", "PENDING"),
      capture(4, "C2", "10.00"),
    ],
    contract: "C2",
    adds: { charged: 1000, refunded: 0 },
    ...paypal,
  },
];
