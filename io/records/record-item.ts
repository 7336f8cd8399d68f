import type { Millis, RawCallback } from "../../core/callback.ts";
import { dayMs } from "../../core/durations.ts";
import { type CallbackRecord, parseRecordKey, splitKey } from "../../core/record.ts";
import { digest } from "../../core/signature.ts";
import type { Item } from "../item.ts";
import { recordItemKey, timelinePartitionOf } from "../table.ts";
import { AlteredBody, type EncodedBody, packBody, unpackBody } from "./body-encoding.ts";

/** Where bytes are that are too large for an item. */
export interface BodyPlace {
  readonly bucket: string;
  readonly object: string;
}

/** How long records are kept, and over how many shards the timeline of new ones is spread. */
export interface Keeping {
  readonly retentionDays: number;
  readonly capacity: { readonly timelineShards: number };
}

/** Until when, and over how many shards, one item is kept. */
export interface Kept {
  readonly expiresAt: Millis;
  readonly timelineShards: number;
}

export const keptFrom = (moment: Millis, { retentionDays, capacity }: Keeping): Kept => ({
  expiresAt: moment + retentionDays * dayMs,
  timelineShards: capacity.timelineShards,
});

/** The item of a record. `sort` is `record`, or for the same id with other bytes `conflict#` and its place. */
export const toItem = (record: CallbackRecord, body: EncodedBody | BodyPlace, kept: Kept): Item => {
  const { pk, sk } = recordItemKey(record.key);
  return {
    pk: { S: pk },
    sk: { S: sk },
    gateway: { S: record.gateway },
    verification: { S: record.verification },
    ...(record.refusal !== undefined && { refusal: { S: record.refusal } }),
    method: { S: record.raw.method },
    url: { S: record.raw.url },
    headers: { S: JSON.stringify(record.raw.headers) },
    sourceIp: { S: record.raw.sourceIp },
    receivedAt: { N: String(record.raw.receivedAt) },
    sha256: { S: record.sha256 },
    ...(record.variantOf !== undefined && { variantOf: { S: record.variantOf } }),
    ...(record.found !== undefined && { found: { S: JSON.stringify(record.found) } }),
    day: { S: timelinePartitionOf(record.key, record.storedAt, kept.timelineShards) },
    storedAt: { N: String(record.storedAt) },
    ...(record.orderedAt !== undefined && { orderedAt: { N: String(record.orderedAt) } }),
    expiresAt: { N: String(Math.floor(kept.expiresAt / 1000)) },
    ...("object" in body
      ? { bucket: { S: body.bucket }, object: { S: body.object } }
      : { encoding: { S: body.encoding }, body: { B: body.bytes } }),
  };
};

/** The item of a record whose bytes are those of an item that is stored: they stay where they are. */
export const withBytesOf = (record: CallbackRecord, { bucket, object, encoding, body }: Item, kept: Kept): Item => {
  const { encoding: _, body: __, ...item } = toItem(record, packBody(new Uint8Array()), kept);
  return { ...item, ...(bucket && object && { bucket, object }), ...(encoding && { encoding }), ...(body && { body }) };
};

/** The record of an item. `fetchBody` is called for bytes in the bucket. Throws on an item that is not a record. */
export const fromItem = async (item: Item, fetchBody: (place: BodyPlace) => Promise<Uint8Array>): Promise<CallbackRecord> => {
  const text = (name: string): string => {
    const value = item[name]?.S;
    if (value === undefined) throw new Error(`the item ${item.pk?.S} has no ${name}`);
    return value;
  };
  const key = parseRecordKey(text("pk"));
  const sha256 = text("sha256");
  const raw: RawCallback = {
    source: splitKey(key).source,
    method: text("method"),
    url: text("url"),
    headers: JSON.parse(text("headers")),
    body: await bodyOf(item, fetchBody),
    sourceIp: text("sourceIp"),
    receivedAt: Number(item.receivedAt?.N),
  };
  return {
    key,
    gateway: text("gateway"),
    raw,
    storedAt: Number(item.storedAt?.N),
    ...(item.orderedAt?.N !== undefined && { orderedAt: Number(item.orderedAt.N) }),
    verification: verificationOf(text("verification")),
    ...(item.refusal?.S !== undefined && { refusal: item.refusal.S }),
    sha256,
    ...(item.erasedAt?.N !== undefined && { erasedAt: Number(item.erasedAt.N) }),
    ...(item.variantOf?.S !== undefined && { variantOf: parseRecordKey(item.variantOf.S) }),
    ...(item.found?.S !== undefined && { found: JSON.parse(item.found.S) }),
  };
};

/** The record without its bytes: for people, when the bytes cannot be read. Throws on an item that is not a record. */
export const withoutBytes = (item: Item): Promise<CallbackRecord> => {
  const { bucket: _, object: __, encoding: ___, body: ____, ...rest } = item;
  return fromItem(rest, nowhere);
};

const nowhere = () => Promise.reject(new Error("its bytes are not looked for"));

/** Anything not known to be verified is unverified. */
const verificationOf = (text: string): CallbackRecord["verification"] => (text === "verified" || text === "refused" ? text : "unverified");

/** Throws on bytes other than those that were stored, wherever somebody has changed them. */
const bodyOf = async (item: Item, fetchBody: (place: BodyPlace) => Promise<Uint8Array>): Promise<Uint8Array> => {
  const isElsewhere = item.bucket?.S && item.object?.S;
  if (!isElsewhere && item.body?.B === undefined) return new Uint8Array();
  const body = isElsewhere
    ? await fetchBody({ bucket: item.bucket?.S ?? "", object: item.object?.S ?? "" })
    : unpackBody(item.encoding?.S ?? "plain", item.body?.B ?? new Uint8Array());
  if (item.erasedAt === undefined && digest("sha256", [body]) !== item.sha256?.S) throw new AlteredBody();
  return body;
};
