/** The two tables and the bucket of one run, in the emulators; its queues are the simulator's own and have names only. */
import { DeleteTableCommand, DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { lazy } from "../../../core/lazy.ts";
import { checkpointItemKey } from "../../../io/table.ts";
import { type Aws, createTables, type Endpoints, useEmulators } from "../../support/aws/aws.ts";

const clients = lazy(() => ({ database: new DynamoDBClient(), s3: new S3Client({ forcePathStyle: true }) }));

let made = 0;

export interface Resources extends Aws {
  readonly database: DynamoDBClient;
  readonly s3: S3Client;
  /** Thousands of runs would otherwise fill the engine. */
  remove(): Promise<void>;
}

export const createResources = async (endpoints: Endpoints): Promise<Resources> => {
  useEmulators(endpoints);
  process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = "http://127.0.0.1:9";
  const { database, s3 } = clients();
  const name = `faults-${process.pid}-${made++}`;
  await Promise.all([createTables(database, name), s3.send(new CreateBucketCommand({ Bucket: `${name}-bodies` }))]);
  const queue = (end: string) => `${endpoints.sqs}/000000000000/${name}-${end}`;
  return {
    database,
    s3,
    recordsTable: `${name}-records`,
    ledgerTable: `${name}-ledger`,
    bucket: `${name}-bodies`,
    queueUrl: queue("doorbells.fifo"),
    deadLetterQueueUrl: queue("dead-letters.fifo"),
    spillQueueUrl: queue("spill"),
    async remove() {
      await Promise.all(["records", "ledger"].map((table) => database.send(new DeleteTableCommand({ TableName: `${name}-${table}` }))));
    },
  };
};

/** A run begins with a sweep that has looked at everything so far: without one the first would look through a day that is empty. */
export const pretendSwept = async ({ database, ledgerTable }: Resources, now: number): Promise<void> => {
  for (const [look, age] of [
    ["first look", 60_000],
    ["second look", 86_400_000],
  ] as const) {
    const { pk, sk } = checkpointItemKey(look);
    const item = { pk: { S: pk }, sk: { S: sk }, at: { N: String(now - age) } };
    await database.send(new PutItemCommand({ TableName: ledgerTable, Item: item }));
  }
};
