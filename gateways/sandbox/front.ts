/**
 * Sandbox: a gateway that does not exist. The reference for newcomers, and what demos and tests use.
 * Transport: POST, JSON, UTF-8. Proof: `Sandbox-Signature: t=<unix seconds>,v1=<hex>`, HMAC-SHA256 of `<t>.<body>` with the
 * secret's text; strong. Old and future timestamps are rejected beyond the tolerance. Id: `id`. Ack: `OK`. Nack: 500 `NG`.
 */
import { type Millis, type RawCallback, refused, verified } from "../../core/callback.ts";
import { anyMatches, hmac } from "../../core/signature.ts";
import type { Front, Sign, SourceSettings } from "../gateway.ts";
import { jsonId, signedRequest, usableSecrets } from "../kit/kit.ts";

const signatureHeader = "sandbox-signature";

/** Five minutes: what Stripe and Standard Webhooks use. Shorter rejects gateways with slow clocks, longer widens the replay window. */
export const defaultToleranceSeconds = 300;

export const front: Front = {
  name: "sandbox",
  strength: "signature",
  methods: ["POST"],
  onUnverified: "refuse",
  unverifiedStatus: 401,

  verify(raw, settings) {
    const header = raw.headers[signatureHeader];
    if (!header) return refused("the header Sandbox-Signature is missing");
    const signatures = fieldsOf(header).flatMap(([name, value]) => (name === "v1" && value ? [value] : []));
    const timestamp = timestampOf(raw);
    if (timestamp === undefined) return refused("Sandbox-Signature carries no timestamp");
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
  const headers = { "content-type": "application/json", ...signatureHeaders(body, [settings.secrets[0] ?? ""], now) };
  return signedRequest({ body, now, headers }, settings);
};

export const signatureHeaders = (body: Uint8Array, secrets: readonly string[], now: Millis): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(now / 1000));
  const signatures = secrets.map((secret) => `v1=${signatureOf(secret, timestamp, body)}`);
  return { [signatureHeader]: [`t=${timestamp}`, ...signatures].join(",") };
};

/** In seconds, as it is signed. */
export const timestampOf = ({ headers }: Pick<RawCallback, "headers">): string | undefined => {
  const timestamp = fieldsOf(headers[signatureHeader] ?? "").find(([name]) => name === "t")?.[1];
  return timestamp && /^\d{1,12}$/.test(timestamp) ? timestamp : undefined;
};

const fieldsOf = (header: string) => header.split(",").map((field) => field.split("=") as [string, string | undefined]);

const signatureOf = (secret: string, timestamp: string, body: Uint8Array): string => hmac("sha256", secret, [`${timestamp}.`, body], "hex");

const withinTolerance = (raw: RawCallback, timestamp: number, settings: SourceSettings): boolean =>
  Math.abs(raw.receivedAt / 1000 - timestamp) <= (settings.toleranceSeconds ?? defaultToleranceSeconds);
