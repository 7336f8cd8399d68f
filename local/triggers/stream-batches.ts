/**
 * The life of one batch of a stream: filtered, invoked, and on failure invoked again from the first record that is not
 * done, halved where the mapping says so, and given up - with a note to its destination - where it sets a limit.
 */
import { randomUUID } from "node:crypto";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import type { DynamoDBRecord } from "aws-lambda";
import type { Clients } from "../engines/clients.ts";
import type { Outcome } from "../lambda/sandbox.ts";
import { backoffMs, pause } from "../wait.ts";
import { batchResult } from "./batch.ts";
import type { StreamMapping } from "./mappings.ts";

export interface StreamBatches {
  /** @returns true when every record is done or given up; false when stopped before that. */
  process(shard: string, records: readonly DynamoDBRecord[], signal: AbortSignal): Promise<boolean>;
}

interface BatchSettings {
  readonly mapping: StreamMapping;
  readonly invoke: (payload: unknown) => Promise<Outcome>;
  readonly giveUp: (shard: string, records: readonly DynamoDBRecord[], reason: string, attempts: number) => Promise<void>;
  readonly say: (line: string) => void;
  readonly clock: () => number;
}

export const createStreamBatches = ({ mapping, invoke, giveUp, say, clock }: BatchSettings): StreamBatches => {
  const process = async (shard: string, records: readonly DynamoDBRecord[], signal: AbortSignal): Promise<boolean> => {
    let left = records.filter((record) => mapping.filter(record));
    let attempts = 0;
    while (left.length > 0) {
      if (signal.aborted) return false;
      const outcome = await invoke({ Records: left });
      const result = batchResult(outcome, mapping.reportsBatchItemFailures, new Set(left.map(sequenceNumber)));
      if (result.kind === "done") return true;
      attempts++;
      if (result.kind === "partly") {
        const first = left.findIndex((record) => result.failed.has(sequenceNumber(record)));
        // What comes before the first failure is done for good, and what is left is a new batch.
        if (first > 0) attempts = 1;
        left = left.slice(first);
      }
      const reason = result.kind === "failed" ? result.reason : "the function reported failed records";
      say(`${mapping.functionName}: ${reason}; ${left.length} records of the stream come again`);
      const tooOld = left.some((record) => clock() - arrivedAt(record) > mapping.maxAgeMs);
      if (result.kind === "failed" && mapping.bisects && left.length > 1 && !tooOld) {
        // Halving costs no attempt: it is how the record that fails is found.
        const middle = Math.ceil(left.length / 2);
        await pause(backoffMs(1), signal);
        return (await process(shard, left.slice(0, middle), signal)) && (await process(shard, left.slice(middle), signal));
      }
      if (attempts > mapping.maxRetries || tooOld) {
        await giveUp(shard, left, reason, attempts);
        return true;
      }
      await pause(backoffMs(attempts), signal);
    }
    return true;
  };
  return {
    async process(shard, records, signal) {
      const lanes = Map.groupBy(records, (record) => laneOf(record, mapping.parallelizationFactor));
      const done = await Promise.all([...lanes.values()].map((some) => process(shard, some, signal)));
      return done.every(Boolean);
    },
  };
};

/** Records of one item are in one lane, which is all that Lambda promises. */
const laneOf = ({ dynamodb }: DynamoDBRecord, lanes: number): number => {
  const key = JSON.stringify(dynamodb?.Keys ?? {});
  return Buffer.from(key).reduce((hash, byte) => (hash * 31 + byte) >>> 0, 0) % lanes;
};

const sequenceNumber = (record: DynamoDBRecord): string => record.dynamodb?.SequenceNumber ?? "";

const arrivedAt = (record: DynamoDBRecord): number => (record.dynamodb?.ApproximateCreationDateTime ?? Number.POSITIVE_INFINITY) * 1000;

/** Puts what was given up where the mapping says, in the form Lambda gives it there. Without a destination it is only reported. */
export const onFailureDestination =
  ({
    mapping,
    clients,
    queueUrl,
  }: {
    readonly mapping: StreamMapping;
    readonly clients: Clients;
    readonly queueUrl: (arn: string) => string | undefined;
  }): BatchSettings["giveUp"] =>
  async (shard, records, reason, attempts) => {
    const destination = mapping.onFailure;
    if (!destination) return;
    const now = new Date();
    const about = {
      requestContext: {
        requestId: randomUUID(),
        functionArn: mapping.functionName,
        condition: "RetryAttemptsExhausted",
        approximateInvokeCount: attempts,
      },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: reason },
      version: "1.0",
      timestamp: now.toISOString(),
      DDBStreamBatchInfo: {
        shardId: shard,
        startSequenceNumber: records[0] && sequenceNumber(records[0]),
        endSequenceNumber: records.at(-1) && sequenceNumber(records.at(-1) as DynamoDBRecord),
        batchSize: records.length,
        streamArn: mapping.sourceArn,
      },
    };
    if (destination.includes(":s3:::")) {
      const [day = "", time = ""] = now.toISOString().split("T");
      const key = `aws/lambda/${mapping.functionName}/${shard}/${day.replaceAll("-", "/")}/${day}T${time.slice(0, 8).replaceAll(":", ".")}-${randomUUID()}`;
      // A bucket gets the records themselves; a queue gets only where they are, as long as the stream keeps them.
      const body = JSON.stringify({ ...about, payload: JSON.stringify({ Records: records }) });
      await clients.s3.send(new PutObjectCommand({ Bucket: destination.split(":::")[1], Key: key, Body: body }));
    } else await clients.sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(destination), MessageBody: JSON.stringify(about) }));
  };
