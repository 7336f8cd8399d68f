/** One class of the open index as a stream, out of all shards, in flat memory: what waits, what is dead, what is due. */
import { type DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../core/callback.ts";
import { merge } from "../../core/merge.ts";
import type { RecordKey } from "../../core/record.ts";
import type { Item } from "../records/record-item.ts";
import { beforeIn, type Stored, type Stretch } from "../records/timeline.ts";
import { allShards, type OpenClass, openIndex, openPartition } from "../table.ts";

/** Keys a query brings. */
const pageSize = 200;

export type OpenKeys = ReturnType<typeof createOpenKeys>;

/**
 * Keys with what the index sorts them by: when they were stored, or for `due` when the sweep is to look. The index follows the
 * table within moments, so whoever needs the truth asks the record's progress.
 */
export const createOpenKeys = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  return (kind: OpenClass, stretch: Stretch): AsyncGenerator<Stored> =>
    merge(
      allShards.map((shard) => shardKeys(openPartition(kind, shard), stretch)),
      beforeIn(stretch),
    );

  async function* shardKeys(partition: string, { from, to, newestFirst }: Stretch): AsyncGenerator<Stored> {
    // DynamoDB refuses to be asked for a stretch that ends before it begins.
    if (from > to) return;
    let after: Item | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: openIndex.name,
          KeyConditionExpression: "#open = :open AND #dueAt BETWEEN :from AND :to",
          ExpressionAttributeNames: { "#open": openIndex.partition, "#dueAt": openIndex.sort },
          ExpressionAttributeValues: { ":open": { S: partition }, ":from": { N: String(from) }, ":to": { N: String(to) } },
          ScanIndexForward: !newestFirst,
          Limit: pageSize,
          ...(after && { ExclusiveStartKey: after }),
        }),
      );
      yield* Items.map((item) => ({ key: keyOf(item), storedAt: at(item) }));
      after = LastEvaluatedKey;
    } while (after);
  }
};

const keyOf = (item: Item): RecordKey => (item.pk?.S ?? "").slice("record ".length) as RecordKey;
const at = (item: Item): Millis => Number(item[openIndex.sort]?.N);
