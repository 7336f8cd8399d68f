/**
 * What the order within a contract rests on: its group in the queue, and its line, where each record's place is when it was stored. Not on
 * the stream, whose shards are relayed side by side: one may lag. A record that is rung for again loses its place in the queue; its place
 * in the line is made at the same moment.
 */
import { describe, expect, onTestFinished, test } from "vitest";
import { createRelay } from "../../../functions/relay.ts";
import { runReplay } from "../../../operator/replay/run.ts";
import { createWorld, type World } from "../../support/world/world.ts";

const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const send = async (id: string) => {
    await world.receive(world.signed({ id, contract: "a", charge: `ch_${id}`, amount: 100, currency: "jpy" }));
    world.time.now += 10;
  };
  return { world, send };
};

test("the sweep rings for a record whose first ring is still in the queue, and those behind it stay behind it", async () => {
  const { world, send } = await setup();
  await send("first");
  await world.relay();
  world.time.now += 65_000;
  await send("second");
  await world.relay();
  await world.sweep();
  await world.settle();
  expect(world.delivered()).toEqual(["first", "second"]);
});

test("an operator replays a record without progress, and it does not overtake the one before it", async () => {
  const { world, send } = await setup();
  await send("first");
  await send("second");
  const run = { stores: world, doorbells: world.doorbells, findGateway: world.findGateway };
  const keys = async function* () {
    yield "sandbox/second" as const;
  };
  const always = { isSelected: () => true, pause: async () => {}, isStopped: () => false };
  // Before relay has heard of either, and once more while their first rings are in the queue.
  for (const hears of [false, true]) {
    if (hears) await world.relay();
    expect(await Array.fromAsync(runReplay({ ...run, ...always }, keys()))).toEqual([{ kind: "under way", key: "sandbox/second" }]);
  }
  await world.settle();
  expect(world.delivered()).toEqual(["first", "second"]);
});

describe("stored seconds apart, while the shard of the first lags", () => {
  /** Relays what was stored: `ahead` at once, `lagging` when it is called. */
  const shards = async (world: World) => {
    const relay = createRelay({ ...world.steps, bodies: world.bodies, queue: world.doorbells });
    const { Records } = await world.stream();
    const { signal } = new AbortController();
    const hand = (id: string) =>
      relay({ Records: Records.filter(({ dynamodb }) => dynamodb?.NewImage?.pk?.S === `sandbox/${id}`) }, { signal, report: () => {} });
    await hand("second");
    return { lagging: () => hand("first") };
  };

  const stored = async () => {
    const { world, send } = await setup();
    await send("first");
    world.time.now += 5_000;
    await send("second");
    return world;
  };

  test("the line is by when they were stored, not by when they were rung for: the first does not wait behind the second's dead letter", async () => {
    const world = await stored();
    world.application.behave(() => ({ status: 422 }));
    const { lagging } = await shards(world);
    await world.settle();
    expect((await world.progress("second"))?.state).toBe("dead");
    world.application.behave(() => ({ status: 200 }));
    await lagging();
    await world.settle();
    expect((await world.progress("first"))?.state).toBe("delivered");
    expect(world.delivered()).toEqual(["second", "first"]);
  });

  test("under a hold both wait in the order stored, whichever was rung for first", async () => {
    const world = await stored();
    const hold = { target: "app", by: "ann", why: "the site is being rebuilt", since: world.time.now };
    await world.holds.save(hold, undefined);
    const { lagging } = await shards(world);
    await world.settle();
    await lagging();
    await world.settle();
    expect(world.delivered()).toEqual([]);
    await world.holds.save({ ...hold, ratePerSecond: 1 }, await world.holds.current("app"));
    await world.release();
    await world.settle();
    expect(world.delivered()).toEqual(["first", "second"]);
  });

  test("what was delivered by then is not recalled: the first follows, says when it came, and the ledger is the same as in order", async () => {
    const world = await stored();
    const { lagging } = await shards(world);
    await world.settle();
    expect(world.delivered()).toEqual(["second"]);
    await lagging();
    await world.settle();
    expect(world.delivered()).toEqual(["second", "first"]);
    const [second, first] = world.application.received.map(({ headers }) => String(headers["holdfast-received-at"]));
    expect([first, second]).toEqual([first, second].toSorted());
    const inOrder = await stored();
    await inOrder.settle();
    expect(inOrder.delivered()).toEqual(["first", "second"]);
    const ledgerOf = async ({ ledger }: World) => (await ledger.contract("sandbox", "a"))?.entries.map(({ record }) => record).toSorted();
    expect(await ledgerOf(world)).toEqual(await ledgerOf(inOrder));
  });

  test("it is late by little more than the grace time, for then the sweep rings, and nothing is lost", async () => {
    const world = await stored();
    await shards(world);
    await world.settle();
    world.time.now += 61_000;
    await world.sweep();
    world.time.now += 60_000;
    await world.sweep();
    await world.settle();
    expect(world.delivered()).toEqual(["second", "first"]);
  });
});
