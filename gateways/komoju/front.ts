/**
 * KOMOJU. Transport: POST, JSON, UTF-8. Proof: `X-Komoju-Signature`, hex HMAC-SHA256 of the body, keyed with the endpoint's secret
 * token as text; strong, but without a timestamp, so only the identity keeps a replay out. Id: the event's `id`; `X-Komoju-ID`
 * names the delivery and is not signed. Yes: any 2xx. No: anything else; it tries again, on a schedule it does not publish.
 * An authorised payment is a card authorised or a konbini slip written out: neither has taken money yet, and its expiry or
 * cancellation is a void. A refund in part leaves the payment captured; `payment.refunded` says that all of it went back.
 * Both list all refunds so far, each with its id, so one told twice counts once. A chargeback is such a refund, marked.
 * `subscription.captured` renews the contract and names no payment: the money is told by `payment.captured`.
 * Medium confidence: the objects' fields, what is in `subscription.*`, and that amounts are in minor units.
 * https://doc.komoju.com/docs/webhooks https://doc.komoju.com/reference/payments-2 https://github.com/degica/komoju-woocommerce
 */
import { refused, verified } from "../../core/callback.ts";
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { at, listAt, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMinor } from "../../core/formats/money.ts";
import { anyMatches, hmac } from "../../core/signature.ts";
import { fromAllowedAddress } from "../address.ts";
import { amountFrom } from "../amount.ts";
import type { Gateway } from "../gateway.ts";
import { jsonId } from "../json-id.ts";
import { numbered } from "../numbered.ts";
import { present, request } from "../request.ts";
import { secretsOf } from "../secrets.ts";
import { senderOf } from "../sender.ts";
import { instantOf } from "../time.ts";

const signatureHeader = "x-komoju-signature";

const paymentMeanings = new Map<string, EventType>([
  ["payment.authorized", "charge.authorized"],
  ["payment.captured", "charge.succeeded"],
  ["payment.failed", "charge.failed"],
  ["payment.expired", "charge.voided"],
  ["payment.cancelled", "charge.voided"],
  ["payment.refund.created", "charge.refunded"],
  ["payment.refunded", "charge.refunded"],
  ["payment.updated", "notice"],
  ["payment.marked.as.fraud", "notice"],
]);

const subscriptionMeanings = new Map<string, EventType>([
  ["subscription.created", "contract.started"],
  ["subscription.captured", "contract.renewed"],
  ["subscription.failed", "contract.past_due"],
  ["subscription.suspended", "contract.paused"],
  ["subscription.deleted", "contract.cancelled"],
]);

const noticed = new Set([
  "customer.created",
  "customer.updated",
  "customer.deleted",
  "settlement.created",
  "refund_request.updated",
  "ping",
]);

export const komoju: Gateway = {
  name: "komoju",
  facts: {
    title: "KOMOJU",
    sources: [
      "https://doc.komoju.com/docs/webhooks",
      "https://doc.komoju.com/reference/payments-2",
      "https://github.com/degica/komoju-woocommerce",
    ],
    confidence: "H",
    proof: "X-Komoju-Signature: HMAC-SHA256 (hex) of the body",
    strength: "signature",
    key: "id",
    charset: "UTF-8",
    deadlineSeconds: undefined,
    retries: "yes, on a schedule that is not published",
    announces: "payments, refunds, chargebacks as refunds, subscriptions; never which payment renewed a subscription",
  },
  methods: ["POST"],
  unproven: "refuse",
  unprovenStatus: 401,
  needsReadBack: "an amount it should ever leave out: the event is read back",

  verify(raw, settings) {
    if (!fromAllowedAddress(raw, settings)) return refused("the sender is not one of the source's addresses");
    const signature = raw.headers[signatureHeader];
    if (!signature) return refused("the header X-Komoju-Signature is missing");
    const expected = secretsOf(settings).map((secret) => signatureOf(secret, raw.body));
    return anyMatches([signature], expected) ? verified(raw) : refused("the signature matches none of the source's secrets");
  },

  identify: (callback) => jsonId(callback),

  parse(callback) {
    const body = parseJson(callback.body);
    const gatewayType = textAt(body, "type");
    if (!gatewayType) throw new Error("the body is not a KOMOJU event: it has no type");
    const common = { gatewayType, occurredAt: instantOf(at(body, "created_at")) ?? callback.receivedAt };
    return numbered(
      this.identify(callback),
      told(gatewayType, at(body, "data"), textAt(body, "reason")).map((event) => ({ ...common, ...event })),
    );
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain; charset=utf-8", body: "" }),
  refuse: () => ({ status: 500, contentType: "text/plain; charset=utf-8", body: "" }),

  sign(body, settings, now) {
    const event = parseJson(body);
    const headers = {
      "content-type": "application/json",
      "user-agent": "Komoju-Webhook",
      "x-komoju-id": textAt(event, "id") ?? "",
      "x-komoju-event": textAt(event, "type") ?? "",
      [signatureHeader]: signatureOf(settings.secrets[0] ?? "", body),
    };
    return request({ body, now, headers, ...senderOf(settings) });
  },
};

const signatureOf = (secret: string, body: Uint8Array): string => hmac("sha256", secret, [body], "hex");

type Told = Pick<PaymentEvent, "type"> & Partial<PaymentEvent>;

const told = (gatewayType: string, data: unknown, reason: string | undefined): readonly Told[] => {
  const payment = paymentMeanings.get(gatewayType);
  if (payment === "charge.refunded") return aboutRefunds(gatewayType, data);
  if (payment) return [{ type: payment, ...chargeOf(data), ...totalOf(payment, data), ...present({ reason: reason ?? failureOf(data) }) }];
  const subscription = subscriptionMeanings.get(gatewayType);
  if (subscription)
    return [{ type: subscription, ...present({ contract: textAt(data, "id"), customer: textAt(data, "customer"), reason }) }];
  return [{ type: noticed.has(gatewayType) ? "notice" : "unknown" }];
};

const chargeOf = (data: unknown): Partial<PaymentEvent> =>
  present({ charge: textAt(data, "id"), customer: textAt(data, "customer"), order: textAt(data, "external_order_num") });

/** `total` is what the customer pays: amount, tax and the fee of the payment method. A notice needs none. */
const totalOf = (type: EventType, data: unknown): Pick<PaymentEvent, "amount" | "incomplete"> =>
  type === "notice" ? {} : amountFrom(fromMinor(at(data, "total"), at(data, "currency")));

const failureOf = (data: unknown): string | undefined => textAt(data, "payment_details", "failure_reason");

/** One event per refund of the list; without a list, what was refunded altogether. */
const aboutRefunds = (gatewayType: string, data: unknown): readonly Told[] => {
  const charge = chargeOf(data);
  const refunds = listAt(data, "refunds");
  if (refunds.length === 0) {
    return [{ type: "charge.refunded", ...charge, ...amountFrom(fromMinor(at(data, "amount_refunded"), at(data, "currency"))) }];
  }
  return refunds.flatMap((refund): readonly Told[] => {
    const occurredAt = instantOf(at(refund, "created_at"));
    const about = {
      ...charge,
      ...present({ occurredAt, reason: textAt(refund, "description") }),
      ...amountFrom(fromMinor(at(refund, "amount"), at(refund, "currency") ?? at(data, "currency"))),
    };
    // Told once, by the event that KOMOJU documents for it: a dispute told by every refund after it would be counted again.
    const isChargeback = at(refund, "chargeback") === true && gatewayType === "payment.refunded";
    return [
      { type: "charge.refunded", ...about, ...present({ refund: textAt(refund, "id") }) },
      ...(isChargeback ? [{ type: "dispute.opened" as const, ...about }] : []),
    ];
  });
};
