/** Creates the template's resources in the engines, where they do not exist yet, and reports what others may refer to. */
import { CreateBucketCommand, type S3Client } from "@aws-sdk/client-s3";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import type { Endpoints } from "../../operator/connect/stack-file.ts";
import type { Clients } from "../engines/clients.ts";
import { type Identity, referencesTo } from "./identities.ts";
import { type References, resolve } from "./intrinsics.ts";
import type { Resource } from "./synthesis.ts";
import { type ExpiringTable, expiringTable, makeTable } from "./tables.ts";

export interface Resources {
  /** For what is wired up after them. */
  readonly references: References;
  /** Physical names; queues with their URL. */
  readonly tables: readonly string[];
  readonly expiring: readonly ExpiringTable[];
  readonly queues: Readonly<Record<string, string>>;
  readonly buckets: readonly string[];
}

export const makeResources = async (
  resources: readonly Resource[],
  identities: ReadonlyMap<string, Identity>,
  clients: Clients,
  endpoints: Pick<Endpoints, "sqs">,
): Promise<Resources> => {
  const made = new Map<string, Partial<Identity>>();
  const references = referencesTo(identities, made);
  const nameOf = ({ logicalId }: Resource) => identities.get(logicalId)?.name ?? logicalId;
  const propertiesOf = ({ logicalId, properties }: Resource, used: readonly string[]) =>
    Object.fromEntries(used.map((name) => [name, resolve(properties[name], references, `${name} of ${logicalId}`)]));
  const ofType = (pattern: RegExp) => resources.filter(({ type }) => pattern.test(type));

  const tables = ofType(/^AWS::DynamoDB::(Global)?Table$/);
  const queues = ofType(/^AWS::SQS::Queue$/);
  const buckets = ofType(/^AWS::S3::Bucket$/);
  await Promise.all([
    ...tables.map(async (table) => {
      const description = await makeTable(clients.dynamodb, nameOf(table), propertiesOf(table, tableProperties));
      made.set(table.logicalId, {
        attributes: {
          ...(description.TableArn && { Arn: description.TableArn }),
          ...(description.LatestStreamArn && { StreamArn: description.LatestStreamArn }),
        },
      });
    }),
    makeQueues(),
    ...buckets.map((bucket) => makeBucket(clients.s3, nameOf(bucket))),
  ]);
  async function makeQueues(): Promise<void> {
    // Dead-letter queues first: some engines want a redrive policy to name a queue that exists.
    for (const isRedriven of [false, true])
      await Promise.all(
        queues
          .filter(({ properties }) => (properties.RedrivePolicy !== undefined) === isRedriven)
          .map(async (queue) => {
            const { url, arn } = await makeQueue(clients.sqs, nameOf(queue), propertiesOf(queue, queueProperties));
            made.set(queue.logicalId, { ref: new URL(url.pathname, endpoints.sqs).href, attributes: { Arn: arn } });
          }),
      );
  }
  return {
    references,
    tables: tables.map(nameOf),
    expiring: tables.flatMap((table) => expiringTable(nameOf(table), propertiesOf(table, tableProperties)) ?? []),
    queues: Object.fromEntries(queues.map((queue) => [nameOf(queue), made.get(queue.logicalId)?.ref ?? ""])),
    buckets: buckets.map(nameOf),
  };
};

const tableProperties = ["AttributeDefinitions", "GlobalSecondaryIndexes", "KeySchema", "StreamSpecification", "TimeToLiveSpecification"];

/** Those that can be changed later; the others are fixed when a queue is created. */
const changeableQueueProperties = [
  "DelaySeconds",
  "MaximumMessageSize",
  "MessageRetentionPeriod",
  "ReceiveMessageWaitTimeSeconds",
  "RedrivePolicy",
  "VisibilityTimeout",
];
const queueProperties = [
  ...changeableQueueProperties,
  "ContentBasedDeduplication",
  "DeduplicationScope",
  "FifoQueue",
  "FifoThroughputLimit",
];

const makeQueue = async (client: SQSClient, name: string, properties: Readonly<Record<string, unknown>>) => {
  const attributes = (names: readonly string[]) =>
    Object.fromEntries(
      names.flatMap((attribute) => {
        const value = properties[attribute];
        if (value === undefined) return [];
        return [[attribute, typeof value === "object" ? JSON.stringify(value) : String(value)]];
      }),
    );
  let url: string | undefined;
  try {
    url = (await client.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes(queueProperties) }))).QueueUrl;
  } catch (error) {
    if (!(error instanceof Error) || !/QueueNameExists|QueueAlreadyExists/.test(error.name)) throw error;
    url = (await client.send(new GetQueueUrlCommand({ QueueName: name }))).QueueUrl;
    await client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: attributes(changeableQueueProperties) }));
  }
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["QueueArn"] }));
  if (!url || !Attributes?.QueueArn) throw new Error(`the SQS engine made the queue ${name} without a URL or an ARN`);
  // Engines put their own idea of a host into the URL, which need not be reachable, and which changes with the port.
  return { url: new URL(url), arn: Attributes.QueueArn };
};

const makeBucket = async (client: S3Client, name: string): Promise<void> => {
  try {
    await client.send(new CreateBucketCommand({ Bucket: name }));
  } catch (error) {
    if (!(error instanceof Error) || !/BucketAlreadyOwnedByYou|BucketAlreadyExists/.test(error.name)) throw error;
  }
};
