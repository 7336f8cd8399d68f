/**
 * Sandbox: a gateway that does not exist. The reference for newcomers, and what demos and tests use.
 * Transport: POST, JSON, UTF-8. Proof: `Sandbox-Signature: t=<unix seconds>,v1=<hex>`, HMAC-SHA256 of `<t>.<body>` with the
 * secret's text; strong. Old and future timestamps are rejected beyond the tolerance. Id: `id`. Ack: `OK`. Nack: 500 `NG`.
 */
import { type RawCallback, refused, verified } from "../../core/callback.ts";
import { anyMatches, hmac } from "../../core/signature.ts";
import type { Front, Sign, SourceSettings } from "../gateway.ts";
import { jsonId, signedRequest, usableSecrets } from "../kit.ts";

const signatureHeader = "sandbox-signature";

/** Five minutes: what Stripe and Standard Webhooks use. Shorter rejects gateways with slow clocks, longer widens the replay window. */
const defaultToleranceSeconds = 300;

export const front: Front = {
  name: "sandbox",
  strength: "signature",
  methods: ["POST"],
  onUnverified: "refuse",
  unverifiedStatus: 401,

  verify(raw, settings) {
    const header = raw.headers[signatureHeader];
    if (!header) return refused("the header Sandbox-Signature is missing");
    const fields = header.split(",").map((field) => field.split("=", 2) as [string, string | undefined]);
    const timestamp = fields.find(([name]) => name === "t")?.[1];
    const signatures = fields.flatMap(([name, value]) => (name === "v1" && value ? [value] : []));
    if (!timestamp || !/^\d{1,12}$/.test(timestamp)) return refused("Sandbox-Signature carries no timestamp");
    if (
      !anyMatches(
        signatures,
        usableSecrets(settings).map((secret) => signatureOf(secret, timestamp, raw.body)),
      )
    )
      return refused("no signature matches any of the source's secrets");
    return withinTolerance(raw, Number(timestamp), settings) ? verified(raw) : refused("the timestamp is outside the tolerance");
  },

  identify: (callback) => jsonId(callback),

  acknowledge: () => ({ status: 200, contentType: "text/plain; charset=utf-8", body: "OK" }),
  refuse: () => ({ status: 500, contentType: "text/plain; charset=utf-8", body: "NG" }),
};

export const sign: Sign = (body, settings, now) => {
  const timestamp = String(Math.floor(now / 1000));
  const signature = signatureOf(settings.secrets[0] ?? "", timestamp, body);
  const headers = { "content-type": "application/json", [signatureHeader]: `t=${timestamp},v1=${signature}` };
  return signedRequest({ body, now, headers }, settings);
};

const signatureOf = (secret: string, timestamp: string, body: Uint8Array): string => hmac("sha256", secret, [`${timestamp}.`, body], "hex");

const withinTolerance = (raw: RawCallback, timestamp: number, settings: SourceSettings): boolean =>
  Math.abs(raw.receivedAt / 1000 - timestamp) <= (settings.toleranceSeconds ?? defaultToleranceSeconds);
