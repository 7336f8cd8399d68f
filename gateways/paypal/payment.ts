/**
 * What PayPal says about payments: authorisations, captures, sales and what goes back of them.
 *
 * A payment is known by its sale's or its capture's id; a refund or reversal names it in `sale_id`, `capture_id`, `supplementary_data` or a
 * link. An authorisation, and an order, can be captured in parts: a capture that names them is a part of that payment, and one that
 * names neither is a payment of its own. Only sales name their subscription or agreement.
 * https://developer.paypal.com/docs/api/payments/v2 https://developer.paypal.com/docs/api/payments/v1
 */
import type { EventType } from "../../core/event.ts";
import { at, listAt, textAt } from "../../core/formats/json.ts";
import { fromMajor, type Money } from "../../core/formats/money.ts";
import { type EventDraft, omitUndefined } from "../kit/kit.ts";

export const paymentMeanings = new Map<string, EventType>([
  ["PAYMENT.SALE.COMPLETED", "charge.succeeded"],
  ["PAYMENT.SALE.DENIED", "charge.failed"],
  ["PAYMENT.SALE.PENDING", "notice"],
  ["PAYMENT.SALE.REFUNDED", "charge.refunded"],
  ["PAYMENT.SALE.REVERSED", "dispute.lost"],
  ["PAYMENT.CAPTURE.COMPLETED", "charge.succeeded"],
  ["PAYMENT.CAPTURE.DECLINED", "charge.failed"],
  ["PAYMENT.CAPTURE.DENIED", "charge.failed"],
  ["PAYMENT.CAPTURE.PENDING", "notice"],
  ["PAYMENT.CAPTURE.REFUNDED", "charge.refunded"],
  ["PAYMENT.CAPTURE.REVERSED", "dispute.lost"],
  ["PAYMENT.REFUND.PENDING", "refund.pending"],
  ["PAYMENT.REFUND.COMPLETED", "charge.refunded"],
  ["PAYMENT.REFUND.FAILED", "refund.failed"],
  ["PAYMENT.REFUND.CANCELLED", "refund.failed"],
  ["PAYMENT.AUTHORIZATION.CREATED", "charge.authorized"],
  ["PAYMENT.AUTHORIZATION.VOIDED", "charge.voided"],
]);

/** What a refund's own status makes of it: announced is not done. Version 1 calls it a state. */
export const refundStatuses = new Map<string, EventType>([
  ["PENDING", "refund.pending"],
  ["FAILED", "refund.failed"],
  ["CANCELLED", "refund.failed"],
]);

/** A reversal is PayPal's or the bank's: as it takes the money back it is a dispute that is lost, until the seller wins it. */
export const aboutPayment = (meaning: EventType, gatewayType: string, resource: unknown): EventDraft => {
  const amount = amountOf(at(resource, "amount"));
  const id = textAt(resource, "id");
  const isRefund = meaning === "charge.refunded" || meaning.startsWith("refund.");
  const goesBack = isRefund || meaning === "dispute.lost";
  const charge = goesBack ? (paidId(resource) ?? (meaning === "dispute.lost" ? id : undefined)) : id;
  const type = typeOf(meaning, resource, amount);
  const isPart = isRefund || (type.startsWith("charge.") && !gatewayType.startsWith("PAYMENT.AUTHORIZATION."));
  const missing = [...(charge ? [] : ["charge"]), ...(amount ? [] : ["amount"])];
  return {
    type,
    ...omitUndefined({
      contract: textAt(resource, "billing_agreement_id"),
      charge,
      alsoKnownAs: otherIds(resource, charge),
      part: isPart ? charge : undefined,
      customer: textAt(resource, "payer", "payer_info", "payer_id") ?? textAt(resource, "payer", "payer_id"),
      order: textAt(resource, "invoice_id") ?? textAt(resource, "invoice_number"),
      refund: isRefund ? (id === charge ? linked(resource, "refunds?") : id) : undefined,
      dispute: meaning === "dispute.lost" ? charge : undefined,
      reason: textAt(resource, "status_details", "reason") ?? textAt(resource, "reason_code"),
      amount: amount && goesBack ? { ...amount, minor: Math.abs(amount.minor) } : amount,
      incomplete: missing.length > 0 ? missing : undefined,
    }),
  };
};

const typeOf = (meaning: EventType, resource: unknown, amount: Money | undefined): EventType => {
  if (meaning === "charge.authorized" && amount?.minor === 0) return "card.verified";
  if (meaning !== "charge.refunded") return meaning;
  const status = textAt(resource, "status") ?? textAt(resource, "state") ?? "";
  return refundStatuses.get(status.toUpperCase()) ?? meaning;
};

/** The sale or capture a refund or reversal is about; a reversal may be described by the payment itself. */
const paidId = (resource: unknown): string | undefined =>
  textAt(resource, "sale_id") ??
  textAt(resource, "capture_id") ??
  textAt(resource, "supplementary_data", "related_ids", "capture_id") ??
  linked(resource, "sale|captures?");

/** The authorisation and the order of a payment, and version 1's `PAY-...`, under which its sale, its captures and their refunds are. */
const otherIds = (resource: unknown, charge: string | undefined): readonly string[] | undefined => {
  const order = textAt(resource, "supplementary_data", "related_ids", "order_id") ?? linked(resource, "checkout/orders");
  const parent = textAt(resource, "parent_payment");
  const ids = [
    textAt(resource, "supplementary_data", "related_ids", "authorization_id") ?? linked(resource, "authorizations?"),
    order && `order:${order}`,
    parent?.startsWith("PAY") ? parent : undefined,
  ].filter((id) => id !== undefined && id !== charge);
  return ids.length > 0 ? (ids as string[]) : undefined;
};

/** The id at the end of the first link to a resource of that kind. */
const linked = (resource: unknown, kind: string): string | undefined =>
  listAt(resource, "links")
    .map((link) => new RegExp(`/(?:${kind})/([^/?#]+)$`).exec(textAt(link, "href") ?? "")?.[1])
    .find((id) => id !== undefined);

/** Version 1 says `total` and `currency`, version 2 `value` and `currency_code`. */
export const amountOf = (amount: unknown): Money | undefined =>
  fromMajor(at(amount, "total") ?? at(amount, "value"), at(amount, "currency_code") ?? at(amount, "currency"));
