/** Whether items are there, whatever is in them. */
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { batchGet } from "../../batch-get.ts";

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Each key once: DynamoDB refuses a call that asks for one item twice. */
export const distinctKeys = (keys: readonly Key[]): readonly Key[] => [
  ...new Map(keys.map((key) => [`${key.pk} ${key.sk}`, key])).values(),
];

export const hasAll = async (
  store: { readonly client: DynamoDBClient; readonly table: string },
  keys: readonly Key[],
): Promise<boolean> => {
  const wanted = distinctKeys(keys);
  return (await batchGet(store, wanted)).length === wanted.length;
};
