/** A message put into a queue of an application. */
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { Arn } from "../../core/config/arn.ts";
import { mostQueueBytes, type QueueMessage } from "../../core/delivery/queue-message.ts";
import type { Delivery } from "../../core/lifecycle/retry.ts";
import { inService, onceSettings, type ServiceCall } from "./in-service.ts";

export type SendToQueue = (message: QueueMessage, queue: Arn, call: ServiceCall) => Promise<Delivery>;

export const createSendToQueue = (): SendToQueue => {
  const clients = new Map<string, SQSClient>();
  const clientIn = (region: string): SQSClient => {
    // The queue's URL names the host that AWS has it at; where the environment names another endpoint, it is there.
    const client = clients.get(region) ?? new SQSClient({ ...onceSettings(region), useQueueUrlAsEndpoint: false });
    clients.set(region, client);
    return client;
  };
  return async ({ text, group, deduplicationId }, { partition, region, account, name }, call) => {
    const bytes = Buffer.byteLength(text);
    if (bytes > mostQueueBytes) return { kind: "undeliverable", cause: { kind: "too large for its target", bytes, most: mostQueueBytes } };
    const host = `sqs.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`;
    const command = new SendMessageCommand({
      QueueUrl: `https://${host}/${account}/${name}`,
      MessageBody: text,
      ...(name.endsWith(".fifo") && { MessageGroupId: group, MessageDeduplicationId: deduplicationId }),
    });
    return inService(call, async (abortSignal) => {
      const { MessageId } = await clientIn(region).send(command, { abortSignal });
      return { kind: "delivered", answer: `in the queue as ${MessageId}` };
    });
  };
};
