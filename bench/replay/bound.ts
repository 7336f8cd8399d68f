/** What the engines can do at most: the calls that a replay cannot do without, bare, on tables and a queue of the same shape. */
import { randomUUID } from "node:crypto";
import { type DynamoDBClient, PutItemCommand, TransactWriteItemsCommand } from "@aws-sdk/client-dynamodb";
import { SendMessageBatchCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { RecordKey } from "../../core/record.ts";
import { batchGet } from "../../io/batch-get.ts";
import type { Item } from "../../io/item.ts";
import { progressItemKey, recordItemKey } from "../../io/table.ts";
import type { Tables } from "./seed.ts";

export interface Bound {
  /** The next records, read by the hundred, put on condition in transactions of 25, and sent for in tens. @returns the seconds it took. */
  together(count: number): Promise<number>;
  /** The next records' progress, put on condition one by one, as many at a time as there are connections. @returns the seconds it took. */
  oneByOne(count: number): Promise<number>;
}

const page = 100;
const perTransaction = 25;
const perSend = 10;
/** Pages at a time, and puts at a time. */
const [pagesAtOnce, putsAtOnce] = [2, 50];

/** @param keys of what was seeded into these tables; each is used once */
export const createBound = (tables: Tables, sqs: SQSClient, queueUrl: string, keys: readonly RecordKey[]): Bound => {
  const { client, records, ledger } = tables;
  let used = 0;
  const take = (count: number): readonly RecordKey[] => {
    if (used + count > keys.length) throw new RangeError("too few records were seeded");
    used += count;
    return keys.slice(used - count, used);
  };
  const send = (some: readonly RecordKey[]) =>
    sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: some.map((key, at) => ({
          ...{ Id: String(at), MessageBody: JSON.stringify({ key }) },
          ...{ MessageGroupId: key, MessageDeduplicationId: randomUUID() },
        })),
      }),
    );
  const writePage = async (some: readonly RecordKey[]): Promise<void> => {
    const [, items] = await Promise.all([
      batchGet({ client, table: records }, some.map(recordItemKey)),
      batchGet({ client, table: ledger }, some.map(progressItemKey)),
    ]);
    const puts = items.map((item) => ({ Put: againOn(ledger, item) }));
    await Promise.all(parts(puts, perTransaction).map((part) => client.send(new TransactWriteItemsCommand({ TransactItems: [...part] }))));
    await Promise.all(parts(some, perSend).map(send));
  };
  return {
    together: (count) => timed(() => sideBySide(parts(take(count), page), pagesAtOnce, writePage)),
    async oneByOne(count) {
      const items = await batchGet({ client, table: ledger }, take(count).map(progressItemKey));
      return timed(() => sideBySide(items, putsAtOnce, (item) => putOne(client, ledger, item)));
    },
  };
};

const putOne = async (client: DynamoDBClient, table: string, item: Item): Promise<void> => {
  await client.send(new PutItemCommand(againOn(table, item)));
};

/** The item with the next revision, on the one it has. */
const againOn = (TableName: string, item: Item) => {
  const revision = Number(item.revision?.N);
  return {
    TableName,
    Item: { ...item, revision: { N: String(revision + 1) } },
    ConditionExpression: "revision = :known",
    ExpressionAttributeValues: { ":known": { N: String(revision) } },
  };
};

const parts = <Element>(all: readonly Element[], size: number): readonly (readonly Element[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

const sideBySide = async <Element>(all: readonly Element[], lanes: number, work: (one: Element) => Promise<void>): Promise<void> => {
  const waiting = all.values();
  const lane = async (): Promise<void> => {
    for (const one of waiting) await work(one);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
};

const timed = async (work: () => Promise<void>): Promise<number> => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};
