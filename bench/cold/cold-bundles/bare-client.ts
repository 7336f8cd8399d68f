/** The yardstick of the cold start: the DynamoDB client and one PutItem, none of our code. The client is made at the first call, as in ours. */
import { DynamoDBClient, PutItemCommand, type PutItemCommandInput } from "@aws-sdk/client-dynamodb";

let client: DynamoDBClient | undefined;

export const handler = async (input: PutItemCommandInput) => {
  client ??= new DynamoDBClient();
  await client.send(new PutItemCommand(input));
  return { statusCode: 200 };
};
