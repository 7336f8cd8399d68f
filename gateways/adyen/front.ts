/**
 * Adyen. Transport: POST, UTF-8: standard notifications as JSON (`notificationItems`) or as a form, and newer ones as flat
 * JSON (`type`, `data`). Proof of a standard item: base64 HMAC-SHA256 in its `additionalData.hmacSignature`, over eight of
 * its fields joined by `:` without escaping; every item must be signed. Of anything else: the header `HmacSignature`
 * over the raw body. Keys are hexadecimal; any may match, because a changed key takes a while to reach every server.
 * Strong for what is signed. The rest of an item (dates, reasons, tokens) is not signed, nor is a time, and a
 * colon can be moved between neighbouring fields: the identity keeps a replay out, TLS keeps the original unseen.
 * Adyen's Basic authentication is not checked: it is weaker, and its password would be in the settings in plain text.
 * Id: pspReference, eventCode, success and originalReference; flat ones `eventId` or `id`, else the hash of the bytes.
 * Ack: `[accepted]`, which older accounts insist on. Nack: anything but 2xx; three quick tries, then a queue for up to 30 days.
 * Option: captureMode (`automatic`, Adyen's default, or `manual`): whether an authorisation is captured at once, which no notification says.
 * What its event codes mean, and which id a payment has: meaning.ts.
 * Medium confidence: which fields additionalData carries, and that forms are signed like JSON.
 * https://docs.adyen.com/development-resources/webhooks https://docs.adyen.com/development-resources/currency-codes
 */
import { refused, verified } from "../../core/callback.ts";
import { formRecord } from "../../core/formats/form.ts";
import { at, listAt, parseJson, textAt } from "../../core/formats/json.ts";
import { bytesId } from "../../core/record.ts";
import { anyMatches, digest, hmac } from "../../core/signature.ts";
import type { Front, Sign, SourceSettings } from "../gateway.ts";
import { signedRequest } from "../kit/kit.ts";
import { captureModeProblems } from "./capture-mode.ts";
import { type Item, itemsIn, signatureField, signedFields } from "./items.ts";

const signatureHeader = "hmacsignature";

export const front: Front = {
  name: "adyen",
  strength: "signature",
  methods: ["POST"],
  onUnverified: "refuse",
  unverifiedStatus: 401,

  checkSettings: ({ options }) => captureModeProblems(options),

  verify(raw, settings) {
    const keys = keysOf(settings);
    const items = itemsIn(raw.body);
    if (!items) {
      const signature = raw.headers[signatureHeader];
      if (!signature) return refused("there are no notification items, and the header HmacSignature is missing");
      const expected = keys.map((key) => signatureOf(key, raw.body));
      return anyMatches([signature], expected) ? verified(raw) : refused("HmacSignature matches none of the source's keys");
    }
    const matches = items.map(({ signed, field }) => {
      const signature = field(signatureField);
      if (signed === undefined || !signature) return false;
      return anyMatches(
        [signature],
        keys.map((key) => signatureOf(key, signed)),
      );
    });
    return matches.length > 0 && matches.every(Boolean)
      ? verified(raw)
      : refused("an item's hmacSignature matches none of the source's keys");
  },

  hashesId: true,
  identify(callback) {
    const items = itemsIn(callback.body);
    if (!items) {
      const body = parseJson(callback.body);
      return textAt(body, "eventId") ?? textAt(body, "id") ?? bytesId(callback.body);
    }
    const ids = items.map(idOf);
    if (ids.length === 0) throw new Error("there are no notification items");
    return ids.length === 1 ? (ids[0] as string) : `${ids.length}-items:${digest("sha256", [ids.join("\n")])}`;
  },

  /** A redelivery may have another date, and another signature after a change of keys. Of two items only what is signed of each is compared. */
  content: ({ body }) => {
    const items = itemsIn(body);
    return items ? JSON.stringify(items.map(({ field }) => signedFields.map((name) => field(name)))) : Buffer.from(body).toString("latin1");
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain; charset=utf-8", body: "[accepted]" }),
  refuse: () => ({ status: 500, contentType: "text/plain; charset=utf-8", body: "" }),
};

export const sign: Sign = (body, settings, now) => {
  const key = keysOf(settings)[0] ?? Buffer.alloc(0);
  const parsed = parseJson(body);
  const items = itemsIn(body);
  if (!items) {
    const headers = { "content-type": "application/json", protocol: "HmacSHA256", [signatureHeader]: signatureOf(key, body) };
    return signedRequest({ body, now, headers }, settings);
  }
  const signatures = items.map(({ signed }) => signatureOf(key, signed ?? ""));
  if (typeof parsed !== "object") {
    const fields = [...Object.entries(formRecord(body)).filter(([name]) => name !== signatureField), [signatureField, signatures[0]]];
    const form = new URLSearchParams(fields as [string, string][]).toString();
    return signedRequest({ body: Buffer.from(form), now, headers: { "content-type": "application/x-www-form-urlencoded" } }, settings);
  }
  const notificationItems = listAt(parsed, "notificationItems").map((one, index) => {
    const item = { ...(at(one, "NotificationRequestItem") as object) };
    const additionalData = { ...(at(item, "additionalData") as object), hmacSignature: signatures[index] };
    return { NotificationRequestItem: { ...item, additionalData } };
  });
  const signed = JSON.stringify({ ...parsed, notificationItems });
  return signedRequest({ body: Buffer.from(signed), now, headers: { "content-type": "application/json; charset=utf-8" } }, settings);
};

/** Only whole hexadecimal keys: decoding stops at the first other character, and everybody knows the empty key. */
const keysOf = (settings: Pick<SourceSettings, "secrets">): readonly Buffer[] =>
  settings.secrets.filter((key) => /^([0-9A-Fa-f]{2})+$/.test(key)).map((key) => Buffer.from(key, "hex"));

const signatureOf = (key: Uint8Array, signed: string | Uint8Array): string => hmac("sha256", key, [signed], "base64");

const idOf = ({ field }: Item): string => {
  const [payment, code] = [field("pspReference"), field("eventCode")];
  if (!payment || !code) throw new Error("an item has no pspReference or no eventCode");
  return [payment, code, field("success"), field("originalReference")].join(":");
};
