/** Which sources application events have named: before that nobody is known to be entitled to nothing (R-APP-2). */
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { applicationSideKey } from "../../table.ts";
import { pastConflicts } from "../transact.ts";

export type Sides = ReturnType<typeof createSides>;

export const createSides = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  /** What was found once stays. */
  const known = new Set<string>();

  const keyOf = (source: string) => {
    const { pk, sk } = applicationSideKey(source);
    return { pk: { S: pk }, sk: { S: sk } };
  };

  const has = async (source: string): Promise<boolean> => {
    if (known.has(source)) return true;
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: keyOf(source), ConsistentRead: true }));
    if (Item) known.add(source);
    return Item !== undefined;
  };

  return {
    has,

    async note(source: string): Promise<void> {
      if (await has(source)) return;
      await pastConflicts(() => client.send(new PutItemCommand({ TableName: table, Item: keyOf(source) })));
      known.add(source);
    },
  };
};
