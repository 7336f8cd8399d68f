/**
 * Until when a source may still have records under the keys that ids had before they were hashed. What was recorded then expires, and from then on
 * nobody has to look for it: the time is noted when the first hashed key is taken.
 */
import { type DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../core/callback.ts";
import { formerKeysItemKey } from "../table.ts";
import { pastConflicts } from "./transact.ts";

export type FormerKeys = ReturnType<typeof createFormerKeys>;

export const createFormerKeys = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  /** What was noted once stays. */
  const known = new Map<string, Millis>();

  return {
    /** @param ifFirst the end of the retention time of what is recorded now: noted where nothing is yet */
    async until(source: string, ifFirst: Millis): Promise<Millis> {
      const before = known.get(source);
      if (before !== undefined) return before;
      const { pk, sk } = formerKeysItemKey(source);
      const { Attributes } = await pastConflicts(() =>
        client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: { pk: { S: pk }, sk: { S: sk } },
            UpdateExpression: "SET #until = if_not_exists(#until, :until)",
            ExpressionAttributeNames: { "#until": "until" },
            ExpressionAttributeValues: { ":until": { N: String(ifFirst) } },
            ReturnValues: "ALL_NEW",
          }),
        ),
      );
      const until = Number(Attributes?.until?.N ?? ifFirst);
      known.set(source, until);
      return until;
    },
  };
};
