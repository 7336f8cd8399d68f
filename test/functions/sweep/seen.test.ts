/** The audit looks at some minutes again, and does not pay for what it has found in order there. */
import { expect, onTestFinished, test } from "vitest";
import type { RecordKey } from "../../../core/record.ts";
import { createSeen } from "../../../functions/steps/sweep/seen.ts";
import { createSweep } from "../../../functions/sweep.ts";
import { createWorld } from "../../support/world/world.ts";

const minute = 60_000;

const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const read: RecordKey[] = [];
  const { open } = world.sweepDependencies;
  const of: typeof open.of = (keys, options) => {
    read.push(...keys);
    return open.of(keys, options);
  };
  const newProcess = (other: Partial<typeof world.sweepDependencies> = {}) =>
    createSweep({ ...world.sweepDependencies, ...other, open: { ...open, of } });
  const run = async (sweep: ReturnType<typeof newProcess>): Promise<number> => {
    world.time.now += minute;
    const before = read.length;
    await sweep({}, { timeLeft: () => 55_000, signal: new AbortController().signal, report: () => {} });
    return read.length - before;
  };
  return { world, newProcess, run };
};

test("a record in order is read once by each look, for as long as the sweep's process lives", async () => {
  const { world, newProcess, run } = await setup();
  await world.receive(world.signed({ id: "one" }));
  await world.settle();
  const [first, second] = [newProcess(), newProcess()];
  expect([await run(first), await run(first), await run(first), await run(second), await run(first)]).toEqual([1, 0, 0, 1, 0]);
  world.time.now += 24 * 60 * minute - 5 * minute;
  expect([await run(first), await run(first), await run(first), await run(first)].filter((count) => count > 0)).toEqual([1]);
});

test("a record that could not be put into the open index is read again until it is there", async () => {
  const { world, newProcess, run } = await setup();
  await world.receive(world.signed({ id: "lost" }));
  const { ledger } = world.sweepDependencies;
  let isAway = true;
  const save: typeof ledger.save = async (next, before) => {
    if (isAway) throw new Error("the ledger is away");
    return ledger.save(next, before);
  };
  const sweep = newProcess({ ledger: { ...ledger, save } });
  await expect(run(sweep)).rejects.toThrow("audit");
  isAway = false;
  expect(await run(sweep)).toBe(1);
  await world.settle();
  expect(world.delivered()).toEqual(["lost"]);
});

test("it remembers so many records and no more, and forgets what is not looked at again", () => {
  const seen = createSeen(2);
  const look = seen.by("first look", 0);
  look.add("a/1", 10);
  look.add("a/2", 20);
  look.add("a/3", 30);
  expect(["a/1", "a/2", "a/3"].map((key) => look.has(key as RecordKey))).toEqual([true, true, false]);
  const later = seen.by("first look", 20);
  later.add("a/3", 30);
  expect(["a/1", "a/2", "a/3"].map((key) => later.has(key as RecordKey))).toEqual([false, true, true]);
  expect(seen.by("second look", 0).has("a/2")).toBe(false);
});
