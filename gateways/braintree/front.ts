/**
 * Braintree. Transport: POST, form, `bt_signature` and `bt_payload` (base64 of XML, UTF-8). Proof: HMAC-SHA1 (hex) of the
 * payload's text, its line breaks included, keyed with the SHA-1 of a private API key; `bt_signature` holds one
 * `publicKey|hex` for each of the merchant's API keys, joined by `&`. Strong, but without a timestamp.
 * `secrets` are private keys; `options.publicKey` names the public keys they belong to, several while keys are exchanged.
 * Registration is a GET with `bt_challenge`, answered with `publicKey|hex` over the challenge. Whoever asks gets that
 * signature, so a payload that could have been a challenge proves nothing and is refused.
 * Id: none; retries carry the same payload, so its hash. Yes: 200. No: anything else; retried up to 24 h in production.
 * A subscription's newest transaction comes first and is the one the event is about. Plain sales, voids and card checks are
 * never announced. A settlement that is declined takes back a charge told before, so it voids it.
 * Medium confidence: retries and their identical payload. Low: the 30 s deadline often quoted.
 * https://developer.paypal.com/braintree/docs/guides/webhooks/parse https://github.com/braintree/braintree_node
 */
import { refused, type VerifiedCallback, verified } from "../../core/callback.ts";
import type { EventType } from "../../core/event.ts";
import { formRecord } from "../../core/formats/form.ts";
import { fromMajor } from "../../core/formats/money.ts";
import { elementsAt, parseXml, type XmlElement, xmlTextAt } from "../../core/formats/xml.ts";
import { anyMatches, digest, hmac } from "../../core/signature.ts";
import { fromAllowedAddress } from "../address.ts";
import { amountFrom } from "../amount.ts";
import type { Gateway, SourceSettings } from "../gateway.ts";
import { numbered } from "../numbered.ts";
import { present, request } from "../request.ts";
import { secretsOf } from "../secrets.ts";
import { senderOf } from "../sender.ts";
import { instantOf } from "../time.ts";
import type { Told } from "../told.ts";

const challenge = /^[a-f0-9]{20,32}$/;
const payloadText = /^[A-Za-z0-9+/=\n]+$/;

const meanings = new Map<string, EventType>([
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

/** Kinds without effect on the ledger: what they are about is told by others, or is no payment. */
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

export const braintree: Gateway = {
  name: "braintree",
  facts: {
    title: "Braintree",
    sources: [
      "https://developer.paypal.com/braintree/docs/guides/webhooks/parse",
      "https://developer.paypal.com/braintree/docs/guides/webhooks/create",
      "npm braintree: WebhookNotificationGateway",
    ],
    confidence: "H",
    proof: "bt_signature: publicKey|HMAC-SHA1 (hex) of bt_payload, keyed with SHA-1 of the private key",
    strength: "signature",
    key: "SHA-256 of bt_payload",
    charset: "UTF-8",
    deadlineSeconds: undefined,
    retries: "for up to 24 hours in production (3 hours in the sandbox, often quoted)",
    announces: "subscriptions and their charges, settlement of some payment methods, disputes; never card checks, voids or plain sales",
  },
  methods: ["POST", "GET"],
  unproven: "refuse",
  unprovenStatus: 401,
  needsReadBack: "the payment of a charge announced without its transaction. Nothing is read back",

  checkSettings: (settings) =>
    publicKeysOf(settings).length > 0
      ? []
      : ["options.publicKey is missing: give the public key of the API key whose private key is the source's secret"],

  verify(raw, settings) {
    if (!fromAllowedAddress(raw, settings)) return refused("the sender is not one of the source's addresses");
    const { bt_signature: signatures, bt_payload: payload } = formRecord(raw.body);
    if (!signatures || !payload) return refused("the form has no bt_signature or no bt_payload");
    if (!payloadText.test(payload) || challenge.test(payload)) return refused("bt_payload is not what Braintree sends");
    const ours = new Set(publicKeysOf(settings));
    const presented = signatures
      .split("&")
      .map((pair) => pair.split("|"))
      .flatMap(([publicKey = "", signature]) => (ours.has(publicKey) && signature ? [signature] : []));
    if (presented.length === 0) return refused("bt_signature names none of the source's public keys");
    const expected = secretsOf(settings).flatMap((key) => [signatureOf(key, payload), signatureOf(key, `${payload}\n`)]);
    return anyMatches(presented, expected) ? verified(raw) : refused("no signature matches any of the source's private keys");
  },

  identify(callback) {
    const { bt_payload: payload } = formRecord(callback.body);
    if (!payload) throw new Error("the form has no bt_payload");
    return digest("sha256", [payload.replaceAll("\n", "")]);
  },

  parse(callback) {
    const notification = notificationOf(callback);
    const kind = xmlTextAt(notification, "kind");
    if (notification?.name !== "notification" || !kind) throw new Error("bt_payload is not XML with a notification and its kind");
    const occurredAt = instantOf(xmlTextAt(notification, "timestamp")) ?? callback.receivedAt;
    return numbered(
      this.identify(callback),
      told(kind, elementsAt(notification, "subject")[0]).map((event) => ({ gatewayType: kind, occurredAt, ...event })),
    );
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain; charset=utf-8", body: "" }),
  refuse: () => ({ status: 500, contentType: "text/plain; charset=utf-8", body: "" }),

  greet(raw, settings) {
    if (raw.method !== "GET") return undefined;
    const { bt_challenge: asked = "" } = formRecord(raw.body);
    const [publicKey] = publicKeysOf(settings);
    const [privateKey] = secretsOf(settings);
    if (!challenge.test(asked) || !publicKey || !privateKey) return undefined;
    return { status: 200, contentType: "text/plain; charset=utf-8", body: `${publicKey}|${signatureOf(privateKey, asked)}` };
  },

  sign(body, settings, now) {
    const payload = formRecord(body).bt_payload ?? inLines(Buffer.from(body).toString("base64"));
    const signature = `${publicKeysOf(settings)[0] ?? ""}|${signatureOf(settings.secrets[0] ?? "", payload)}`;
    const form = new URLSearchParams({ bt_signature: signature, bt_payload: payload }).toString();
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return request({ body: Buffer.from(form), now, headers, ...senderOf(settings) });
  },
};

const publicKeysOf = (settings: Pick<SourceSettings, "options">): readonly string[] =>
  (settings.options?.publicKey ?? "").split(/[\s,]+/).filter(Boolean);

const signatureOf = (privateKey: string, text: string): string =>
  hmac("sha1", Buffer.from(digest("sha1", [privateKey], "hex"), "hex"), [text], "hex");

/** As Braintree writes it: sixty characters a line, each line ended. */
const inLines = (base64: string): string => base64.replace(/.{1,60}/g, "$&\n");

const notificationOf = (callback: VerifiedCallback): XmlElement | undefined =>
  parseXml(Buffer.from(formRecord(callback.body).bt_payload ?? "", "base64").toString("utf8"));

const told = (kind: string, subject: XmlElement | undefined): readonly Told[] => {
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

const aboutSubscription = (type: EventType, subscription: XmlElement): readonly Told[] => {
  const contract = present({ contract: xmlTextAt(subscription, "id") });
  const [newest] = elementsAt(subscription, "transactions", "transaction");
  if (!type.startsWith("charge.")) return [{ type, ...contract, ...present({ customer: xmlTextAt(newest, "customer", "id") }) }];
  const charge: Told = newest
    ? { ...aboutTransaction(type, newest), ...contract }
    : { type, ...contract, incomplete: ["charge", "amount"] };
  const renewed = type === "charge.succeeded" && Number(xmlTextAt(subscription, "current-billing-cycle")) > 1;
  return renewed ? [charge, { type: "contract.renewed", ...contract, ...present({ customer: charge.customer }) }] : [charge];
};

/** A transaction of type `credit` is a refund of the one it names. */
const aboutTransaction = (type: EventType, transaction: XmlElement): Told => {
  const credit = xmlTextAt(transaction, "type") === "credit";
  const id = xmlTextAt(transaction, "id");
  const amount = fromMajor(xmlTextAt(transaction, "amount"), xmlTextAt(transaction, "currency-iso-code"));
  const refunds = credit && type === "charge.succeeded";
  return {
    type: refunds ? "charge.refunded" : credit && type !== "unknown" ? "notice" : type,
    ...present({
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

const aboutDispute = (type: EventType, dispute: XmlElement): Told => {
  const disputed = xmlTextAt(dispute, "amount-disputed") ?? xmlTextAt(dispute, "amount");
  const amount = fromMajor(disputed, xmlTextAt(dispute, "currency-iso-code"));
  return {
    type,
    ...present({ charge: xmlTextAt(dispute, "transaction", "id"), reason: xmlTextAt(dispute, "reason") }),
    ...amountFrom(amount),
  };
};
