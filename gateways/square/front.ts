/**
 * Square. Transport: POST, JSON, UTF-8. Proof: `x-square-hmacsha256-signature`, base64 HMAC-SHA256 of the registered URL
 * followed by the body, keyed with the subscription's signature key as text; strong, but without a timestamp, so only the
 * identity keeps a replay out. Id: `event_id`, the same on retries. Ack: any 2xx. Nack: anything else; retried for 24 h
 * (an older copy of the same page says 72 h), and a subscription without a 2xx for three weeks is switched off.
 * The URL must be the one registered at Square, byte for byte: `publicUrl`, or the URL that was called where none is set.
 * What a payment, refund or subscription event means is its object's status. Invoices and payments do not name each other,
 * except through their order, so `invoice.payment_made` renews the contract and the money is in `payment.*`.
 * Medium confidence: the object's fields; that a DEACTIVATED subscription is over.
 * https://developer.squareup.com/docs/webhooks/overview https://developer.squareup.com/docs/webhooks/step3validate
 */
import { refused, verified } from "../../core/callback.ts";
import { anyMatches, hmac } from "../../core/signature.ts";
import type { Front, Sign } from "../gateway.ts";
import { byStatus, jsonId, signedRequest, usableSecrets } from "../kit/kit.ts";

const signatureHeader = "x-square-hmacsha256-signature";

export const front: Front = {
  name: "square",
  strength: "signature",
  methods: ["POST"],
  onUnverified: "refuse",
  unverifiedStatus: 401,

  checkSettings: (settings) =>
    settings.publicUrl ? [] : ["publicUrl is missing: Square signs the URL; give it exactly as it is registered in the Developer Console"],

  verify(raw, settings) {
    const signature = raw.headers[signatureHeader];
    if (!signature) return refused(`the header ${signatureHeader} is missing`);
    const url = settings.publicUrl ?? raw.url;
    const expected = usableSecrets(settings).map((secret) => signatureOf(secret, url, raw.body));
    return anyMatches([signature], expected) ? verified(raw) : refused("the signature matches none of the source's secrets");
  },

  identify: (callback) => jsonId(callback, "event_id"),

  ...byStatus,
};

export const sign: Sign = (body, settings, now) => {
  const url = settings.publicUrl ?? "";
  const signature = signatureOf(settings.secrets[0] ?? "", url, body);
  const headers = { "content-type": "application/json", [signatureHeader]: signature };
  return signedRequest({ body, now, headers, url }, settings);
};

const signatureOf = (secret: string, url: string, body: Uint8Array): string => hmac("sha256", secret, [url, body], "base64");
