/**
 * Lemon Squeezy. Transport: POST, JSON:API, UTF-8. Proof: `X-Signature`, hex HMAC-SHA256 of the body, keyed with the signing
 * secret as text; strong, but without a timestamp, so only the identity keeps a replay out. Id: none; a redelivery repeats the
 * bytes, so their hash is the key. Yes: 200. No: anything else.
 * Ids are small numbers, counted apart for orders, invoices and subscriptions: order 7 and subscription 7 are strangers. So the
 * charge of an invoice is `invoice-7`, that of an order `order-7`.
 * A subscription's first payment is told twice, as an order and as an invoice with `billing_reason: initial`, and neither
 * names the other. Only one of them may count. By default it is the invoice, which belongs to its contract, and orders are
 * notices; a shop that sells single products too sets `options.orders` to `charges`: then orders count and first invoices do not.
 * `refunded_amount` is all that was ever refunded of a payment, so the refund told last replaces the ones before.
 * Medium confidence: everything but the signature; the number of retries is often quoted as 3 and not confirmed.
 * https://docs.lemonsqueezy.com/help/webhooks/signing-requests https://docs.lemonsqueezy.com/help/webhooks/event-types
 * https://github.com/pay-rails/pay
 */
import { refused, verified } from "../../core/callback.ts";
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { at, numberAt, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMinor, type Money } from "../../core/formats/money.ts";
import { bytesId } from "../../core/record.ts";
import { anyMatches, hmac } from "../../core/signature.ts";
import { fromAllowedAddress } from "../address.ts";
import { amountFrom } from "../amount.ts";
import type { Gateway, SourceSettings } from "../gateway.ts";
import { numbered } from "../numbered.ts";
import { present, request } from "../request.ts";
import { secretsOf } from "../secrets.ts";
import { senderOf } from "../sender.ts";
import { instantOf } from "../time.ts";

const signatureHeader = "x-signature";

/** What a subscription's event means; of `subscription_updated` its status decides. */
const subscriptionMeanings = new Map<string, EventType>([
  ["subscription_created", "contract.started"],
  ["subscription_cancelled", "contract.cancelled"],
  ["subscription_resumed", "contract.resumed"],
  ["subscription_expired", "contract.expired"],
  ["subscription_paused", "contract.paused"],
  ["subscription_unpaused", "contract.resumed"],
  ["subscription_plan_changed", "notice"],
]);

/** An update that finds a subscription active may end a pause; of one that was active all along it changes nothing. */
const statusMeanings = new Map<string, EventType>([
  ["on_trial", "contract.resumed"],
  ["active", "contract.resumed"],
  ["past_due", "contract.past_due"],
  ["unpaid", "contract.past_due"],
  ["paused", "contract.paused"],
  ["cancelled", "contract.cancelled"],
  ["expired", "contract.expired"],
]);

const paymentMeanings = new Map<string, EventType>([
  ["subscription_payment_success", "charge.succeeded"],
  ["subscription_payment_recovered", "charge.succeeded"],
  ["subscription_payment_failed", "charge.failed"],
  ["subscription_payment_refunded", "charge.refunded"],
]);

const orderMeanings = new Map<string, EventType>([
  ["order_created", "charge.succeeded"],
  ["order_refunded", "charge.refunded"],
]);

const noticed = /^(license_key|affiliate|customer)_/;

export const lemonSqueezy = {
  name: "lemon-squeezy",
  facts: {
    title: "Lemon Squeezy",
    sources: [
      "https://docs.lemonsqueezy.com/help/webhooks/signing-requests",
      "https://docs.lemonsqueezy.com/help/webhooks/event-types",
      "https://github.com/pay-rails/pay",
    ],
    confidence: "M",
    proof: "X-Signature: HMAC-SHA256 (hex) of the body",
    strength: "signature",
    key: "SHA-256 of the body",
    charset: "UTF-8",
    deadlineSeconds: undefined,
    retries: "up to three more times (often quoted, not confirmed)",
    announces: "orders, subscriptions and their payments; never which order a first invoice belongs to",
  },
  methods: ["POST"],
  unproven: "refuse",
  unprovenStatus: 401,
  needsReadBack: "an amount it should ever leave out. Nothing is read back",

  checkSettings({ options }: Omit<SourceSettings, "secrets">) {
    const orders = options?.orders;
    return orders === undefined || orders === "charges" || orders === "notices"
      ? []
      : [`options.orders is "${orders}"; write "charges" to count orders instead of first invoices, or leave it out`];
  },

  verify(raw, settings) {
    if (!fromAllowedAddress(raw, settings)) return refused("the sender is not one of the source's addresses");
    const signature = raw.headers[signatureHeader];
    if (!signature) return refused("the header X-Signature is missing");
    const expected = secretsOf(settings).map((secret) => signatureOf(secret, raw.body));
    return anyMatches([signature], expected) ? verified(raw) : refused("the signature matches none of the source's secrets");
  },

  identify: (callback) => bytesId(callback.body),

  parse(callback, settings?: Pick<SourceSettings, "options">) {
    const body = parseJson(callback.body);
    const name = textAt(body, "meta", "event_name");
    if (!name) throw new Error("the body is not a Lemon Squeezy event: it has no meta.event_name");
    const data = at(body, "data");
    const countsOrders = settings?.options?.orders === "charges";
    const common = { gatewayType: name, occurredAt: momentOf(data) ?? callback.receivedAt };
    return numbered(
      bytesId(callback.body),
      told(name, data, countsOrders).map((event) => ({ ...common, ...event })),
    );
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain; charset=utf-8", body: "" }),
  refuse: () => ({ status: 500, contentType: "text/plain; charset=utf-8", body: "" }),

  sign(body, settings, now) {
    const headers = {
      "content-type": "application/json",
      "x-event-name": textAt(parseJson(body), "meta", "event_name") ?? "",
      [signatureHeader]: signatureOf(settings.secrets[0] ?? "", body),
    };
    return request({ body, now, headers, ...senderOf(settings) });
  },
} satisfies Gateway;

const signatureOf = (secret: string, body: Uint8Array): string => hmac("sha256", secret, [body], "hex");

type Told = Pick<PaymentEvent, "type"> & Partial<PaymentEvent>;

const told = (name: string, data: unknown, countsOrders: boolean): readonly Told[] => {
  const payment = paymentMeanings.get(name);
  if (payment) return aboutInvoice(payment, data, countsOrders);
  const order = orderMeanings.get(name);
  if (order) return [aboutOrder(order, data, countsOrders)];
  if (name.startsWith("subscription_")) return [aboutSubscription(name, data)];
  return [{ type: noticed.test(name) ? "notice" : "unknown" }];
};

const aboutSubscription = (name: string, data: unknown): Told => {
  const status = textAt(data, "attributes", "status") ?? "";
  const meaning = name === "subscription_updated" ? statusMeanings.get(status) : subscriptionMeanings.get(name);
  return { type: meaning ?? "unknown", ...present({ contract: textAt(data, "id"), customer: textAt(data, "attributes", "customer_id") }) };
};

/** What the payment of an invoice says of the charge, and then of its contract. An invoice over nothing is no charge. */
const aboutInvoice = (type: EventType, data: unknown, countsOrders: boolean): readonly Told[] => {
  const id = textAt(data, "id");
  const contract = {
    ...present({ contract: textAt(data, "attributes", "subscription_id"), customer: textAt(data, "attributes", "customer_id") }),
  };
  const reason = textAt(data, "attributes", "billing_reason");
  const amount = type === "charge.refunded" ? refundedOf(data) : totalOf(data);
  const isOrders = countsOrders && reason === "initial";
  const charge: Told = { type, ...contract, ...present({ charge: id && `invoice-${id}` }), ...amountFrom(amount) };
  const state = stateOf(type, reason);
  const events: readonly Told[] = [
    ...(isOrders || totalOf(data)?.minor === 0 ? [] : [charge]),
    ...(state ? [{ type: state, ...contract }] : []),
  ];
  return events.length > 0 ? events : [{ type: "notice", ...contract }];
};

/** A renewal that could not be charged leaves the subscription past due until it is recovered. */
const stateOf = (type: EventType, reason: string | undefined): EventType | undefined => {
  if (type === "charge.succeeded" && reason === "initial") return "contract.started";
  if (type === "charge.succeeded" && reason === "renewal") return "contract.renewed";
  return type === "charge.failed" && reason === "renewal" ? "contract.past_due" : undefined;
};

const aboutOrder = (type: EventType, data: unknown, countsOrders: boolean): Told => {
  const id = textAt(data, "id");
  const total = totalOf(data);
  const known = {
    ...present({
      charge: id && `order-${id}`,
      customer: textAt(data, "attributes", "customer_id"),
      order: textAt(data, "attributes", "order_number"),
    }),
  };
  if (!countsOrders || total?.minor === 0) return { type: "notice", ...known };
  if (type === "charge.refunded") return { type, ...known, ...amountFrom(refundedOf(data)) };
  const status = textAt(data, "attributes", "status");
  const meaning = status === "failed" ? "charge.failed" : status === "pending" ? "notice" : "charge.succeeded";
  return { type: meaning, ...known, ...amountFrom(total) };
};

const totalOf = (data: unknown): Money | undefined =>
  fromMinor(numberAt(data, "attributes", "total"), textAt(data, "attributes", "currency"));

/** Older payloads say only that it was refunded: then it was refunded whole. */
const refundedOf = (data: unknown): Money | undefined => {
  const amount = numberAt(data, "attributes", "refunded_amount");
  return amount ? fromMinor(amount, textAt(data, "attributes", "currency")) : totalOf(data);
};

const momentOf = (data: unknown): number | undefined =>
  instantOf(textAt(data, "attributes", "updated_at")) ?? instantOf(textAt(data, "attributes", "created_at"));
