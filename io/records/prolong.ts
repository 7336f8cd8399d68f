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
  /** The bucket counts from when an object was put. What is not there any more is no reason to lose the rest. @returns why it failed */
  const putAgain = async (bucket: string, object: string, sha256: string): Promise<{ readonly reason: unknown } | undefined> => {
    try {
      await bodies.put(sha256, await bodies.get({ bucket, object }));
      return undefined;
    } catch (error) {
      return whyUnreadable(error).kind === "body gone" ? undefined : { reason: error };
    }
  };

  /**
   * Whether it was to go. Throws when the table or the bucket does not answer. An item whose bytes could not be put again is kept too, but only until
   * `ifBefore`: so the next one to ask tries the bytes again.
   */
  return async ({ pk, sk }: { readonly pk: string; readonly sk: string }, { ifBefore, until }: Prolonging): Promise<boolean> => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: pk }, sk: { S: sk } }, ConsistentRead: true }),
    );
    const { [expiryAttribute]: known, bucket, object, sha256 } = Item ?? {};
    if (!known?.N || Number(known.N) * 1000 >= ifBefore) return false;
    const failure = bucket?.S && object?.S && sha256?.S ? await putAgain(bucket.S, object.S, sha256.S) : undefined;
    const expiresAt = failure ? ifBefore : until;
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: { ...Item, [expiryAttribute]: { N: String(Math.floor(expiresAt / 1000)) } },
          ConditionExpression: "#expiry = :known AND attribute_not_exists(erasedAt)",
          ExpressionAttributeNames: { "#expiry": expiryAttribute },
          ExpressionAttributeValues: { ":known": known },
        }),
      );
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
    if (failure) throw failure.reason;
    return true;
  };
};
