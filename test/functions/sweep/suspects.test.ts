/** A record at which the sweep's process ends, as at a parser that never returns, ends it only a few times. */
import { expect, onTestFinished, test } from "vitest";
import type { SweepDependencies } from "../../../functions/steps/sweep/dependencies.ts";
import { createSweep } from "../../../functions/sweep.ts";
import { createWorld } from "../../support/world/world.ts";

const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  for (const id of ["one", "evil", "two"]) {
    await world.receive(world.signed({ id, contract: `sub_${id}` }));
    world.time.now += 10;
  }
  // Relay has never had them.
  await world.stream();
  world.time.now += 65_000;
  /** @param read what becomes of reading the evil one */
  const run = async (read: () => ReturnType<SweepDependencies["records"]["read"]>): Promise<unknown> => {
    const { records } = world.sweepDependencies;
    const sweep = createSweep({
      ...world.sweepDependencies,
      records: { ...records, read: (key) => (key === "sandbox/evil" ? read() : records.read(key)) },
    });
    return sweep({}, { timeLeft: () => 600_000, signal: new AbortController().signal, report: () => {} });
  };
  return { world, run };
};

test("it is dead as one that crashes, the others are delivered, and every step runs again", async () => {
  const { world, run } = await setup();
  const outcomes: string[] = [];
  do {
    // What would still have been done in a process that ended is not waited for.
    const died = Promise.withResolvers<string>();
    const ended = run(() => {
      died.resolve("died");
      return new Promise(() => {});
    });
    outcomes.push(await Promise.race([died.promise, ended.then(() => "ended")]));
    world.time.now += 60_000;
  } while (outcomes.at(-1) === "died" && outcomes.length < 10);
  expect(outcomes).toEqual(["died", "died", "died", "died", "died", "ended"]);
  expect(await world.progress("evil")).toMatchObject({ state: "dead", cause: { kind: "crashed" } });
  expect(world.counts.get("Crashed")).toBe(1);
  expect(world.counts.has("OldestUnsettledSeconds")).toBe(true);
  // A run that died may have raised their epochs and not rung.
  world.time.now += 3_600_000;
  await world.sweep();
  await world.settle();
  expect(world.delivered().toSorted()).toEqual(["one", "two"]);
});

test("one that only cannot be read for now is never taken for it, however many runs it fails", async () => {
  const { world, run } = await setup();
  for (let runs = 0; runs < 8; runs++) {
    await expect(run(() => Promise.reject(new Error("away")))).rejects.toThrow("ringDue");
    world.time.now += 60_000;
  }
  await world.sweep();
  await world.settle();
  expect(world.delivered().toSorted()).toEqual(["evil", "one", "two"]);
});
