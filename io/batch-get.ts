/** Many items of one table by their keys, with a call for each hundred. */
import { BatchGetItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Item } from "./item.ts";

/** DynamoDB's limit for one call. */
const batchSize = 100;

/** In no order; those that do not exist are left out. Throws when the table cannot be read. */
export const batchGet = async (
  { client, table }: { readonly client: DynamoDBClient; readonly table: string },
  keys: readonly { readonly pk: string; readonly sk: string }[],
  ConsistentRead = true,
): Promise<readonly Item[]> => {
  const found: Item[] = [];
  let missing = keys.map(({ pk, sk }) => ({ pk: { S: pk }, sk: { S: sk } }));
  while (missing.length > 0) {
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [table]: { Keys: missing.slice(0, batchSize), ConsistentRead } } }),
    );
    found.push(...(Responses?.[table] ?? []));
    const again = (UnprocessedKeys?.[table]?.Keys ?? []) as typeof missing;
    missing = [...again, ...missing.slice(batchSize)];
  }
  return found;
};
