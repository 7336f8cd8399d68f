/**
 * KOMOJU. Transport: POST, JSON, UTF-8. Proof: `X-Komoju-Signature`, hex HMAC-SHA256 of the body, keyed with the endpoint's secret
 * token as text; strong, but without a timestamp, so only the identity keeps a replay out. Id: the event's `id`; `X-Komoju-ID`
 * names the delivery and is not signed. Ack: any 2xx. Nack: anything else; it retries, on a schedule it does not publish.
 * An authorised payment is an authorised card or an issued konbini slip: neither has taken money yet, and its expiry or
 * cancellation is a void. A partial refund leaves the payment captured; `payment.refunded` says that all of it went back.
 * Both list all refunds so far, each with its id, so one reported twice counts once. A chargeback is such a refund, marked.
 * `subscription.captured` renews the contract and names no payment: the money is in `payment.captured`.
 * Medium confidence: the objects' fields, what is in `subscription.*`, and that amounts are in minor units.
 * https://doc.komoju.com/docs/webhooks https://doc.komoju.com/reference/payments-2 https://github.com/degica/komoju-woocommerce
 */
import { refused, verified } from "../../core/callback.ts";
import { parseJson, textAt } from "../../core/formats/json.ts";
import { anyMatches, hmac } from "../../core/signature.ts";
import type { Front, Sign } from "../gateway.ts";
import { byStatus, jsonId, signedRequest, usableSecrets } from "../kit/kit.ts";

const signatureHeader = "x-komoju-signature";

export const front: Front = {
  name: "komoju",
  strength: "signature",
  methods: ["POST"],
  onUnverified: "refuse",
  unverifiedStatus: 401,

  verify(raw, settings) {
    const signature = raw.headers[signatureHeader];
    if (!signature) return refused("the header X-Komoju-Signature is missing");
    const expected = usableSecrets(settings).map((secret) => signatureOf(secret, raw.body));
    return anyMatches([signature], expected) ? verified(raw) : refused("the signature matches none of the source's secrets");
  },

  identify: (callback) => jsonId(callback),

  ...byStatus,
};

export const sign: Sign = (body, settings, now) => {
  const event = parseJson(body);
  const headers = {
    "content-type": "application/json",
    "user-agent": "Komoju-Webhook",
    "x-komoju-id": textAt(event, "id") ?? "",
    "x-komoju-event": textAt(event, "type") ?? "",
    [signatureHeader]: signatureOf(settings.secrets[0] ?? "", body),
  };
  return signedRequest({ body, now, headers }, settings);
};

const signatureOf = (secret: string, body: Uint8Array): string => hmac("sha256", secret, [body], "hex");
