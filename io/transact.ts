/** Several items written together or not at all, each under its own condition. */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  type PutItemCommandInput,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";

/** DynamoDB's limit. */
export const itemsPerTransaction = 100;

/** `overtaken`: a condition did not hold, and nothing was written. Throws when the table cannot be written. One put alone costs half. */
export const transact = async (client: DynamoDBClient, items: readonly TransactWriteItem[]): Promise<"written" | "overtaken"> => {
  const [only, ...more] = items;
  try {
    if (only?.Put && more.length === 0) await client.send(new PutItemCommand(only.Put as PutItemCommandInput));
    else await client.send(new TransactWriteItemsCommand({ TransactItems: [...items] }));
    return "written";
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return "overtaken";
    const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
    if (reasons.some((reason) => reason.Code === "ConditionalCheckFailed")) return "overtaken";
    throw error;
  }
};
