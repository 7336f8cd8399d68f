/** Several items written together or not at all, each under its own condition. */
import { randomUUID } from "node:crypto";
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";

/** DynamoDB's limit. */
export const itemsPerTransaction = 100;

/** `overtaken`: a condition did not hold, and nothing was written. Throws when the table cannot be written. One put alone costs half. */
export const transact = async (client: DynamoDBClient, items: readonly TransactWriteItem[]): Promise<"written" | "overtaken"> => {
  const [only, ...more] = items;
  if (only?.Put && more.length === 0) return put(client, only.Put);
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems: [...items] }));
    return "written";
  } catch (error) {
    const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
    if (reasons.some((reason) => reason.Code === "ConditionalCheckFailed")) return "overtaken";
    throw error;
  }
};

/** Whether the table will never take what it was given: an item or a key is larger than it holds, or is nothing it knows. */
export const isNotStorable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  return (
    reasons.some(({ Code, Message }) => Code === "ValidationError" && isAboutContent(Message)) ||
    error.name === "SerializationException" ||
    (error.name === "ValidationException" && isAboutContent(error.message))
  );
};

/** Not about the table, which may be another one than we think: that would concern every record. */
const isAboutContent = (message = ""): boolean => /size|exceed|parameter values were invalid/i.test(message);

/**
 * When the answer to a put is lost the SDK retries it, and its condition no longer holds, because of our own write. The item's own mark
 * distinguishes that from a faster writer; a transaction has its token for the same.
 */
const put = async (client: DynamoDBClient, { Item, ...how }: NonNullable<TransactWriteItem["Put"]>): Promise<"written" | "overtaken"> => {
  const mark = randomUUID();
  try {
    await client.send(new PutItemCommand({ ...how, Item: { ...Item, mark: { S: mark } }, ReturnValuesOnConditionCheckFailure: "ALL_OLD" }));
    return "written";
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return error.Item?.mark?.S === mark ? "written" : "overtaken";
    throw error;
  }
};
