/** Queues that are targets: they belong to the application, and are in no template of ours. Made here under their names, so that there is something to deliver to. */
import { CreateQueueCommand, GetQueueUrlCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { readArn } from "../../core/config/arn.ts";
import type { Config } from "../../core/config/config.ts";

/** Their URLs in the engine, by target. One that exists stays as it is, with what is in it. */
export const makeTargetQueues = async (
  client: SQSClient,
  endpoint: string,
  { targets }: Pick<Config, "targets">,
): Promise<Readonly<Record<string, string>>> => {
  const urls: Record<string, string> = {};
  for (const [target, settings] of Object.entries(targets)) {
    if (settings.kind !== "sqs") continue;
    const { name } = readArn("sqs", settings.arn);
    urls[target] = new URL(new URL(await makeQueue(client, name)).pathname, endpoint).href;
  }
  return urls;
};

const makeQueue = async (client: SQSClient, name: string): Promise<string> => {
  const found = await client.send(new GetQueueUrlCommand({ QueueName: name })).catch((error: Error) => {
    if (error.name !== "QueueDoesNotExist") throw error;
    return client.send(new CreateQueueCommand({ QueueName: name, Attributes: name.endsWith(".fifo") ? { FifoQueue: "true" } : {} }));
  });
  return found.QueueUrl ?? "";
};
