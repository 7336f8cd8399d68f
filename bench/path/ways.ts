/** The ways from a callback to the application: Holdfast's own stack, and two that are built of a front, a queue and a consumer. */
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CreateQueueCommand, GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { sourceSecretName } from "../../core/config/of-config.ts";
import { at } from "../../core/formats/json.ts";
import { createClients } from "../../local/engines/clients.ts";
import { openSandbox } from "../../local/lambda/sandbox.ts";
import { startStack } from "../../local/stack.ts";
import { pollQueue } from "../../local/triggers/queue-poller.ts";
import { readSecrets } from "../../operator/connect/local-secrets.ts";
import { homeOf } from "../../operator/connect/stack-file.ts";
import { bundle } from "../bundle.ts";
import { source } from "../payload.ts";
import type { Stage } from "../stage.ts";
import type { Sent } from "./payload.ts";

export type WayName = "holdfast" | "textbook" | "queue first";

export interface Way {
  readonly name: WayName;
  /** What its callbacks are signed with. */
  readonly secret: string;
  /** Resolves with the acknowledgement, and rejects when there is none. */
  send(callback: Sent): Promise<void>;
  close(): Promise<void>;
}

/** The functions of all three run in threads of the same kind, behind the same pollers, without a front: API Gateway is not measured. */
export const openWays = async (stage: Stage, applicationUrl: string, everySeconds?: number): Promise<readonly Way[]> => [
  await openHoldfast(stage, applicationUrl, everySeconds),
  await openRecipe(stage, applicationUrl, "textbook"),
  await openRecipe(stage, applicationUrl, "queue first"),
];

const openHoldfast = async (stage: Stage, applicationUrl: string, everySeconds: number | undefined): Promise<Way> => {
  const directory = join(stage.home, "stack");
  // The stack finds its engines as it does with engines of the user's own.
  for (const service of ["DYNAMODB", "SQS", "S3"])
    process.env[`AWS_ENDPOINT_URL_${service}`] = stage.environment[`AWS_ENDPOINT_URL_${service}`];
  const stack = await startStack({
    directory,
    configFile: fileURLToPath(new URL("./config.ts", import.meta.url)),
    ...{ port: 0, target: { url: applicationUrl }, quiet: true },
    ...(everySeconds !== undefined && { sweepEverySeconds: everySeconds }),
  });
  return {
    name: "holdfast",
    secret: readSecrets(homeOf(directory))?.[sourceSecretName(stack.config, source)]?.secrets[0] ?? "",
    async send({ event }) {
      mustBeAcknowledged(await stack.invoke("receive", event));
    },
    close: () => stack.stop(),
  };
};

/** What SQS's documentation and the tutorials give a queue for a function: half a minute until a message comes again, five times. */
const [visibilitySeconds, mostReceives] = [30, 5];

const entries = { textbook: "../ack/contestants/textbook.ts", "queue first": "./contestants/queue-first.ts" } as const;

const openRecipe = async (stage: Stage, applicationUrl: string, name: keyof typeof entries): Promise<Way> => {
  const plain = name.replace(" ", "-");
  const TABLE = `path-${plain}`;
  if (name === "textbook") await stage.makeRecordsTable(TABLE);
  const { url, arn } = await queueWithDeadLetters(stage, plain);
  const environment = { ...stage.environment, STRIPE_SECRET: stage.secret, TABLE, QUEUE_URL: url, APPLICATION_URL: applicationUrl };
  const log = createWriteStream(join(stage.home, `${plain}.log`));
  const open = async (part: string, file: string) => {
    const entry = await bundle(fileURLToPath(new URL(file, import.meta.url)), join(stage.home, `${plain}-${part}`));
    const plan = { name: `${plain}-${part}`, entry, handler: "handler", timeoutSeconds: 30, memoryMb: 512, environment };
    const sandbox = openSandbox({ plan, environment, log, aheadMs: 0, onLine: () => {}, onEnd: () => {} });
    await sandbox.loaded;
    return sandbox;
  };
  const [front, consumer] = [await open("front", entries[name]), await open("consumer", "./contestants/deliver.ts")];
  const { AWS_ENDPOINT_URL_DYNAMODB = "", AWS_ENDPOINT_URL_SQS = "", AWS_ENDPOINT_URL_S3 = "" } = stage.environment;
  const clients = createClients({ dynamodb: AWS_ENDPOINT_URL_DYNAMODB, sqs: AWS_ENDPOINT_URL_SQS, s3: AWS_ENDPOINT_URL_S3 });
  const mapping = { kind: "queue", functionName: `${plain}-consumer`, sourceArn: arn, batchSize: 10, windowMs: 0 } as const;
  const poller = pollQueue({
    mapping: { ...mapping, filter: () => true, reportsBatchItemFailures: true, queueName: plain, maxConcurrency: 50 },
    ...{ queueUrl: url, sqs: clients.sqs, invoke: (payload) => consumer.run(payload), say: () => {} },
  });
  return {
    ...{ name, secret: stage.secret },
    async send({ event }) {
      mustBeAcknowledged(await front.run(event));
    },
    async close() {
      await poller.stop();
      await Promise.all([front.end(), consumer.end()]);
      clients.destroy();
      log.end();
    },
  };
};

const mustBeAcknowledged = (outcome: Awaited<ReturnType<Awaited<ReturnType<typeof startStack>>["invoke"]>>): void => {
  if (outcome.kind === "failed") throw new Error(`${outcome.type}: ${outcome.message}`);
  const status = at(outcome.payload, "statusCode");
  if (status !== 200) throw new Error(`a genuine callback was answered with ${status}`);
};

const queueWithDeadLetters = async (
  { clients: { sqs }, environment }: Stage,
  name: string,
): Promise<{ readonly url: string; readonly arn: string }> => {
  const make = async (QueueName: string, Attributes: Record<string, string>) => {
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    const known = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
    // Under the name that the engine gives it, a client with no endpoint of its own would look for AWS.
    const url = `${environment.AWS_ENDPOINT_URL_SQS}${new URL(QueueUrl).pathname}`;
    return { url, arn: known.Attributes?.QueueArn ?? "" };
  };
  const dead = await make(`${name}-dead`, {});
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: mostReceives });
  return make(name, { VisibilityTimeout: String(visibilitySeconds), RedrivePolicy });
};
