import type { EventType } from "../../../core/event.ts";
import * as meaning from "../../../gateways/paypal/meaning.ts";
import * as payments from "../../../gateways/paypal/payment.ts";
import { writer } from "../../../gateways/paypal/writer.ts";
import { now } from "../conformance/conformance.ts";
import { changed } from "./change.ts";
import { byKey, each, type Input, type Meanings, refund, row, scenesOf, sentAt, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "I-1", customer: "PAYER1", charge: "PAY1", order: "order-1", part: "R1" });
const put = (input: Input, fields: Readonly<Record<string, unknown>>): Input =>
  Object.entries(fields).reduce((made, [path, value]) => changed(made, `resource/${path}`, value), input);
const typed = (input: Input, type: string) => changed(input, "event_type", type);
const capture = scene("paid", 0, { single: true });
const captured = { charge: "PAY1", order: "order-1", amount: yen };
const part = { ...captured, part: "PAY1" };
const saleRefund = scene("refunded", 0, { refund });
const captureRefund = scene("refunded", 0, { refund, single: true });
const subscription = (type: string) => typed(scene("started"), type);
const contract = { contract: "I-1", customer: "PAYER1" };
const updated = (status: string) => put(subscription("BILLING.SUBSCRIPTION.UPDATED"), { status });
const resolved = (outcome_code: string) => put(scene("dispute won"), { dispute_outcome: { outcome_code } });
const disputed = { charge: "PAY1", amount: yen };
/** A dispute goes by the payment it is about. */
const named = (type: EventType) => (type.startsWith("dispute.") ? { dispute: "PAY1" } : {});
/** How the money went back, a resolved dispute does not say. */
const orRefunded = { part: "PAY1", orRefunded: true } as const;
const dispute = (type: string) => typed(scene("disputed"), type);
const link = (path: string) => [{ href: `https://api.paypal.com/v2/payments/${path}`, rel: "up", method: "GET" }];

export const meanings: Meanings = {
  modules: [meaning, payments],
  at: sentAt,
  tables: {
    paymentMeanings: {
      "PAYMENT.SALE.COMPLETED": row(scene("paid"), {
        type: "charge.succeeded",
        contract: "I-1",
        charge: "PAY1",
        part: "PAY1",
        amount: yen,
      }),
      "PAYMENT.SALE.REFUNDED": row(saleRefund, {
        type: "charge.refunded",
        charge: "PAY1",
        part: "PAY1",
        refund: "R1",
        amount: refund.amount,
      }),
      "PAYMENT.SALE.REVERSED": row(typed(saleRefund, "PAYMENT.SALE.REVERSED"), {
        type: "dispute.lost",
        charge: "PAY1",
        dispute: "PAY1",
        amount: refund.amount,
      }),
      "PAYMENT.CAPTURE.REFUNDED": row(captureRefund, {
        type: "charge.refunded",
        charge: "PAY1",
        order: "order-1",
        part: "PAY1",
        refund: "R1",
        amount: refund.amount,
      }),
      ...byKey(
        {
          "PAYMENT.REFUND.PENDING": "refund.pending",
          "PAYMENT.REFUND.COMPLETED": "charge.refunded",
          "PAYMENT.REFUND.FAILED": "refund.failed",
          "PAYMENT.REFUND.CANCELLED": "refund.failed",
        },
        (key, type) =>
          row(typed(captureRefund, key), { type, charge: "PAY1", order: "order-1", part: "PAY1", refund: "R1", amount: refund.amount }),
      ),
      "PAYMENT.CAPTURE.REVERSED": row(typed(captureRefund, "PAYMENT.CAPTURE.REVERSED"), {
        type: "dispute.lost",
        charge: "PAY1",
        dispute: "PAY1",
        order: "order-1",
        amount: refund.amount,
      }),
      ...byKey(
        {
          "PAYMENT.SALE.DENIED": "charge.failed",
          "PAYMENT.CAPTURE.COMPLETED": "charge.succeeded",
          "PAYMENT.CAPTURE.DECLINED": "charge.failed",
          "PAYMENT.CAPTURE.DENIED": "charge.failed",
        },
        (key, type) => row(typed(capture, key), { type, ...part }),
      ),
      ...byKey(
        {
          "PAYMENT.SALE.PENDING": "notice",
          "PAYMENT.CAPTURE.PENDING": "notice",
          "PAYMENT.AUTHORIZATION.CREATED": "charge.authorized",
          "PAYMENT.AUTHORIZATION.VOIDED": "charge.voided",
        },
        (key, type) => row(typed(capture, key), { type, ...captured }),
      ),
    },
    refundStatuses: byKey({ PENDING: "refund.pending", FAILED: "refund.failed", CANCELLED: "refund.failed" }, (status, type) =>
      row(put(captureRefund, { status }), { type, charge: "PAY1", order: "order-1", part: "PAY1", refund: "R1", amount: refund.amount }),
    ),
    agreementMeanings: byKey(
      { "BILLING_AGREEMENTS.AGREEMENT.CREATED": "contract.started", "BILLING_AGREEMENTS.AGREEMENT.CANCELLED": "contract.cancelled" },
      (key, type) =>
        row(put(subscription(key), { id: "B-1", payer: { payer_info: { payer_id: "PAYER1" } } }), {
          type,
          contract: "B-1",
          customer: "PAYER1",
        }),
    ),
    subscriptionMeanings: byKey(
      {
        "BILLING.SUBSCRIPTION.CREATED": "notice",
        "BILLING.SUBSCRIPTION.ACTIVATED": "contract.started",
        "BILLING.SUBSCRIPTION.RE-ACTIVATED": "contract.resumed",
        "BILLING.SUBSCRIPTION.SUSPENDED": "contract.paused",
        "BILLING.SUBSCRIPTION.CANCELLED": "contract.cancelled",
        "BILLING.SUBSCRIPTION.EXPIRED": "contract.expired",
      },
      (key, type) => row(subscription(key), { type, ...contract }),
    ),
    subscriptionStatuses: byKey(
      { ACTIVE: "contract.resumed", SUSPENDED: "contract.paused", CANCELLED: "contract.cancelled", EXPIRED: "contract.expired" },
      (status, type) => row(updated(status), { type, ...contract }),
    ),
    disputeMeanings: byKey(
      {
        "RISK.DISPUTE.CREATED": "dispute.opened",
        "CUSTOMER.DISPUTE.CREATED": "dispute.opened",
        "CUSTOMER.DISPUTE.UPDATED": "notice",
      },
      (key, type) => row(dispute(key), { type, ...disputed, ...named(type), reason: "UNAUTHORISED" }),
    ),
    disputeOutcomes: byKey(
      {
        RESOLVED_SELLER_FAVOUR: "dispute.won",
        RESOLVED_WITH_PAYOUT: "dispute.won",
        CANCELED_BY_BUYER: "dispute.won",
        DENIED: "dispute.won",
        RESOLVED_BUYER_FAVOUR: "dispute.lost",
        ACCEPTED: "dispute.lost",
        NONE: "notice",
      },
      (code, type) => row(resolved(code), { type, ...disputed, ...named(type), reason: code, ...(type === "dispute.lost" && orRefunded) }),
    ),
  },
  others: {
    "a sale": {
      ...row(put(scene("paid"), { invoice_number: "number-1", payer: { payer_info: { payer_id: "PAYER1" } } }), {
        type: "charge.succeeded",
        ...contract,
        charge: "PAY1",
        part: "PAY1",
        order: "number-1",
        amount: yen,
      }),
      gatewayType: "PAYMENT.SALE.COMPLETED",
    },
    "a capture of a payer": row(put(capture, { payer: { payer_id: "PAYER2" } }), {
      type: "charge.succeeded",
      ...part,
      customer: "PAYER2",
    }),
    "a capture that is denied for a reason": row(
      put(typed(capture, "PAYMENT.CAPTURE.DENIED"), { status_details: { reason: "DECLINED_BY_RISK" }, reason_code: "X" }),
      { type: "charge.failed", ...part, reason: "DECLINED_BY_RISK" },
    ),
    "a sale that is denied for a reason": row(put(typed(capture, "PAYMENT.SALE.DENIED"), { reason_code: "X" }), {
      type: "charge.failed",
      ...part,
      reason: "X",
    }),
    "a capture without an id": row(put(capture, { id: undefined }), {
      type: "charge.succeeded",
      order: "order-1",
      amount: yen,
      incomplete: ["charge"],
    }),
    "a capture without an amount": row(put(capture, { amount: undefined }), {
      type: "charge.succeeded",
      charge: "PAY1",
      part: "PAY1",
      order: "order-1",
      incomplete: ["amount"],
    }),
    "an authorisation of nothing": row(put(scene("authorized"), { amount: { value: "0.00", currency_code: "JPY" } }), {
      type: "card.verified",
      ...captured,
      amount: { minor: 0, currency: "JPY" },
    }),
    "a capture of nothing": row(put(capture, { amount: { value: "0.00", currency_code: "JPY" } }), {
      type: "charge.succeeded",
      ...part,
      amount: { minor: 0, currency: "JPY" },
    }),
    "an amount in the words of both versions of the API": row(
      put(capture, { amount: { total: "1980", currency: "JPY", value: "1", currency_code: "JPY" } }),
      { type: "charge.succeeded", ...part },
    ),
    "a refund of a negative amount": row(put(saleRefund, { amount: { total: "-660", currency: "JPY" } }), {
      type: "charge.refunded",
      charge: "PAY1",
      part: "PAY1",
      refund: "R1",
      amount: refund.amount,
    }),
    "a capture of a negative amount": row(put(capture, { amount: { value: "-1980", currency_code: "JPY" } }), {
      type: "charge.succeeded",
      ...part,
      amount: { minor: -1980, currency: "JPY" },
    }),
    "a refund of a capture, by the first of its links": row(
      put(captureRefund, { links: [...link("authorizations/A1"), ...link("captures/PAY1"), ...link("captures/PAY2")] }),
      { type: "charge.refunded", charge: "PAY1", alsoKnownAs: ["A1"], order: "order-1", part: "PAY1", refund: "R1", amount: refund.amount },
    ),
    "a refund of a capture, by its field": row(put(captureRefund, { capture_id: "PAY2" }), {
      type: "charge.refunded",
      charge: "PAY2",
      order: "order-1",
      part: "PAY2",
      refund: "R1",
      amount: refund.amount,
    }),
    "a refund of a sale, by its link": row(put(saleRefund, { sale_id: undefined, links: link("sale/PAY3") }), {
      type: "charge.refunded",
      charge: "PAY3",
      part: "PAY3",
      refund: "R1",
      amount: refund.amount,
    }),
    "a refund of a payment that it does not name": row(put(saleRefund, { sale_id: undefined, links: link("orders/PAY3") }), {
      type: "charge.refunded",
      refund: "R1",
      amount: refund.amount,
      incomplete: ["charge"],
    }),
    "a refund that names neither payment nor amount": row(put(saleRefund, { sale_id: undefined, amount: undefined }), {
      type: "charge.refunded",
      refund: "R1",
      incomplete: ["charge", "amount"],
    }),
    // The resource is the payment itself: what went back is behind its links.
    "a reversal that is told of the payment": row(
      put(typed(capture, "PAYMENT.CAPTURE.REVERSED"), {
        links: [...link("captures/PAY1/more"), ...link("refunds/R2?x=1"), ...link("refunds/R3")],
      }),
      { type: "dispute.lost", ...captured, dispute: "PAY1" },
    ),
    "a reversal without a link": row(typed(capture, "PAYMENT.CAPTURE.REVERSED"), { type: "dispute.lost", ...captured, dispute: "PAY1" }),
    "a capture that failed, by its status too": row(put(typed(capture, "PAYMENT.CAPTURE.DENIED"), { status: "FAILED" }), {
      type: "charge.failed",
      ...captured,
      part: "PAY1",
    }),
    "a capture that is pending, by its status too": row(put(typed(capture, "PAYMENT.CAPTURE.PENDING"), { status: "PENDING" }), {
      type: "notice",
      ...captured,
    }),
    "a refund told of the payment, by the last of its links": row(
      put(typed(capture, "PAYMENT.CAPTURE.REFUNDED"), {
        links: [...link("captures/PAY1"), ...link("refunds/R2?x=1"), ...link("refunds/R3")],
      }),
      { type: "charge.refunded", ...captured, part: "PAY1", refund: "R3" },
    ),
    "a refund of a capture, by what supplements it": row(
      put(captureRefund, {
        links: undefined,
        supplementary_data: { related_ids: { capture_id: "PAY4", authorization_id: "A1", order_id: "O1" } },
      }),
      {
        type: "charge.refunded",
        charge: "PAY4",
        part: "PAY4",
        alsoKnownAs: ["A1", "order:O1"],
        order: "order-1",
        refund: "R1",
        amount: refund.amount,
      },
    ),
    "a refund of a sale that is not done yet": row(put(saleRefund, { state: "pending" }), {
      type: "refund.pending",
      charge: "PAY1",
      part: "PAY1",
      refund: "R1",
      amount: refund.amount,
    }),
    "a refund that is done": row(put(saleRefund, { state: "completed" }), {
      type: "charge.refunded",
      charge: "PAY1",
      part: "PAY1",
      refund: "R1",
      amount: refund.amount,
    }),
    "a capture of an authorisation and an order, by its links": row(
      put(capture, {
        links: [...link("captures/PAY1"), ...link("authorizations/A1"), ...[{ href: "https://api.paypal.com/v2/checkout/orders/O1" }]],
      }),
      { type: "charge.succeeded", ...part, alsoKnownAs: ["A1", "order:O1"] },
    ),
    "an authorisation, with a link to itself": row(put(scene("authorized"), { links: link("authorizations/PAY1") }), {
      type: "charge.authorized",
      ...captured,
    }),
    "a sale of version 1": row(put(scene("paid"), { parent_payment: "PAYID-1" }), {
      type: "charge.succeeded",
      contract: "I-1",
      charge: "PAY1",
      alsoKnownAs: ["PAYID-1"],
      part: "PAY1",
      amount: yen,
    }),
    "a sale whose parent is no payment": row(put(scene("paid"), { parent_payment: "I-1" }), {
      type: "charge.succeeded",
      contract: "I-1",
      charge: "PAY1",
      part: "PAY1",
      amount: yen,
    }),
    "a dispute that is lost in part": row(
      put(scene("dispute lost"), { "dispute_outcome/amount_refunded": { value: "660", currency_code: "JPY" } }),
      { type: "dispute.lost", charge: "PAY1", dispute: "PAY1", amount: refund.amount, reason: "RESOLVED_BUYER_FAVOUR", ...orRefunded },
    ),
    "a dispute that is won, whatever was given back": row(
      put(scene("dispute won"), { "dispute_outcome/amount_refunded": { value: "660", currency_code: "JPY" } }),
      { type: "dispute.won", ...disputed, dispute: "PAY1", reason: "RESOLVED_SELLER_FAVOUR" },
    ),
    "a dispute of a part of one payment": row(
      put(scene("disputed"), {
        disputed_transactions: [{ seller_transaction_id: "PAY1", gross_amount: { value: "9900", currency_code: "JPY" } }],
      }),
      { type: "dispute.opened", ...disputed, dispute: "PAY1", reason: "UNAUTHORISED" },
    ),
    "a dispute of two payments, each with its amount": row(
      put(scene("disputed"), {
        disputed_transactions: [
          { seller_transaction_id: "PAY1", gross_amount: { value: "660", currency_code: "JPY" } },
          { seller_transaction_id: "PAY2" },
        ],
      }),
      { type: "dispute.opened", charge: "PAY1", dispute: "PAY1", amount: refund.amount, reason: "UNAUTHORISED" },
      { type: "dispute.opened", charge: "PAY2", dispute: "PAY2", amount: yen, reason: "UNAUTHORISED" },
    ),
    "a payment of a subscription that fails": {
      ...row(scene("failed"), { type: "charge.failed", ...contract, amount: yen, reason: "PAYMENT_DENIED", incomplete: ["charge"] }),
      gatewayType: "BILLING.SUBSCRIPTION.PAYMENT.FAILED",
    },
    "a subscription that is suspended for a reason": row(put(scene("paused"), { status_change_note: "asked for" }), {
      type: "contract.paused",
      ...contract,
      reason: "asked for",
    }),
    "an update to another status": row(updated("APPROVAL_PENDING"), { type: "notice", ...contract }),
    "an update without a status": row(put(updated("x"), { status: undefined }), { type: "notice", ...contract }),
    "BILLING.SUBSCRIPTION.NEW": row(subscription("BILLING.SUBSCRIPTION.NEW"), { type: "unknown", ...contract }),
    "a dispute about two payments": row(
      put(scene("disputed"), { disputed_transactions: [{ seller_transaction_id: "PAY1" }, { seller_transaction_id: "PAY2" }] }),
      { type: "dispute.opened", ...disputed, dispute: "PAY1", reason: "UNAUTHORISED" },
      { type: "dispute.opened", ...disputed, charge: "PAY2", dispute: "PAY2", reason: "UNAUTHORISED" },
    ),
    "a dispute about no payment that is named": row(put(scene("disputed"), { disputed_transactions: [], dispute_amount: undefined }), {
      type: "dispute.opened",
      reason: "UNAUTHORISED",
      incomplete: ["amount"],
    }),
    "a dispute that is updated after its outcome": row(typed(resolved("ACCEPTED"), "CUSTOMER.DISPUTE.UPDATED"), {
      type: "notice",
      ...disputed,
      reason: "UNAUTHORISED",
    }),
    "a dispute resolved in another way": row(resolved("SOMETHING_NEW"), { type: "unknown", ...disputed, reason: "SOMETHING_NEW" }),
    "a dispute resolved without an outcome": row(put(scene("dispute won"), { dispute_outcome: undefined }), {
      type: "unknown",
      ...disputed,
      reason: "UNAUTHORISED",
    }),
    "CUSTOMER.DISPUTE.NEW": row(dispute("CUSTOMER.DISPUTE.NEW"), { type: "unknown", ...disputed, reason: "UNAUTHORISED" }),
    "no time": row(changed(capture, "create_time", undefined), { type: "charge.succeeded", ...part, occurredAt: now }),
    ...each(
      [
        ...["BILLING.PLAN.CREATED", "BILLING_AGREEMENTS.AGREEMENT.NEW", "CATALOG.PRODUCT.CREATED", "CHECKOUT.ORDER.APPROVED"],
        ...["CUSTOMER.ACCOUNT-LIMITATION.ADDED", "CUSTOMER.MANAGED-ACCOUNT.CREATED", "CUSTOMER.MERCHANT-INTEGRATION.X"],
        ...["IDENTITY.AUTHORIZATION-CONSENT.REVOKED", "INVOICING.INVOICE.PAID", "MERCHANT.ONBOARDING.COMPLETED"],
        ...["PAYMENT.ORDER.CANCELLED", "PAYMENT.PAYOUTS-ITEM.SUCCEEDED", "PAYMENT.PAYOUTSBATCH.SUCCESS", "CUSTOMER.ACCOUNT.X"],
        ...["PAYMENT.REFERENCED-PAYOUT-ITEM.COMPLETED", "PAYMENTS.PAYMENT.CREATED", "VAULT.PAYMENT-TOKEN.CREATED"],
      ],
      (type) => row(typed(capture, type), { type: "notice" }),
    ),
    ...each(["SOMETHING.NEW", "MY.CHECKOUT.ORDER.APPROVED", "PAYMENT.SALE.NEW", "RISK.DISPUTE.NEW"], (type) =>
      row(typed(capture, type), { type: "unknown" }),
    ),
  },
};
