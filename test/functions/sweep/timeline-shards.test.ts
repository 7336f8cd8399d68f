/** The number of the timeline's shards is changed while callbacks come: none of them is hidden from the sweep that finds what was lost. */
import { expect, onTestFinished, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { withDefaults } from "../../../core/config/defaults.ts";
import { createSweep } from "../../../functions/sweep.ts";
import { createTimelineShards } from "../../../io/ledger/timeline-shards.ts";
import { prepareItem } from "../../../io/records/record.ts";
import { callbackRecord } from "../../support/samples.ts";
import { createWorld } from "../../support/world/world.ts";

const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const deployedWith = (timelineShards: number) => {
    const config = withDefaults({ ...(world.config as Config), capacity: { timelineShards } });
    const shards = createTimelineShards({ client: world.client, table: world.aws.ledgerTable, configured: timelineShards });
    const sweep = createSweep({ ...world.sweepDependencies, config, timelineShards: shards });
    return {
      /** Whose doorbells are all lost. */
      async store(...ids: readonly string[]) {
        for (const id of ids) {
          const record = callbackRecord(id, world.signed({ id }), world.time.now);
          await world.record(await prepareItem(record, world.bodies, config));
        }
        await world.stream();
      },
      sweep: () =>
        sweep(
          {},
          {
            timeLeft: () => 600_000,
            signal: new AbortController().signal,
            report: (error) => {
              throw error;
            },
          },
        ),
    };
  };
  return { world, deployedWith };
};

const ids = (prefix: string) => Array.from({ length: 10 }, (_, at) => `${prefix}_${at}`);

test.each([
  [8, 64],
  [64, 8],
  [64, 256],
])(
  "from %i to %i: what was stored by new functions before the sweep was replaced is found, and what old ones stored afterwards",
  async (before, after) => {
    const { world, deployedWith } = await setup();
    const [old, next] = [deployedWith(before), deployedWith(after)];
    await old.sweep();
    await old.store(...ids("old"));
    await next.store(...ids("new"));
    // The old sweep comes, and its looks go past both.
    world.time.now += 5 * 60_000;
    await old.sweep();
    await old.store(...ids("late"));
    await next.sweep();
    world.time.now += 5 * 60_000;
    await next.sweep();
    world.time.now += 60_000;
    await next.sweep();
    await world.settle();
    expect(world.delivered().toSorted()).toEqual([...ids("old"), ...ids("new"), ...ids("late")].toSorted());
  },
);

test("a sweep that is interrupted before it has noted a raised number looks again with the next", async () => {
  const { world, deployedWith } = await setup();
  const [old, next] = [deployedWith(8), deployedWith(64)];
  await old.sweep();
  await next.store(...ids("new"));
  world.time.now += 5 * 60_000;
  await old.sweep();
  const { checkpoints, timelineShards } = world.sweepDependencies;
  const reached = await checkpoints.read("first look");
  const dies = createSweep({
    ...world.sweepDependencies,
    config: withDefaults({ ...(world.config as Config), capacity: { timelineShards: 64 } }),
    timelineShards: { ...timelineShards, write: () => Promise.reject(new Error("it dies")) },
  });
  await expect(dies({}, { timeLeft: () => 600_000, signal: new AbortController().signal, report: () => {} })).rejects.toThrow("audit");
  expect(await checkpoints.read("first look")).toBeLessThan(reached ?? 0);
  await next.sweep();
  world.time.now += 60_000;
  await next.sweep();
  await world.settle();
  expect(world.delivered().toSorted()).toEqual(ids("new").toSorted());
});
