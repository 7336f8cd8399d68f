/**
 * Stripe: POST, JSON, UTF-8. Proof: `Stripe-Signature: t=<unix seconds>,v1=<hex>[,v1=<hex>]`, HMAC-SHA256 of `<t>.<body>` with the
 * whole signing secret, `whsec_` included; strong. Any v1 may match (a rolled secret signs beside the new one for up to a day);
 * v0 never counts. As in Stripe's own library only old timestamps are refused. Id: `id`. Yes: 200, body ignored. No: 500.
 * What its events mean, and which id a payment has: stripe-events.ts.
 * https://docs.stripe.com/webhooks https://docs.stripe.com/api/events/types https://github.com/stripe/stripe-node (Webhooks)
 */
import { refused, verified } from "../../core/callback.ts";
import { at, numberAt, parseJson, textAt } from "../../core/formats/json.ts";
import { anyMatches, hmac } from "../../core/signature.ts";
import { fromAllowedAddress } from "../address.ts";
import type { Gateway } from "../gateway.ts";
import { jsonId } from "../json-id.ts";
import { numbered } from "../numbered.ts";
import { request } from "../request.ts";
import { secretsOf } from "../secrets.ts";
import { senderOf } from "../sender.ts";
import { instantOf } from "../time.ts";
import { readStripeEvent } from "./meaning.ts";

const signatureHeader = "stripe-signature";
/** What Stripe's own library takes. Each attempt is signed anew, so only a delayed or replayed request is older. */
const defaultToleranceSeconds = 300;

export const stripe: Gateway = {
  name: "stripe",
  facts: {
    title: "Stripe",
    sources: [
      "https://docs.stripe.com/webhooks",
      "https://docs.stripe.com/webhooks/process-undelivered-events",
      "https://github.com/stripe/stripe-node",
    ],
    confidence: "H",
    proof: "Stripe-Signature: t, v1; HMAC-SHA256 (hex) of t.body; refused when older than 300 s",
    strength: "signature",
    key: "id (evt_...)",
    charset: "UTF-8",
    deadlineSeconds: undefined,
    retries: "live: for up to 3 days, with exponential waits; sandbox: 3 times in a few hours",
    announces: "charges, refunds, disputes, card checks (SetupIntent) and every state of a subscription; no order guaranteed",
  },
  methods: ["POST"],
  unproven: "refuse",
  unprovenStatus: 401,
  needsReadBack: "what a thin event is about, and since API 2025-03-31 which invoice a charge paid. Nothing is read back",

  verify(raw, settings) {
    if (!fromAllowedAddress(raw, settings)) return refused("the sender is not one of the source's addresses");
    const header = raw.headers[signatureHeader];
    if (!header) return refused("the header Stripe-Signature is missing");
    const fields = header.split(",").map((field) => field.split("="));
    const timestamp = fields.findLast(([name]) => name === "t")?.[1];
    if (!timestamp || !/^\d{1,12}$/.test(timestamp)) return refused("Stripe-Signature carries no timestamp");
    const signatures = fields.flatMap(([name, value]) => (name === "v1" && value ? [value] : []));
    const expected = secretsOf(settings).map((secret) => signatureOf(secret, timestamp, raw.body));
    if (!anyMatches(signatures, expected)) return refused("no v1 signature matches any of the source's secrets");
    const age = Math.floor(raw.receivedAt / 1000) - Number(timestamp);
    return age > (settings.toleranceSeconds ?? defaultToleranceSeconds) ? refused("the timestamp is too old") : verified(raw);
  },

  identify: (callback) => jsonId(callback),

  parse(callback) {
    const body = parseJson(callback.body);
    const gatewayType = textAt(body, "type");
    if (!gatewayType) throw new Error("the body is not a Stripe event: it has no type");
    const id = this.identify(callback);
    const created = (numberAt(body, "created") ?? Number.NaN) * 1000;
    const occurredAt = Number.isSafeInteger(created) ? created : (instantOf(at(body, "created")) ?? callback.receivedAt);
    return numbered(
      id,
      readStripeEvent(gatewayType, body).map((told) => ({ ...told, gatewayType, occurredAt })),
    );
  },

  acknowledge: () => ({ status: 200, contentType: "application/json", body: '{"received":true}' }),
  refuse: () => ({ status: 500, contentType: "application/json", body: '{"received":false}' }),

  sign(body, settings, now) {
    const timestamp = String(Math.floor(now / 1000));
    const signature = signatureOf(settings.secrets[0] ?? "", timestamp, body);
    const headers = { "content-type": "application/json; charset=utf-8", [signatureHeader]: `t=${timestamp},v1=${signature}` };
    return request({ body, now, headers, ...senderOf(settings) });
  },
};

const signatureOf = (secret: string, timestamp: string, body: Uint8Array): string => hmac("sha256", secret, [`${timestamp}.`, body], "hex");
