import { type AttributeValue, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { DynamoDBRecord } from "aws-lambda";
import { describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { createClients } from "../../../local/engines/clients.ts";
import type { Outcome } from "../../../local/lambda/sandbox.ts";
import { makeTable } from "../../../local/template/tables.ts";
import { openCheckpoints } from "../../../local/triggers/checkpoints.ts";
import { createFilter } from "../../../local/triggers/filter.ts";
import type { StreamMapping } from "../../../local/triggers/mappings.ts";
import { createStreamBatches } from "../../../local/triggers/stream-batches.ts";
import { pollStream } from "../../../local/triggers/stream-poller.ts";
import { newDirectory } from "../tiny-stack.ts";

const soon = { timeout: 20_000, interval: 50 };
const done: Outcome = { kind: "returned", payload: null };

let made = 0;
const createWorld = async () => {
  const clients = createClients(inject("endpoints"));
  onTestFinished(() => clients.destroy());
  const table = `stream-${process.pid}-${made++}`;
  const { LatestStreamArn = "" } = await makeTable(clients.dynamodb, table, {
    KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
    StreamSpecification: { StreamViewType: "NEW_IMAGE" },
  });
  const home = newDirectory();
  return {
    home,
    streamArn: LatestStreamArn,
    put: async (pk: string, more: Record<string, AttributeValue> = {}) => {
      await clients.dynamodb.send(new PutItemCommand({ TableName: table, Item: { pk: { S: pk }, ...more } }));
    },
    /** Follows the stream with a function that answers as told; `calls` are the keys it was invoked with. */
    follow: (answer: (keys: readonly string[], call: number) => Outcome, changes: Partial<StreamMapping> = {}) => {
      const calls: string[][] = [];
      const records: DynamoDBRecord[] = [];
      const mapping: StreamMapping = {
        kind: "stream",
        functionName: "relay",
        sourceArn: LatestStreamArn,
        batchSize: 100,
        parallelizationFactor: 1,
        windowMs: 0,
        filter: () => true,
        reportsBatchItemFailures: true,
        maxRetries: Number.POSITIVE_INFINITY,
        maxAgeMs: Number.POSITIVE_INFINITY,
        bisects: false,
        onFailure: undefined,
        ...changes,
      };
      const poller = pollStream({
        mapping,
        streams: clients.streams,
        checkpoints: openCheckpoints(home, "relay", LatestStreamArn),
        batches: createStreamBatches({
          mapping,
          invoke: async (payload) => {
            const { Records } = payload as { Records: DynamoDBRecord[] };
            records.push(...Records);
            calls.push(Records.map(({ dynamodb }) => dynamodb?.Keys?.pk?.S ?? ""));
            return answer(calls.at(-1) ?? [], calls.length);
          },
          giveUp: async () => {},
          say: () => {},
          clock: Date.now,
        }),
        say: () => {},
      });
      onTestFinished(() => poller.stop());
      return { calls, records, poller };
    },
  };
};

describe("a stream's event source mapping", () => {
  test("begins with the oldest record, and hands records over as Lambda does", async () => {
    const world = await createWorld();
    await world.put("a", { bytes: { B: new Uint8Array([0, 255]) }, list: { L: [{ B: new Uint8Array([1]) }] } });
    await world.put("b");
    const { calls, records } = world.follow(() => done);
    await vi.waitFor(() => expect(calls.flat()).toEqual(["a", "b"]), soon);
    expect(records[0]).toMatchObject({
      eventName: "INSERT",
      eventSource: "aws:dynamodb",
      eventSourceARN: world.streamArn,
      dynamodb: { NewImage: { bytes: { B: "AP8=" }, list: { L: [{ B: "AQ==" }] } }, SequenceNumber: expect.any(String) },
    });
    await world.put("c");
    await vi.waitFor(() => expect(calls.flat()).toEqual(["a", "b", "c"]), soon);
  });

  test("continues after a restart where it was, and not before", async () => {
    const world = await createWorld();
    await world.put("a");
    const before = world.follow(() => done);
    await vi.waitFor(() => expect(before.calls.flat()).toEqual(["a"]), soon);
    await before.poller.stop();
    await world.put("b");
    const after = world.follow(() => done);
    await vi.waitFor(() => expect(after.calls.flat()).toEqual(["b"]), soon);
  });

  test("does not continue before the function has succeeded, also across a restart", async () => {
    const world = await createWorld();
    await world.put("a");
    const failing = world.follow(() => ({ kind: "failed", type: "Error", message: "no" }));
    await vi.waitFor(() => expect(failing.calls.length).toBeGreaterThan(1), soon);
    await world.put("b");
    await failing.poller.stop();
    expect(new Set(failing.calls.flat())).toEqual(new Set(["a"]));
    const working = world.follow(() => done);
    await vi.waitFor(() => expect(working.calls.flat()).toEqual(["a", "b"]), soon);
  });

  test("skips what its filter excludes, and remembers that it did", async () => {
    const world = await createWorld();
    const filter = createFilter(['{"dynamodb":{"NewImage":{"kind":{"S":["wanted"]}}}}'], "the test");
    await world.put("a", { kind: { S: "other" } });
    await world.put("b", { kind: { S: "wanted" } });
    await world.put("c", { kind: { S: "other" } });
    const { calls, poller } = world.follow(() => done, { filter });
    await vi.waitFor(() => expect(calls).toEqual([["b"]]), soon);
    await poller.stop();
    const again = world.follow(() => done);
    await world.put("d");
    await vi.waitFor(() => expect(again.calls.flat()).toEqual(["d"]), soon);
  });

  test("makes batches no larger than the mapping says", async () => {
    const world = await createWorld();
    for (const key of ["a", "b", "c", "d", "e"]) await world.put(key);
    const { calls } = world.follow(() => done, { batchSize: 2 });
    await vi.waitFor(() => expect(calls).toEqual([["a", "b"], ["c", "d"], ["e"]]), soon);
  });
});

test("positions in a recreated stream mean nothing", () => {
  const home = newDirectory();
  openCheckpoints(home, "relay", "arn:one").save("shard", { sequenceNumber: "7" });
  expect(openCheckpoints(home, "relay", "arn:one").of("shard")).toBe("7");
  expect(openCheckpoints(home, "relay", "arn:two").of("shard")).toBeUndefined();
});
