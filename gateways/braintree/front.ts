/**
 * Braintree. Transport: POST, form, `bt_signature` and `bt_payload` (base64 of XML, UTF-8). Proof: HMAC-SHA1 (hex) of the
 * payload's text, its line breaks included, keyed with the SHA-1 of a private API key; `bt_signature` holds one
 * `publicKey|hex` for each of the merchant's API keys, joined by `&`. Strong, but without a timestamp.
 * `secrets` are private keys; `options.publicKey` names the public keys they belong to, several while keys are exchanged.
 * Registration is a GET with `bt_challenge`, answered with `publicKey|hex` over the challenge. Anybody can get that
 * signature, so a payload that could have been a challenge proves nothing and is rejected.
 * Id: none; retries carry the same payload, so its hash. Ack: 200. Nack: anything else; retried up to 24 h in production.
 * A subscription's newest transaction comes first and is the one the event is about. Plain sales, voids and card checks are
 * never announced. A settlement that is declined takes back a charge reported before, so it voids it.
 * Medium confidence: retries and their identical payload. Low: the 30 s deadline often quoted.
 * https://developer.paypal.com/braintree/docs/guides/webhooks/parse https://github.com/braintree/braintree_node
 */
import { type RawCallback, refused, verified } from "../../core/callback.ts";
import { formRecord } from "../../core/formats/form.ts";
import { anyMatches, digest, hmac } from "../../core/signature.ts";
import type { Front, Sign, SourceSettings } from "../gateway.ts";
import { byStatus, signedRequest, usableSecrets } from "../kit/kit.ts";

const challenge = /^[a-f0-9]{20,32}$/;

const payloadText = /^[A-Za-z0-9+/=\n]+$/;

/** One for each API key of the merchant's. */
const mostSignatures = 100;

export const front: Front = {
  name: "braintree",
  strength: "signature",
  methods: ["POST", "GET"],
  onUnverified: "refuse",
  unverifiedStatus: 401,

  checkSettings: (settings) =>
    publicKeysOf(settings).length > 0
      ? []
      : ["options.publicKey is missing: give the public key of the API key whose private key is the source's secret"],

  verify(raw, settings) {
    const { bt_signature: signatures, bt_payload: payload } = formRecord(raw.body);
    if (!signatures || !payload) return refused("the form has no bt_signature or no bt_payload");
    if (!payloadText.test(payload) || challenge.test(payload)) return refused("bt_payload is not what Braintree sends");
    const ours = new Set(publicKeysOf(settings));
    const pairs = signatures.split("&", mostSignatures + 1);
    if (pairs.length > mostSignatures) return refused(`there are more than ${mostSignatures} signatures`);
    const presented = pairs
      .map((pair) => pair.split("|"))
      .flatMap(([publicKey = "", signature]) => (ours.has(publicKey) && signature ? [signature] : []));
    if (presented.length === 0) return refused("bt_signature names none of the source's public keys");
    const expected = usableSecrets(settings).flatMap((key) => [signatureOf(key, payload), signatureOf(key, `${payload}\n`)]);
    return anyMatches(presented, expected) ? verified(raw) : refused("no signature matches any of the source's private keys");
  },

  identify: (callback) => digest("sha256", [payloadOf(callback)]),

  /** The payload alone: one more API key is one more signature beside it. */
  content: (callback) => payloadOf(callback),

  ...byStatus,

  greet(raw, settings) {
    if (raw.method !== "GET") return undefined;
    const { bt_challenge: asked = "" } = formRecord(raw.body);
    const [publicKey] = publicKeysOf(settings);
    const [privateKey] = usableSecrets(settings);
    if (!challenge.test(asked) || !publicKey || !privateKey) return undefined;
    return { status: 200, contentType: "text/plain; charset=utf-8", body: `${publicKey}|${signatureOf(privateKey, asked)}` };
  },
};

export const sign: Sign = (body, settings, now) => {
  const payload = formRecord(body).bt_payload ?? inLines(Buffer.from(body).toString("base64"));
  const signature = `${publicKeysOf(settings)[0] ?? ""}|${signatureOf(settings.secrets[0] ?? "", payload)}`;
  const form = new URLSearchParams({ bt_signature: signature, bt_payload: payload }).toString();
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return signedRequest({ body: Buffer.from(form), now, headers }, settings);
};

const payloadOf = ({ body }: Pick<RawCallback, "body">): string => {
  const { bt_payload: payload } = formRecord(body);
  if (!payload) throw new Error("the form has no bt_payload");
  return payload.replaceAll("\n", "");
};

const publicKeysOf = (settings: Pick<SourceSettings, "options">): readonly string[] =>
  (settings.options?.publicKey ?? "").split(/[\s,]/).filter(Boolean);

const signatureOf = (privateKey: string, text: string): string =>
  hmac("sha1", Buffer.from(digest("sha1", [privateKey], "hex"), "hex"), [text], "hex");

/** As Braintree writes it: sixty characters a line, each line ended. */
const inLines = (base64: string): string => base64.replace(/.{1,60}/g, "$&\n");
