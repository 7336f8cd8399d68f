/**
 * Shopify. Transport: POST, JSON, UTF-8. Proof: `X-Shopify-Hmac-Sha256`, base64 HMAC-SHA256 of the body with the app's client
 * secret as text (for callbacks made in a shop's admin pages: the key shown there); deliveries of the newer "events" kind use
 * the same without `x-`. Strong for the body; there is no timestamp, and topic and id travel in headers that nothing signs.
 * Id: the event's id, the hash of the body, the topic, and the subscription's name, since there may be several to one topic. The
 * hash alone is not enough: a contract that fails twice is announced twice with the same body. Only the body is signed: whoever
 * replays a genuine one under another id or topic makes another record of it, but can take no other callback's id. Ack: 2xx within 5 s. Nack: anything else (401, which
 * Shopify's app review looks for); 8 retries in 4 h, then a subscription made by API is removed.
 * What its topics mean, and which id a payment has: meaning.ts.
 * Medium confidence: the payloads' fields. Low: the "events" kind, whose bodies are what a query asks for, is left unknown.
 * https://shopify.dev/docs/apps/build/webhooks https://shopify.dev/docs/api/webhooks
 */
import { type RawCallback, refused, verified } from "../../core/callback.ts";
import { parseJson, textAt } from "../../core/formats/json.ts";
import { bytesId } from "../../core/record.ts";
import { anyMatches, digest, hmac } from "../../core/signature.ts";
import type { Front, Sign } from "../gateway.ts";
import { signedRequest, usableSecrets } from "../kit/kit.ts";

export const front: Front = {
  name: "shopify",
  strength: "signature",
  methods: ["POST"],
  onUnverified: "refuse",

  verify(raw, settings) {
    const signature = header(raw, "hmac-sha256");
    if (!signature) return refused("the header X-Shopify-Hmac-Sha256 is missing");
    const expected = usableSecrets(settings).map((secret) => signatureOf(secret, raw.body));
    return anyMatches([signature], expected) ? verified(raw) : refused("the signature matches none of the source's secrets");
  },

  /** Not the event's id alone: that header is not signed, and anyone who replays a body could take the id of another. */
  identify: (callback) =>
    [header(callback, "event-id"), bytesId(callback.body), topicOf(callback), header(callback, "name") ?? header(callback, "handle")].join(
      ":",
    ),

  acknowledge: () => ({ status: 200, contentType: "text/plain; charset=utf-8", body: "" }),
  refuse: () => ({ status: 401, contentType: "text/plain; charset=utf-8", body: "" }),
};

export const sign: Sign = (body, settings, now) => {
  const headers = {
    "content-type": "application/json",
    "x-shopify-hmac-sha256": signatureOf(settings.secrets[0] ?? "", body),
    "x-shopify-topic": likelyTopic(parseJson(body)),
    "x-shopify-shop-domain": "sandbox.myshopify.com",
    "x-shopify-api-version": "2026-10",
    "x-shopify-webhook-id": digest("sha1", [String(now), body]),
    "x-shopify-event-id": digest("sha1", [body]),
    "x-shopify-triggered-at": new Date(now).toISOString(),
  };
  return signedRequest({ body, now, headers }, settings);
};

const signatureOf = (secret: string, body: Uint8Array): string => hmac("sha256", secret, [body], "base64");

/** A header of either kind of delivery. One kind only: what the signature came with. */
export const header = (raw: RawCallback, name: string): string | undefined =>
  raw.headers[raw.headers["shopify-hmac-sha256"] ? `shopify-${name}` : `x-shopify-${name}`] || undefined;

/** `orders/paid`; of the "events" kind `product/update`, from its topic and its action. */
export const topicOf = (raw: RawCallback): string | undefined => {
  const topic = header(raw, "topic");
  const action = header(raw, "action");
  return topic && (action ? `${topic}/${action}` : topic).toLowerCase();
};

/** The topic a body was most likely sent under: the topic is not in the body, and `sign` gets nothing else. */
const likelyTopic = (body: unknown): string => {
  switch (/^gid:\/\/shopify\/(\w+)\//.exec(textAt(body, "admin_graphql_api_id") ?? "")?.[1]) {
    case "OrderTransaction":
      return "order_transactions/create";
    case "Refund":
      return "refunds/create";
    case "SubscriptionContract":
      return "subscription_contracts/update";
    case "SubscriptionBillingAttempt":
      return textAt(body, "error_code") ? "subscription_billing_attempts/failure" : "subscription_billing_attempts/success";
    default:
      if (textAt(body, "initiated_at")) return textAt(body, "finalized_on") ? "disputes/update" : "disputes/create";
      return textAt(body, "cancelled_at") ? "orders/cancelled" : "orders/paid";
  }
};
