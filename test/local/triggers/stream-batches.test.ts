import type { DynamoDBRecord } from "aws-lambda";
import { describe, expect, test } from "vitest";
import type { Outcome } from "../../../local/lambda/sandbox.ts";
import type { StreamMapping } from "../../../local/triggers/mappings.ts";
import { createStreamBatches } from "../../../local/triggers/stream-batches.ts";

const now = 1_795_175_990_000;
const record = (number: number): DynamoDBRecord => ({
  eventName: "INSERT",
  dynamodb: { SequenceNumber: String(number), ApproximateCreationDateTime: now / 1000 },
});
const numbers = (records: readonly DynamoDBRecord[]) => records.map(({ dynamodb }) => Number(dynamodb?.SequenceNumber));
const failed: Outcome = { kind: "failed", type: "Error", message: "no" };
const done: Outcome = { kind: "returned", payload: null };
const reported = (...failures: number[]): Outcome => ({
  kind: "returned",
  payload: { batchItemFailures: failures.map((number) => ({ itemIdentifier: String(number) })) },
});

const ordinary: StreamMapping = {
  kind: "stream",
  functionName: "relay",
  sourceArn: "arn",
  batchSize: 10,
  parallelizationFactor: 1,
  windowMs: 0,
  filter: () => true,
  reportsBatchItemFailures: true,
  maxRetries: 3,
  maxAgeMs: Number.POSITIVE_INFINITY,
  bisects: false,
  onFailure: undefined,
};

/** Processes records 1 to 4 with a function that answers as told, and tells what it was invoked with and what was given up. */
const run = async (answer: (batch: readonly number[], call: number) => Outcome, changes: Partial<StreamMapping> = {}) => {
  const calls: number[][] = [];
  const givenUp: number[][] = [];
  const batches = createStreamBatches({
    mapping: { ...ordinary, ...changes },
    invoke: async (payload) => {
      const batch = numbers((payload as { Records: DynamoDBRecord[] }).Records);
      calls.push(batch);
      return answer(batch, calls.length);
    },
    giveUp: async (_shard, records) => void givenUp.push(numbers(records)),
    say: () => {},
    clock: () => now + 1_000,
  });
  const finished = await batches.process("shard", [1, 2, 3, 4].map(record), new AbortController().signal);
  return { calls, givenUp, finished };
};

describe("a batch of a stream", () => {
  test("is divided by item where several may be worked on at a time: one that fails keeps only its own waiting", async () => {
    const calls: string[][] = [];
    let finished = false;
    const keyOf = ({ dynamodb }: DynamoDBRecord) => `${dynamodb?.Keys?.pk?.S}${dynamodb?.SequenceNumber}`;
    const failsUntilOthersAreDone = async (payload: unknown): Promise<Outcome> => {
      const keys = (payload as { Records: DynamoDBRecord[] }).Records.map(keyOf);
      const isHeldUp = keys.some((key) => key.startsWith("a")) && !calls.flat().some((key) => key.startsWith("b"));
      if (!isHeldUp) calls.push(keys);
      return isHeldUp ? failed : done;
    };
    const batches = createStreamBatches({
      mapping: { ...ordinary, parallelizationFactor: 2, maxRetries: Number.POSITIVE_INFINITY },
      invoke: failsUntilOthersAreDone,
      giveUp: async () => {},
      say: () => {},
      clock: () => now,
    });
    const of = (pk: string, number: number): DynamoDBRecord => ({ dynamodb: { ...record(number).dynamodb, Keys: { pk: { S: pk } } } });
    finished = await batches.process("shard", [of("a", 1), of("b", 2), of("a", 3), of("b", 4)], new AbortController().signal);
    expect([finished, calls]).toEqual([
      true,
      [
        ["b2", "b4"],
        ["a1", "a3"],
      ],
    ]);
  });

  test("is invoked with what passes the filter, once when the function succeeds", async () => {
    const filter = (one: unknown) => Number((one as DynamoDBRecord).dynamodb?.SequenceNumber) % 2 === 0;
    expect(await run(() => done, { filter })).toEqual({ calls: [[2, 4]], givenUp: [], finished: true });
    expect(await run(() => done, { filter: () => false })).toEqual({ calls: [], givenUp: [], finished: true });
  });

  test("comes again from the first failed record on", async () => {
    const { calls, givenUp } = await run((_, call) => (call === 1 ? reported(4, 3) : done));
    expect(calls).toEqual([
      [1, 2, 3, 4],
      [3, 4],
    ]);
    expect(givenUp).toEqual([]);
  });

  test("comes again as a whole when the function throws, until its retries are used up", async () => {
    const { calls, givenUp, finished } = await run(() => failed, { maxRetries: 2 });
    expect(calls).toHaveLength(3);
    expect([givenUp, finished]).toEqual([[[1, 2, 3, 4]], true]);
  });

  test("counts the retries of a record from zero once others before it are done", async () => {
    const { givenUp, calls } = await run((batch) => (batch.includes(1) ? reported(2) : reported(2)), { maxRetries: 2 });
    expect(calls).toEqual([
      [1, 2, 3, 4],
      [2, 3, 4],
      [2, 3, 4],
    ]);
    expect(givenUp).toEqual([[2, 3, 4]]);
  });

  test("is halved until the record that fails is alone, where the mapping says so", async () => {
    const { calls, givenUp } = await run((batch) => (batch.includes(3) ? failed : done), { bisects: true, maxRetries: 1 });
    expect(calls).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [3], [4]]);
    expect(givenUp).toEqual([[3]]);
  });

  test("is given up when it has become too old", async () => {
    const { calls, givenUp } = await run(() => failed, { maxAgeMs: 500, maxRetries: Number.POSITIVE_INFINITY });
    expect([calls.length, givenUp]).toEqual([1, [[1, 2, 3, 4]]]);
  });

  test("is left for the next start when the stack stops", async () => {
    const stopping = new AbortController();
    const batches = createStreamBatches({
      mapping: {
        kind: "stream",
        functionName: "relay",
        sourceArn: "arn",
        batchSize: 10,
        parallelizationFactor: 1,
        windowMs: 0,
        filter: () => true,
        reportsBatchItemFailures: true,
        maxRetries: Number.POSITIVE_INFINITY,
        maxAgeMs: Number.POSITIVE_INFINITY,
        bisects: false,
        onFailure: undefined,
      },
      invoke: async () => {
        stopping.abort();
        return failed;
      },
      giveUp: async () => {},
      say: () => {},
      clock: () => now,
    });
    expect(await batches.process("shard", [record(1)], stopping.signal)).toBe(false);
  });
});
