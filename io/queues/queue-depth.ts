/** The number of messages in a queue, and the URL of a queue by its name. */
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { QueueDepth } from "../../core/conditions/sight.ts";
import { type CallLimits, clientSettings } from "../clients.ts";

export type { QueueDepth };

export const createQueueDepth = (limits: CallLimits) => {
  const client = new SQSClient(clientSettings(limits));
  return {
    /** Throws QueueDoesNotExist when there is none of that name. */
    async find(name: string): Promise<string> {
      const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: name }));
      if (!QueueUrl) throw new Error(`SQS knows no URL of the queue ${name}`);
      // An engine names the host it was started under; where an endpoint is given, it is to be found there.
      const endpoint = process.env.AWS_ENDPOINT_URL_SQS;
      return endpoint ? new URL(new URL(QueueUrl).pathname, endpoint).href : QueueUrl;
    },

    /** Approximate: SQS counts within a minute. */
    async depth(url: string): Promise<QueueDepth> {
      const { Attributes = {} } = await client.send(
        new GetQueueAttributesCommand({
          QueueUrl: url,
          AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"],
        }),
      );
      return {
        visible: Number(Attributes.ApproximateNumberOfMessages ?? 0),
        hidden: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
        delayed: Number(Attributes.ApproximateNumberOfMessagesDelayed ?? 0),
      };
    },
  };
};
