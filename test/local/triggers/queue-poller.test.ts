import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import type { SQSRecord } from "aws-lambda";
import { describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { createClients } from "../../../local/engines/clients.ts";
import type { Outcome } from "../../../local/lambda/sandbox.ts";
import { createFilter } from "../../../local/triggers/filter.ts";
import type { QueueMapping } from "../../../local/triggers/mappings.ts";
import { pollQueue } from "../../../local/triggers/queue-poller.ts";

const soon = { timeout: 20_000, interval: 50 };
const done: Outcome = { kind: "returned", payload: null };

let made = 0;
/** A queue of its own with messages, and what a function that answers as told is invoked with. */
const run = async (
  bodies: readonly string[],
  answer: (records: readonly SQSRecord[], call: number) => Outcome | Promise<Outcome>,
  changes: Partial<QueueMapping> = {},
) => {
  const { sqs } = createClients(inject("endpoints"));
  const { QueueUrl = "" } = await sqs.send(
    new CreateQueueCommand({ QueueName: `poller-${process.pid}-${made++}`, Attributes: { VisibilityTimeout: "1" } }),
  );
  const queueUrl = new URL(new URL(QueueUrl).pathname, inject("endpoints").sqs).href;
  for (const MessageBody of bodies)
    await sqs.send(
      new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, MessageAttributes: { from: { DataType: "String", StringValue: "test" } } }),
    );
  const calls: SQSRecord[][] = [];
  const poller = pollQueue({
    mapping: {
      kind: "queue",
      functionName: "consume",
      queueName: "bells",
      sourceArn: "arn:aws:sqs:us-east-1:000000000000:bells",
      batchSize: 10,
      windowMs: 0,
      filter: () => true,
      reportsBatchItemFailures: true,
      maxConcurrency: 2,
      ...changes,
    },
    queueUrl,
    sqs,
    invoke: async (payload) => {
      const { Records } = payload as { Records: SQSRecord[] };
      calls.push(Records);
      return answer(Records, calls.length);
    },
    say: () => {},
  });
  onTestFinished(async () => {
    await poller.stop();
    sqs.destroy();
  });
  const left = async () => {
    const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...names] }));
    return names.reduce((total, name) => total + Number(Attributes?.[name]), 0);
  };
  return { calls, left, poller, bodiesOf: () => calls.map((records) => records.map(({ body }) => body).sort()) };
};

describe("a queue's event source mapping", () => {
  test("hands messages over as Lambda does, and deletes them when the function succeeds", async () => {
    const { calls, left } = await run(["a", "b", "c"], () => done);
    await vi.waitFor(async () => expect(await left()).toBe(0), soon);
    expect(calls.flat().map(({ body }) => body)).toEqual(["a", "b", "c"]);
    expect(calls.flat()[0]).toMatchObject({
      eventSource: "aws:sqs",
      eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:bells",
      attributes: { ApproximateReceiveCount: "1" },
      messageAttributes: { from: { dataType: "String", stringValue: "test" } },
    });
  });

  test("leaves what failed to be redelivered, and only that", async () => {
    const { calls, left, bodiesOf } = await run(["a", "b"], (records, call) => {
      const failed = call === 1 ? records.filter(({ body }) => body === "a") : [];
      return { kind: "returned", payload: { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) } };
    });
    await vi.waitFor(() => expect(calls.length).toBeGreaterThan(1), soon);
    await vi.waitFor(async () => expect(await left()).toBe(0), soon);
    expect(bodiesOf()).toEqual([["a", "b"], ["a"]]);
    expect(calls[1]?.[0]?.attributes.ApproximateReceiveCount).toBe("2");
  });

  test("leaves all of a batch to be redelivered when the function fails", async () => {
    const { left, bodiesOf } = await run(["a", "b"], (_, call) => (call === 1 ? { kind: "failed", type: "Error", message: "no" } : done));
    await vi.waitFor(async () => expect(await left()).toBe(0), soon);
    expect(bodiesOf()[0]).toEqual(["a", "b"]);
    expect(bodiesOf().slice(1).flat().sort()).toEqual(["a", "b"]);
  });

  test("deletes unseen what its filter excludes", async () => {
    const filter = createFilter(['{"body":{"kind":["wanted"]}}'], "the test");
    const { left, bodiesOf } = await run(['{"kind":"wanted"}', '{"kind":"other"}', "text"], () => done, { filter });
    await vi.waitFor(async () => expect(await left()).toBe(0), soon);
    expect(bodiesOf().flat()).toEqual(['{"kind":"wanted"}']);
  });

  test("works on several batches at a time, up to its limit", async () => {
    let working = 0;
    let most = 0;
    const { left } = await run(
      ["a", "b", "c", "d", "e"],
      async () => {
        working++;
        most = Math.max(most, working);
        await vi.waitFor(() => expect(most).toBe(2), soon);
        working--;
        return done;
      },
      { batchSize: 1 },
    );
    await vi.waitFor(async () => expect(await left()).toBe(0), soon);
    expect(most).toBe(2);
  });

  test("finishes what is in flight when it is stopped, and takes nothing new", async () => {
    const entered = Promise.withResolvers<void>();
    const leave = Promise.withResolvers<void>();
    const { left, poller } = await run(["a"], async () => {
      entered.resolve();
      await leave.promise;
      return done;
    });
    await entered.promise;
    const stopped = poller.stop();
    leave.resolve();
    await stopped;
    expect(await left()).toBe(0);
  });
});
