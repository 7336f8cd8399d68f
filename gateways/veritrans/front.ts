/**
 * VeriTrans4G (DG Financial Technology). Transport: POST form, UTF-8. Proof: `Content-Hmac: h=HmacSHA256;s=<merchant ccid>;v=<hex>`,
 * HMAC-SHA256 of the body, keyed with the merchant's authentication key, which is written in hex and decoded first; strong, but
 * without a timestamp, so only the identity keeps a replay out. As in VeriTrans's own library only what follows `;v=` is judged;
 * where `options.merchantCcid` is set, `s` must be it.
 * One push carries many items, numbered by four digits at the end of each field's name: each is an event about a payment of
 * its own. Id: `pushId`, with what every item says. Yes: 200; the body is not judged, `0` is what a large vendor answers. No: 500 `1`.
 * A card's item has `txnType` and `*Mstatus`, and no amount. Whether an authorisation was captured at once, or a cancelled payment
 * had been, it does not say. A slip's or transfer's item has no `txnType` but the amount received, in yen.
 * Medium confidence: fields and meanings; low: that it tries again after anything but 200, and that it knows no other amounts.
 * https://github.com/yunliantiao/veritrans-tgmdk (TGMDK_MerchantUtility) https://github.com/wp-plugins/usc-e-shop
 */
import { refused, verified } from "../../core/callback.ts";
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { formFields } from "../../core/formats/form.ts";
import { fromMinor } from "../../core/formats/money.ts";
import { anyMatches, digest, hmac } from "../../core/signature.ts";
import { fromAllowedAddress } from "../address.ts";
import { amountFrom } from "../amount.ts";
import type { Gateway } from "../gateway.ts";
import { japanTime } from "../japan-time.ts";
import { numbered } from "../numbered.ts";
import { present, request } from "../request.ts";
import { secretsOf } from "../secrets.ts";
import { senderOf } from "../sender.ts";

const signatureHeader = "content-hmac";

/** What a transaction means when it succeeded. */
const transactionMeanings = new Map<string, EventType>([
  ["Authorize", "charge.authorized"],
  ["AuthorizeConfirm", "charge.authorized"],
  ["Capture", "charge.succeeded"],
  ["Cancel", "charge.voided"],
]);

export const veritrans: Gateway = {
  name: "veritrans",
  facts: {
    title: "VeriTrans4G",
    sources: ["https://github.com/yunliantiao/veritrans-tgmdk", "https://github.com/wp-plugins/usc-e-shop"],
    confidence: "M",
    proof: "Content-Hmac: v=HMAC-SHA256 (hex) of the body with the hex-decoded authentication key",
    strength: "signature",
    key: "pushId and every item's orderId, txnType and status",
    charset: "UTF-8",
    deadlineSeconds: undefined,
    retries: "after anything but 200, on a schedule that is not published",
    announces: "authorisations, captures, cancellations, payments received; amounts of the latter only, never renewals or chargebacks",
  },
  methods: ["POST"],
  unproven: "accept",
  needsReadBack: "amounts of card payments, and whether a cancellation was a refund. Nothing is read back: its API is not public",

  verify(raw, settings) {
    if (!fromAllowedAddress(raw, settings)) return refused("the sender is not one of the source's addresses");
    const header = raw.headers[signatureHeader] ?? "";
    const at = header.indexOf(";v=");
    if (at < 1) return refused("the header Content-Hmac is missing, or has no v");
    const ccid = settings.options?.merchantCcid;
    if (ccid && /;s=([^;]*)/.exec(header)?.[1] !== ccid) return refused("Content-Hmac names another merchant than options.merchantCcid");
    const keys = secretsOf(settings).flatMap((secret) => keyOf(secret) ?? []);
    const expected = keys.map((key) => signatureOf(key, raw.body));
    return anyMatches([header.slice(at + 3)], expected)
      ? verified(raw)
      : refused("v matches none of the source's secrets, which must be hex");
  },

  identify(callback) {
    const { pushId, items } = pushOf(callback.body);
    if (!pushId) throw new Error("the form has no pushId");
    const told = items.map(({ orderId = "", txnType = "", vResultCode = "", ...item }) =>
      [orderId, txnType, vResultCode, ...statusesOf(item), ...receivedFields.map((name) => item[name] ?? "")].join("\n"),
    );
    return `${pushId}/${digest("sha256", [told.join("\n\n")], "base64url")}`;
  },

  parse(callback) {
    const { pushTime, items } = pushOf(callback.body);
    if (items.length === 0) throw new Error("the form is not a VeriTrans push: it has no item with an orderId");
    const pushed = japanTime(pushTime) ?? callback.receivedAt;
    return numbered(
      this.identify(callback),
      items.map((item) => ({
        occurredAt: japanTime(item.rcvDate ?? item.receiptDate) ?? pushed,
        ...told(item),
        ...present({ charge: item.orderId, order: item.orderId }),
      })),
    );
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain", body: "0" }),
  refuse: () => ({ status: 500, contentType: "text/plain", body: "1" }),

  sign(body, settings, now) {
    const ccid = settings.options?.merchantCcid ?? "A100000000000000000000cc";
    const signature = signatureOf(keyOf(settings.secrets[0] ?? "") ?? new Uint8Array(), body);
    const headers = {
      "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
      [signatureHeader]: `h=HmacSHA256;s=${ccid};v=${signature}`,
    };
    return request({ body, now, headers, ...senderOf(settings) });
  },
};

const signatureOf = (key: Uint8Array, body: Uint8Array): string => hmac("sha256", key, [body], "hex");

/** @returns undefined for what is no hex: decoding would stop there, and the empty key is everybody's. */
const keyOf = (secret: string): Uint8Array | undefined =>
  /^(?:[0-9a-fA-F]{2})+$/.test(secret.trim()) ? Buffer.from(secret.trim(), "hex") : undefined;

type Item = Readonly<Record<string, string | undefined>>;

/** The push's own fields, and its items in the order of their numbers. The first of two equal names counts. */
const pushOf = (
  body: Uint8Array,
): { readonly pushId: string | undefined; readonly pushTime: string | undefined; readonly items: readonly Item[] } => {
  const own = new Map<string, string>();
  const numbers = new Map<string, Map<string, string>>();
  for (const [name, value] of formFields(body)) {
    const [, field, number] = /^(.+?)(\d{4})$/.exec(name) ?? [];
    const fields = number === undefined ? own : (numbers.get(number) ?? new Map<string, string>());
    if (number !== undefined) numbers.set(number, fields);
    const key = field ?? name;
    if (!fields.has(key)) fields.set(key, value.trim());
  }
  const items = [...numbers].sort(([one], [other]) => Number(one) - Number(other)).map(([, fields]): Item => Object.fromEntries(fields));
  return { pushId: own.get("pushId"), pushTime: own.get("pushTime"), items: items.filter(({ orderId }) => orderId) };
};

/** What a slip's or a transfer's item says of the money received. */
const receivedFields = ["rcvAmount", "rcvDate", "receiptNo", "receiptDate"];

const statusesOf = (item: Item): readonly string[] =>
  Object.keys(item)
    .filter((name) => /mstatus$/i.test(name))
    .sort()
    .map((name) => item[name] ?? "");

const told = (item: Item): Pick<PaymentEvent, "type" | "gatewayType"> & Partial<PaymentEvent> => {
  const { txnType, rcvAmount } = item;
  if (!txnType) {
    return rcvAmount
      ? { type: "charge.succeeded", gatewayType: "rcvAmount", ...amountFrom(fromMinor(rcvAmount, "JPY")) }
      : { type: "unknown", gatewayType: Object.keys(item).join(",") };
  }
  const type = outcomeOf(txnType, item);
  const failed = type === "charge.failed";
  return {
    type,
    gatewayType: `txnType=${txnType}`,
    ...present({ reason: failed ? item.vResultCode : undefined }),
    ...(type.startsWith("charge.") && { incomplete: txnType === "Capture" || failed ? ["amount"] : ["amount", "type"] }),
  };
};

/** A card is authorised when its own status says so; `mpiMstatus` alone says only that 3-D Secure went well. */
const outcomeOf = (txnType: string, item: Item): EventType => {
  const meaning = transactionMeanings.get(txnType);
  const statuses = statusesOf(item);
  if (!meaning || statuses.length === 0) return "unknown";
  if (statuses.includes("failure")) return meaning === "charge.voided" ? "notice" : "charge.failed";
  const isDone = statuses.every((status) => status === "success") && (item.mpiMstatus === undefined || item.cardMstatus !== undefined);
  return isDone ? meaning : "notice";
};
