/** What a genuine signature does not help: a callback is signed with the source's own secret here, and refused all the same. */
import { createHash, createHmac, createPrivateKey, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { gateways, type SourceSettings, verifyCallback } from "../../../gateways/index.ts";
import { noon, rawCallback } from "../../support/samples.ts";

const secret = "a secret of this test";
const body = Buffer.from('{"id":"evt_1"}');

const hmac = (algorithm: string, key: string | Buffer, text: string, encoding: "hex" | "base64" = "hex"): string =>
  createHmac(algorithm, key).update(text).digest(encoding);

/** The gateways that sign a timestamp: the headers of a callback that carries this one, genuinely signed. */
const timestamped: Readonly<Record<string, (timestamp: string) => Readonly<Record<string, string>>>> = {
  sandbox: (timestamp) => ({ "sandbox-signature": `t=${timestamp},v1=${hmac("sha256", secret, `${timestamp}.${body}`)}` }),
  stripe: (timestamp) => ({ "stripe-signature": `t=${timestamp},v1=${hmac("sha256", secret, `${timestamp}.${body}`)}` }),
  paddle: (timestamp) => ({ "paddle-signature": `ts=${timestamp};h1=${hmac("sha256", secret, `${timestamp}:${body}`)}` }),
  "standard-webhooks": (timestamp) => ({
    "webhook-id": "msg_1",
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${hmac("sha256", Buffer.from(secret), `msg_1.${timestamp}.${body}`, "base64")}`,
  }),
  hmac: (timestamp) => ({ "x-signature": hmac("sha256", secret, `${timestamp}.${body}`), "x-timestamp": timestamp }),
};
const options: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  hmac: { header: "x-signature", signed: "{timestamp}.{body}", timestampHeader: "x-timestamp", idPointer: "/id" },
};

const proven = (gateway: string, timestamp: string, receivedAt: number) => {
  const raw = rawCallback({ body, receivedAt, headers: timestamped[gateway]?.(timestamp) ?? {} });
  const settings: SourceSettings = { secrets: [secret], toleranceSeconds: 60, ...(options[gateway] && { options: options[gateway] }) };
  return verifyCallback(gateways[gateway as keyof typeof gateways], raw, settings);
};

describe.each(Object.keys(timestamped))("a callback of %s with a genuine signature", (gateway) => {
  test.each([
    ["of now", String(noon / 1000), noon],
    ["of one digit, received in the same minute", "7", 8_000],
  ])("is verified with a timestamp %s", (_, timestamp, receivedAt) => {
    expect(proven(gateway, timestamp, receivedAt).kind).toBe("verified");
  });

  test.each([
    "soon",
    `${noon / 1000}x`,
    `x${noon / 1000}`,
    ` ${noon / 1000}`,
    `${noon / 1000}.5`,
    "1.8e9",
    "0x6b000000",
    "-1",
    "NaN",
    "Infinity",
    new Date(noon).toISOString(),
    "9".repeat(13),
    "9".repeat(17),
  ])("is refused with the timestamp %j, and the reason names it", (timestamp) => {
    expect(proven(gateway, timestamp, noon)).toEqual({ kind: "refused", reason: expect.stringContaining("timestamp") });
  });
});

describe("a callback of paypal that PayPal's certificate vouches for", () => {
  const fixture = (name: string): string => readFileSync(join(import.meta.dirname, "..", "fixtures", name), "utf8");
  const certificate = fixture("paypal-certificate.pem");
  const key = createPrivateKey(fixture("paypal-key.pem"));
  const signedFor = (webhookId: string) =>
    rawCallback({
      body,
      headers: {
        "paypal-transmission-id": "1",
        "paypal-transmission-time": "2026-11-20T12:00:00Z",
        "paypal-transmission-sig": sign("RSA-SHA256", Buffer.from(`1|2026-11-20T12:00:00Z|${webhookId}|${crc32(body)}`), key).toString(
          "base64",
        ),
        "paypal-cert-url": "https://api.paypal.com/v1/notifications/certs/CERT-1",
        "paypal-auth-algo": "SHA256withRSA",
      },
    });
  const provenBy = (signed: string, ours: Readonly<Record<string, string>>) =>
    verifyCallback(gateways.paypal, signedFor(signed), { secrets: [], options: { certificate, ...ours } });

  test("is verified for the source's own webhook id, also with white space around it", () => {
    expect(provenBy("8PT", { webhookId: "8PT" }).kind).toBe("verified");
    expect(provenBy("8PT", { webhookId: " 8PT\n" }).kind).toBe("verified");
  });

  test.each([
    ["none", "", {}],
    ["an empty one", "", { webhookId: "" }],
    ["a blank one", " ", { webhookId: " " }],
    ["the simulator's, which signs for whoever asks", "WEBHOOK_ID", { webhookId: "WEBHOOK_ID" }],
    ["the word for what is missing", "undefined", {}],
  ])("is refused where the source's webhook id is %s", (_, signed, ours) => {
    expect(provenBy(signed, ours)).toEqual({ kind: "refused", reason: "the source has no webhook id of its own" });
  });
});

describe("a callback of braintree that is signed with the source's private key", () => {
  const payload = `${Buffer.from("<notification/>").toString("base64")}\n`;
  const signature = hmac("sha1", createHash("sha1").update(secret).digest(), payload);
  const provenWith = (signatures: string, publicKey?: string) =>
    verifyCallback(
      gateways.braintree,
      rawCallback({ body: Buffer.from(new URLSearchParams({ bt_signature: signatures, bt_payload: payload }).toString()) }),
      { secrets: [secret], options: publicKey === undefined ? {} : { publicKey } },
    );

  test.each(["ours", "theirs, ours", " ours\n"])("is verified under one of the source's public keys: %j", (publicKey) => {
    expect(provenWith(`ours|${signature}`, publicKey).kind).toBe("verified");
    expect(provenWith(`other|00&ours|${signature}`, publicKey).kind).toBe("verified");
  });

  test.each<[string, string, string | undefined]>([
    ["under another public key", `other|${signature}`, "ours"],
    ["under no public key", `|${signature}`, "ours"],
    ["under no public key, which is all that the source has", `|${signature}`, ""],
    ["under a source that names none", `ours|${signature}`, undefined],
    ["under ours without a signature", "ours", "ours"],
  ])("is refused %s", (_, signatures, publicKey) => {
    expect(provenWith(signatures, publicKey)).toEqual({
      kind: "refused",
      reason: "bt_signature names none of the source's public keys",
    });
  });
});
