/**
 * Square. Transport: POST, JSON, UTF-8. Proof: `x-square-hmacsha256-signature`, base64 HMAC-SHA256 of the registered URL
 * followed by the body, keyed with the subscription's signature key as text; strong, but without a timestamp, so only the
 * identity keeps a replay out. Id: `event_id`, the same on retries. Yes: any 2xx. No: anything else; retried for 24 h
 * (an older copy of the same page says 72 h), and a subscription without a 2xx for three weeks is switched off.
 * The URL must be the one registered at Square, byte for byte: `publicUrl`, or the URL that was called where none is set.
 * What a payment, refund or subscription event means is its object's status. Invoices and payments do not name each other,
 * except through their order, so `invoice.payment_made` renews the contract and the money is told by `payment.*`.
 * Medium confidence: the object's fields; that a DEACTIVATED subscription is over.
 * https://developer.squareup.com/docs/webhooks/overview https://developer.squareup.com/docs/webhooks/step3validate
 */
import { refused, verified } from "../../core/callback.ts";
import type { EventType } from "../../core/event.ts";
import { at, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMinor, type Money } from "../../core/formats/money.ts";
import { anyMatches, hmac } from "../../core/signature.ts";
import { fromAllowedAddress } from "../address.ts";
import { amountFrom } from "../amount.ts";
import type { Gateway } from "../gateway.ts";
import { jsonId } from "../json-id.ts";
import { present, request } from "../request.ts";
import { secretsOf } from "../secrets.ts";
import { senderOf } from "../sender.ts";
import { instantOf } from "../time.ts";
import type { Told } from "../told.ts";

const signatureHeader = "x-square-hmacsha256-signature";

const paymentMeanings = new Map<string, EventType>([
  ["PENDING", "notice"],
  ["APPROVED", "charge.authorized"],
  ["COMPLETED", "charge.succeeded"],
  ["CANCELED", "charge.voided"],
  ["FAILED", "charge.failed"],
]);

const refundMeanings = new Map<string, EventType>([
  ["PENDING", "notice"],
  ["COMPLETED", "charge.refunded"],
  ["REJECTED", "notice"],
  ["FAILED", "notice"],
]);

/** An update that finds a subscription active may end a pause; of one that was active all along it changes nothing. */
const subscriptionMeanings = new Map<string, EventType>([
  ["PENDING", "notice"],
  ["ACTIVE", "contract.resumed"],
  ["PAUSED", "contract.paused"],
  ["CANCELED", "contract.cancelled"],
  ["DEACTIVATED", "contract.cancelled"],
  ["COMPLETED", "contract.expired"],
]);

/** An inquiry that is closed says nothing of who keeps the money. */
const disputeMeanings = new Map<string, EventType>([
  ["INQUIRY_EVIDENCE_REQUIRED", "notice"],
  ["INQUIRY_PROCESSING", "notice"],
  ["INQUIRY_CLOSED", "notice"],
  ["EVIDENCE_REQUIRED", "notice"],
  ["PROCESSING", "notice"],
  ["WON", "dispute.won"],
  ["LOST", "dispute.lost"],
  ["ACCEPTED", "dispute.lost"],
]);

/** Families of events without effect on the ledger. A refunded invoice is told, with its amount, by `refund.*`. */
const noticed =
  /^(bank_account|booking|card|catalog|customer|device|dispute\.evidence|gift_card|inventory|invoice|job|labor|location|loyalty|merchant|oauth|online_checkout|order|payout|team_member|terminal|transfer_order|vendor)\b/;

export const square: Gateway = {
  name: "square",
  facts: {
    title: "Square",
    sources: [
      "https://developer.squareup.com/docs/webhooks/overview",
      "https://developer.squareup.com/docs/webhooks/step3validate",
      "npm square: WebhooksHelper",
    ],
    confidence: "H",
    proof: "x-square-hmacsha256-signature: HMAC-SHA256 (base64) of registered URL + body",
    strength: "signature",
    key: "event_id",
    charset: "UTF-8",
    deadlineSeconds: 10,
    retries: "with growing waits for 24 hours, then dropped; three weeks without a 2xx disable the subscription",
    announces: "payments, refunds, invoices, subscriptions, disputes; never which payment paid an invoice",
  },
  methods: ["POST"],
  unproven: "refuse",
  unprovenStatus: 401,
  needsReadBack: "which payment paid an invoice; payment.* tells of the payment. Nothing is read back",

  checkSettings: (settings) =>
    settings.publicUrl ? [] : ["publicUrl is missing: Square signs the URL; give it exactly as it is registered in the Developer Console"],

  verify(raw, settings) {
    if (!fromAllowedAddress(raw, settings)) return refused("the sender is not one of the source's addresses");
    const signature = raw.headers[signatureHeader];
    if (!signature) return refused(`the header ${signatureHeader} is missing`);
    const url = settings.publicUrl ?? raw.url;
    const expected = secretsOf(settings).map((secret) => signatureOf(secret, url, raw.body));
    return anyMatches([signature], expected) ? verified(raw) : refused("the signature matches none of the source's secrets");
  },

  identify: (callback) => jsonId(callback, "event_id"),

  parse(callback) {
    const body = parseJson(callback.body);
    const gatewayType = textAt(body, "type");
    if (!gatewayType) throw new Error("the body is not a Square event: it has no type");
    const object = at(body, "data", "object");
    return [
      {
        id: this.identify(callback),
        gatewayType,
        occurredAt: instantOf(at(body, "created_at")) ?? callback.receivedAt,
        ...told(gatewayType, object),
      },
    ];
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain; charset=utf-8", body: "" }),
  refuse: () => ({ status: 500, contentType: "text/plain; charset=utf-8", body: "" }),

  sign(body, settings, now) {
    const url = settings.publicUrl ?? "";
    const signature = signatureOf(settings.secrets[0] ?? "", url, body);
    const headers = { "content-type": "application/json", [signatureHeader]: signature };
    return request({ body, now, headers, url, ...senderOf(settings) });
  },
};

const signatureOf = (secret: string, url: string, body: Uint8Array): string => hmac("sha256", secret, [url, body], "base64");

/** What the event's object says. */
const told = (gatewayType: string, object: unknown): Told => {
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
const aboutPayment = (payment: unknown): Told => ({
  type: paymentMeanings.get(textAt(payment, "status") ?? "") ?? "unknown",
  ...present({
    charge: textAt(payment, "id"),
    customer: textAt(payment, "customer_id"),
    order: textAt(payment, "reference_id") ?? textAt(payment, "order_id"),
    reason: textAt(payment, "card_details", "errors", 0, "code"),
  }),
  ...amountFrom(moneyAt(payment, "total_money") ?? moneyAt(payment, "amount_money")),
});

const aboutRefund = (refund: unknown): Told => ({
  type: refundMeanings.get(textAt(refund, "status") ?? "") ?? "unknown",
  ...present({
    charge: textAt(refund, "payment_id"),
    refund: textAt(refund, "id"),
    order: textAt(refund, "order_id"),
    reason: textAt(refund, "reason"),
  }),
  ...amountFrom(moneyAt(refund, "amount_money")),
});

const aboutInvoice = (gatewayType: string, invoice: unknown): Told => {
  const contract = textAt(invoice, "subscription_id");
  const failed = gatewayType === "invoice.scheduled_charge_failed";
  return {
    type: failed ? "charge.failed" : contract ? "contract.renewed" : "notice",
    ...present({ contract, customer: textAt(invoice, "primary_recipient", "customer_id"), order: textAt(invoice, "order_id") }),
    incomplete: ["charge"],
  };
};

const aboutSubscription = (gatewayType: string, subscription: unknown): Told => {
  const type = subscriptionMeanings.get(textAt(subscription, "status") ?? "") ?? "unknown";
  return {
    type: type === "contract.resumed" && gatewayType === "subscription.created" ? "contract.started" : type,
    ...present({ contract: textAt(subscription, "id"), customer: textAt(subscription, "customer_id") }),
  };
};

const aboutDispute = (gatewayType: string, dispute: unknown): Told => ({
  type: gatewayType === "dispute.created" ? "dispute.opened" : (disputeMeanings.get(textAt(dispute, "state") ?? "") ?? "unknown"),
  ...present({ charge: textAt(dispute, "disputed_payment", "payment_id"), reason: textAt(dispute, "reason") }),
  ...amountFrom(moneyAt(dispute, "amount_money")),
});

const moneyAt = (object: unknown, field: string): Money | undefined =>
  fromMinor(at(object, field, "amount"), at(object, field, "currency"));
