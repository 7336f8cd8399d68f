/**
 * Standard Webhooks, as Svix and everybody behind it sends them; in particular Polar and Clerk Billing.
 * POST, JSON, UTF-8. Proof: the headers `webhook-id`, `webhook-timestamp` and `webhook-signature` (Svix and Clerk: `svix-...`), the
 * last a list of `v1,<base64>`: HMAC-SHA256 of `<id>.<timestamp>.<body>`; strong. Any of them may match; old and future timestamps
 * are rejected. `v1a` is Ed25519 and is checked when options.publicKey (`whpk_...`) is set. The key is what base64 after `whsec_`
 * holds; Polar uses the secret's text itself. Without options.secretEncoding (`base64` or `utf8`) either will do.
 * Id: `webhook-id`, equal on every retry. Ack: 200, body ignored. Nack: 500; never 410, which ends the subscription.
 * Names of types: Polar's from its SDK (H), Clerk's from its backend types (L). Any other sender's are `unknown`.
 * https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md https://docs.svix.com/retries
 * https://polar.sh/docs/integrate/webhooks/events https://clerk.com/docs/guides/development/webhooks/billing
 */
import { createPublicKey, type KeyObject, verify as verifySignature } from "node:crypto";
import { type Millis, type RawCallback, refused, verified } from "../../core/callback.ts";
import { anyMatches, digest, hmac } from "../../core/signature.ts";
import type { Front, Sign, SourceSettings } from "../gateway.ts";
import { signedRequest, usableSecrets } from "../kit/kit.ts";

/** What the specification proposes and every library takes, in both directions. */
export const defaultToleranceSeconds = 300;

const secretEncodings: readonly string[] = ["base64", "utf8"];

export const front: Front = {
  name: "standard-webhooks",
  strength: "signature",
  methods: ["POST"],
  onUnverified: "refuse",
  unverifiedStatus: 401,

  checkSettings({ options = {} }) {
    const { secretEncoding, publicKey } = options;
    const problems: string[] = [];
    if (secretEncoding !== undefined && !secretEncodings.includes(secretEncoding))
      problems.push(`options.secretEncoding is "${secretEncoding}"; write "base64", or "utf8" for Polar, or leave it out`);
    if (publicKey !== undefined && !publicKeyOf(publicKey))
      problems.push('options.publicKey is not an Ed25519 key; write "whpk_" and 32 bytes in base64, as the sender shows it');
    return problems;
  },

  verify(raw, settings) {
    const [id, timestamp, signature] = [headerOf(raw, "id"), headerOf(raw, "timestamp"), headerOf(raw, "signature")];
    if (!id || !timestamp || !signature)
      return refused("one of the headers webhook-id, webhook-timestamp and webhook-signature is missing");
    if (!isTimestamp(timestamp)) return refused("webhook-timestamp is not a timestamp");
    const presented = signature.split(" ").map((one) => one.split(","));
    const ofVersion = (version: string) => presented.flatMap(([name, value]) => (name === version && value ? [value] : []));
    const signed = signedContent(id, timestamp, raw.body);
    const expected = usableSecrets(settings)
      .flatMap((secret) => keysOf(secret, settings))
      .map((key) => hmac("sha256", key, [signed], "base64"));
    const publicKey = publicKeyOf(settings.options?.publicKey ?? "");
    const asymmetric = publicKey !== undefined && ofVersion("v1a").some((one) => isSignedBy(publicKey, signed, one));
    if (!anyMatches(ofVersion("v1"), expected) && !asymmetric) return refused("no signature matches any of the source's keys");
    const distance = Math.abs(Math.floor(raw.receivedAt / 1000) - Number(timestamp));
    const tolerance = settings.toleranceSeconds ?? defaultToleranceSeconds;
    return distance > tolerance ? refused("the timestamp is outside the tolerance") : verified(raw);
  },

  identify(callback) {
    const id = headerOf(callback, "id");
    if (!id) throw new Error("the header webhook-id is missing");
    return id;
  },

  acknowledge: () => ({ status: 200, contentType: "application/json", body: '{"received":true}' }),
  refuse: () => ({ status: 500, contentType: "application/json", body: '{"received":false}' }),
};

export const sign: Sign = (body, settings, now) => {
  const id = `msg_${digest("sha256", [body], "base64url").slice(0, 27)}`;
  const keys = keysOf(settings.secrets[0] ?? "", settings).slice(0, 1);
  const { timestamp, signature } = signatureOver({ id, body, now }, keys.length > 0 ? keys : [""]);
  const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
  return signedRequest({ body, now, headers: { "content-type": "application/json", ...headers } }, settings);
};

/** One signature per key, all of them in one header. */
export const signatureOver = (
  { id, body, now }: { readonly id: string; readonly body: Uint8Array; readonly now: Millis },
  keys: readonly (Uint8Array | string)[],
): { readonly timestamp: string; readonly signature: string } => {
  const timestamp = String(Math.floor(now / 1000));
  const signed = signedContent(id, timestamp, body);
  return { timestamp, signature: keys.map((key) => `v1,${hmac("sha256", key, [signed], "base64")}`).join(" ") };
};

/** In seconds, as it is signed. */
export const isTimestamp = (text: string): boolean => /^\d{1,12}$/.test(text);

export const headerOf = (raw: RawCallback, name: "id" | "timestamp" | "signature"): string | undefined =>
  raw.headers[`svix-${name}`] ?? raw.headers[`webhook-${name}`];

const signedContent = (id: string, timestamp: string, body: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);

/** What a secret may stand for. A prefix alone is not a secret: everybody knows it. */
export const keysOf = (secret: string, { options }: Pick<SourceSettings, "options">): readonly Uint8Array[] => {
  const encoding = options?.secretEncoding;
  const text = secret.startsWith("whsec_") ? secret.slice("whsec_".length) : secret;
  if (text.trim() === "") return [];
  const decoded = encoding !== "utf8" ? bytesOf(text) : undefined;
  const written = encoding !== "base64" ? Buffer.from(secret, "utf8") : undefined;
  return [decoded, written].filter((key) => key !== undefined);
};

/** The bytes of base64, or undefined for any other text. */
const bytesOf = (text: string): Uint8Array | undefined => (/^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, "base64") : undefined);

const publicKeyOf = (text: string): KeyObject | undefined => {
  const bytes = bytesOf(text.replace(/^whpk_/, ""));
  if (bytes?.length !== 32) return undefined;
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(bytes).toString("base64url") }, format: "jwk" });
};

/** Only the one spelling of a signature in base64 counts: others would decode to the same bytes. */
const isSignedBy = (publicKey: KeyObject, signed: Uint8Array, text: string): boolean => {
  const signature = Buffer.from(text, "base64");
  return signature.toString("base64") === text && verifySignature(null, signed, publicKey, signature);
};
