/**
 * Queues that are targets: they belong to the application, and are in no template of ours. Made here under their names, each in its own
 * Region as the engine understands that, so that there is something to deliver to.
 */
import { CreateQueueCommand, GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import { type Arn, readArn } from "../../core/config/arn.ts";
import type { Config } from "../../core/config/config.ts";
import { credentials } from "../engines/clients.ts";

/** Their URLs in the engine, by target. One that exists stays as it is, with what is in it. */
export const makeTargetQueues = async (
  endpoint: string,
  { targets }: Pick<Config, "targets">,
): Promise<Readonly<Record<string, string>>> => {
  const urls: Record<string, string> = {};
  for (const [target, settings] of Object.entries(targets)) {
    if (settings.kind !== "sqs") continue;
    urls[target] = new URL(new URL(await makeQueue(endpoint, readArn("sqs", settings.arn))).pathname, endpoint).href;
  }
  return urls;
};

const makeQueue = async (endpoint: string, { region, name }: Arn): Promise<string> => {
  const client = new SQSClient({ endpoint, region, credentials });
  try {
    const found = await client.send(new GetQueueUrlCommand({ QueueName: name })).catch((error: Error) => {
      if (error.name !== "QueueDoesNotExist") throw error;
      return client.send(new CreateQueueCommand({ QueueName: name, Attributes: name.endsWith(".fifo") ? { FifoQueue: "true" } : {} }));
    });
    return found.QueueUrl ?? "";
  } finally {
    client.destroy();
  }
};
