/**
 * Stripe: POST, JSON, UTF-8. Proof: `Stripe-Signature: t=<unix seconds>,v1=<hex>[,v1=<hex>]`, HMAC-SHA256 of `<t>.<body>` with the
 * whole signing secret, `whsec_` included; strong. Any v1 may match (a rolled secret signs beside the new one for up to a day);
 * v0 never counts. As in Stripe's own library only old timestamps are rejected. Id: `id`. Ack: 200, body ignored. Nack: 500.
 * What its events mean, and which id a payment has: meaning.ts.
 * https://docs.stripe.com/webhooks https://docs.stripe.com/api/events/types https://github.com/stripe/stripe-node (Webhooks)
 */
import { type Millis, type RawCallback, refused, verified } from "../../core/callback.ts";
import { anyMatches, hmac } from "../../core/signature.ts";
import type { Front, Sign } from "../gateway.ts";
import { jsonId, jsonWithout, signedRequest, usableSecrets } from "../kit/kit.ts";

const signatureHeader = "stripe-signature";

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
    const header = raw.headers[signatureHeader];
    if (!header) return refused("the header Stripe-Signature is missing");
    const timestamp = timestampOf(raw);
    if (timestamp === undefined) return refused("Stripe-Signature carries no timestamp");
    const signatures = fieldsOf(header).flatMap(([name, value]) => (name === "v1" && value ? [value] : []));
    const expected = usableSecrets(settings).map((secret) => signatureOf(secret, timestamp, raw.body));
    if (!anyMatches(signatures, expected)) return refused("no v1 signature matches any of the source's secrets");
    const age = Math.floor(raw.receivedAt / 1000) - Number(timestamp);
    return age > (settings.toleranceSeconds ?? defaultToleranceSeconds) ? refused("the timestamp is too old") : verified(raw);
  },

  identify: (callback) => jsonId(callback),

  /** The number of endpoints that have not answered yet: each attempt may say another. */
  content: (callback) => jsonWithout(callback, "pending_webhooks"),

  acknowledge: () => ({ status: 200, contentType: "application/json", body: '{"received":true}' }),
  refuse: () => ({ status: 500, contentType: "application/json", body: '{"received":false}' }),
};

export const sign: Sign = (body, settings, now) => {
  const headers = { "content-type": "application/json; charset=utf-8", ...signatureHeaders(body, [settings.secrets[0] ?? ""], now) };
  return signedRequest({ body, now, headers }, settings);
};

/** Several secrets sign side by side, as Stripe does while one is rolled. */
export const signatureHeaders = (body: Uint8Array, secrets: readonly string[], now: Millis): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(now / 1000));
  const signatures = secrets.map((secret) => `v1=${signatureOf(secret, timestamp, body)}`);
  return { [signatureHeader]: [`t=${timestamp}`, ...signatures].join(",") };
};

/** In seconds, as it is signed. */
export const timestampOf = ({ headers }: Pick<RawCallback, "headers">): string | undefined => {
  const timestamp = fieldsOf(headers[signatureHeader] ?? "").findLast(([name]) => name === "t")?.[1];
  return timestamp && /^\d{1,12}$/.test(timestamp) ? timestamp : undefined;
};

const fieldsOf = (header: string): readonly (readonly string[])[] => header.split(",").map((field) => field.split("="));

const signatureOf = (secret: string, timestamp: string, body: Uint8Array): string => hmac("sha256", secret, [`${timestamp}.`, body], "hex");
