/**
 * What Square's callbacks say, by their type.
 *
 * A payment is known by its own id and by its order's: an order can be paid in several payments, each of which is a part, and an invoice,
 * which is how a payment belongs to a subscription, names its order only. The order that a refund names is the refund's own.
 * https://developer.squareup.com/reference/square/webhooks
 */
import type { EventType } from "../../core/event.ts";
import { at, parseJson, textAt } from "../../core/formats/json.ts";
import type { Parse } from "../gateway.ts";
import { amountFrom, type EventDraft, omitUndefined, parseInstant } from "../kit/kit.ts";
import { front } from "./front.ts";
import { aboutPayment, aboutRefund, moneyAt, orderIdAt } from "./payment.ts";

/** An update that finds a subscription active may end a pause; for one that was active all along it changes nothing. */
export const subscriptionMeanings = new Map<string, EventType>([
  ["PENDING", "notice"],
  ["ACTIVE", "contract.resumed"],
  ["PAUSED", "contract.paused"],
  ["CANCELED", "contract.cancelled"],
  ["DEACTIVATED", "contract.cancelled"],
  ["COMPLETED", "contract.expired"],
]);

/**
 * An inquiry that is closed has taken no money. It can become a chargeback nevertheless, under the same id and at once in either of its states.
 * https://developer.squareup.com/forums/t/disputes-api-does-an-inquiry-that-escalates-to-a-chargeback-keep-the-same-dispute-id/28718
 */
export const disputeMeanings = new Map<string, EventType>([
  ["INQUIRY_EVIDENCE_REQUIRED", "notice"],
  ["INQUIRY_PROCESSING", "notice"],
  ["INQUIRY_CLOSED", "dispute.won"],
  ["EVIDENCE_REQUIRED", "dispute.opened"],
  ["PROCESSING", "dispute.opened"],
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
    case "invoice.created":
    case "invoice.published":
    case "invoice.updated":
    case "invoice.payment_made":
    case "invoice.scheduled_charge_failed":
    case "invoice.refunded":
    case "invoice.canceled":
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

/** Every event of a subscription's invoice links its order, and so its payment, to the subscription. */
const aboutInvoice = (gatewayType: string, invoice: unknown): EventDraft => {
  const contract = textAt(invoice, "subscription_id");
  const names = omitUndefined({
    contract,
    alsoKnownAs: orderIdAt(invoice),
    customer: textAt(invoice, "primary_recipient", "customer_id"),
    order: textAt(invoice, "order_id"),
  });
  if (gatewayType === "invoice.scheduled_charge_failed") return { type: "charge.failed", ...names, incomplete: ["charge"] };
  const renews = gatewayType === "invoice.payment_made" && contract !== undefined;
  return { type: renews ? "contract.renewed" : "notice", ...names };
};

const aboutSubscription = (gatewayType: string, subscription: unknown): EventDraft => {
  const type = subscriptionMeanings.get(textAt(subscription, "status") ?? "") ?? "unknown";
  return {
    type: type === "contract.resumed" && gatewayType === "subscription.created" ? "contract.started" : type,
    ...omitUndefined({ contract: textAt(subscription, "id"), customer: textAt(subscription, "customer_id") }),
  };
};

/** A new one is open, unless it is over by the time it is sent. */
const aboutDispute = (gatewayType: string, dispute: unknown): EventDraft => {
  const state = disputeMeanings.get(textAt(dispute, "state") ?? "") ?? "unknown";
  const isOpen = gatewayType === "dispute.created" && (state === "notice" || state === "unknown");
  return {
    type: isOpen ? "dispute.opened" : state,
    ...omitUndefined({
      charge: textAt(dispute, "disputed_payment", "payment_id"),
      dispute: textAt(dispute, "id") ?? textAt(dispute, "dispute_id"),
      reason: textAt(dispute, "reason"),
    }),
    ...amountFrom(moneyAt(dispute, "amount_money")),
  };
};
