/** Reading what was recorded. */
import { type DynamoDBClient, GetItemCommand, paginateQuery, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../core/callback.ts";
import type { Bodiless } from "../../core/lifecycle/cause.ts";
import { recordAt } from "../../core/receive/conflict.ts";
import { type CallbackRecord, isRecordKey, type RecordKey } from "../../core/record.ts";
import { batchGet } from "../batch-get.ts";
import type { Item } from "../item.ts";
import type { StoredConflict } from "../stored.ts";
import { recordItemKey, timelineIndex, timelinePartition } from "../table.ts";
import { type Bodies, whyUnreadable } from "./bodies.ts";
import { fromItem, type Kept, withBytesOf, withoutBytes } from "./record-item.ts";

export type Read =
  | { readonly kind: "record"; readonly record: CallbackRecord }
  /** There is none, or no longer. */
  | { readonly kind: "none" }
  /** It is there, and its bytes cannot be read. `rest` is the record with no bytes. */
  | { readonly kind: "unreadable"; readonly rest: CallbackRecord; readonly cause: Bodiless };

export type Records = ReturnType<typeof createRecords>;

/** More conflicts of one record than anybody will look at; further ones are counted. */
const conflictsRead = 20;

const conflictPrefix = "conflict#";

/** One page of a shard's timeline. `next` continues after it. */
export interface TimelinePage {
  readonly keys: ReadonlyArray<{ readonly key: RecordKey; readonly storedAt: Millis }>;
  /** Those that came under a record's id with another content. */
  readonly conflicts: readonly StoredConflict[];
  readonly next?: Item;
}

export const createRecords = ({
  client,
  table,
  bodies,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly bodies: Bodies;
}) => {
  const itemAt = async ({ pk, sk }: { readonly pk: string; readonly sk: string }): Promise<Item | undefined> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true }),
    );
    return Item;
  };
  const itemOf = (key: RecordKey): Promise<Item | undefined> => itemAt(recordItemKey(key));
  const conflictItem = ({ key, place }: Pick<StoredConflict, "key" | "place">): Promise<Item | undefined> => {
    const record = recordAt(place);
    return record === undefined ? itemAt({ pk: key, sk: place }) : itemOf(record);
  };
  const readItem = async (item: Item): Promise<Exclude<Read, { kind: "none" }>> => {
    try {
      const record = await fromItem(item, bodies.get);
      if (record.erasedAt !== undefined) return { kind: "unreadable", rest: record, cause: { kind: "erased", at: record.erasedAt } };
      return { kind: "record", record };
    } catch (error) {
      return { kind: "unreadable", rest: await withoutBytes(item), cause: whyUnreadable(error) };
    }
  };

  return {
    /** The record as it was stored. Throws when the table cannot be read. */
    async read(key: RecordKey): Promise<Read> {
      const Item = await itemOf(key);
      return Item ? readItem(Item) : { kind: "none" };
    },

    /**
     * Many records at once, each to be asked for by its key. Bytes that are in the bucket are fetched when it is asked for. Throws when the table
     * cannot be read; asking never does.
     */
    async readAll(keys: readonly RecordKey[]): Promise<(key: RecordKey) => Promise<Read>> {
      const items = new Map((await batchGet({ client, table }, keys.map(recordItemKey))).map((item) => [item.pk?.S, item]));
      return async (key) => {
        const item = items.get(key);
        return item ? readItem(item) : { kind: "none" };
      };
    },

    /** The record as it was stored; undefined when there is none, or no longer. Throws also when its bytes cannot be read. */
    async load(key: RecordKey): Promise<CallbackRecord | undefined> {
      const Item = await itemOf(key);
      return Item && fromItem(Item, bodies.get);
    },

    /**
     * The record, and those that came under its id with other bytes: some of them, and how many more there are. Where bytes cannot be
     * read they are empty; `unreadable` says why those of the first are.
     */
    async loadWithConflicts(key: RecordKey): Promise<{
      record: CallbackRecord | undefined;
      conflicts: readonly CallbackRecord[];
      furtherConflicts: number;
      unreadable?: Bodiless;
    }> {
      // A page has 1 MB, and the record sorts behind its conflicts.
      const pages = paginateQuery(
        { client },
        { TableName: table, KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": { S: key } }, ConsistentRead: true },
      );
      const conflicts: Item[] = [];
      let [first, further]: [Item | undefined, number] = [undefined, 0];
      for await (const { Items = [] } of pages)
        for (const item of Items) {
          if (item.sk?.S === "record") first = item;
          else if (conflicts.length < conflictsRead) conflicts.push(item);
          else further++;
        }
      const read = first && (await readItem(first));
      return {
        record: read && recordIn(read),
        conflicts: (await Promise.all(conflicts.map(readItem))).map(recordIn),
        furtherConflicts: further,
        ...(read?.kind === "unreadable" && { unreadable: read.cause }),
      };
    },

    /** All that came under the key with another content, without their bytes. */
    async conflictsOf(key: RecordKey): Promise<readonly StoredConflict[]> {
      const request = {
        TableName: table,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :conflict)",
        ExpressionAttributeValues: { ":pk": { S: key }, ":conflict": { S: conflictPrefix } },
        ProjectionExpression: "sk, storedAt",
        ConsistentRead: true,
      };
      const found: StoredConflict[] = [];
      for await (const { Items = [] } of paginateQuery({ client }, request))
        for (const { sk, storedAt } of Items) found.push({ key, place: sk?.S ?? "", storedAt: Number(storedAt?.N) });
      return found;
    },

    /** One of them, with its bytes. */
    async readConflict(conflict: Pick<StoredConflict, "key" | "place">): Promise<Read> {
      const Item = await conflictItem(conflict);
      return Item ? readItem(Item) : { kind: "none" };
    },

    /** The item of the record that one of them becomes. Undefined when it is gone. */
    async itemForConflict(conflict: Pick<StoredConflict, "key" | "place">, record: CallbackRecord, kept: Kept) {
      const Item = await conflictItem(conflict);
      return Item && withBytesOf(record, Item, kept);
    },

    /** Keys stored on that day in [from, to], oldest first (or newest), of one shard. */
    async timeline(page: {
      readonly day: string;
      readonly shard: number;
      readonly from: Millis;
      readonly to: Millis;
      readonly newestFirst?: boolean;
      readonly limit?: number;
      readonly after?: Item;
    }): Promise<TimelinePage> {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: timelineIndex.name,
          KeyConditionExpression: "#day = :day AND #storedAt BETWEEN :from AND :to",
          ExpressionAttributeNames: { "#day": timelineIndex.partition, "#storedAt": timelineIndex.sort },
          ExpressionAttributeValues: {
            ":day": { S: timelinePartition(page.day, page.shard) },
            ":from": { N: String(page.from) },
            ":to": { N: String(page.to) },
          },
          ScanIndexForward: !page.newestFirst,
          ...(page.limit !== undefined && { Limit: page.limit }),
          ...(page.after && { ExclusiveStartKey: page.after }),
        }),
      );
      // What somebody else has put there is not ours, and must not block the rest.
      const keys = Items.flatMap(({ pk, sk, storedAt }) =>
        sk?.S === "record" && pk?.S !== undefined && isRecordKey(pk.S) ? [{ key: pk.S, storedAt: Number(storedAt?.N) }] : [],
      );
      const conflicts = Items.flatMap(({ pk, sk, storedAt }) =>
        sk?.S?.startsWith(conflictPrefix) && pk?.S !== undefined && isRecordKey(pk.S)
          ? [{ key: pk.S, place: sk.S, storedAt: Number(storedAt?.N) }]
          : [],
      );
      return { keys, conflicts, ...(LastEvaluatedKey && { next: LastEvaluatedKey }) };
    },
  };
};

/** The record, without its bytes where they cannot be read. */
export const recordIn = (read: Exclude<Read, { kind: "none" }>): CallbackRecord => (read.kind === "record" ? read.record : read.rest);
