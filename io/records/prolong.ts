/**
 * Keeps a stored callback for longer than it was put for. The item is put again as it was read, with another time to live and nothing else: on the
 * condition that nobody has changed it meanwhile, so that what was erased stays erased. Relay's filter takes new items only.
 */
import { ConditionalCheckFailedException, type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../core/callback.ts";
import { expiryAttribute } from "../table.ts";
import { type Bodies, whyUnreadable } from "./bodies.ts";

export interface Prolonging {
  /** What is kept until then anyway is left as it is. */
  readonly ifBefore: Millis;
  readonly until: Millis;
}

export type Prolong = ReturnType<typeof createProlong>;

export const createProlong = ({
  client,
  table,
  bodies,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly bodies: Bodies;
}) => {
  /** The bucket counts from when an object was put. What is not there any more is no reason to lose the rest. */
  const putAgain = async (bucket: string, object: string, sha256: string): Promise<void> => {
    try {
      await bodies.put(sha256, await bodies.get({ bucket, object }));
    } catch (error) {
      if (whyUnreadable(error).kind !== "body gone") throw error;
    }
  };

  /** Whether it was to go. Throws when the table or the bucket does not answer. */
  return async ({ pk, sk }: { readonly pk: string; readonly sk: string }, { ifBefore, until }: Prolonging): Promise<boolean> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true }),
    );
    const { [expiryAttribute]: known, bucket, object, sha256 } = Item ?? {};
    if (!known?.N || Number(known.N) * 1000 >= ifBefore) return false;
    if (bucket?.S && object?.S && sha256?.S) await putAgain(bucket.S, object.S, sha256.S);
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: { ...Item, [expiryAttribute]: { N: String(Math.floor(until / 1000)) } },
          ConditionExpression: "#expiry = :known AND attribute_not_exists(erasedAt)",
          ExpressionAttributeNames: { "#expiry": expiryAttribute },
          ExpressionAttributeValues: { ":known": known },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };
};
