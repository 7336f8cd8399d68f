/** A queue in verbs of our language: doorbells are rung, records dead-lettered, messages taken, snoozed and discarded. */
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { type DeadLetter, type Doorbell, deduplicationId } from "../../core/lifecycle/doorbell.ts";
import { type CallLimits, clientSettings } from "../clients.ts";

/** SQS takes and gives ten messages a call. */
const batchSize = 10;

export interface Received {
  readonly body: string;
  readonly handle: string;
}

export type Queue = ReturnType<typeof createQueue>;

/** Every verb throws when the queue does not answer. */
export const createQueue = ({ url, limits }: { readonly url: string; readonly limits: CallLimits }) => {
  const client = new SQSClient(clientSettings(limits));
  return {
    /**
     * Rings in the order given. Returns those that were not taken: any that failed, and all after them, which have not been
     * tried. No batch holds two of one group: SQS may reject the first and accept the second, and the contract's order would be lost.
     */
    async ring(doorbells: readonly Doorbell[]): Promise<readonly Doorbell[]> {
      for (let at = 0; at < doorbells.length; ) {
        const batch = nextBatch(doorbells, at);
        const { Failed = [] } = await client.send(
          new SendMessageBatchCommand({
            QueueUrl: url,
            Entries: batch.map((doorbell, index) => ({ Id: String(index), ...message(doorbell) })),
          }),
        );
        at += batch.length;
        if (Failed.length > 0) {
          const failed = new Set(Failed.map(({ Id }) => Number(Id)));
          return [...batch.filter((_, index) => failed.has(index)), ...doorbells.slice(at)];
        }
      }
      return [];
    },

    /** Sending the same dead letter again within five minutes has no effect; later it is a second message that says the same. */
    async deadLetter(letter: DeadLetter): Promise<void> {
      await client.send(new SendMessageCommand({ QueueUrl: url, ...message(letter) }));
    },

    /** Up to ten messages, without waiting for more; hidden from others for that time. */
    async take(hiddenSeconds: number): Promise<readonly Received[]> {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: batchSize, WaitTimeSeconds: 0, VisibilityTimeout: hiddenSeconds }),
      );
      return Messages.map(({ Body = "", ReceiptHandle = "" }) => ({ body: Body, handle: ReceiptHandle }));
    },

    /** Brings a taken message again after that time (at most 12 hours); until then nothing else of its group is handed out. */
    async snooze(handle: string, delayMs: number): Promise<void> {
      const seconds = Math.min(43_200, Math.ceil(delayMs / 1000));
      await client.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: handle, VisibilityTimeout: seconds }));
    },

    async discard(handle: string): Promise<void> {
      await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: handle }));
    },
  };
};

const message = (doorbell: Doorbell) => ({
  MessageBody: JSON.stringify(doorbell),
  MessageGroupId: doorbell.group,
  MessageDeduplicationId: deduplicationId(doorbell),
});

const nextBatch = (doorbells: readonly Doorbell[], from: number): readonly Doorbell[] => {
  const groups = new Set<string>();
  let to = from;
  for (; to < doorbells.length && to - from < batchSize; to++) {
    const group = doorbells[to]?.group ?? "";
    if (groups.has(group)) break;
    groups.add(group);
  }
  return doorbells.slice(from, to);
};
