/** What the callbacks of Braintree mean. */
import type { VerifiedCallback } from "../../core/callback.ts";
import type { EventType } from "../../core/event.ts";
import { formRecord } from "../../core/formats/form.ts";
import { fromMajor } from "../../core/formats/money.ts";
import { elementsAt, parseXml, type XmlElement, xmlTextAt } from "../../core/formats/xml.ts";
import type { Parse } from "../gateway.ts";
import { amountFrom, type EventDraft, omitUndefined, parseInstant, withEventIds } from "../kit.ts";
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
  ["local_payment_completed", "charge.authorized"],
  ["local_payment_funded", "charge.succeeded"],
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
    "subscription_trial_ended subscription_billing_skipped transaction_retried transaction_reviewed refund_failed",
    "local_payment_expired local_payment_reversed dispute_disputed dispute_under_review check account_updater_daily_report",
    "connected_merchant_paypal_status_changed connected_merchant_status_transitioned disbursement",
    "grantor_updated_granted_payment_method granted_payment_instrument_update granted_payment_method_revoked",
    "oauth_access_revoked partner_merchant_connected partner_merchant_declined partner_merchant_disconnected",
    "payment_method_customer_data_updated payment_method_revoked_by_customer recipient_updated_granted_payment_method",
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
  const [transaction] = [
    ...elementsAt(subject, "transaction"),
    ...elementsAt(subject, "local-payment", "transaction"),
    ...elementsAt(subject, "local-payment-funded", "transaction"),
  ];
  return [transaction ? aboutTransaction(type, transaction) : { type }];
};

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
  const credit = xmlTextAt(transaction, "type") === "credit";
  const id = xmlTextAt(transaction, "id");
  const amount = fromMajor(xmlTextAt(transaction, "amount"), xmlTextAt(transaction, "currency-iso-code"));
  const refunds = credit && type === "charge.succeeded";
  return {
    type: refunds ? "charge.refunded" : credit && type !== "unknown" ? "notice" : type,
    ...omitUndefined({
      charge: credit ? xmlTextAt(transaction, "refunded-transaction-id") : id,
      refund: credit ? id : undefined,
      contract: xmlTextAt(transaction, "subscription-id"),
      customer: xmlTextAt(transaction, "customer", "id"),
      order: xmlTextAt(transaction, "order-id"),
      reason: type === "charge.failed" || type === "charge.voided" ? xmlTextAt(transaction, "processor-response-text") : undefined,
    }),
    ...amountFrom(amount),
  };
};

const aboutDispute = (type: EventType, dispute: XmlElement): EventDraft => {
  const disputed = xmlTextAt(dispute, "amount-disputed") ?? xmlTextAt(dispute, "amount");
  const amount = fromMajor(disputed, xmlTextAt(dispute, "currency-iso-code"));
  return {
    type,
    ...omitUndefined({ charge: xmlTextAt(dispute, "transaction", "id"), reason: xmlTextAt(dispute, "reason") }),
    ...amountFrom(amount),
  };
};
