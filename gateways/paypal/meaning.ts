/**
 * What PayPal's events say, by their type.
 *
 * A payment is known by its sale's or its capture's id; a refund or reversal names it in `sale_id`, `capture_id` or in a link.
 * An authorisation is a separate payment: a capture does not always name it, and a refund of that capture never does, so
 * the capture counts under its own id and the authorisation stays authorised. Only sales name their subscription.
 * https://developer.paypal.com/api/rest/webhooks/event-names https://developer.paypal.com/docs/api/payments/v2
 */

import type { EventType, PaymentEvent } from "../../core/event.ts";
import { at, listAt, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMajor, type Money } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { amountFrom, type EventDraft, omitUndefined, parseInstant, withEventIds } from "../kit.ts";
import { front } from "./front.ts";

export const parse: Parse = (callback) => {
  const body = parseJson(callback.body);
  const gatewayType = textAt(body, "event_type");
  if (!gatewayType) throw new Error("the body is not a PayPal event: it has no event_type");
  const occurredAt = parseInstant(at(body, "create_time")) ?? callback.receivedAt;
  return withEventIds(
    front.identify(callback),
    readPaypalEvent(gatewayType, at(body, "resource")).map((event) => ({ gatewayType, occurredAt, ...event })),
  );
};

export const paymentMeanings = new Map<string, EventType>([
  ["PAYMENT.SALE.COMPLETED", "charge.succeeded"],
  ["PAYMENT.SALE.DENIED", "charge.failed"],
  ["PAYMENT.SALE.PENDING", "notice"],
  ["PAYMENT.SALE.REFUNDED", "charge.refunded"],
  ["PAYMENT.SALE.REVERSED", "charge.refunded"],
  ["PAYMENT.CAPTURE.COMPLETED", "charge.succeeded"],
  ["PAYMENT.CAPTURE.DECLINED", "charge.failed"],
  ["PAYMENT.CAPTURE.DENIED", "charge.failed"],
  ["PAYMENT.CAPTURE.PENDING", "notice"],
  ["PAYMENT.CAPTURE.REFUNDED", "charge.refunded"],
  ["PAYMENT.CAPTURE.REVERSED", "charge.refunded"],
  ["PAYMENT.AUTHORIZATION.CREATED", "charge.authorized"],
  ["PAYMENT.AUTHORIZATION.VOIDED", "charge.voided"],
]);

export const subscriptionMeanings = new Map<string, EventType>([
  ["BILLING.SUBSCRIPTION.CREATED", "notice"],
  ["BILLING.SUBSCRIPTION.ACTIVATED", "contract.started"],
  ["BILLING.SUBSCRIPTION.RE-ACTIVATED", "contract.resumed"],
  ["BILLING.SUBSCRIPTION.SUSPENDED", "contract.paused"],
  ["BILLING.SUBSCRIPTION.CANCELLED", "contract.cancelled"],
  ["BILLING.SUBSCRIPTION.EXPIRED", "contract.expired"],
]);

/** For an update, which may have changed anything: the status says what the subscription is now. */
export const subscriptionStatuses = new Map<string, EventType>([
  ["ACTIVE", "contract.resumed"],
  ["SUSPENDED", "contract.paused"],
  ["CANCELLED", "contract.cancelled"],
  ["EXPIRED", "contract.expired"],
]);

export const disputeMeanings = new Map<string, EventType>([
  ["RISK.DISPUTE.CREATED", "dispute.opened"],
  ["CUSTOMER.DISPUTE.CREATED", "dispute.opened"],
  ["CUSTOMER.DISPUTE.UPDATED", "notice"],
]);

/** Who keeps the money. `NONE` leaves it to another dispute about the same payment; what is not here needs a look. */
export const disputeOutcomes = new Map<string, EventType>([
  ["RESOLVED_SELLER_FAVOUR", "dispute.won"],
  ["RESOLVED_WITH_PAYOUT", "dispute.won"],
  ["CANCELED_BY_BUYER", "dispute.won"],
  ["DENIED", "dispute.won"],
  ["RESOLVED_BUYER_FAVOUR", "dispute.lost"],
  ["ACCEPTED", "dispute.lost"],
  ["NONE", "notice"],
]);

/** Families of events without effect on the ledger: an approved order is not yet paid, its capture reports the payment. */
const noticed =
  /^(BILLING\.PLAN|BILLING_AGREEMENTS|CATALOG\.PRODUCT|CHECKOUT|CUSTOMER\.(ACCOUNT|MANAGED-ACCOUNT|MERCHANT)[A-Z-]*|IDENTITY|INVOICING|MERCHANT|PAYMENT\.(ORDER|PAYOUTS-ITEM|PAYOUTSBATCH|REFERENCED-PAYOUT-ITEM)|PAYMENTS|VAULT)\./;

/** What the event's resource says, one entry for each event of ours. */
export const readPaypalEvent = (gatewayType: string, resource: unknown): readonly EventDraft[] => {
  const payment = paymentMeanings.get(gatewayType);
  if (payment) return [aboutPayment(gatewayType, payment, resource)];
  if (gatewayType === "BILLING.SUBSCRIPTION.PAYMENT.FAILED") return [aboutFailure(resource)];
  if (gatewayType.startsWith("BILLING.SUBSCRIPTION.")) return [aboutSubscription(gatewayType, resource)];
  if (gatewayType.startsWith("CUSTOMER.DISPUTE.") || gatewayType === "RISK.DISPUTE.CREATED") return aboutDispute(gatewayType, resource);
  return [{ type: noticed.test(gatewayType) ? "notice" : "unknown" }];
};

const aboutPayment = (gatewayType: string, meaning: EventType, resource: unknown): EventDraft => {
  const amount = amountOf(at(resource, "amount"));
  const [id, givesBack] = [textAt(resource, "id"), meaning === "charge.refunded"];
  const charge = givesBack ? (paidId(resource) ?? (gatewayType.endsWith(".REVERSED") ? id : undefined)) : id;
  const checked = meaning === "charge.authorized" && amount?.minor === 0;
  const missing = [...(charge ? [] : ["charge"]), ...(amount ? [] : ["amount"])];
  return {
    type: checked ? "card.verified" : meaning,
    ...omitUndefined({
      contract: textAt(resource, "billing_agreement_id"),
      charge,
      customer: textAt(resource, "payer", "payer_info", "payer_id") ?? textAt(resource, "payer", "payer_id"),
      order: textAt(resource, "invoice_id") ?? textAt(resource, "invoice_number"),
      refund: givesBack ? (id === charge ? linked(resource, "refunds?") : id) : undefined,
      reason: textAt(resource, "status_details", "reason") ?? textAt(resource, "reason_code"),
      amount: amount && givesBack ? { ...amount, minor: Math.abs(amount.minor) } : amount,
      incomplete: missing.length > 0 ? missing : undefined,
    }),
  };
};

/** The sale or capture a refund or reversal is about; a reversal may be described by the payment itself. */
const paidId = (resource: unknown): string | undefined =>
  textAt(resource, "sale_id") ?? textAt(resource, "capture_id") ?? linked(resource, "sale|captures?");

/** The id at the end of the first link to a resource of that kind. */
const linked = (resource: unknown, kind: string): string | undefined =>
  listAt(resource, "links")
    .map((link) => new RegExp(`/(?:${kind})/([^/?#]+)$`).exec(textAt(link, "href") ?? "")?.[1])
    .find((id) => id !== undefined);

/** A failed payment of a subscription: PayPal gives the payment no id, and leaves the subscription active until it suspends it. */
const aboutFailure = (subscription: unknown): EventDraft => {
  const failed = at(subscription, "billing_info", "last_failed_payment");
  return {
    type: "charge.failed",
    ...partiesOf(subscription),
    ...omitUndefined({ amount: amountOf(at(failed, "amount")), reason: textAt(failed, "reason_code") }),
    incomplete: ["charge"],
  };
};

const aboutSubscription = (gatewayType: string, subscription: unknown): EventDraft => {
  const status = subscriptionStatuses.get(textAt(subscription, "status") ?? "") ?? "notice";
  return {
    type: gatewayType === "BILLING.SUBSCRIPTION.UPDATED" ? status : (subscriptionMeanings.get(gatewayType) ?? "unknown"),
    ...partiesOf(subscription),
    ...omitUndefined({ reason: textAt(subscription, "status_change_note") }),
  };
};

const partiesOf = (subscription: unknown): Partial<PaymentEvent> =>
  omitUndefined({ contract: textAt(subscription, "id"), customer: textAt(subscription, "subscriber", "payer_id") });

/** One event per disputed payment. */
const aboutDispute = (gatewayType: string, dispute: unknown): readonly EventDraft[] => {
  const outcome = textAt(dispute, "dispute_outcome", "outcome_code");
  const resolved = gatewayType === "CUSTOMER.DISPUTE.RESOLVED";
  const type = (resolved ? disputeOutcomes.get(outcome ?? "") : disputeMeanings.get(gatewayType)) ?? "unknown";
  const disputed = listAt(dispute, "disputed_transactions").map((payment) => textAt(payment, "seller_transaction_id"));
  const reason = (resolved ? outcome : undefined) ?? textAt(dispute, "reason");
  return (disputed.length > 0 ? disputed : [undefined]).map((charge) => ({
    type,
    ...omitUndefined({ charge, reason }),
    ...amountFrom(amountOf(at(dispute, "dispute_amount"))),
  }));
};

/** Version 1 says `total` and `currency`, version 2 `value` and `currency_code`. */
const amountOf = (amount: unknown): Money | undefined =>
  fromMajor(at(amount, "total") ?? at(amount, "value"), at(amount, "currency_code") ?? at(amount, "currency"));
