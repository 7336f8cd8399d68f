/**
 * HMAC: a gateway described by its source's options, so that one that has no folder here needs no code.
 * Transport: POST, JSON (UTF-8) or a form. Proof: a header with the HMAC over what the template `signed` says; as strong as the
 * template: with `{timestamp}` old and future callbacks are rejected beyond the tolerance, without it only the identity keeps a
 * replay out. Id: a header that is signed (`{id}`), a place in the body, a form
 * field, or the hash of the bytes, as for a header that is not signed. Ack and nack: what the options say; where they do not, 200 `OK`
 * and 500 `NG`, and 401 for what is unverified.
 * Options, all of them plain text: header, algorithm (sha1, sha256, sha512), encoding (hex, base64), secretEncoding (utf8, hex,
 * base64), prefix, signed (`{body}`, `{timestamp}.{body}`, `{url}{body}` ...), timestampHeader, timestampUnit (s, ms), idHeader,
 * idPointer, idField, typePointer, events (`invoice.paid=charge.succeeded, ping=notice`), contractPointer, chargePointer,
 * customerPointer, amountPointer, amountUnit (minor, major), currencyPointer, currency, occurredAtPointer, orderPointer,
 * passHeaders (further headers that are passed through: `x-event, x-delivery`), refundPointer, reasonPointer, replacedByPointer, acknowledgeStatus, acknowledgeBody, acknowledgeType, refuseStatus, refuseBody.
 * Pointers are JSON pointers; in a form `/name` is a field.
 * Identity, meaning and answers depend on the options too, so this gateway's functions take the source's settings as a last
 * argument; without them it knows a callback by its bytes and cannot understand it.
 * https://www.rfc-editor.org/rfc/rfc2104 https://www.rfc-editor.org/rfc/rfc6901
 */
import { type Millis, type RawCallback, type Reply, refused, type VerifiedCallback, verified } from "../../core/callback.ts";
import { formRecord } from "../../core/formats/form.ts";
import { parseJson, textAt } from "../../core/formats/json.ts";
import { pointed } from "../../core/formats/pointer.ts";
import { bytesId } from "../../core/record.ts";
import { anyMatches, digest, hmac as hmacOf } from "../../core/signature.ts";
import type { Front, Sign, SourceSettings } from "../gateway.ts";
import { signedRequest, usableSecrets } from "../kit/kit.ts";
import { type HmacSettings, hmacProblems, type ProofOptions, proofProblems, readProof } from "./options.ts";

/** Five minutes, as Standard Webhooks has it. Shorter rejects gateways with slow clocks, longer widens the replay window. */
export const defaultToleranceSeconds = 300;

export const front: Front = {
  name: "hmac",
  strength: "signature",
  methods: ["POST"],
  onUnverified: "refuse",
  unverifiedStatus: 401,

  checkSettings: (settings) => hmacProblems(settings),

  verify(raw, settings) {
    const proof = readProof(settings);
    if (!proof) return refused(proofProblems(settings)[0] ?? "the source's options do not suffice");
    const sent = raw.headers[proof.header];
    if (!sent) return refused(`the header ${proof.header} is missing`);
    if (!sent.startsWith(proof.prefix)) return refused(`the header ${proof.header} does not begin with ${proof.prefix}`);
    const message = messageOf(raw, settings, proof);
    if (!message) return refused("a header that is signed is missing");
    const expected = usableSecrets(settings).flatMap((secret) => {
      const key = keyOf(secret, proof);
      return key ? [signatureOf(key, message, proof)] : [];
    });
    if (!anyMatches([sent.slice(proof.prefix.length)], expected)) return refused("the signature matches none of the source's secrets");
    return isTimely(raw, settings, proof) ? verified(raw) : refused("the timestamp is missing, unreadable, or outside the tolerance");
  },

  identify: (callback, settings?: HmacSettings) => idOf(callback, settings),

  acknowledge(_raw: RawCallback, settings?: HmacSettings): Reply {
    const { acknowledgeStatus = "200", acknowledgeBody = "OK", acknowledgeType = "text/plain; charset=utf-8" } = settings?.options ?? {};
    return { status: Number(acknowledgeStatus), contentType: acknowledgeType, body: acknowledgeBody };
  },
  refuse(_raw: RawCallback, settings?: HmacSettings): Reply {
    const { refuseStatus = "500", refuseBody = "NG", acknowledgeType = "text/plain; charset=utf-8" } = settings?.options ?? {};
    return { status: Number(refuseStatus), contentType: acknowledgeType, body: refuseBody };
  },
};

export const sign: Sign = (body, settings, now) => {
  const { options = {}, publicUrl = "" } = settings;
  const headers = {
    "content-type": options.idField ? "application/x-www-form-urlencoded" : "application/json",
    ...(options.idHeader && { [options.idHeader.toLowerCase()]: `evt_${digest("sha256", [body]).slice(0, 24)}` }),
  };
  const unsigned = signedRequest({ body, now, url: publicUrl, headers }, settings);
  return { ...unsigned, headers: { ...headers, ...signatureHeaders(unsigned, settings, now) } };
};

/** The timestamp, where one is sent, and the signature of the first secret: there is room for one. */
export const signatureHeaders = (raw: RawCallback, settings: SourceSettings, now: Millis): Readonly<Record<string, string>> => {
  const proof = readProof(settings);
  if (!proof) return {};
  const { timestampHeader, timestampUnit } = proof;
  const time = timestampHeader && { [timestampHeader]: String(timestampUnit === "ms" ? now : Math.floor(now / 1000)) };
  const key = keyOf(settings.secrets[0] ?? "", proof);
  const message = messageOf({ ...raw, headers: { ...raw.headers, ...time } }, settings, proof);
  return { ...time, ...(key && message && { [proof.header]: proof.prefix + signatureOf(key, message, proof) }) };
};

/** When it was signed, in seconds; undefined when it does not say. */
export const timestampOf = ({ headers }: Pick<RawCallback, "headers">, settings: HmacSettings): number | undefined => {
  const { timestampHeader, timestampUnit } = readProof(settings) ?? {};
  const sent = headers[timestampHeader ?? ""] ?? "";
  if (!/^\d{1,16}$/.test(sent)) return undefined;
  return timestampUnit === "ms" ? Number(sent) / 1000 : Number(sent);
};

export const idOf = (callback: VerifiedCallback, settings?: HmacSettings): string => {
  const { idHeader, idPointer, idField } = settings?.options ?? {};
  // A header that is not signed can be any callback's: the first to carry an id would hide the genuine one.
  const isSigned = idHeader === undefined || readProof(settings ?? {})?.signed.includes("{id}");
  if ((!idHeader && !idPointer && !idField) || !isSigned) return bytesId(callback.body);
  const id = idHeader
    ? callback.headers[idHeader.toLowerCase()]
    : idField
      ? formRecord(callback.body)[idField]
      : textOf(pointed(documentOf(callback), idPointer ?? ""));
  if (!id) throw new Error(`there is no id at ${idHeader || idField || idPointer}`);
  return id;
};

type Message = readonly (string | Uint8Array)[];

/** What is signed, part by part; undefined when a header of it was not sent. */
const messageOf = (raw: RawCallback, { options = {}, publicUrl }: HmacSettings, proof: ProofOptions): Message | undefined => {
  const values: Readonly<Record<string, string | Uint8Array | undefined>> = {
    "{body}": raw.body,
    "{url}": publicUrl ?? raw.url,
    "{timestamp}": raw.headers[proof.timestampHeader ?? ""],
    "{id}": raw.headers[options.idHeader?.toLowerCase() ?? ""],
  };
  const parts = proof.signed.map((part) => (Object.hasOwn(values, part) ? values[part] : part));
  return parts.every((part) => part !== undefined) ? parts : undefined;
};

const signatureOf = (key: Uint8Array, message: Message, { algorithm, encoding }: ProofOptions): string => {
  return hmacOf(algorithm, key, message, encoding);
};

/** @returns undefined for a secret that is not written as the options say: decoding would stop short, perhaps at nothing. */
const keyOf = (secret: string, { secretEncoding }: ProofOptions): Uint8Array | undefined => {
  if (secretEncoding === "utf8") return secret.trim() === "" ? undefined : Buffer.from(secret, "utf8");
  const pattern =
    secretEncoding === "hex"
      ? /^(?:[0-9a-fA-F]{2})+$/
      : /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=?|[A-Za-z0-9+/]{2}(?:==)?)$/;
  return pattern.test(secret.trim()) ? Buffer.from(secret.trim(), secretEncoding) : undefined;
};

const isTimely = (raw: RawCallback, settings: SourceSettings, { timestampHeader }: ProofOptions): boolean => {
  if (!timestampHeader) return true;
  const seconds = timestampOf(raw, settings);
  return seconds !== undefined && Math.abs(raw.receivedAt / 1000 - seconds) <= (settings.toleranceSeconds ?? defaultToleranceSeconds);
};

/** The body as something pointers can point into: JSON, or the fields of a form. */
export const documentOf = (callback: VerifiedCallback): unknown =>
  /^application\/x-www-form-urlencoded\b/i.test(callback.headers["content-type"] ?? "")
    ? formRecord(callback.body)
    : parseJson(callback.body);

export const textOf = (value: unknown): string | undefined => textAt([value], 0);
