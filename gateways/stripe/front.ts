/**
 * Stripe: POST, JSON, UTF-8. Proof: `Stripe-Signature: t=<unix seconds>,v1=<hex>[,v1=<hex>]`, HMAC-SHA256 of `<t>.<body>` with the
 * whole signing secret, `whsec_` included; strong. Any v1 may match (a rolled secret signs beside the new one for up to a day);
 * v0 never counts. As in Stripe's own library only old timestamps are rejected. Id: `id`. Ack: 200, body ignored. Nack: 500.
 * What its events mean, and which id a payment has: meaning.ts.
 * https://docs.stripe.com/webhooks https://docs.stripe.com/api/events/types https://github.com/stripe/stripe-node (Webhooks)
 */
import { refused, verified } from "../../core/callback.ts";
import type { Front, Sign } from "../gateway.ts";
import { jsonId, jsonWithout, signedRequest } from "../kit/kit.ts";
import { timestampedSignature } from "../kit/timestamped-signature.ts";

export const signature = timestampedSignature({
  header: "Stripe-Signature",
  separator: ",",
  timestampField: "t",
  timestamp: "last",
  signatureField: "v1",
  mark: ".",
  newest: "first",
});

/** What Stripe's own library uses. Each attempt is signed again, so only a delayed or replayed request is older. */
export const defaultToleranceSeconds = 300;

export const front: Front = {
  name: "stripe",
  strength: "signature",
  partner: "stripe.com",
  methods: ["POST"],
  onUnverified: "refuse",
  unverifiedStatus: 401,

  verify(raw, settings) {
    const signed = signature.check(raw, settings);
    if (signed.kind === "refused") return signed;
    const age = Math.floor(raw.receivedAt / 1000) - signed.at;
    return age > (settings.toleranceSeconds ?? defaultToleranceSeconds) ? refused("the timestamp is too old") : verified(raw);
  },

  identify: (callback) => jsonId(callback),

  /** The number of endpoints that have not answered yet: each attempt may say another. */
  content: (callback) => jsonWithout(callback, "pending_webhooks"),

  acknowledge: () => ({ status: 200, contentType: "application/json", body: '{"received":true}' }),
  refuse: () => ({ status: 500, contentType: "application/json", body: '{"received":false}' }),
};

export const sign: Sign = (body, settings, now) => {
  const headers = { "content-type": "application/json; charset=utf-8", ...signature.headers(body, [settings.secrets[0] ?? ""], now) };
  return signedRequest({ body, now, headers }, settings);
};
