/** A FIFO queue of an application's in the emulator, for what is delivered to it. */
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { DirectMessage } from "../../../core/delivery/message.ts";
import { type Endpoints, useEmulators } from "./aws.ts";

export interface Handed {
  readonly message: DirectMessage;
  readonly attributes: Readonly<Record<string, string>>;
}

let made = 0;

/** @param isFifo else a standard one; it exists once it is made */
export const ordersQueue = (endpoints: Endpoints, isFifo = true) => {
  useEmulators(endpoints);
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  const name = `orders-${process.pid}-${made++}${isFifo ? ".fifo" : ""}`;
  const QueueUrl = `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
  return {
    arn: `arn:aws:sqs:us-east-1:000000000000:${name}`,
    make: async () => {
      await client.send(new CreateQueueCommand({ QueueName: name, Attributes: isFifo ? { FifoQueue: "true" } : {} }));
    },
    /** Taken out, in the order in which they are handed out. */
    received: async (): Promise<readonly Handed[]> => {
      const all: Handed[] = [];
      for (;;) {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1, MessageSystemAttributeNames: ["All"] }),
        );
        const [only] = Messages;
        if (!only) return all;
        all.push({ message: JSON.parse(only.Body ?? ""), attributes: only.Attributes ?? {} });
        await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: only.ReceiptHandle }));
      }
    },
  };
};
