/** Targets in AWS: the same order, retries, breaker and dead letters as over http. */
import { describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { breaker } from "../../../core/lifecycle/holds/hold.ts";
import { planReplay } from "../../../core/lifecycle/replay.ts";
import { ordersQueue } from "../../support/aws/orders-queue.ts";
import { type Answer, json, startService } from "../../support/aws/scripted-service.ts";
import { createWorld } from "../../support/world/world.ts";

const setup = async () => {
  const queue = ordersQueue(inject("endpoints"));
  const world = await createWorld({ targets: { app: { kind: "sqs", arn: queue.arn } } });
  onTestFinished(() => world.close());
  const send = async (...sent: readonly (readonly [id: string, contract: string, more?: object])[]) => {
    for (const [id, contract, more] of sent) {
      await world.receive(world.signed({ id, contract, charge: `ch_${id}`, amount: 100, currency: "jpy", ...more }));
      world.time.now += 10;
    }
    await world.settle();
  };
  return { queue, world, send };
};

describe("a queue", () => {
  test("is delivered to in its contracts' order, and the record says under which id the message is there", async () => {
    const { queue, world, send } = await setup();
    await queue.make();
    await send(["a1", "a"], ["b1", "b"], ["a2", "a"]);
    const ids = (await queue.received()).map(({ message }) => message.data.id);
    expect(ids.filter((id) => id.startsWith("a"))).toEqual(["a1", "a2"]);
    expect(ids).toHaveLength(3);
    expect(await world.progress("a1")).toMatchObject({ state: "delivered", answer: expect.stringMatching(/^in the queue as /) });
    expect(world.delivered()).toEqual([]);
  });

  test("that does not exist costs no attempt and no dead letter, and the breaker holds it with what to change", async () => {
    const { world, queue, send } = await setup();
    await send(["a1", "a"], ["a2", "a"]);
    expect(await world.progress("a1")).toMatchObject({
      state: "scheduled",
      attempts: 0,
      cause: { kind: "target unusable", place: queue.arn, detail: expect.stringContaining("QueueDoesNotExist") },
    });
    expect(await world.progress("a2")).toMatchObject({ state: "waiting", cause: { kind: "behind" } });
    expect(await world.holds.current("app")).toBeUndefined();
    await send(["b1", "b"], ["c1", "c"], ["d1", "d"], ["e1", "e"], ["f1", "f"]);
    expect(await world.holds.current("app")).toMatchObject({ by: breaker, why: expect.stringContaining(`${queue.arn} cannot be used`) });
    for (let hour = 0; hour < 30; hour++) {
      world.time.now += 3_600_000;
      await world.release(2_000, () => world.settle());
      await world.sweep();
      await world.settle();
    }
    expect(await world.open.count("dead")).toBe(0);
    await queue.make();
    world.time.now += 3_600_000;
    await world.sweep();
    await world.settle();
    await world.release(20_000, () => world.settle());
    const ids = (await queue.received()).map(({ message }) => message.data.id);
    expect(ids.toSorted()).toEqual(["a1", "a2", "b1", "c1", "d1", "e1", "f1"]);
    expect(ids.indexOf("a1")).toBeLessThan(ids.indexOf("a2"));
    expect(await world.holds.current("app")).toBeUndefined();
  });

  test("that is a FIFO queue gets what is replayed within five minutes of its delivery again, under the same id, each time", async () => {
    const { queue, world, send } = await setup();
    await queue.make();
    await send(["a1", "a"]);
    const deliveries = [...(await queue.received())];
    for (const _ of [1, 2]) {
      const [known, record] = await Promise.all([world.progress("a1"), world.records.load("sandbox/a1")]);
      const planned = record && planReplay(record, known, { contracts: ["a"], now: world.time.now });
      if (planned?.kind !== "ring") throw new Error("it is not replayed");
      await world.ledger.save(planned.progress, known);
      world.time.now += 120_000;
      await world.sweep();
      await world.settle();
      expect(await world.progress("a1")).toMatchObject({ state: "delivered" });
      deliveries.push(...(await queue.received()));
    }
    expect(deliveries.map(({ message }) => message.delivery.id)).toEqual(["sandbox/a1", "sandbox/a1", "sandbox/a1"]);
    expect(new Set(deliveries.map(({ attributes }) => attributes.MessageDeduplicationId)).size).toBe(3);
  });

  test("that cannot take a message makes a dead letter of that record alone, and its contract waits", async () => {
    const { queue, world, send } = await setup();
    await queue.make();
    await send(["big", "a", { order: "x".repeat(300_000) }], ["a2", "a"], ["b1", "b"]);
    expect(await world.progress("big")).toMatchObject({ state: "dead", cause: { kind: "too large for its target", most: 262_144 } });
    expect(await world.progress("a2")).toMatchObject({ state: "waiting" });
    expect((await queue.received()).map(({ message }) => message.data.id)).toEqual(["b1"]);
  });
});

describe("a function", () => {
  const arn = "arn:aws:lambda:us-east-1:123456789012:function:orders";

  const startFunction = async (...answers: readonly Answer[]) => {
    const service = await startService(...answers);
    vi.stubEnv("AWS_ENDPOINT_URL_LAMBDA", service.url);
    const world = await createWorld({ targets: { app: { kind: "lambda", arn } } });
    onTestFinished(async () => {
      vi.unstubAllEnvs();
      await world.close();
    });
    return { world, service };
  };

  test("that refuses makes a dead letter with its reason, and one that throws is called again", async () => {
    const refuse = json(200, { holdfast: "refuse", reason: "no such order" });
    const fail = json(200, { errorType: "Error", errorMessage: "no database" }, { "x-amz-function-error": "Unhandled" });
    const { world, service } = await startFunction(refuse, fail, json(200, "null"));
    for (const id of ["refused", "failed"]) {
      await world.receive(world.signed({ id, contract: id, charge: `ch_${id}`, amount: 100, currency: "jpy" }));
      await world.settle();
    }
    expect(await world.progress("refused")).toMatchObject({
      state: "dead",
      attempts: 1,
      cause: { kind: "function refused", answer: "no such order" },
    });
    expect(await world.progress("failed")).toMatchObject({
      state: "retrying",
      attempts: 1,
      cause: { kind: "function failed", answer: "Unhandled: Error: no database" },
    });
    // The queue counts by the machine's clock until it hands it out again.
    await vi.waitFor(
      async () => {
        world.time.now += 1_000;
        await world.settle();
        expect(await world.progress("failed")).toMatchObject({ state: "delivered", answer: "returned null" });
      },
      { timeout: 30_000, interval: 200 },
    );
    const said = service.asked.map(({ body }) => JSON.parse(body)).map(({ data, delivery }) => [data.id, delivery.attempt]);
    expect(said).toEqual([
      ["refused", 1],
      ["failed", 1],
      ["failed", 2],
    ]);
  });
});
