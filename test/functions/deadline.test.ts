/** What becomes of work that an invocation has no time for, through the handlers as Lambda calls them. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Context } from "aws-lambda";
import { expect, onTestFinished, test, vi } from "vitest";
import { createConsume } from "../../functions/consume.ts";
import { createRelay } from "../../functions/relay.ts";
import { background, type Shell } from "../../functions/shell/background.ts";
import type { Report } from "../../functions/shell/log.ts";
import { createSweep } from "../../functions/sweep.ts";
import { clientSettings } from "../../io/clients.ts";
import { bounded } from "../../io/ending-calls.ts";
import { createRecords } from "../../io/records/records.ts";
import { createWorld, type World } from "../support/world/world.ts";

const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  // Only what counts an invocation's time; connections have their own.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  return world;
};

const shellOf = ({ config, reported }: World): Shell => {
  const report: Report = (error) => void reported.push(error);
  return { config, metrics: { count: () => {}, flush: () => {} }, reports: { survived: report, failed: report } };
};

const context = (leftMs: number) => ({ functionName: "consume", awsRequestId: "1", getRemainingTimeInMillis: () => leftMs }) as Context;

/** The consume function with that much time, as Lambda calls it. Says which messages it handed back. */
const consumeWithin = (leftMs: number, world: World, steps = world.steps) => {
  const handler = background(
    () => createConsume(steps, world.doorbells),
    () => shellOf(world),
  );
  const handedBack: string[] = [];
  const ended = world.consume(async (event) => {
    const response = await handler(event, context(leftMs));
    const failed = new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    handedBack.push(...event.Records.filter(({ messageId }) => failed.has(messageId)).map(({ body }) => JSON.parse(body).key));
    return response;
  });
  return { ended, handedBack };
};

const receiveTwo = async (world: World) => {
  for (const [id, contract] of [
    ["evt_1", "sub_1"],
    ["evt_2", "sub_2"],
  ] as const) {
    await world.receive(world.signed({ id, contract }));
    world.time.now += 10;
  }
};

test("a delivery without an answer ends before its invocation does, counts as an attempt, and is not delivered after it", async () => {
  const world = await setup();
  const [arrived, mayAnswer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  world.application.behave(async () => {
    arrived.resolve();
    await mayAnswer.promise;
    return { status: 200 };
  });
  await world.receive(world.signed({ id: "evt_1" }));
  await world.relay();
  const { ended, handedBack } = consumeWithin(60_000, world);
  await arrived.promise;
  vi.advanceTimersByTime(55_000);
  await ended;
  expect(handedBack).toEqual(["sandbox/evt_1"]);
  const atTheEnd = await world.progress("evt_1");
  expect(atTheEnd).toMatchObject({
    state: "retrying",
    attempts: 1,
    cause: { kind: "no answer", detail: expect.stringContaining("time was over") },
  });

  mayAnswer.resolve();
  world.application.behave(() => ({ status: 200 }));
  expect(await world.progress("evt_1")).toEqual(atTheEnd);
  expect(world.delivered()).toEqual(["evt_1"]);

  vi.useRealTimers();
  await vi.waitFor(async () => expect(await world.consume()).toBe(1), { timeout: 10_000 });
  expect(world.application.received.map(({ attempt }) => attempt)).toEqual([1, 2]);
  expect(await world.progress("evt_1")).toMatchObject({ state: "delivered", attempts: 2 });
});

test("what cannot finish is not started, and is redelivered at once", async () => {
  const world = await setup();
  await receiveTwo(world);
  await world.relay();
  const { ended, handedBack } = consumeWithin(44_000, world);
  await ended;
  expect(handedBack.sort()).toEqual(["sandbox/evt_1", "sandbox/evt_2"]);
  expect(await world.progress("evt_1")).toBeUndefined();
  await world.settle();
  expect(world.delivered().sort()).toEqual(["evt_1", "evt_2"]);
});

test("an attempt whose time is over before anything was sent does not count, and is redelivered at once", async () => {
  const world = await setup();
  await world.receive(world.signed({ id: "evt_1" }));
  await world.relay();
  const { ended, handedBack } = consumeWithin(60_000, world, {
    ...world.steps,
    readBack: async ({ events }) => {
      vi.advanceTimersByTime(55_000);
      return { kind: "known", events };
    },
  });
  await ended;
  expect(handedBack).toEqual(["sandbox/evt_1"]);
  expect(world.delivered()).toEqual([]);
  expect(await world.progress("evt_1")).toBeUndefined();
  vi.useRealTimers();
  await world.settle();
  expect(world.delivered()).toEqual(["evt_1"]);
});

test("a store that does not answer does not outlast the invocation; its message is redelivered at once", async () => {
  const world = await setup();
  const store = createServer();
  await once(store.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => store.closeAllConnections());
  onTestFinished(() => void store.close());
  const client = new DynamoDBClient({
    ...clientSettings({ ...bounded, requestTimeoutMs: 600_000 }),
    endpoint: `http://127.0.0.1:${(store.address() as AddressInfo).port}`,
  });
  const records = createRecords({ client, table: world.aws.recordsTable, bodies: world.bodies });
  await world.receive(world.signed({ id: "evt_1" }));
  await world.relay();
  const asked = once(store, "request");
  const { ended, handedBack } = consumeWithin(60_000, world, { ...world.steps, records });
  const [, response] = await asked;
  const closed = once(response, "close");
  vi.advanceTimersByTime(57_000);
  await ended;
  await closed;
  expect(handedBack).toEqual(["sandbox/evt_1"]);
  expect(world.reported).toMatchObject([{ name: "AbortError" }]);
  vi.useRealTimers();
  await world.settle();
  expect(world.delivered()).toEqual(["evt_1"]);
});

test("relay rings for what it has had time to read, and leaves the rest to its next invocation", async () => {
  const world = await setup();
  let onRead = () => {};
  const findGateway = (name: string) => {
    onRead();
    return world.findGateway(name);
  };
  const handler = background(
    () => createRelay({ ...world, findGateway, queue: world.doorbells, count: () => {} }),
    () => shellOf(world),
  );
  await receiveTwo(world);
  const batch = await world.stream();
  const [first, second] = batch.Records.map(({ dynamodb }) => dynamodb?.SequenceNumber);
  expect(await handler(batch, context(5_000))).toEqual({ batchItemFailures: [{ itemIdentifier: first }] });
  expect(await world.consume()).toBe(0);

  onRead = () => vi.advanceTimersByTime(55_000);
  expect(await handler(batch, context(60_000))).toEqual({ batchItemFailures: [{ itemIdentifier: second }] });
  await world.settle();
  expect(world.delivered()).toEqual(["evt_1"]);

  onRead = () => {};
  expect(await handler(batch, context(60_000))).toEqual({ batchItemFailures: [] });
  await world.settle();
  expect(world.delivered()).toEqual(["evt_1", "evt_2"]);
});

test("a sweep without time names every step it skipped", async () => {
  const world = await setup();
  const handler = background(
    () => createSweep(world.sweepDependencies),
    () => shellOf(world),
  );
  await expect(handler({}, context(5_000))).rejects.toThrow(
    "the sweep could not finish: recordSpilled, audit, ringDue, verifyLate, lookAgain, tidyDeadLetters, keepWaiting, remindOfExports, measure",
  );
});
