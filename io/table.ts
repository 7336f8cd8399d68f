/**
 * Where things are in the two tables: key names, indexes and key builders. Plain data, shared with lib/ (which makes the
 * tables) and with nothing else. docs/architecture.md explains the shapes.
 *
 * The records table is evidence: items are put once, and put again only to be kept for longer, so its stream reports new callbacks and nothing
 * else that relay takes. The ledger table holds everything that changes: each record's progress, and per contract its entries and its line.
 */
import { dayOf } from "../core/formats/iso-time.ts";
import { ledgerEventId } from "../core/ledger-id.ts";
import type { RecordKey } from "../core/record.ts";
import { partOf } from "../core/signature.ts";

export const partitionKey = "pk";
export const sortKey = "sk";
export const expiryAttribute = "expiresAt";

/**
 * Both indexes are keys-only and spread over shards: a hot index partition throttles its table. This many has the open index, and the
 * quarantine; the timeline has as many as its day (core/timeline-shards.ts).
 */
export const shards = 8;

/** Records by day and time of storage: for lists, and for the sweep's audit. */
export const timelineIndex = { name: "timeline", partition: "day", sort: "storedAt" } as const;

/** Progress that is not settled, by when the sweep is to look at it. */
export const openIndex = { name: "open", partition: "open", sort: "dueAt" } as const;

/**
 * `due`: the sweep looks when the time has come. `unverified`: the sweep verifies them, those that came first before the others.
 * `held app`: the sweep releases it when that target's hold is released. `waiting`, `dead`: something else wakes them; they are here to
 * be counted and listed. `hold`: no record's progress, but a target's hold, by when it began: lets holds on targets that are no longer
 * configured be found. `conflict`: no record's progress, but what came under a record's id and waits for an operator's decision. All but
 * `due` are sorted by when they were stored. `finding`: one that waits for an operator, by when it began; `settled finding`: any other, by when
 * that changed. `look`: what time alone will change the findings of, by when. `large look`: the same where so much belongs to it that the sweep looks at
 * it alone; as few a minute as that is, one shard has room for them, and none of them is before a small one. `sideless shop`: what would have findings
 * if the application said anything about that source.
 */
export type OpenClass =
  | "due"
  | "unverified"
  | "conflict"
  | "waiting"
  | "dead"
  | "hold"
  | "finding"
  | "settled finding"
  | "look"
  | "large look"
  | `sideless ${string}`
  | `held ${string}`;

export const recordItemKey = (key: RecordKey) => ({ pk: key, sk: "record" }) as const;
/** Not a callback: that one is kept unverified. */
export const unverifiedPlaceKey = (room: string, place: number) => ({ pk: `room ${room}`, sk: `place#${place}` }) as const;
export const isUnverifiedPlace = (pk: string | undefined): boolean => pk?.startsWith("room ") ?? false;
export const progressItemKey = (key: RecordKey) => ({ pk: `record ${key}`, sk: "progress" }) as const;
export const pagePrefix = "page#";
/** What was read back about a record. @param place from 0, in the order read */
export const pageItemKey = (key: RecordKey, place: number) =>
  ({ pk: `record ${key}`, sk: `${pagePrefix}${String(place).padStart(4, "0")}` }) as const;
/** Of all that came under a record's id with another content. */
export const conflictPartition = (key: RecordKey): string => `conflict ${key}`;
/** @param place the sort key of the conflict in the records table */
export const conflictItemKey = (key: RecordKey, place: string) => ({ pk: conflictPartition(key), sk: place }) as const;
export const contractPartition = (source: string, contract: string): string => `contract ${source}/${contract}`;
export const entrySortKey = (eventId: string): string => `event#${eventId}`;
/** With everything that is said of it. */
export const accountPartition = (account: string): string => `account ${account}`;
/** In the partition of the account; of a contract, only what links it with another. */
export const applicationEventSortKey = (eventId: string): string => `application#${eventId}`;
/** Sorts before a contract's entries, as the links do: one query reads all that is known of a contract. */
export const accountPrefix = "account#";
/** That an application event names the contract, by which account it is found. */
export const accountPointerKey = (source: string, contract: string, account: string) =>
  ({ pk: contractPartition(source, contract), sk: `${accountPrefix}${account}` }) as const;
/** That an application event has ever named a source. */
export const applicationSideKey = (source: string) => ({ pk: `application ${source}`, sk: "side" }) as const;
/** Where a merchant's order number leads: two sets. */
export const orderKey = (source: string, order: string) => ({ pk: `order ${source}/${order}`, sk: linkSortKey }) as const;
export const customerPartition = (source: string, customer: string): string => `customer ${source}/${customer}`;
/** Of a customer: one item for each contract, payment without a contract, and account. An id can be longer than a sort key. */
export const customerPointerKey = (source: string, customer: string, kind: "account" | "contract" | "payment", id: string) =>
  ({ pk: customerPartition(source, customer), sk: `${kind}#${ledgerEventId(id)}` }) as const;
/** In the partition of the contract, payment, customer or account that it is about. Sorts between its entries and its links. @param place of the class */
export const findingSortKey = (place: string): string => `finding#${place}`;
/** In the partition of a contract, a payment or an account. Sorts behind what a look at findings reads. */
export const notePrefix = "note#";
/** When the findings of the contract are to be looked for again. Sorts before them. */
export const lookSortKey = "finding!look";
export const sidelessSortKey = "finding!side";
/** In the partition of an id by which a payment goes. Sorts right behind the entries: one query reads both. */
export const linkSortKey = "joined";
/** What operators say was given back of a payment, in the partition of each of its ids; of a contract's estimated charges, in that of the contract. */
export const handRefundsKey = (source: string, id: string) => ({ pk: contractPartition(source, id), sk: "refunded by hand" }) as const;
export const lineSortKey = (order: string): string => `line#${order}`;
/** Until when records may be there under the keys that a source's ids had before they were hashed. */
export const formerKeysItemKey = (source: string) => ({ pk: `former keys ${source}`, sk: "until" }) as const;
export const checkpointItemKey = (name: string) => ({ pk: `sweep ${name}`, sk: "checkpoint" }) as const;

/** Begins as the checkpoints do: all that the sweep writes about itself. */
export const sweepRunItemKey = { pk: "sweep run", sk: "outcome" } as const;
export const sweepParsingItemKey = { pk: "sweep run", sk: "parsing" } as const;

/** What open findings add up to, and what became of the last digest of them. The same. */
export const findingTallyItemKey = { pk: "sweep findings", sk: "tally" } as const;
export const digestItemKey = { pk: "sweep findings", sk: "digest" } as const;

/** How the timeline's shards were changed. Begins as the checkpoints do, too. */
export const timelineShardsItemKey = { pk: "sweep timeline", sk: "shards" } as const;

export const shardsFrom0 = (count: number): readonly number[] => Array.from({ length: count }, (_, shard) => shard);
export const allShards: readonly number[] = shardsFrom0(shards);
export const timelinePartition = (day: string, shard: number): string => `${day}#${shard}`;
export const openPartition = (kind: OpenClass, shard: number): string => `${kind}#${shard}`;
/** @param of the number of shards that are written with */
export const timelinePartitionOf = (key: RecordKey, storedAt: number, of: number): string =>
  timelinePartition(dayOf(storedAt), partOf(key, of));
/** Quarantined callbacks are in the same index as the records, under a name that is not a day. */
export const quarantineDay = "quarantine";
export const quarantinePartitionOf = (key: RecordKey): string => timelinePartition(quarantineDay, partOf(key, shards));
export const largeLookPartition: string = openPartition("large look", 0);
/** @param key what decides on the shard: the record's, or the finding's id */
export const openPartitionOf = (kind: OpenClass, key: string): string => openPartition(kind, partOf(key, shards));
