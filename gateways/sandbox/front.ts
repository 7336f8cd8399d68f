/**
 * Sandbox: a gateway that does not exist. The reference for newcomers, and what demos and tests use.
 * Transport: POST, JSON, UTF-8. Proof: `Sandbox-Signature: t=<unix seconds>,v1=<hex>`, HMAC-SHA256 of `<t>.<body>` with the
 * secret's text; strong. Old and future timestamps are rejected beyond the tolerance. Id: `id`. Ack: `OK`. Nack: 500 `NG`.
 */
import { type RawCallback, refused, verified } from "../../core/callback.ts";
import type { Front, Sign, SourceSettings } from "../gateway.ts";
import { jsonId, signedRequest } from "../kit/kit.ts";
import { timestampedSignature } from "../kit/timestamped-signature.ts";

export const signature = timestampedSignature({
  header: "Sandbox-Signature",
  separator: ",",
  timestampField: "t",
  timestamp: "first",
  signatureField: "v1",
  mark: ".",
  newest: "first",
});

/** Five minutes: what Stripe and Standard Webhooks use. Shorter rejects gateways with slow clocks, longer widens the replay window. */
export const defaultToleranceSeconds = 300;

export const front: Front = {
  name: "sandbox",
  strength: "signature",
  methods: ["POST"],
  onUnverified: "refuse",
  unverifiedStatus: 401,

  verify(raw, settings) {
    const signed = signature.check(raw, settings);
    if (signed.kind === "refused") return signed;
    return withinTolerance(raw, signed.at, settings) ? verified(raw) : refused("the timestamp is outside the tolerance");
  },

  identify: (callback) => jsonId(callback),

  acknowledge: () => ({ status: 200, contentType: "text/plain; charset=utf-8", body: "OK" }),
  refuse: () => ({ status: 500, contentType: "text/plain; charset=utf-8", body: "NG" }),
};

export const sign: Sign = (body, settings, now) => {
  const headers = { "content-type": "application/json", ...signature.headers(body, [settings.secrets[0] ?? ""], now) };
  return signedRequest({ body, now, headers }, settings);
};

const withinTolerance = (raw: RawCallback, timestamp: number, settings: SourceSettings): boolean =>
  Math.abs(raw.receivedAt / 1000 - timestamp) <= (settings.toleranceSeconds ?? defaultToleranceSeconds);
