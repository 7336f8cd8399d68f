/** The progress of a repeated task: one time per task, in the ledger table. */
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../../core/callback.ts";
import { checkpointItemKey } from "../../table.ts";

export type Checkpoints = ReturnType<typeof createCheckpoints>;

export const createCheckpoints = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => ({
  async read(name: string): Promise<Millis | undefined> {
    const { pk, sk } = checkpointItemKey(name);
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true }),
    );
    return Item?.at?.N === undefined ? undefined : Number(Item.at.N);
  },
  /** Unconditional: two sweeps at once can only set it back, and then look at some records twice. */
  async write(name: string, at: Millis): Promise<void> {
    const { pk, sk } = checkpointItemKey(name);
    await client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: pk }, sk: { S: sk }, at: { N: String(at) } } }));
  },
});
