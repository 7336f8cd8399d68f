/**
 * What PayPal's events say, by their type; payment.ts reads what payments say.
 * https://developer.paypal.com/api/rest/webhooks/event-names
 */

import type { EventType, PaymentEvent } from "../../core/event.ts";
import { at, listAt, parseJson, textAt } from "../../core/formats/json.ts";
import type { Parse } from "../gateway.ts";
import { amountFrom, type EventDraft, omitUndefined, parseInstant, withEventIds } from "../kit/kit.ts";
import { front } from "./front.ts";
import { aboutPayment, amountOf, paymentMeanings } from "./payment.ts";

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

export const subscriptionMeanings = new Map<string, EventType>([
  ["BILLING.SUBSCRIPTION.CREATED", "notice"],
  ["BILLING.SUBSCRIPTION.ACTIVATED", "contract.started"],
  ["BILLING.SUBSCRIPTION.RE-ACTIVATED", "contract.resumed"],
  ["BILLING.SUBSCRIPTION.SUSPENDED", "contract.paused"],
  ["BILLING.SUBSCRIPTION.CANCELLED", "contract.cancelled"],
  ["BILLING.SUBSCRIPTION.EXPIRED", "contract.expired"],
]);

/** An agreement under which the merchant charges whenever it likes. Its sales name it as they name a subscription. */
export const agreementMeanings = new Map<string, EventType>([
  ["BILLING_AGREEMENTS.AGREEMENT.CREATED", "contract.started"],
  ["BILLING_AGREEMENTS.AGREEMENT.CANCELLED", "contract.cancelled"],
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
  if (payment) return [aboutPayment(payment, gatewayType, resource)];
  const agreement = agreementMeanings.get(gatewayType);
  if (agreement) return [{ type: agreement, ...agreementOf(resource) }];
  if (gatewayType === "BILLING.SUBSCRIPTION.PAYMENT.FAILED") return [aboutFailure(resource)];
  if (gatewayType.startsWith("BILLING.SUBSCRIPTION.")) return [aboutSubscription(gatewayType, resource)];
  if (gatewayType.startsWith("CUSTOMER.DISPUTE.") || gatewayType === "RISK.DISPUTE.CREATED") return aboutDispute(gatewayType, resource);
  return [{ type: noticed.test(gatewayType) ? "notice" : "unknown" }];
};

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

const agreementOf = (agreement: unknown): Partial<PaymentEvent> =>
  omitUndefined({ contract: textAt(agreement, "id"), customer: textAt(agreement, "payer", "payer_info", "payer_id") });

/**
 * One event per disputed payment, after which its dispute is named: a reversal, which names none, is the same one, and of two captures of one order
 * each has its own. Of a lost dispute as much is gone as was given back, and of several payments each has an amount of its own. A seller who
 * accepts a claim refunds it, and is sent a refund; otherwise PayPal reverses the payment. https://developer.paypal.com/docs/disputes/webhooks
 */
const aboutDispute = (gatewayType: string, dispute: unknown): readonly EventDraft[] => {
  const outcome = textAt(dispute, "dispute_outcome", "outcome_code");
  const resolved = gatewayType === "CUSTOMER.DISPUTE.RESOLVED";
  const type = (resolved ? disputeOutcomes.get(outcome ?? "") : disputeMeanings.get(gatewayType)) ?? "unknown";
  const disputed = listAt(dispute, "disputed_transactions");
  const reason = (resolved ? outcome : undefined) ?? textAt(dispute, "reason");
  const whole =
    (type === "dispute.lost" ? amountOf(at(dispute, "dispute_outcome", "amount_refunded")) : undefined) ??
    amountOf(at(dispute, "dispute_amount"));
  return (disputed.length > 0 ? disputed : [undefined]).map((payment) => {
    const charge = textAt(payment, "seller_transaction_id");
    return {
      type,
      ...omitUndefined({ charge, dispute: type.startsWith("dispute.") ? charge : undefined, reason }),
      ...(type === "dispute.lost" && { ...omitUndefined({ part: charge }), orRefunded: true }),
      ...amountFrom((disputed.length > 1 ? amountOf(at(payment, "gross_amount")) : undefined) ?? whole),
    };
  });
};
