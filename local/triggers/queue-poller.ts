/**
 * An event source mapping on a queue: receives, invokes, deletes what succeeded, and leaves the rest to become visible again.
 * As on Lambda a message is deleted only after the function has answered for it, so it can come twice but not get lost.
 */
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import { errorMessage } from "../../core/failure.ts";
import { parseJson } from "../../core/formats/json.ts";
import type { QueueLook } from "../engines/queue-look.ts";
import type { Outcome } from "../lambda/sandbox.ts";
import { backoffMs, pause } from "../wait.ts";
import { batchResult } from "./batch.ts";
import type { QueueMapping } from "./mappings.ts";
import type { Poller } from "./poller.ts";
import { toQueueRecord } from "./queue-record.ts";

interface QueuePolling {
  readonly mapping: QueueMapping;
  readonly queueUrl: string;
  readonly sqs: SQSClient;
  readonly invoke: (payload: unknown) => Promise<Outcome>;
  readonly say: (line: string) => void;
  /** What is in the queue, where its engine can be asked. */
  readonly look?: (() => Promise<QueueLook>) | undefined;
}

/** SQS hands out ten messages at most, and waits twenty seconds at most. */
const mostMessages = 10;
const longPollSeconds = 20;

/**
 * This many batches at a time, and up to as many again while those wait for something slow. Lambda starts with five, each in a
 * process to itself; here they share a thread, and one that is just starting would run into its own time limits.
 */
const concurrencyStep = 2;
const addAfterMs = 1_000;

export const pollQueue = (polling: QueuePolling): Poller => {
  const stopping = new AbortController();
  const work: Work = { batches: new Set(), left: new Map() };
  const running = run(polling, work, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
    rest: () => rest(polling, work, stopping.signal),
  };
};

interface Work {
  /** Being worked on. */
  readonly batches: Set<Promise<void>>;
  /** Worked on and not deleted, so that they become visible again: receipt handles by the message's id. */
  readonly left: Map<string, string>;
}

const lookAgainMs = 5;

/** Until nothing is being worked on or can be received, and what is in flight is only what was left. */
const rest = async ({ look, say, mapping }: QueuePolling, { batches, left }: Work, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await Promise.all(batches);
    if (!look) return;
    try {
      const { isReceivable, inFlight } = await look();
      const handles = new Set(left.values());
      if (batches.size === 0 && !isReceivable && inFlight.every(({ handle }) => handles.has(handle))) return;
    } catch (error) {
      say(`${mapping.queueName}: ${errorMessage(error)}`);
    }
    await pause(lookAgainMs, signal);
  }
};

/** One receiver, several batches at work. Whatever fails - the engine away, the function crashing - it goes on after a while. */
const run = async (polling: QueuePolling, { batches: working, left }: Work, signal: AbortSignal): Promise<void> => {
  const { mapping, say } = polling;
  let allowed = Math.min(concurrencyStep, mapping.maxConcurrency);
  let failures = 0;
  while (!signal.aborted) {
    if (working.size >= allowed) {
      const finished = await Promise.race([
        pause(addAfterMs, signal).then(() => false),
        ...[...working].map((work) => work.then(() => true)),
      ]);
      if (!finished) allowed = Math.min(allowed + concurrencyStep, mapping.maxConcurrency);
      continue;
    }
    if (failures > 0) await pause(backoffMs(failures), signal);
    try {
      const messages = await receive(polling, signal);
      if (messages.length === 0) {
        allowed = Math.min(concurrencyStep, mapping.maxConcurrency);
        failures = 0;
        continue;
      }
      const work = handle(polling, messages, left)
        .then(
          (succeeded) => {
            failures = succeeded ? 0 : failures + 1;
          },
          (error: unknown) => {
            failures++;
            say(`${mapping.queueName}: ${errorMessage(error)}`);
          },
        )
        .finally(() => working.delete(work));
      working.add(work);
    } catch (error) {
      if (signal.aborted) break;
      failures++;
      say(`${mapping.queueName}: ${errorMessage(error)}`);
    }
  }
  await Promise.all(working);
};

/** A batch: one message or more, and with a batching window as many as come within it. */
const receive = async ({ mapping, queueUrl, sqs }: QueuePolling, signal: AbortSignal): Promise<readonly Message[]> => {
  const messages: Message[] = [];
  let deadline = Number.POSITIVE_INFINITY;
  do {
    const wait = messages.length === 0 ? longPollSeconds : Math.min(longPollSeconds, Math.max(0, (deadline - performance.now()) / 1000));
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(mostMessages, mapping.batchSize - messages.length),
        WaitTimeSeconds: Math.floor(wait),
        MessageSystemAttributeNames: ["All"],
        MessageAttributeNames: ["All"],
      }),
      { abortSignal: signal },
    );
    messages.push(...Messages);
    if (messages.length > 0 && deadline === Number.POSITIVE_INFINITY) deadline = performance.now() + mapping.windowMs;
  } while (!signal.aborted && messages.length > 0 && messages.length < mapping.batchSize && performance.now() < deadline);
  return messages;
};

/** @returns whether the function succeeded with all of them. */
const handle = async (polling: QueuePolling, messages: readonly Message[], left: Map<string, string>): Promise<boolean> => {
  const { mapping } = polling;
  const records = messages.map((message) => toQueueRecord(message, mapping.sourceArn));
  // A message that no pattern wants is deleted unseen, as Lambda does.
  const wanted = records.filter((record) => mapping.filter({ ...record, body: parseJson(Buffer.from(record.body)) ?? record.body }));
  const unwanted = records.filter((record) => !wanted.includes(record));
  if (unwanted.length > 0) await remove(polling, unwanted);
  if (wanted.length === 0) return true;
  for (const { messageId } of records) left.delete(messageId);
  const stay = (some: readonly SQSRecord[]) => {
    for (const { messageId, receiptHandle } of some) left.set(messageId, receiptHandle);
  };
  const outcome = await polling.invoke({ Records: wanted });
  const result = batchResult(outcome, mapping.reportsBatchItemFailures, new Set(wanted.map(({ messageId }) => messageId)));
  switch (result.kind) {
    case "done":
      await remove(polling, wanted);
      return true;
    case "partly":
      stay(wanted.filter(({ messageId }) => result.failed.has(messageId)));
      await remove(
        polling,
        wanted.filter(({ messageId }) => !result.failed.has(messageId)),
      );
      return true;
    case "failed":
      stay(wanted);
      polling.say(`${mapping.functionName}: ${result.reason}; ${wanted.length} messages of ${mapping.queueName} will come again`);
      return false;
    default:
      return result satisfies never;
  }
};

/** Retried for some time: a message that is done must not come back only because the engine was away. */
const remove = async ({ sqs, queueUrl }: QueuePolling, records: readonly SQSRecord[]): Promise<void> => {
  for (let start = 0; start < records.length; start += mostMessages) {
    const Entries = records
      .slice(start, start + mostMessages)
      .map(({ receiptHandle }, index) => ({ Id: `m${index}`, ReceiptHandle: receiptHandle }));
    for (let failures = 0; ; ) {
      try {
        await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
        break;
      } catch (error) {
        failures++;
        if (failures > 10) throw error;
        await pause(backoffMs(failures));
      }
    }
  }
};
