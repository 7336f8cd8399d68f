/** Gateways that prove themselves in headers. */
import { body, type Cases, firstOfThirteen, header, lastOfTwelve, late, withOptions, withoutOption } from "./genuine.ts";

const forged = body((text) => text.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)));
const noSecrets = (given: { readonly secrets: readonly string[] }) => ({ ...given, secrets: [" "] });

const mismatch = "the signature matches none of the source's secrets";

/** `t=...,v1=...`, as Stripe and whoever has it from Stripe. */
const timed = (name: string, said: { title: string; time: string; proof: string; by: string; mismatch: string }): Cases => {
  const time = new RegExp(`${said.time}=\\d+`);
  const noTimestamp = `${said.title} carries no timestamp`;
  return {
    "no header": { raw: header(name, undefined), reason: `the header ${said.title} is missing` },
    "an empty header": { raw: header(name, () => ""), reason: `the header ${said.title} is missing` },
    "no timestamp": { raw: header(name, (value) => value.replace(time, "x=1")), reason: noTimestamp },
    "an empty timestamp": { raw: header(name, (value) => value.replace(time, `${said.time}=`)), reason: noTimestamp },
    "a timestamp that is a word": { raw: header(name, (value) => value.replace(time, `${said.time}=yesterday`)), reason: noTimestamp },
    "a timestamp with a sign": { raw: header(name, (value) => value.replace(time, `${said.time}=-1`)), reason: noTimestamp },
    "a timestamp with a fraction": { raw: header(name, (value) => value.replace(time, `${said.time}=1.5`)), reason: noTimestamp },
    "a timestamp with white space": { raw: header(name, (value) => value.replace(time, `${said.time}= 1`)), reason: noTimestamp },
    "a timestamp of one digit": { at: 5_000, reason: undefined },
    "a timestamp of twelve digits": { at: lastOfTwelve, reason: undefined },
    "a timestamp of thirteen digits": { at: firstOfThirteen, reason: noTimestamp },
    "another timestamp": { raw: header(name, (value) => value.replace(time, `${said.time}=1`)), reason: said.mismatch },
    "no signature": { raw: header(name, (value) => value.replace(`${said.proof}=`, "v0=")), reason: said.mismatch },
    "an empty signature": {
      raw: header(name, (value) => value.replace(new RegExp(`${said.proof}=.*`), `${said.proof}=`)),
      reason: said.mismatch,
    },
    "another body": { raw: forged, reason: said.mismatch },
    "no secret": { settings: noSecrets, reason: said.mismatch },
    "something else beside it": { raw: header(name, (value) => `x${said.by}${value}${said.by}y=z`), reason: undefined },
    "another signature before it": {
      raw: header(name, (value) => value.replace(`${said.proof}=`, `${said.proof}=00${said.by}${said.proof}=`)),
      reason: undefined,
    },
    "another signature after it": { raw: header(name, (value) => `${value}${said.by}${said.proof}=00`), reason: undefined },
  };
};

/** A header that holds the proof and nothing else. */
const plain = (name: string, missing: string, mismatched = mismatch): Cases => ({
  "no header": { raw: header(name, undefined), reason: missing },
  "an empty header": { raw: header(name, () => ""), reason: missing },
  "another proof": { raw: header(name, (value) => `${value}x`), reason: mismatched },
  "no secret": { settings: noSecrets, reason: mismatched },
});

const paypalHeader = "a PAYPAL-TRANSMISSION header is missing";
const noId = "the source has no webhook id of its own";
const notPaypal = "PAYPAL-CERT-URL is not at paypal.com";
const noCertificate = "the signature matches none of the source's certificates";
const certificateUrl = (url: string, isPaypals = false) => ({
  raw: header("paypal-cert-url", () => url),
  reason: isPaypals ? undefined : notPaypal,
});

const standard = "one of the headers webhook-id, webhook-timestamp and webhook-signature is missing";
const noTimestamp = "webhook-timestamp is not a timestamp";
const noKey = "no signature matches any of the source's keys";
const outside = "the timestamp is outside the tolerance";

const hmacTimed = { signed: "{timestamp}.{body}", timestampHeader: "X-Time" };
const untimely = "the timestamp is missing, unreadable, or outside the tolerance";
export const inHeaders: Readonly<Record<string, Cases>> = {
  stripe: {
    ...timed("stripe-signature", {
      title: "Stripe-Signature",
      time: "t",
      proof: "v1",
      by: ",",
      mismatch: "no signature matches any of the source's secrets",
    }),
    // As Stripe's own library: the last of two counts.
    "a timestamp before the right one": { raw: header("stripe-signature", (value) => `t=1,${value}`), reason: undefined },
    "a timestamp after the right one": {
      raw: header("stripe-signature", (value) => `${value},t=1`),
      reason: "no signature matches any of the source's secrets",
    },
    "five minutes late": { raw: late(300_999), reason: undefined },
    "later than five minutes": { raw: late(301_000), reason: "the timestamp is too old" },
    "a day early": { raw: late(-86_400_000), reason: undefined },
    "a second late, where none is allowed": {
      raw: late(1_000),
      settings: (given) => ({ ...given, toleranceSeconds: 0 }),
      reason: "the timestamp is too old",
    },
  },
  paddle: {
    ...timed("paddle-signature", {
      title: "Paddle-Signature",
      time: "ts",
      proof: "h1",
      by: ";",
      mismatch: "no signature matches any of the source's secrets",
    }),
    "a timestamp before the right one": {
      raw: header("paddle-signature", (value) => `ts=1;${value}`),
      reason: "no signature matches any of the source's secrets",
    },
    "a timestamp after the right one": { raw: header("paddle-signature", (value) => `${value};ts=1`), reason: undefined },
    "five seconds late": { raw: late(5_000), reason: undefined },
    "later than five seconds": { raw: late(5_001), reason: "the timestamp is older than the tolerance" },
    "a day early": { raw: late(-86_400_000), reason: undefined },
    "a minute late, where it is allowed": {
      raw: late(60_000),
      settings: (given) => ({ ...given, toleranceSeconds: 60 }),
      reason: undefined,
    },
    "a second late, where none is allowed": {
      raw: late(1_000),
      settings: (given) => ({ ...given, toleranceSeconds: 0 }),
      reason: "the timestamp is older than the tolerance",
    },
  },
  sandbox: {
    ...timed("sandbox-signature", {
      title: "Sandbox-Signature",
      time: "t",
      proof: "v1",
      by: ",",
      mismatch: "no signature matches any of the source's secrets",
    }),
    "a timestamp before the right one": {
      raw: header("sandbox-signature", (value) => `t=1,${value}`),
      reason: "no signature matches any of the source's secrets",
    },
    "a timestamp after the right one": { raw: header("sandbox-signature", (value) => `${value},t=1`), reason: undefined },
    "five minutes late": { raw: late(300_000), reason: undefined },
    "later than five minutes": { raw: late(300_001), reason: outside },
    "five minutes early": { raw: late(-300_000), reason: undefined },
    "earlier than five minutes": { raw: late(-300_001), reason: outside },
    "a second late, where none is allowed": {
      raw: late(1_000),
      settings: (given) => ({ ...given, toleranceSeconds: 0 }),
      reason: outside,
    },
  },
  "standard-webhooks": {
    ...Object.fromEntries(
      ["webhook-id", "webhook-timestamp", "webhook-signature"].flatMap((name) => [
        [`no ${name}`, { raw: header(name, undefined), reason: standard }],
        [`an empty ${name}`, { raw: header(name, () => ""), reason: standard }],
        [`another ${name}`, { raw: header(name, (value) => `${value}1`), reason: noKey }],
      ]),
    ),
    "a timestamp that is a word": { raw: header("webhook-timestamp", () => "yesterday"), reason: noTimestamp },
    "a timestamp with a sign": { raw: header("webhook-timestamp", () => "-1"), reason: noTimestamp },
    "a timestamp with a fraction": { raw: header("webhook-timestamp", () => "1.5"), reason: noTimestamp },
    "a timestamp with white space": { raw: header("webhook-timestamp", () => " 1"), reason: noTimestamp },
    "a timestamp of one digit": { at: 5_000, reason: undefined },
    "a timestamp of twelve digits": { at: lastOfTwelve, reason: undefined },
    "a timestamp of thirteen digits": { at: firstOfThirteen, reason: noTimestamp },
    "headers named by Svix": {
      raw: (raw) => ({
        ...raw,
        headers: Object.fromEntries(Object.entries(raw.headers).map(([name, value]) => [name.replace("webhook-", "svix-"), value])),
      }),
      reason: undefined,
    },
    "an id of Svix's beside it": { raw: header("svix-id", () => "another"), reason: noKey },
    "another signature before it": { raw: header("webhook-signature", (value) => `v1,AAAA ${value}`), reason: undefined },
    "another signature after it": { raw: header("webhook-signature", (value) => `${value} v1,AAAA`), reason: undefined },
    "a signature of another version": { raw: header("webhook-signature", (value) => value.replace("v1,", "v2,")), reason: noKey },
    "a signature without a version": { raw: header("webhook-signature", (value) => value.replace("v1,", "")), reason: noKey },
    "an empty signature": { raw: header("webhook-signature", () => "v1,"), reason: noKey },
    "another body": { raw: forged, reason: noKey },
    "no secret": { settings: noSecrets, reason: noKey },
    "a secret that is a prefix": { settings: (given) => ({ ...given, secrets: ["whsec_", "whsec_ "] }), reason: noKey },
    "a secret that is text, where it is base64": { settings: withOptions({ secretEncoding: "utf8" }), reason: noKey },
    "a secret that is base64": { settings: withOptions({ secretEncoding: "base64" }), reason: undefined },
    "five minutes late": { raw: late(300_999), reason: undefined },
    "later than five minutes": { raw: late(301_000), reason: outside },
    "five minutes early": { raw: late(-300_000), reason: undefined },
    "earlier than five minutes": { raw: late(-300_001), reason: outside },
    "a second late, where none is allowed": {
      raw: late(1_000),
      settings: (given) => ({ ...given, toleranceSeconds: 0 }),
      reason: outside,
    },
  },
  komoju: plain("x-komoju-signature", "the header X-Komoju-Signature is missing"),
  "lemon-squeezy": plain("x-signature", "the header X-Signature is missing"),
  square: {
    ...plain("x-square-hmacsha256-signature", "the header x-square-hmacsha256-signature is missing"),
    "another URL": {
      settings: (given) => ({ ...given, publicUrl: "https://other.example/" }),
      reason: mismatch,
    },
    "the URL that was called, where none is set": { settings: ({ publicUrl: _, ...given }) => given, reason: undefined },
    "another URL that was called, where none is set": {
      settings: ({ publicUrl: _, ...given }) => given,
      raw: (raw) => ({ ...raw, url: "https://other.example/" }),
      reason: mismatch,
    },
  },
  shopify: {
    ...plain("x-shopify-hmac-sha256", "the header X-Shopify-Hmac-Sha256 is missing"),
    'a header of the "events" kind': {
      raw: (raw) => ({ ...raw, headers: { "shopify-hmac-sha256": raw.headers["x-shopify-hmac-sha256"] ?? "" } }),
      reason: undefined,
    },
    "a header of either kind": {
      raw: header("shopify-hmac-sha256", () => "x"),
      reason: mismatch,
    },
  },
  payjp: plain(
    "x-payjp-webhook-token",
    "the header X-Payjp-Webhook-Token is missing",
    "X-Payjp-Webhook-Token matches none of the source's secrets",
  ),
  fincode: plain(
    "fincode-signature",
    "the header Fincode-Signature is missing or empty; register a signature with the webhook",
    "Fincode-Signature matches none of the source's secrets",
  ),
  veritrans: {
    "no header": { raw: header("content-hmac", undefined), reason: "the header Content-Hmac is missing, or has no v" },
    "a header without v": {
      raw: header("content-hmac", (value) => value.replace(";v=", ";w=")),
      reason: "the header Content-Hmac is missing, or has no v",
    },
    "a header that is v alone": {
      raw: header("content-hmac", (value) => value.slice(value.indexOf(";v="))),
      reason: "the header Content-Hmac is missing, or has no v",
    },
    "one character before v": { raw: header("content-hmac", (value) => `h${value.slice(value.indexOf(";v="))}`), reason: undefined },
    "another proof": {
      raw: header("content-hmac", (value) => `${value}0`),
      reason: "v matches none of the source's secrets, which must be hex",
    },
    "a secret that is not hex": {
      settings: (given) => ({ ...given, secrets: [`${given.secrets[0]}x`] }),
      reason: "v matches none of the source's secrets, which must be hex",
    },
    "a secret with something before the hex": {
      settings: (given) => ({ ...given, secrets: [`x${given.secrets[0]}`] }),
      reason: "v matches none of the source's secrets, which must be hex",
    },
    "a secret in white space": { settings: (given) => ({ ...given, secrets: [` ${given.secrets[0]}\n`] }), reason: undefined },
    "the merchant of the options": { settings: withOptions({ merchantCcid: "A100000000000000000000cc" }), reason: undefined },
    "another merchant than the options'": {
      settings: withOptions({ merchantCcid: "A1" }),
      reason: "Content-Hmac names another merchant than options.merchantCcid",
    },
    "no merchant, where the options name one": {
      settings: withOptions({ merchantCcid: "A100000000000000000000cc" }),
      raw: header("content-hmac", (value) => value.replace(/;s=[^;]*/, "")),
      reason: "Content-Hmac names another merchant than options.merchantCcid",
    },
  },
  paypal: {
    "no webhook id": { settings: withoutOption("webhookId"), reason: noId },
    "a blank webhook id": { settings: withOptions({ webhookId: " " }), reason: noId },
    "the simulator's webhook id": { settings: withOptions({ webhookId: "WEBHOOK_ID" }), reason: noId },
    "a webhook id in white space": { settings: withOptions({ webhookId: " 1JE4291016473214C\n" }), reason: undefined },
    "another webhook id": { settings: withOptions({ webhookId: "1JE4291016473214D" }), reason: noCertificate },
    "no options": { settings: ({ options: _, ...given }) => given, reason: noId },
    ...Object.fromEntries(
      ["id", "time", "sig"].map((name) => [`no ${name}`, { raw: header(`paypal-transmission-${name}`, undefined), reason: paypalHeader }]),
    ),
    "no algorithm": { raw: header("paypal-auth-algo", undefined), reason: "PAYPAL-AUTH-ALGO is not SHA256withRSA" },
    "another algorithm": { raw: header("paypal-auth-algo", () => "none"), reason: "PAYPAL-AUTH-ALGO is not SHA256withRSA" },
    "no certificate's URL": { raw: header("paypal-cert-url", undefined), reason: notPaypal },
    "a certificate at PayPal's": certificateUrl("https://paypal.com/x", true),
    "a certificate at PayPal's sandbox": certificateUrl("https://api.sandbox.paypal.com/x", true),
    "a certificate elsewhere": certificateUrl("https://paypal.com.example/x"),
    "a certificate at a name that ends alike": certificateUrl("https://notpaypal.com/x"),
    "a certificate in the clear": certificateUrl("http://api.paypal.com/x"),
    "a certificate at another port": certificateUrl("https://api.paypal.com:8443/x"),
    "a certificate under a user's name": certificateUrl("https://user@api.paypal.com/x"),
    "a certificate under a password": certificateUrl("https://:word@api.paypal.com/x"),
    "a URL that is none": certificateUrl("paypal.com"),
    "a signature in another spelling": {
      raw: header("paypal-transmission-sig", (value) => value.replace(/=*$/, "")),
      reason: "PAYPAL-TRANSMISSION-SIG is not base64",
    },
    "a signature that is none": { raw: header("paypal-transmission-sig", () => "x!"), reason: "PAYPAL-TRANSMISSION-SIG is not base64" },
    "another body": { raw: forged, reason: noCertificate },
    "no certificate": { settings: withoutOption("certificate"), reason: noCertificate },
    "a certificate that is none": {
      settings: withOptions({ certificate: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" }),
      reason: noCertificate,
    },
    "a certificate on one line": {
      settings: (given) => withOptions({ certificate: (given.options?.certificate ?? "").replaceAll("\n", "\\n") })(given),
      reason: undefined,
    },
    "an indented certificate": {
      settings: (given) => withOptions({ certificate: (given.options?.certificate ?? "").replaceAll("\n", "\n \t") })(given),
      reason: undefined,
    },
    "no secret": { settings: noSecrets, reason: undefined },
  },
  hmac: {
    "no header": { raw: header("x-signature", undefined), reason: "the header x-signature is missing" },
    "another proof": { raw: header("x-signature", (value) => `${value}0`), reason: mismatch },
    "no options": {
      settings: ({ options: _, ...given }) => given,
      reason: "options.header is missing; name the header that carries the signature, such as x-signature",
    },
    "a prefix that is missing": {
      settings: withOptions({ prefix: "sha256=" }),
      reason: "the header x-signature does not begin with sha256=",
    },
    "a header that is signed and missing": {
      settings: withOptions({ signed: "{id}{body}", idHeader: "x-id" }),
      reason: "a header that is signed is missing",
    },
    "no timestamp": { signs: hmacTimed, raw: header("x-time", undefined), reason: "a header that is signed is missing" },
    "another timestamp": { signs: hmacTimed, raw: header("x-time", () => "1"), reason: mismatch },
    "five minutes late": { signs: hmacTimed, raw: late(300_000), reason: undefined },
    "later than five minutes": { signs: hmacTimed, raw: late(300_001), reason: untimely },
    "five minutes early": { signs: hmacTimed, raw: late(-300_000), reason: undefined },
    "earlier than five minutes": { signs: hmacTimed, raw: late(-300_001), reason: untimely },
    "five minutes late, in milliseconds": { signs: { ...hmacTimed, timestampUnit: "ms" }, raw: late(300_000), reason: undefined },
    "later than that, in milliseconds": { signs: { ...hmacTimed, timestampUnit: "ms" }, raw: late(300_001), reason: untimely },
    "seconds that are said to be milliseconds": { signs: hmacTimed, settings: withOptions({ timestampUnit: "ms" }), reason: untimely },
    "a year late, without a timestamp": { raw: late(31_536_000_000), reason: undefined },
    "a second late, where none is allowed": {
      signs: hmacTimed,
      raw: late(1_000),
      settings: (given) => ({ ...given, toleranceSeconds: 0 }),
      reason: untimely,
    },
  },
};
