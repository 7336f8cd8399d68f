/** The open index: progress that is not settled, found without reading what is. */
import { BatchGetItemCommand, type DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../core/callback.ts";
import type { Progress } from "../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../core/record.ts";
import type { Item } from "../records/record-item.ts";
import { allShards, type OpenClass, openIndex, openPartition, progressItemKey } from "../table.ts";
import { isHidden, progressFromItem } from "./ledger-item.ts";

/** DynamoDB's limit for one BatchGetItem. */
const batchSize = 100;

export type OpenProgress = ReturnType<typeof createOpenProgress>;

export const createOpenProgress = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const query = (kind: OpenClass, shard: number, before: Millis) => ({
    TableName: table,
    IndexName: openIndex.name,
    KeyConditionExpression: "#open = :open AND #dueAt <= :before",
    ExpressionAttributeNames: { "#open": openIndex.partition, "#dueAt": openIndex.sort },
    ExpressionAttributeValues: { ":open": { S: openPartition(kind, shard) }, ":before": { N: String(before) } },
  });

  /** Progress items by key, with strong reads; those that do not exist are left out. */
  const items = async (keys: readonly RecordKey[]): Promise<readonly Item[]> => {
    const found: Item[] = [];
    let missing = keys.map((key) => {
      const { pk, sk } = progressItemKey(key);
      return { pk: { S: pk }, sk: { S: sk } };
    });
    while (missing.length > 0) {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({ RequestItems: { [table]: { Keys: missing.slice(0, batchSize), ConsistentRead: true } } }),
      );
      found.push(...(Responses?.[table] ?? []));
      const again = (UnprocessedKeys?.[table]?.Keys ?? []) as typeof missing;
      missing = [...again, ...missing.slice(batchSize)];
    }
    return found;
  };

  return {
    /** Up to `limit` records whose time has come, those due for longest first. For `waiting` and `dead`: since longest. */
    async due(kind: OpenClass, before: Millis, limit: number): Promise<readonly Progress[]> {
      const pages = await Promise.all(
        allShards.map((shard) => client.send(new QueryCommand({ ...query(kind, shard, before), Limit: limit }))),
      );
      const keys = pages
        .flatMap(({ Items = [] }) => Items)
        .sort((one, other) => Number(one[openIndex.sort]?.N) - Number(other[openIndex.sort]?.N))
        .slice(0, limit)
        .map((item) => (item.pk?.S ?? "").slice("record ".length) as RecordKey);
      const known = new Map((await items(keys)).map((item) => [item.key?.S, progressFromItem(item)]));
      return keys.map((key) => known.get(key)).filter((progress) => progress !== undefined);
    },

    /** How many there are. Counts in the index; reads no item. */
    async count(kind: OpenClass): Promise<number> {
      const counts = await Promise.all(allShards.map((shard) => countShard(kind, shard)));
      return counts.reduce((sum, count) => sum + count, 0);
    },

    /** The progress of these records as it stands; those without any are not in the map. `hidden`: unsettled, and not in the open index. */
    async of(keys: readonly RecordKey[]): Promise<ReadonlyMap<RecordKey, { readonly progress: Progress; readonly hidden: boolean }>> {
      return new Map(
        (await items(keys)).map((item) => [item.key?.S as RecordKey, { progress: progressFromItem(item), hidden: isHidden(item) }]),
      );
    },
  };

  async function countShard(kind: OpenClass, shard: number): Promise<number> {
    let count = 0;
    let after: Item | undefined;
    do {
      const page = await client.send(
        new QueryCommand({ ...query(kind, shard, Number.MAX_SAFE_INTEGER), Select: "COUNT", ...(after && { ExclusiveStartKey: after }) }),
      );
      count += page.Count ?? 0;
      after = page.LastEvaluatedKey;
    } while (after);
    return count;
  }
};
