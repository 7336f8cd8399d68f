/** Several items written together or not at all, each under its own condition. */
import { randomInt, randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  TransactionCanceledException,
  TransactionConflictException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";

/** DynamoDB's limit. */
export const itemsPerTransaction = 100;

/** `overtaken`: a condition did not hold, and nothing was written. Throws when the table cannot be written. One put alone costs half. */
export const transact = async (client: DynamoDBClient, items: readonly TransactWriteItem[]): Promise<"written" | "overtaken"> => {
  const [only, ...more] = items;
  const single = more.length === 0 ? only?.Put : undefined;
  return pastConflicts(() => (single ? put(client, single) : putTogether(client, items)));
};

const putTogether = async (client: DynamoDBClient, items: readonly TransactWriteItem[]): Promise<"written" | "overtaken"> => {
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems: [...items] }));
    return "written";
  } catch (error) {
    if (reasonsOf(error).some(({ Code }) => Code === "ConditionalCheckFailed")) return "overtaken";
    throw error;
  }
};

/** Attempts at a write that met another one at the same item. DynamoDB has written nothing then, and the SDK does not try again. */
const attempts = 3;

/** Waits out a write that was at one of the same items at the same moment. Throws when it still is after the last attempt. */
export const pastConflicts = async <Written>(write: () => Promise<Written>): Promise<Written> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!isConflict(error) || attempt >= attempts) throw error;
      await setTimeout(randomInt(10, 40 * attempt));
    }
  }
};

const isConflict = (error: unknown): boolean =>
  error instanceof TransactionConflictException || reasonsOf(error).some(({ Code }) => Code === "TransactionConflict");

const reasonsOf = (error: unknown) => (error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : []);

/** Whether the table will never take what it was given: an item or a key is larger than it holds, or is nothing it knows. */
export const isNotStorable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  return (
    reasonsOf(error).some(({ Code, Message }) => Code === "ValidationError" && isAboutContent(Message)) ||
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
