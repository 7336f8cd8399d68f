/**
 * What of a body its proof covers, as texts that only the gateway can have written: all of them must be known from genuine
 * callbacks before a body may verify. Undefined for gateways whose proof leaves the body open.
 */
import type { RawCallback } from "../../core/callback.ts";

type Parts = (raw: RawCallback) => readonly string[];

const latin1 = ({ body }: RawCallback): string => Buffer.from(body).toString("latin1");
const wholeBody: Parts = (raw) => [latin1(raw)];

/** Each item of a notification is signed by itself, so items may be dropped, repeated and put in another order. */
const adyenFields = ["pspReference", "originalReference", "merchantAccountCode", "merchantReference", "value", "currency"];
const adyen: Parts = (raw) => {
  const names = [...adyenFields, "eventCode", "success"];
  const text = (value: unknown) => (value === undefined || value === null ? "" : String(value));
  try {
    const { notificationItems } = JSON.parse(new TextDecoder().decode(raw.body));
    return notificationItems.map(({ NotificationRequestItem: item }: { NotificationRequestItem: Record<string, unknown> }) =>
      names.map((name) => text({ ...item, ...(item.amount as object) }[name])).join(":"),
    );
  } catch {
    const fields = new URLSearchParams(latin1(raw));
    return [names.map((name) => fields.get(name) ?? "").join(":")];
  }
};

/** With or without its last line feed, as Braintree's own library has it. */
const braintree: Parts = (raw) => [(new URLSearchParams(latin1(raw)).get("bt_payload") ?? "").replace(/\n$/, "")];

/** Text may slide from one value into its neighbour: the characters stay the same. Values under other names are not hashed. */
const sbps = (genuine: readonly RawCallback[]): Parts => {
  const hashed = new Set(genuine.flatMap((raw) => [...shiftJisFields(raw).keys()]).filter((name) => name !== "sps_hashcode"));
  return (raw) => {
    const values = [...shiftJisFields(raw)].flatMap(([name, value]) => (hashed.has(name) ? [...value] : []));
    const visible = values.filter((character) => character > " ");
    return [visible.sort().join("")];
  };
};

/** A name sent twice keeps its first value. */
const shiftJisFields = (raw: RawCallback): ReadonlyMap<string, string> => {
  const decoder = new TextDecoder("shift_jis", { ignoreBOM: true });
  const byteOf = (_: string, hex: string) => String.fromCharCode(Number.parseInt(hex, 16));
  const decoded = (text: string) => decoder.decode(Buffer.from(text.replaceAll("+", " ").replace(/%([0-9A-Fa-f]{2})/g, byteOf), "latin1"));
  const pairs = latin1(raw)
    .split("&")
    .map((pair) => pair.split("="))
    .map(([name = "", ...value]) => [decoded(name), decoded(value.join("="))] as const);
  return new Map(pairs.reverse());
};

/** Verified by a token, an address or nothing: whoever has that may write what they like. */
const open = ["fincode", "payjp", "paidy", "gmo-pg", "epsilon", "zeus", "telecom-credit"];

/** @param genuine callbacks of that gateway. */
export const signedParts = (gateway: string, genuine: readonly RawCallback[]): Parts | undefined => {
  if (open.includes(gateway)) return undefined;
  if (gateway === "adyen") return adyen;
  if (gateway === "braintree") return braintree;
  return gateway === "sbps" ? sbps(genuine) : wholeBody;
};
