/**
 * An event source mapping on a table's stream: reads each shard in order, invokes with what passes the filter, and goes on
 * only when the function has succeeded. The position is kept on disk after each batch, so a record can come twice, but is never lost.
 */
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
} from "@aws-sdk/client-dynamodb-streams";
import type { DynamoDBRecord } from "aws-lambda";
import { errorMessage } from "../../core/failure.ts";
import { backoffMs, pause } from "../wait.ts";
import type { Checkpoints } from "./checkpoints.ts";
import { createLooks, type Looks } from "./looks.ts";
import type { StreamMapping } from "./mappings.ts";
import type { Poller } from "./poller.ts";
import type { StreamBatches } from "./stream-batches.ts";
import { toStreamRecord } from "./stream-record.ts";

interface StreamPolling {
  readonly mapping: StreamMapping;
  readonly streams: DynamoDBStreamsClient;
  readonly checkpoints: Checkpoints;
  readonly batches: StreamBatches;
  readonly say: (line: string) => void;
}

/** Lambda asks four times a second; a little more often makes the local stack livelier and costs half a millisecond. */
const idleMs = 100;
/** For engines with many shards: how often to look for new ones. When one closes, its children are looked for at once. */
const describeEveryMs = 60_000;

export const pollStream = (polling: StreamPolling): Poller => {
  const stopping = new AbortController();
  const reading = new Map<string, Reading>();
  const watching = watchShards(polling, reading, stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await watching;
      await Promise.all([...reading.values()].map(({ done }) => done));
    },
    rest: async () => void (await Promise.all([...reading.values()].map(({ looks, done }) => Promise.race([looks.rest(), done])))),
  };
};

interface Reading {
  readonly looks: Looks;
  readonly done: Promise<void>;
}

/** Starts a reader for each shard once its parent, which holds older records, has been read to the end. */
const watchShards = async (polling: StreamPolling, reading: Map<string, Reading>, signal: AbortSignal): Promise<void> => {
  const { checkpoints } = polling;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const shards = await describeShards(polling, signal);
      const known = new Set(shards.map(({ ShardId }) => ShardId));
      for (const { ShardId: shard, ParentShardId: parent } of shards) {
        if (!shard || reading.has(shard) || checkpoints.isFinished(shard)) continue;
        if (parent && known.has(parent) && !checkpoints.isFinished(parent)) continue;
        const looks = createLooks();
        reading.set(shard, { looks, done: readShard(polling, shard, looks, signal).finally(() => reading.delete(shard)) });
      }
      failures = 0;
      await Promise.race([pause(describeEveryMs, signal), ...[...reading.values()].map(({ done }) => done)]);
    } catch (error) {
      if (signal.aborted) return;
      failures++;
      polling.say(`${polling.mapping.functionName}: ${errorMessage(error)}`);
      await pause(backoffMs(failures), signal);
    }
  }
};

const describeShards = async ({ streams, mapping }: StreamPolling, abortSignal: AbortSignal): Promise<readonly Shard[]> => {
  const shards: Shard[] = [];
  let after: string | undefined;
  do {
    const { StreamDescription } = await streams.send(
      new DescribeStreamCommand({ StreamArn: mapping.sourceArn, ...(after && { ExclusiveStartShardId: after }) }),
      { abortSignal },
    );
    shards.push(...(StreamDescription?.Shards ?? []));
    after = StreamDescription?.LastEvaluatedShardId;
  } while (after);
  return shards;
};

/** Until the shard is closed and read to its end, or the stack stops. */
const readShard = async (polling: StreamPolling, shard: string, looks: Looks, signal: AbortSignal): Promise<void> => {
  let iterator: string | undefined;
  let failures = 0;
  let collected: readonly DynamoDBRecord[] = [];
  let collectingSince = 0;
  const { mapping, checkpoints, batches } = polling;
  const most = mapping.batchSize * mapping.parallelizationFactor;
  while (!signal.aborted) {
    try {
      iterator ??= await openShard(polling, shard, signal);
      const foundNothing = looks.begin();
      const { Records = [], NextShardIterator } = await polling.streams.send(
        new GetRecordsCommand({ ShardIterator: iterator, Limit: Math.min(1_000, most - collected.length) }),
        { abortSignal: signal },
      );
      iterator = NextShardIterator;
      if (collected.length === 0) collectingSince = performance.now();
      collected = [...collected, ...Records.map((record) => toStreamRecord(record, mapping.sourceArn))];
      const last = collected.at(-1)?.dynamodb?.SequenceNumber;
      const isFull = collected.length >= most || performance.now() - collectingSince >= mapping.windowMs || !iterator;
      if (last !== undefined && isFull) {
        if (!(await batches.process(shard, collected, signal))) return;
        checkpoints.save(shard, { sequenceNumber: last });
        collected = [];
      }
      failures = 0;
      if (!iterator) return checkpoints.save(shard, { finished: true });
      if (collected.length === 0 && Records.length === 0) foundNothing();
      if (Records.length === 0) await looks.pause(idleMs, signal);
    } catch (error) {
      if (signal.aborted) return;
      // An iterator does not outlive its engine, nor fifteen minutes; a new one starts after the last batch that was done.
      iterator = undefined;
      collected = [];
      failures++;
      if (failures > 1) polling.say(`${mapping.functionName}: ${errorMessage(error)}`);
      await pause(backoffMs(failures), signal);
    }
  }
};

const openShard = async ({ streams, mapping, checkpoints }: StreamPolling, shard: string, abortSignal: AbortSignal): Promise<string> => {
  const iterator = async (after: string | undefined) => {
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({
        StreamArn: mapping.sourceArn,
        ShardId: shard,
        ...(after ? { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: after } : { ShardIteratorType: "TRIM_HORIZON" }),
      }),
      { abortSignal },
    );
    if (!ShardIterator) throw new Error(`the engine gives no iterator for the shard ${shard}`);
    return ShardIterator;
  };
  try {
    return await iterator(checkpoints.of(shard));
  } catch (error) {
    // The position is older than what the engine keeps: the sweep finds what was missed in between.
    if (error instanceof Error && error.name === "TrimmedDataAccessException") return iterator(undefined);
    throw error;
  }
};
