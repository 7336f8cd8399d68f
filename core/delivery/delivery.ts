/** Deliver: what an application is sent. Pass-through repeats the gateway; signed speaks Standard Webhooks. */

import type { Millis } from "../callback.ts";
import type { PaymentEvent } from "../event.ts";
import { isoTime, readTime } from "../formats/iso-time.ts";
import { type CallbackRecord, recordKey } from "../record.ts";
import { hmac, signingKey } from "../signature.ts";
import { type DirectMessage, messageOf } from "./message.ts";

export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Belong to the connection they came by; ours gets its own. */
const connectionHeaders =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|content-length|expect|accept-encoding)$/;

/** What an application trusts, and anybody can put into a request: who it is from, and which one it is. */
const untrustedHeaders = /^(authorization|cookie|idempotency-key|holdfast-.*|x-forwarded-.*|forwarded|via|x-real-ip)$/;

/** What every endpoint needs to read a body. */
const usualHeaders = ["content-type", "content-encoding", "user-agent"];

/** What we add to every delivery. `Idempotency-Key` is the same however often the record is sent: the application deduplicates by it. */
const ownHeaders = (record: CallbackRecord, id: string, attempt: number): Record<string, string> => ({
  "idempotency-key": id,
  "holdfast-record": record.key,
  "holdfast-source": record.raw.source,
  "holdfast-attempt": String(attempt),
  "holdfast-received-at": isoTime(record.raw.receivedAt),
});

export interface PassThrough {
  readonly target: string;
  readonly attempt: number;
  /**
   * Headers of the gateway's own, `x-shop-*` for all that begin so. Absent where they are not known: then all but those that
   * nobody may choose for us, and the query of any method.
   */
  readonly carries?: readonly string[] | undefined;
  /** Headers of a signature that was made again, which take the place of the gateway's; `holdfast-resigned` names them. */
  readonly resigned?: Readonly<Record<string, string>>;
}

/**
 * The gateway's own bytes, method and headers, so that an existing endpoint works unchanged and verifies its own signatures. The query
 * goes with a GET, whose body it is; of another method nobody has signed it.
 */
export const passThrough = (record: CallbackRecord, { target, attempt, carries, resigned = {} }: PassThrough): Outgoing => {
  const { raw } = record;
  const url = new URL(target);
  const asked = raw.method === "GET" || !carries ? raw.url.indexOf("?") : -1;
  if (asked >= 0) url.search = url.search ? `${url.search}&${raw.url.slice(asked + 1)}` : raw.url.slice(asked);
  const kept = Object.entries(raw.headers)
    .map(([name, value]) => [name, asSent(value)] as const)
    .filter(([name, value]) => isPassedOn(name, carries) && isCarried(name, value));
  return {
    url,
    method: raw.method,
    headers: {
      ...Object.fromEntries(kept),
      ...resigned,
      ...ownHeaders(record, record.key, attempt),
      ...(Object.keys(resigned).length > 0 && { "holdfast-resigned": Object.keys(resigned).join(", ") }),
    },
    body: raw.method === "GET" ? new Uint8Array() : raw.body,
  };
};

const isPassedOn = (name: string, carries: readonly string[] | undefined): boolean => {
  if (connectionHeaders.test(name) || untrustedHeaders.test(name)) return false;
  if (!carries || usualHeaders.includes(name)) return true;
  return carries.some((one) => (one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : name === one));
};

/** RFC 9110. Node throws at any other header, and the delivery could never succeed. */
const isCarried = (name: string, value: string): boolean => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);

/** Node writes headers in Latin-1 and rejects other characters: what a front has decoded from UTF-8 goes out as the bytes it came in. */
const asSent = (value: string): string => (/[^\0-\xff]/.test(value) ? Buffer.from(value, "utf8").toString("latin1") : value);

/**
 * One message per event (core/delivery/message.ts), signed by us (https://www.standardwebhooks.com). `webhook-id` is the event's id within its
 * source, or its hash where a header cannot carry the id.
 * @param keys `whsec_` and base64, or any text; the first signs, the others sign too while a key is being rotated.
 */
export const signedMessage = (
  record: CallbackRecord,
  event: PaymentEvent,
  {
    target,
    keys,
    attempt,
    now,
  }: { readonly target: string; readonly keys: readonly string[]; readonly attempt: number; readonly now: Millis },
): Outgoing => {
  const id = messageId(record, event);
  const timestamp = String(Math.floor(now / 1000));
  const body = Buffer.from(JSON.stringify(messageOf(record, event)));
  const signatures = keys.map((key) => `v1,${hmac("sha256", signingKey(key), [`${id}.${timestamp}.`, body], "base64")}`);
  return {
    url: new URL(target),
    method: "POST",
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": signatures.join(" "),
      ...ownHeaders(record, id, attempt),
    },
    body,
  };
};

/** What a target in AWS is sent about one event. */
export const directMessage = (record: CallbackRecord, event: PaymentEvent, attempt: number): DirectMessage => ({
  ...messageOf(record, event),
  delivery: { id: messageId(record, event), attempt, receivedAt: isoTime(record.raw.receivedAt) },
});

const messageId = ({ raw }: CallbackRecord, { id }: PaymentEvent): string => recordKey(raw.source, id);

/** `Retry-After` as milliseconds from now: seconds, or a date. Undefined when it is neither, or in the past. */
export const retryAfterMs = (value: string | undefined, now: Millis): number | undefined => {
  if (value === undefined) return undefined;
  const wait = /^\d{1,9}$/.test(value.trim()) ? Number(value) * 1000 : (readTime(value.trim()) ?? now) - now;
  return wait > 0 ? wait : undefined;
};
