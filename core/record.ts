/** Record: a callback kept once, under a key that its redelivery gets again. */
import type { Millis, RawCallback } from "./callback.ts";
import { digest } from "./signature.ts";

/** What is kept of one callback. Written once, never changed. */
export interface CallbackRecord {
  readonly key: RecordKey;
  readonly gateway: string;
  readonly raw: RawCallback;
  /** When it was written; later than `raw.receivedAt` only for what was spilled or released. Orders the contract's line. */
  readonly storedAt: Millis;
  /** Its place in the contract's line, where that is an earlier one: what was verified late, or spilled, stands where it came. */
  readonly orderedAt?: Millis;
  /** The record whose id it came under with another content, for one that is delivered by an operator's decision. */
  readonly variantOf?: RecordKey;
  /**
   * `unverified`: the secret could not be read; acknowledged anyway, verified later, never delivered before.
   * `refused`: could not be verified; in quarantine until an operator releases it, which verifies it again.
   */
  readonly verification: "verified" | "unverified" | "refused";
  /** For a `refused` one, which is in quarantine: which check failed. */
  readonly refusal?: string;
  /** When its bytes, headers and sender were erased on a person's request. What is left of it makes a redelivery a duplicate. */
  readonly erasedAt?: Millis;
  /** Of what no callback has said and a gateway's export proves. Its bytes are ours (core/reconcile/recovery). */
  readonly found?: FoundBy;
  /** SHA-256 (hex) of the body: distinguishes a redelivery from the same id with other bytes. */
  readonly sha256: string;
}

/** Who entered what was found, with which comparison, and whether the application is to be sent it. */
export interface FoundBy {
  readonly run: string;
  readonly by: string;
  readonly isToBeDelivered: boolean;
}

/** `source/id`: what people type. Unique forever. */
export type RecordKey = `${string}/${string}`;

/** Of a key that comes from outside: a source and an id, neither of them empty. */
export const isRecordKey = (text: string): text is RecordKey => /^[^/]+\/./s.test(text);

/** A key as it is in a table. Throws for anything else: something else has written there. */
export const parseRecordKey = (text: string | undefined): RecordKey => {
  if (text === undefined || !isRecordKey(text)) throw new Error(`"${text}" is not the key of a record`);
  return text;
};

/**
 * The key of a callback. An id that is long or not printable ASCII is replaced by its hash: keys travel through logs and
 * command lines, and DynamoDB takes 2,048 bytes at most.
 */
export const recordKey = (source: string, id: string): RecordKey =>
  `${source}/${/^[\x21-\x7e]{1,200}$/.test(id) ? id : `sha256:${digest("sha256", [id])}`}`;

/**
 * The key of a callback whose id is made of order and payment numbers: the id's hash, so that none of them travels with the key. It is no
 * secret: who guesses the numbers can compute it. Of an id that is a hash already, that one.
 */
export const hashedKey = (source: string, id: string): RecordKey =>
  `${source}/${/^sha256:[0-9a-f]{64}$/.test(id) ? id : `sha256:${digest("sha256", [id])}`}`;

/** The id of a callback whose gateway could not name one: the hash of its bytes. */
export const bytesId = (body: Uint8Array): string => `sha256:${digest("sha256", [body])}`;

const unverified = "unverified:";

/** The id of a callback that cannot be verified yet: the hash of all that it is. */
export const unverifiedId = (hash: string): string => `${unverified}sha256:${hash}`;

/** Of a callback kept unverified, as far as a key says so: a gateway may choose such an id too. */
export const isUnverifiedKey = (key: RecordKey): boolean => splitKey(key).id.startsWith(unverified);

const foundPrefix = "found:";

/** The id of what was found in an export: of the same event the same, whoever enters it. @param sha256 of its bytes */
export const foundId = (sha256: string): string => `${foundPrefix}${sha256.slice(0, 32)}`;

/** Of what was found in an export, as far as a key says so: a gateway may choose such an id too. */
export const isFoundKey = (key: RecordKey): boolean => splitKey(key).id.startsWith(foundPrefix);

export const splitKey = (key: RecordKey): { source: string; id: string } => {
  const slash = key.indexOf("/");
  return { source: key.slice(0, slash), id: key.slice(slash + 1) };
};

/** Position in a contract's line: by time of storage, the key breaking ties. Sorts as text until the year 2286. */
export const lineOrder = ({ storedAt, orderedAt = storedAt, key }: Pick<CallbackRecord, "storedAt" | "orderedAt" | "key">): string =>
  `${String(orderedAt).padStart(13, "0")}#${key}`;

/** When a record was stored, or came in case it was verified late, from its place in the line. */
export const storedAtOf = ({ order }: { readonly order: string }): Millis => Number(order.slice(0, order.indexOf("#")));

/**
 * Headers that are kept with the bytes: all that the gateway sent, without what proxies added on the way, and without
 * cookies, which no gateway uses.
 */
export const keptHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !/^(x-forwarded-|x-amzn-|forwarded$|via$|cookie$|connection$|content-length$|host$)/.test(name),
    ),
  );
