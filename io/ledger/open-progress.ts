/** The open index: progress that is not settled, found without reading what is. */
import { type DynamoDBClient, QueryCommand, type QueryCommandInput } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../core/callback.ts";
import type { Progress } from "../../core/lifecycle/progress.ts";
import { parseRecordKey, type RecordKey } from "../../core/record.ts";
import { merge } from "../../core/sequences.ts";
import { batchGet } from "../batch-get.ts";
import type { Item } from "../item.ts";
import { beforeIn, type Period, type Stored } from "../stored.ts";
import { allShards, type OpenClass, openIndex, openPartition, progressItemKey } from "../table.ts";
import { isHidden, progressFromItem } from "./ledger-item.ts";

/** Keys per query of the stream. */
const pageSize = 200;

export type OpenProgress = ReturnType<typeof createOpenProgress>;

export const createOpenProgress = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const query = (kind: OpenClass, shard: number, from: Millis, to: Millis): QueryCommandInput => ({
    TableName: table,
    IndexName: openIndex.name,
    KeyConditionExpression: "#open = :open AND #dueAt BETWEEN :from AND :to",
    ExpressionAttributeNames: { "#open": openIndex.partition, "#dueAt": openIndex.sort },
    ExpressionAttributeValues: { ":open": { S: openPartition(kind, shard) }, ":from": { N: String(from) }, ":to": { N: String(to) } },
  });

  async function* pages(request: QueryCommandInput) {
    let after: Item | undefined;
    do {
      const page = await client.send(new QueryCommand({ ...request, ...(after && { ExclusiveStartKey: after }) }));
      yield page;
      after = page.LastEvaluatedKey;
    } while (after);
  }

  const items = (keys: readonly RecordKey[], consistent = true) => batchGet({ client, table }, keys.map(progressItemKey), consistent);

  return {
    /** Up to `limit` records whose time has come, those due for longest first. For `waiting` and `dead`: since longest. */
    async due(kind: OpenClass, before: Millis, limit: number): Promise<readonly Progress[]> {
      const first = await Promise.all(
        allShards.map((shard) => client.send(new QueryCommand({ ...query(kind, shard, 0, before), Limit: limit }))),
      );
      const keys = first
        .flatMap(({ Items = [] }) => Items.map(keyAndMoment))
        .sort((one, other) => one.storedAt - other.storedAt)
        .slice(0, limit)
        .map(({ key }) => key);
      const known = new Map((await items(keys)).map(progressFromItem).map((progress) => [progress.key, progress]));
      return keys.map((key) => known.get(key)).filter((progress) => progress !== undefined);
    },

    /** Their number, or as many as there was time to count. Counts in the index; reads no item. */
    async count(kind: OpenClass, hasTime = () => true): Promise<number> {
      const counts = await Promise.all(allShards.map((shard) => countShard(kind, shard, hasTime)));
      return counts.reduce((sum, count) => sum + count, 0);
    },

    /**
     * All of one class as a stream, in constant memory: keys with what the index sorts them by (`storedAt`; for `due` when the sweep is to
     * look). The index follows the table within moments, so for the truth read the record's progress.
     */
    keys: (kind: OpenClass, period: Period): AsyncGenerator<Stored> =>
      merge(
        allShards.map((shard) => shardKeys(kind, shard, period)),
        beforeIn(period),
      ),

    /**
     * The progress of these records; those without any are not in the map. `consistent: false` may miss what was written a moment ago, and
     * costs half: for what is only counted, or is saved on the revision that was read. `hidden`: unsettled, and not in the open index.
     */
    async of(
      keys: readonly RecordKey[],
      { consistent = true }: { readonly consistent?: boolean } = {},
    ): Promise<ReadonlyMap<RecordKey, { readonly progress: Progress; readonly hidden: boolean }>> {
      return new Map(
        (await items(keys, consistent)).map((item) => {
          const progress = progressFromItem(item);
          return [progress.key, { progress, hidden: isHidden(item) }];
        }),
      );
    },
  };

  async function countShard(kind: OpenClass, shard: number, hasTime: () => boolean): Promise<number> {
    let count = 0;
    for await (const page of pages({ ...query(kind, shard, 0, Number.MAX_SAFE_INTEGER), Select: "COUNT" })) {
      count += page.Count ?? 0;
      if (!hasTime()) break;
    }
    return count;
  }

  async function* shardKeys(kind: OpenClass, shard: number, { from, to, newestFirst }: Period): AsyncGenerator<Stored> {
    // DynamoDB rejects a period that ends before it begins.
    if (from > to) return;
    const request = { ...query(kind, shard, from, to), ScanIndexForward: !newestFirst, Limit: pageSize };
    for await (const { Items = [] } of pages(request)) yield* Items.map(keyAndMoment);
  }
};

const keyAndMoment = (item: Item): Stored => ({
  // `record source/id`, or `conflict source/id`.
  key: parseRecordKey(item.pk?.S?.replace(/^[a-z]+ /, "")),
  storedAt: Number(item[openIndex.sort]?.N),
});
