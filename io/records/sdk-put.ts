/** The conditional put through the SDK, with its attempts and its understanding of every error. */
import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { isNew, type PutIfNew } from "./put-if-new.ts";

export const createSdkPut =
  ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }): PutIfNew =>
  async (item, signal) => {
    try {
      await client.send(new PutItemCommand({ TableName: table, Item: item, ...isNew }), signal ? { abortSignal: signal } : {});
      return "new";
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return error.Item ?? {};
      throw error;
    }
  };
