/**
 * What Braintree's callbacks say, by their kind.
 *
 * A payment is known by its transaction's id; a refund is a transaction of its own, which names the one it gives back. What settles in parts
 * names the transaction that was authorised. A local payment has an id before it has a transaction, and only that is named when it fails.
 * https://developer.paypal.com/braintree/docs/reference/general/webhooks
 */
import type { VerifiedCallback } from "../../core/callback.ts";
import type { EventType } from "../../core/event.ts";
import { formRecord } from "../../core/formats/form.ts";
import { fromMajor } from "../../core/formats/money.ts";
import { elementsAt, parseXml, type XmlElement, xmlTextAt } from "../../core/formats/xml.ts";
import type { Parse } from "../gateway.ts";
import { amountFrom, type EventDraft, omitUndefined, parseInstant, withEventIds } from "../kit/kit.ts";
import { front } from "./front.ts";

export const meanings = new Map<string, EventType>([
  ["subscription_charged_successfully", "charge.succeeded"],
  ["subscription_charged_unsuccessfully", "charge.failed"],
  ["subscription_went_active", "contract.started"],
  ["subscription_went_past_due", "contract.past_due"],
  ["subscription_canceled", "contract.cancelled"],
  ["subscription_expired", "contract.expired"],
  ["transaction_settled", "charge.succeeded"],
  ["transaction_disbursed", "charge.succeeded"],
  ["transaction_settlement_declined", "charge.voided"],
  ["refund_failed", "refund.failed"],
  ["local_payment_completed", "charge.authorized"],
  ["local_payment_funded", "charge.succeeded"],
  ["local_payment_expired", "charge.voided"],
  ["local_payment_reversed", "charge.voided"],
  ["dispute_opened", "dispute.opened"],
  ["dispute_won", "dispute.won"],
  ["dispute_lost", "dispute.lost"],
  ["dispute_accepted", "dispute.lost"],
  ["dispute_auto_accepted", "dispute.lost"],
  ["dispute_expired", "dispute.lost"],
]);

/** Kinds without effect on the ledger: other kinds report it, or it is not a payment. */
const noticed = new Set(
  [
    "subscription_trial_ended subscription_billing_skipped transaction_retried transaction_reviewed",
    "dispute_disputed dispute_under_review check account_updater_daily_report",
    "connected_merchant_paypal_status_changed connected_merchant_status_transitioned disbursement",
    "grantor_updated_granted_payment_method granted_payment_instrument_update granted_payment_method_revoked",
    "oauth_access_revoked partner_merchant_connected partner_merchant_declined partner_merchant_disconnected",
    "payment_method_customer_data_updated payment_method_revoked_by_customer recipient_updated_granted_payment_method",
    // Of marketplaces, in older versions of the SDK.
    "disbursement_exception sub_merchant_account_approved sub_merchant_account_declined",
  ].flatMap((kinds) => kinds.split(" ")),
);

export const parse: Parse = (callback) => {
  const notification = notificationOf(callback);
  const kind = xmlTextAt(notification, "kind");
  if (notification?.name !== "notification" || !kind) throw new Error("bt_payload is not XML with a notification and its kind");
  const occurredAt = parseInstant(xmlTextAt(notification, "timestamp")) ?? callback.receivedAt;
  return withEventIds(
    front.identify(callback),
    draftsOf(kind, elementsAt(notification, "subject")[0]).map((event) => ({ gatewayType: kind, occurredAt, ...event })),
  );
};

const notificationOf = (callback: VerifiedCallback): XmlElement | undefined =>
  parseXml(Buffer.from(formRecord(callback.body).bt_payload ?? "", "base64").toString("utf8"));

const draftsOf = (kind: string, subject: XmlElement | undefined): readonly EventDraft[] => {
  const type = meanings.get(kind) ?? (noticed.has(kind) ? "notice" : "unknown");
  const [subscription] = elementsAt(subject, "subscription");
  const [dispute] = elementsAt(subject, "dispute");
  if (dispute) return [aboutDispute(type, dispute)];
  if (subscription) return aboutSubscription(type, subscription);
  const local = localPayments.flatMap((name) => elementsAt(subject, name))[0];
  const [transaction] = [...elementsAt(subject, "transaction"), ...elementsAt(local, "transaction")];
  const payment = xmlTextAt(local, "payment-id");
  if (transaction) return [withName(aboutTransaction(type, transaction), payment)];
  return [{ type, ...omitUndefined({ charge: payment }) }];
};

const localPayments = ["local-payment", "local-payment-funded", "local-payment-expired", "local-payment-reversed"];

const withName = (draft: EventDraft, name: string | undefined): EventDraft =>
  name === undefined ? draft : { ...draft, alsoKnownAs: [...(draft.alsoKnownAs ?? []), name] };

const aboutSubscription = (type: EventType, subscription: XmlElement): readonly EventDraft[] => {
  const contract = omitUndefined({ contract: xmlTextAt(subscription, "id") });
  const [newest] = elementsAt(subscription, "transactions", "transaction");
  if (!type.startsWith("charge.")) return [{ type, ...contract, ...omitUndefined({ customer: xmlTextAt(newest, "customer", "id") }) }];
  const charge: EventDraft = newest
    ? { ...aboutTransaction(type, newest), ...contract }
    : { type, ...contract, incomplete: ["charge", "amount"] };
  const renewed = type === "charge.succeeded" && Number(xmlTextAt(subscription, "current-billing-cycle")) > 1;
  return renewed ? [charge, { type: "contract.renewed", ...contract, ...omitUndefined({ customer: charge.customer }) }] : [charge];
};

/** A transaction of type `credit` is a refund of the one it names. */
const aboutTransaction = (type: EventType, transaction: XmlElement): EventDraft => {
  const id = xmlTextAt(transaction, "id");
  const refunded = xmlTextAt(transaction, "refunded-transaction-id");
  const isCredit = xmlTextAt(transaction, "type") === "credit" || type === "refund.failed";
  const authorized = isCredit ? undefined : xmlTextAt(transaction, "authorized-transaction-id");
  const failed = type === "charge.failed" || type === "charge.voided" || type === "refund.failed";
  return {
    type: isCredit ? ofCredit(type) : type,
    ...omitUndefined({
      charge: isCredit ? refunded : id,
      alsoKnownAs: authorized === undefined ? undefined : [authorized],
      part: authorized === undefined ? undefined : id,
      refund: isCredit ? id : undefined,
      contract: xmlTextAt(transaction, "subscription-id"),
      customer: xmlTextAt(transaction, "customer", "id"),
      order: xmlTextAt(transaction, "order-id"),
      reason: failed ? xmlTextAt(transaction, "processor-response-text") : undefined,
    }),
    ...amountFrom(fromMajor(xmlTextAt(transaction, "amount"), xmlTextAt(transaction, "currency-iso-code"))),
  };
};

/** What settles gives back; what is declined stays. */
const ofCredit = (type: EventType): EventType => {
  if (type === "charge.succeeded") return "charge.refunded";
  if (type === "charge.voided") return "refund.failed";
  return type === "unknown" || type === "refund.failed" ? type : "notice";
};

/** A request for information takes no money: it is won however it ends (M). A chargeback that follows has an id of its own. */
const isRetrieval = (dispute: XmlElement): boolean => xmlTextAt(dispute, "kind") === "retrieval";

const aboutDispute = (type: EventType, dispute: XmlElement): EventDraft => {
  const disputed = xmlTextAt(dispute, "amount-disputed") ?? xmlTextAt(dispute, "amount");
  const amount = fromMajor(disputed, xmlTextAt(dispute, "currency-iso-code"));
  return {
    type: type === "dispute.lost" && isRetrieval(dispute) ? "dispute.won" : type,
    ...omitUndefined({
      charge: xmlTextAt(dispute, "transaction", "id"),
      dispute: xmlTextAt(dispute, "id"),
      reason: xmlTextAt(dispute, "reason"),
    }),
    ...amountFrom(amount),
  };
};
