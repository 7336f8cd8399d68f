/** A record that is rung for anew loses its place in the queue; its place in the contract's line is made at the same moment. */
import { expect, onTestFinished, test } from "vitest";
import { runReplay } from "../../operator/replay/run.ts";
import { createWorld } from "../support/world.ts";

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
