/**
 * The record step's one write before the answer, a conditional put, which distinguishes new from known without reading.
 * Bytes that do not fit an item go to the bucket first; the item then says where they are.
 */
import { type Comparer, contentHash } from "../../core/receive/content.ts";
import type { CallbackRecord } from "../../core/record.ts";
import { numbersOf } from "../../core/signature.ts";
import type { Item } from "../item.ts";
import type { Bodies } from "./bodies.ts";
import { packBody } from "./body-encoding.ts";
import type { PutIfNew } from "./put-if-new.ts";
import { fromItem, type Keeping, keptFrom, toItem } from "./record-item.ts";

export type Recorded =
  | { readonly kind: "new" }
  | { readonly kind: "duplicate" }
  /** The same id came with another content. Both are kept; the first one counts. */
  | { readonly kind: "conflict" }
  /** The same id came with another content, as it has so often that this one is kept nowhere. It must not be acknowledged. */
  | { readonly kind: "crowded" };

/** An item may have 400 KB including names and headers, which get the difference. */
const largestInlineBody = 300_000;

/**
 * Other bytes under one id have this many places, and may take the first of a few that is free: a flood of them stays small, and
 * the few that a gateway may send by mistake all find one.
 */
const conflictPlaces = 1_024;
const placesTried = 4;

const placesOf = (hash: string): readonly string[] => numbersOf(hash, placesTried).map((number) => `conflict#${number % conflictPlaces}`);

export interface RecordTable {
  readonly put: PutIfNew;
  /** Whether bytes that find no place are kept anyway: those that have been acknowledged must be. @default true */
  readonly keepsAll?: boolean;
  /** Knows by what each gateway's redeliveries are recognised; asked only when the bytes differ. */
  readonly findGateway: (name: string) => Comparer | undefined | Promise<Comparer | undefined>;
}

/** Puts items under the condition that they are new. Throws when the table cannot be written. */
export const createRecord = ({ put, keepsAll = true, findGateway }: RecordTable) => {
  return async (item: Item, signal?: AbortSignal): Promise<Recorded> => {
    const known = await put(item, signal);
    if (known === "new") return { kind: "new" };
    // What was erased does not come back, whatever bytes it comes with: nothing is kept of it.
    if (known.erasedAt || known.sha256?.S === item.sha256?.S) return { kind: "duplicate" };
    const hash = await hashOf(item);
    if ((await hashOf(known)) === hash) return { kind: "duplicate" };
    for (const place of [...placesOf(hash), ...(keepsAll ? [`conflict#${hash}`] : [])]) {
      const beside = await put({ ...item, sk: { S: place } }, signal);
      if (beside === "new") return { kind: "conflict" };
      if ((await hashOf(beside)) === hash) return { kind: "duplicate" };
    }
    return { kind: "crowded" };
  };

  /** Bytes in the bucket are compared as they are: not every function may read them. */
  async function hashOf(item: Item): Promise<string> {
    const ofBytes = item.sha256?.S ?? "";
    const gateway = item.object ? undefined : await findGateway(item.gateway?.S ?? "");
    return gateway?.content ? contentHash(await fromItem(item, elsewhere), gateway) : ofBytes;
  }
};

const elsewhere = () => Promise.reject(new Error("its bytes are in the bucket"));

export type RecordCallback = ReturnType<typeof createRecord>;

/** The item of a record, its bytes put into the bucket when they are too large. Only then does this touch the network. */
export const prepareItem = async (record: CallbackRecord, bodies: Bodies, keeping: Keeping, signal?: AbortSignal): Promise<Item> => {
  const packed = packBody(record.raw.body);
  const body = packed.bytes.length > largestInlineBody ? await bodies.put(record.sha256, record.raw.body, signal) : packed;
  return toItem(record, body, keptFrom(record.storedAt, keeping));
};
