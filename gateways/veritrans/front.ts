/**
 * VeriTrans4G (DG Financial Technology). Transport: POST form, UTF-8. Proof: `Content-Hmac: h=HmacSHA256;s=<merchant ccid>;v=<hex>`,
 * HMAC-SHA256 of the body, keyed with the merchant's authentication key, which is written in hex and decoded first; strong, but
 * without a timestamp, so only the identity keeps a replay out. As in VeriTrans's own library only what follows `;v=` is checked;
 * where `options.merchantCcid` is set, `s` must be it.
 * One push carries many items, numbered by four digits at the end of each field's name: each is an event about a payment of
 * its own. Id: `pushId`, with what every item says. Ack: 200; the body is not looked at, `0` is what a large vendor answers. Nack: 500 `1`.
 * A card's item has `txnType` and `*Mstatus`, and no amount. It does not say whether an authorisation was captured at once, or a
 * cancelled payment had been. A slip's or transfer's item has no `txnType` but the amount received, in yen.
 * Medium confidence: fields and meanings; low: that it retries after anything but 200, and sends no other amounts.
 * https://github.com/yunliantiao/veritrans-tgmdk (TGMDK_MerchantUtility) https://github.com/wp-plugins/usc-e-shop
 */
import { refused, verified } from "../../core/callback.ts";
import { formFields } from "../../core/formats/form.ts";
import { TooMuch } from "../../core/formats/too-much.ts";
import { anyMatches, digest, hmac } from "../../core/signature.ts";
import type { Front, Sign } from "../gateway.ts";
import { signedRequest, usableSecrets } from "../kit/kit.ts";

const signatureHeader = "content-hmac";

export const front: Front = {
  name: "veritrans",
  strength: "signature",
  methods: ["POST"],
  onUnverified: "accept",

  verify(raw, settings) {
    const header = raw.headers[signatureHeader] ?? "";
    const at = header.indexOf(";v=");
    if (at < 1) return refused("the header Content-Hmac is missing, or has no v");
    const ccid = settings.options?.merchantCcid;
    if (ccid && /;s=([^;]*)/.exec(header)?.[1] !== ccid) return refused("Content-Hmac names another merchant than options.merchantCcid");
    const keys = usableSecrets(settings).flatMap((secret) => keyOf(secret) ?? []);
    const expected = keys.map((key) => signatureOf(key, raw.body));
    return anyMatches([header.slice(at + 3)], expected)
      ? verified(raw)
      : refused("v matches none of the source's secrets, which must be hex");
  },

  identify(callback) {
    const { pushId, items } = pushOf(callback.body);
    if (!pushId) throw new Error("the form has no pushId");
    const said = items.map(({ orderId = "", txnType = "", vResultCode = "", ...item }) =>
      [orderId, txnType, vResultCode, ...statusesOf(item), ...receivedFields.map((name) => item[name])].join("\n"),
    );
    return `${pushId}/${digest("sha256", [said.join("\n\n")], "base64url")}`;
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain", body: "0" }),
  refuse: () => ({ status: 500, contentType: "text/plain", body: "1" }),
};

export const sign: Sign = (body, settings, now) => {
  const ccid = settings.options?.merchantCcid ?? "A100000000000000000000cc";
  const signature = signatureOf(keyOf(settings.secrets[0] ?? "") ?? new Uint8Array(), body);
  const headers = {
    "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
    [signatureHeader]: `h=HmacSHA256;s=${ccid};v=${signature}`,
  };
  return signedRequest({ body, now, headers }, settings);
};

const signatureOf = (key: Uint8Array, body: Uint8Array): string => hmac("sha256", key, [body], "hex");

/** @returns undefined for what is not hex: decoding would stop there, and everybody knows the empty key. */
const keyOf = (secret: string): Uint8Array | undefined =>
  /^(?:[0-9a-fA-F]{2})+$/.test(secret.trim()) ? Buffer.from(secret.trim(), "hex") : undefined;

export type Item = Readonly<Record<string, string | undefined>>;

/** They are numbered with four digits; pushes of more than a few are not known. */
const mostItems = 1_000;

/** The push's own fields, and its items in the order of their numbers. The first of two equal names counts. @throws {TooMuch} */
export const pushOf = (
  body: Uint8Array,
): { readonly pushId: string | undefined; readonly pushTime: string | undefined; readonly items: readonly Item[] } => {
  const own = new Map<string, string>();
  const numbers = new Map<string, Map<string, string>>();
  for (const [name, value] of formFields(body)) {
    const [, field, number] = /^(.+)(\d{4})$/.exec(name) ?? [];
    const fields = number === undefined ? own : (numbers.get(number) ?? new Map<string, string>());
    if (number !== undefined) numbers.set(number, fields);
    if (numbers.size > mostItems) throw new TooMuch(`the push has more than ${mostItems} items`);
    const key = field ?? name;
    if (!fields.has(key)) fields.set(key, value.trim());
  }
  const items = [...numbers].sort(([one], [other]) => Number(one) - Number(other)).map(([, fields]): Item => Object.fromEntries(fields));
  return { pushId: own.get("pushId"), pushTime: own.get("pushTime"), items: items.filter(({ orderId }) => orderId) };
};

/** What a slip's or a transfer's item says of the money received. */
const receivedFields = ["rcvAmount", "rcvDate", "receiptNo", "receiptDate"];

export const statusesOf = (item: Item): readonly string[] =>
  Object.keys(item)
    .filter((name) => /mstatus$/i.test(name))
    .sort()
    .map((name) => item[name] ?? "");
