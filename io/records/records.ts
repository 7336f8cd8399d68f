/** Reading what was recorded. */
import { type DynamoDBClient, GetItemCommand, paginateQuery, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../core/callback.ts";
import { type CallbackRecord, parseRecordKey, type RecordKey } from "../../core/record.ts";
import { recordItemKey, timelineIndex, timelinePartition } from "../table.ts";
import type { Bodies } from "./bodies.ts";
import { fromItem, type Item } from "./record-item.ts";

export type Records = ReturnType<typeof createRecords>;

/** More conflicts of one record than anybody will look at; further ones are counted. */
const conflictsRead = 20;

/** One page of a shard's timeline. `next` continues after it. */
export interface TimelinePage {
  readonly keys: ReadonlyArray<{ readonly key: RecordKey; readonly storedAt: Millis }>;
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
}) => ({
  /** The record as it was stored; undefined when there is none, or no longer. */
  async load(key: RecordKey): Promise<CallbackRecord | undefined> {
    const { pk, sk } = recordItemKey(key);
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true }),
    );
    return Item && fromItem(Item, bodies.get);
  },

  /** The record, and those that came under its id with other bytes: some of them, and how many more there are. */
  async loadWithConflicts(
    key: RecordKey,
  ): Promise<{ record: CallbackRecord | undefined; conflicts: readonly CallbackRecord[]; furtherConflicts: number }> {
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
    return {
      record: first && (await fromItem(first, bodies.get)),
      conflicts: await Promise.all(conflicts.map((item) => fromItem(item, bodies.get))),
      furtherConflicts: further,
    };
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
    const keys = Items.filter((item) => item.sk?.S === "record").map((item) => ({
      key: parseRecordKey(item.pk?.S),
      storedAt: Number(item.storedAt?.N),
    }));
    return { keys, ...(LastEvaluatedKey && { next: LastEvaluatedKey }) };
  },
});
