/** Over how many shards the records' timeline is spread, and was: one small item of the ledger table, which the sweep keeps. */
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { type ShardHistory, shardsOn } from "../../core/timeline-shards.ts";
import { timelineShardsItemKey } from "../table.ts";

export type TimelineShards = ReturnType<typeof createTimelineShards>;

/** @param configured the number this deployment writes with */
export const createTimelineShards = ({
  client,
  table,
  configured,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly configured: number;
}) => {
  const { pk, sk } = timelineShardsItemKey;
  const key = { pk: { S: pk }, sk: { S: sk } };
  const read = async (): Promise<ShardHistory> => {
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return Item?.history?.S === undefined ? [] : JSON.parse(Item.history.S);
  };
  return {
    read,
    /** How many shards of a day are to be read. */
    async counted(): Promise<(day: string) => number> {
      const history = await read();
      return (day) => shardsOn(history, configured, day);
    },
    /** Throws when another sweep has changed it since it was read as `known`. */
    async write(history: ShardHistory, known: ShardHistory): Promise<void> {
      const isKnown =
        known.length === 0
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : { ConditionExpression: "history = :known", ExpressionAttributeValues: { ":known": { S: JSON.stringify(known) } } };
      await client.send(new PutItemCommand({ TableName: table, Item: { ...key, history: { S: JSON.stringify(history) } }, ...isKnown }));
    },
  };
};
