/** What became of the day's digest: one item in the ledger table. */
import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import type { DigestDay } from "../../../core/findings/tally/digest-day.ts";
import { digestItemKey } from "../../table.ts";
import { transact } from "../transact.ts";

export type Digests = ReturnType<typeof createDigests>;

export const createDigests = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const key = { pk: { S: digestItemKey.pk }, sk: { S: digestItemKey.sk } };
  return {
    async last(): Promise<DigestDay | undefined> {
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
      return Item?.digest?.S === undefined ? undefined : JSON.parse(Item.digest.S);
    },

    /** `overtaken` when another sweep has changed it since it was read as `known`: then that one sends it. */
    save: (next: DigestDay, known: DigestDay | undefined): Promise<"written" | "overtaken"> =>
      transact(client, [
        {
          Put: {
            TableName: table,
            Item: { ...key, digest: { S: JSON.stringify(next) } },
            ...(known
              ? { ConditionExpression: "digest = :known", ExpressionAttributeValues: { ":known": { S: JSON.stringify(known) } } }
              : { ConditionExpression: "attribute_not_exists(pk)" }),
          },
        },
      ]),
  };
};
