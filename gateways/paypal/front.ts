/**
 * PayPal (REST webhooks, version 1). Transport: POST, JSON, UTF-8. Proof: `PAYPAL-TRANSMISSION-SIG`, base64 of an RSA-SHA256
 * signature over `<transmission id>|<transmission time>|<webhook id>|<CRC-32 of the body, unsigned decimal>`, by the
 * certificate `PAYPAL-CERT-URL` names. The certificate is pinned in `options.certificate` (PEM, several for a rotation) or its
 * key in `options.publicKey`; the URL must be PayPal's, but nothing is fetched: docs/decisions/0010.
 * The webhook id is the receiver's, `options.webhookId`, and part of what is signed. PayPal's simulator signs with the id
 * `WEBHOOK_ID` for anybody, so that id proves nothing and is rejected.
 * The signature binds the body by its CRC-32 only: anyone who has seen a genuine callback can forge another body for its headers.
 * TLS keeps them unseen. No replay window is documented; the identity keeps a replay out.
 * Id: `id` (WH-...), the same on a resend, where the transmission id is new. Ack: any 2xx. Nack: anything else.
 * `secrets` prove nothing here; for the simulator the first one may be the private key (PEM) that `sign` uses.
 * What its event types mean, and which id a payment has: meaning.ts. Medium confidence: the resources' fields.
 * https://developer.paypal.com/api/rest/webhooks/rest https://developer.paypal.com/api/rest/webhooks/event-names
 */
import { createPrivateKey, createPublicKey, type KeyObject, sign as signWith, verify as verifyWith } from "node:crypto";
import { crc32 } from "node:zlib";
import { type RawCallback, refused, verified } from "../../core/callback.ts";
import { digest } from "../../core/signature.ts";
import type { Front, Sign, SourceSettings } from "../gateway.ts";
import { byStatus, jsonId, signedRequest } from "../kit/kit.ts";

const algorithm = "SHA256withRSA";

const simulatorWebhookId = "WEBHOOK_ID";

export const front: Front = {
  name: "paypal",
  strength: "signature",
  methods: ["POST"],
  onUnverified: "refuse",
  unverifiedStatus: 401,

  checkSettings: (settings) => [
    ...(webhookIdOf(settings)
      ? []
      : ["options.webhookId is missing, or the simulator's: give the id PayPal shows beside the webhook's URL"]),
    ...(publicKeysOf(settings).length > 0
      ? []
      : ["options.certificate holds no RSA certificate: give the PEM text that the URL in PAYPAL-CERT-URL answers with"]),
  ],

  verify(raw, settings) {
    const webhookId = webhookIdOf(settings);
    if (!webhookId) return refused("the source has no webhook id of its own");
    const id = raw.headers["paypal-transmission-id"];
    const time = raw.headers["paypal-transmission-time"];
    const text = raw.headers["paypal-transmission-sig"];
    if (!id || !time || !text) return refused("a PAYPAL-TRANSMISSION header is missing");
    if (raw.headers["paypal-auth-algo"] !== algorithm) return refused(`PAYPAL-AUTH-ALGO is not ${algorithm}`);
    if (!isPaypalUrl(raw.headers["paypal-cert-url"] ?? "")) return refused("PAYPAL-CERT-URL is not at paypal.com");
    const signature = Buffer.from(text, "base64");
    // Decoding forgives much; what was sent must be the one way to write these bytes.
    if (signature.toString("base64") !== text) return refused("PAYPAL-TRANSMISSION-SIG is not base64");
    const message = messageOf({ id, time, webhookId, body: raw.body });
    const genuine = publicKeysOf(settings).some((key) => verifyWith("RSA-SHA256", message, key, signature));
    return genuine ? verified(raw) : refused("the signature matches none of the source's certificates");
  },

  identify: (callback) => jsonId(callback),

  ...byStatus,
};

export const sign: Sign = (body, settings, now) => {
  const id = digest("sha1", [String(now), body]).replace(/(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5");
  const time = new Date(now).toISOString().replace(/\.\d+Z/, "Z");
  const message = messageOf({ id, time, webhookId: settings.options?.webhookId ?? "", body });
  const key = privateKeyOf(settings);
  const headers = {
    "content-type": "application/json",
    "paypal-transmission-id": id,
    "paypal-transmission-time": time,
    "paypal-transmission-sig": key ? signWith("RSA-SHA256", message, key).toString("base64") : "",
    "paypal-cert-url": "https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77",
    "paypal-auth-algo": algorithm,
  };
  return signedRequest({ body, now, headers }, settings);
};

const messageOf = (sent: Pick<RawCallback, "body"> & { readonly id: string; readonly time: string; readonly webhookId: string }): Buffer =>
  Buffer.from(`${sent.id}|${sent.time}|${sent.webhookId}|${crc32(sent.body)}`);

const webhookIdOf = (settings: Pick<SourceSettings, "options">): string | undefined => {
  const id = settings.options?.webhookId?.trim();
  return id === simulatorWebhookId ? undefined : id;
};

/** At paypal.com or below it, by https, on the usual port and without a user name. */
const isPaypalUrl = (text: string): boolean => {
  const url = URL.parse(text);
  return url?.protocol === "https:" && /^([a-z0-9-]+\.)*paypal\.com$/.test(url.host) && url.username === "" && url.password === "";
};

/** The RSA keys in the PEM texts of both options, which may be indented, or have their line breaks written as `\n`. */
const publicKeysOf = (settings: Pick<SourceSettings, "options">): readonly KeyObject[] => {
  const written = [settings.options?.certificate, settings.options?.publicKey].join("\n");
  const text = written.replaceAll("\\n", "\n").replace(/^[ \t]+/gm, "");
  const blocks = text.match(/-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----/g) ?? [];
  return blocks.flatMap((pem) => keyOr(() => createPublicKey(pem))).filter((key) => key.asymmetricKeyType === "rsa");
};

const privateKeyOf = (settings: SourceSettings): KeyObject | undefined =>
  keyOr(() => createPrivateKey(settings.secrets[0] ?? "")).find((key) => key.asymmetricKeyType === "rsa");

/** The key, or none: a text that is not a key matches nothing. */
const keyOr = (read: () => KeyObject): readonly KeyObject[] => {
  try {
    return [read()];
  } catch {
    return [];
  }
};
