/** The two tables, the queues and the bucket of one test, in the shared emulators. */
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { openIndex, timelineIndex } from "../../../io/table.ts";
import { leaveUnsigned } from "./unsigned.ts";

/** Where the emulators answer. */
export interface Endpoints {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly s3: string;
}

export interface Aws {
  readonly recordsTable: string;
  readonly ledgerTable: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
  readonly spillQueueUrl: string;
  readonly bucket: string;
}

let made = 0;
/** Ports of DynamoDB engines, which are all of this machine. */
const engines = new Set<number>();

/** Points every SDK client made from now on in this process at the emulators. */
export const useEmulators = ({ dynamodb, sqs, s3 }: Endpoints): void => {
  if (engines.size === 0) leaveUnsigned(({ hostname, port }) => hostname === "127.0.0.1" && engines.has(port ?? 0));
  engines.add(Number(new URL(dynamodb).port));
  Object.assign(process.env, {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_ENDPOINT_URL_SQS: sqs,
    AWS_ENDPOINT_URL_S3: s3,
  });
};

/** Makes resources nobody else uses. */
export const createAws = async (endpoints: Endpoints): Promise<Aws> => {
  useEmulators(endpoints);
  const { sqs } = endpoints;
  const name = `test-${process.pid}-${made++}`;
  const [database, queues, buckets] = [new DynamoDBClient(), new SQSClient(), new S3Client({ forcePathStyle: true })];
  const queue = async (suffix: string, attributes: Record<string, string> = {}): Promise<string> => {
    const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: `${name}-${suffix}`, Attributes: attributes }));
    return `${sqs}${new URL(QueueUrl ?? "").pathname}`;
  };
  await createTables(database, name);
  await buckets.send(new CreateBucketCommand({ Bucket: `${name}-bodies` }));
  const fifo = { FifoQueue: "true" };
  return {
    recordsTable: `${name}-records`,
    ledgerTable: `${name}-ledger`,
    queueUrl: await queue("doorbells.fifo", fifo),
    deadLetterQueueUrl: await queue("dead-letters.fifo", fifo),
    spillQueueUrl: await queue("spill"),
    bucket: `${name}-bodies`,
  };
};

/** `<name>-records`, with its stream, and `<name>-ledger`. */
export const createTables = async (database: DynamoDBClient, name: string): Promise<void> => {
  await database.send(
    new CreateTableCommand({
      ...keyed(`${name}-records`, timelineIndex),
      StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_IMAGE" },
    }),
  );
  await database.send(new CreateTableCommand(keyed(`${name}-ledger`, openIndex)));
};

const keyed = (table: string, index: { readonly name: string; readonly partition: string; readonly sort: string }) => ({
  TableName: table,
  BillingMode: "PAY_PER_REQUEST" as const,
  AttributeDefinitions: [
    { AttributeName: "pk", AttributeType: "S" as const },
    { AttributeName: "sk", AttributeType: "S" as const },
    { AttributeName: index.partition, AttributeType: "S" as const },
    { AttributeName: index.sort, AttributeType: "N" as const },
  ],
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" as const },
    { AttributeName: "sk", KeyType: "RANGE" as const },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: index.name,
      KeySchema: [
        { AttributeName: index.partition, KeyType: "HASH" as const },
        { AttributeName: index.sort, KeyType: "RANGE" as const },
      ],
      Projection: { ProjectionType: "KEYS_ONLY" as const },
    },
  ],
});
