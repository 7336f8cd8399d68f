/** The clock of one sweep was minutes ahead. What it wrote down must not make the next ones pass over what comes until then. */
import { expect, onTestFinished, test } from "vitest";
import { createWorld } from "../../support/world/world.ts";

const minute = 60_000;

test.each([
  ["as soon as ever", minute],
  ["also where the next sweep is late", 7 * minute],
])("after a sweep whose clock was ahead, what was lost and what is in conflict are found %s", async (_, nextAfterMs) => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  await world.sweep();
  world.time.now += 10 * minute;
  await world.sweep();
  world.time.now -= 10 * minute;
  for (const amount of [100, 200]) {
    world.time.now += 1_000;
    await world.receive(world.signed({ id: "lost", contract: "c", charge: "ch", amount, currency: "JPY" }));
  }
  // The stream has nothing to hand over: relay will never ring for it.
  await world.stream();
  for (let sweeps = 0; sweeps < 3; sweeps++) {
    world.time.now += sweeps === 0 ? nextAfterMs : minute;
    await world.sweep();
    await world.settle();
  }
  expect(world.delivered()).toEqual(["lost"]);
  expect(await world.open.count("conflict")).toBe(1);
  // And it goes on from its own time, also after a pause.
  await world.receive(world.signed({ id: "later" }));
  await world.stream();
  world.time.now += 5 * minute;
  await world.sweep();
  await world.settle();
  expect(world.delivered()).toEqual(["lost", "later"]);
});
