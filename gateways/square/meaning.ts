/** What the callbacks of Square mean. */
import type { EventType } from "../../core/event.ts";
import { at, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMinor, type Money } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { amountFrom, type EventDraft, omitUndefined, parseInstant } from "../kit.ts";
import { front } from "./front.ts";

export const paymentMeanings = new Map<string, EventType>([
  ["PENDING", "notice"],
  ["APPROVED", "charge.authorized"],
  ["COMPLETED", "charge.succeeded"],
  ["CANCELED", "charge.voided"],
  ["FAILED", "charge.failed"],
]);

export const refundMeanings = new Map<string, EventType>([
  ["PENDING", "notice"],
  ["COMPLETED", "charge.refunded"],
  ["REJECTED", "notice"],
  ["FAILED", "notice"],
]);

/** An update that finds a subscription active may end a pause; for one that was active all along it changes nothing. */
export const subscriptionMeanings = new Map<string, EventType>([
  ["PENDING", "notice"],
  ["ACTIVE", "contract.resumed"],
  ["PAUSED", "contract.paused"],
  ["CANCELED", "contract.cancelled"],
  ["DEACTIVATED", "contract.cancelled"],
  ["COMPLETED", "contract.expired"],
]);

/** An inquiry that is closed does not say who keeps the money. */
export const disputeMeanings = new Map<string, EventType>([
  ["INQUIRY_EVIDENCE_REQUIRED", "notice"],
  ["INQUIRY_PROCESSING", "notice"],
  ["INQUIRY_CLOSED", "notice"],
  ["EVIDENCE_REQUIRED", "notice"],
  ["PROCESSING", "notice"],
  ["WON", "dispute.won"],
  ["LOST", "dispute.lost"],
  ["ACCEPTED", "dispute.lost"],
]);

/** Families of events without effect on the ledger. A refunded invoice is reported, with its amount, by `refund.*`. */
const noticed =
  /^(bank_account|booking|card|catalog|customer|device|dispute\.evidence|gift_card|inventory|invoice|job|labor|location|loyalty|merchant|oauth|online_checkout|order|payout|team_member|terminal|transfer_order|vendor)\b/;

export const parse: Parse = (callback) => {
  const body = parseJson(callback.body);
  const gatewayType = textAt(body, "type");
  if (!gatewayType) throw new Error("the body is not a Square event: it has no type");
  const object = at(body, "data", "object");
  return [
    {
      id: front.identify(callback),
      gatewayType,
      occurredAt: parseInstant(at(body, "created_at")) ?? callback.receivedAt,
      ...draftOf(gatewayType, object),
    },
  ];
};

/** What the event's object says. */
const draftOf = (gatewayType: string, object: unknown): EventDraft => {
  switch (gatewayType) {
    case "payment.created":
    case "payment.updated":
      return aboutPayment(at(object, "payment"));
    case "refund.created":
    case "refund.updated":
      return aboutRefund(at(object, "refund"));
    case "invoice.payment_made":
    case "invoice.scheduled_charge_failed":
      return aboutInvoice(gatewayType, at(object, "invoice"));
    case "subscription.created":
    case "subscription.updated":
      return aboutSubscription(gatewayType, at(object, "subscription"));
    case "dispute.created":
    case "dispute.state.updated":
    case "dispute.state.changed":
      return aboutDispute(gatewayType, at(object, "dispute"));
    default:
      return { type: noticed.test(gatewayType) ? "notice" : "unknown" };
  }
};

/** The amount taken includes the tip: `total_money`. */
const aboutPayment = (payment: unknown): EventDraft => ({
  type: paymentMeanings.get(textAt(payment, "status") ?? "") ?? "unknown",
  ...omitUndefined({
    charge: textAt(payment, "id"),
    customer: textAt(payment, "customer_id"),
    order: textAt(payment, "reference_id") ?? textAt(payment, "order_id"),
    reason: textAt(payment, "card_details", "errors", 0, "code"),
  }),
  ...amountFrom(moneyAt(payment, "total_money") ?? moneyAt(payment, "amount_money")),
});

const aboutRefund = (refund: unknown): EventDraft => ({
  type: refundMeanings.get(textAt(refund, "status") ?? "") ?? "unknown",
  ...omitUndefined({
    charge: textAt(refund, "payment_id"),
    refund: textAt(refund, "id"),
    order: textAt(refund, "order_id"),
    reason: textAt(refund, "reason"),
  }),
  ...amountFrom(moneyAt(refund, "amount_money")),
});

const aboutInvoice = (gatewayType: string, invoice: unknown): EventDraft => {
  const contract = textAt(invoice, "subscription_id");
  const failed = gatewayType === "invoice.scheduled_charge_failed";
  return {
    type: failed ? "charge.failed" : contract ? "contract.renewed" : "notice",
    ...omitUndefined({ contract, customer: textAt(invoice, "primary_recipient", "customer_id"), order: textAt(invoice, "order_id") }),
    incomplete: ["charge"],
  };
};

const aboutSubscription = (gatewayType: string, subscription: unknown): EventDraft => {
  const type = subscriptionMeanings.get(textAt(subscription, "status") ?? "") ?? "unknown";
  return {
    type: type === "contract.resumed" && gatewayType === "subscription.created" ? "contract.started" : type,
    ...omitUndefined({ contract: textAt(subscription, "id"), customer: textAt(subscription, "customer_id") }),
  };
};

const aboutDispute = (gatewayType: string, dispute: unknown): EventDraft => ({
  type: gatewayType === "dispute.created" ? "dispute.opened" : (disputeMeanings.get(textAt(dispute, "state") ?? "") ?? "unknown"),
  ...omitUndefined({ charge: textAt(dispute, "disputed_payment", "payment_id"), reason: textAt(dispute, "reason") }),
  ...amountFrom(moneyAt(dispute, "amount_money")),
});

const moneyAt = (object: unknown, field: string): Money | undefined =>
  fromMinor(at(object, field, "amount"), at(object, field, "currency"));
