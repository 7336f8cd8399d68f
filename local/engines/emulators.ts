/** Where the AWS APIs are served: by our own engines, or by those that the standard AWS_ENDPOINT_URL_* variables name. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Millis } from "../../core/callback.ts";
import { Failure } from "../../core/failure.ts";
import type { Endpoints } from "../../operator/connect/stack-file.ts";
import type { Say } from "../log.ts";
import { startDynamoDb } from "./dynamodb.ts";
import type { Engine } from "./engine.ts";
import { lookAtQueue, type QueueLook } from "./queue-look.ts";
import { startQueues } from "./queues.ts";

export interface Emulators {
  readonly endpoints: Pick<Endpoints, "dynamodb" | "sqs" | "s3">;
  /** What is in a queue; undefined for an engine that is not ours. */
  readonly lookAt: ((now: () => Millis) => (queue: string) => Promise<QueueLook>) | undefined;
  /** Process ids of our own engines, for tests and for people. */
  pids(): Readonly<Record<string, number | undefined>>;
  stop(): Promise<void>;
}

/** @param environment where AWS_ENDPOINT_URL_DYNAMODB, _SQS and _S3 are looked up; the process's own, or a test's. */
export const startEmulators = async (
  home: string,
  environment: Readonly<Record<string, string | undefined>>,
  say: Say = () => {},
): Promise<Emulators> => {
  mkdirSync(join(home, "logs"), { recursive: true });
  const given = {
    dynamodb: environment.AWS_ENDPOINT_URL_DYNAMODB,
    sqs: environment.AWS_ENDPOINT_URL_SQS,
    s3: environment.AWS_ENDPOINT_URL_S3,
  };
  await Promise.all([
    mustAnswer("AWS_ENDPOINT_URL_DYNAMODB", given.dynamodb),
    mustAnswer("AWS_ENDPOINT_URL_SQS", given.sqs),
    mustAnswer("AWS_ENDPOINT_URL_S3", given.s3),
  ]);
  const starting = await Promise.allSettled([
    given.dynamodb ? undefined : startDynamoDb(home, say),
    given.sqs && given.s3 ? undefined : startQueues(home, say),
  ]);
  const engines = starting.map((one) => (one.status === "fulfilled" ? one.value : undefined));
  const stop = async () => {
    await Promise.all(engines.map((engine) => engine?.stop()));
  };
  for (const one of starting)
    if (one.status === "rejected") {
      await stop();
      throw one.reason;
    }
  const [dynamodb, queues] = engines;
  return {
    lookAt: given.sqs ? undefined : (now) => (queue) => lookAtQueue(endpointOf(queues), queue, now()),
    endpoints: {
      dynamodb: given.dynamodb ?? endpointOf(dynamodb),
      sqs: given.sqs ?? endpointOf(queues),
      s3: given.s3 ?? endpointOf(queues),
    },
    pids: () => ({ dynamodb: dynamodb?.pid(), queues: queues?.pid() }),
    stop,
  };
};

const endpointOf = (engine: Engine | undefined): string => {
  if (!engine) throw new Error("neither an engine was started nor an endpoint given");
  return engine.endpoint;
};

const mustAnswer = async (variable: string, endpoint: string | undefined): Promise<void> => {
  if (endpoint === undefined) return;
  try {
    const response = await fetch(endpoint, { signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
  } catch {
    throw new Failure(
      `${variable} is ${endpoint}, where nothing answers: start that engine, or unset the variable to use the built-in one.`,
    );
  }
};
