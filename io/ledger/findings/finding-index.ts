/** The part of the open index that has findings, and what is to be looked at for them again. */
import { type DynamoDBClient, paginateQuery } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../../core/callback.ts";
import { batchGet } from "../../batch-get.ts";
import type { Item } from "../../item.ts";
import { allShards, openIndex, openPartition } from "../../table.ts";

export const createFindingIndex = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  /** Those whose keys the index gave, as they are in the table. */
  const items = (keys: readonly Item[]): Promise<readonly Item[]> =>
    batchGet(
      { client, table },
      keys.map(({ pk, sk }) => ({ pk: pk?.S ?? "", sk: sk?.S ?? "" })),
    );

  /** Keys of one class up to a moment, shard by shard. @param limit of each shard */
  async function* pages(
    kind: "finding" | "settled finding" | "look" | "large look" | `sideless ${string}`,
    before: Millis,
    limit?: number,
  ): AsyncGenerator<readonly Item[]> {
    for (const shard of kind === "large look" ? [0] : allShards) {
      let left = limit ?? Number.POSITIVE_INFINITY;
      const read = paginateQuery(
        { client },
        {
          TableName: table,
          IndexName: openIndex.name,
          KeyConditionExpression: "#open = :open AND #at <= :before",
          ExpressionAttributeNames: { "#open": openIndex.partition, "#at": openIndex.sort },
          ExpressionAttributeValues: { ":open": { S: openPartition(kind, shard) }, ":before": { N: String(before) } },
          ...(limit !== undefined && { Limit: limit }),
        },
      );
      for await (const { Items = [] } of read) {
        yield Items.slice(0, left);
        left -= Items.length;
        if (left <= 0) break;
      }
    }
  }

  return { items, pages };
};
