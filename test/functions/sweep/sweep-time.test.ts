/** The sweep has less than a minute: it comes forward run by run, and no step keeps the others from running. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import { dayOf } from "../../../core/formats/iso-time.ts";
import { untouched } from "../../../core/lifecycle/progress.ts";
import { find } from "../../../core/lifecycle/transitions/sweep.ts";
import type { RecordKey } from "../../../core/record.ts";
import { timeShareOf } from "../../../functions/steps/sweep/time-shares.ts";
import { createSweep } from "../../../functions/sweep.ts";
import { clientSettings } from "../../../io/clients.ts";
import { bounded } from "../../../io/ending-calls.ts";
import { progressOf } from "../../support/samples.ts";
import { createWorld } from "../../support/world/world.ts";

const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  /** One that is due, found by an earlier sweep. */
  await world.receive(world.signed({ id: "due" }));
  await world.stream();
  const key = "sandbox/due" as const;
  await world.ledger.save(find(untouched({ key, storedAt: world.time.now }, world.time.now), world.time.now), undefined);
  return world;
};

/** `count` keys evenly over an hour, or all at one moment, in eight shards, which cost simulated time to read. */
const backlog = (first: number, count: number, everyMs: number, spend: (ms: number) => void) => {
  const storedAt = (at: number) => first + Math.floor(at * everyMs);
  const atOrAfter = (moment: number) => (everyMs === 0 ? (moment > first ? count : 0) : Math.max(0, Math.ceil((moment - first) / everyMs)));
  const settled = progressOf("sandbox/any", { state: "delivered" });
  return {
    async timeline(asked: { day: string; shard: number; from: number; to: number; limit?: number; after?: unknown }) {
      spend(2);
      let at = asked.after === undefined ? atOrAfter(asked.from) : Number(asked.after);
      const keys: { key: RecordKey; storedAt: number }[] = [];
      for (; at < count && storedAt(at) <= asked.to && keys.length < (asked.limit ?? 13_000); at++)
        if (at % 8 === asked.shard && dayOf(storedAt(at)) === asked.day) keys.push({ key: `sandbox/key-${at}`, storedAt: storedAt(at) });
      return { keys, conflicts: [], ...(at < count && storedAt(at) <= asked.to && { next: at as never }) };
    },
    async of(keys: readonly RecordKey[]) {
      spend(keys.length * 0.25);
      return new Map(keys.map((key) => [key, { progress: settled, hidden: false }]));
    },
  };
};

test.each([
  ["spread over an hour", 3_600_000 / 140_000],
  ["stored at one moment", 0],
])("after a pause, 140,000 records %s are looked at run by run, and every other step runs each time", async (_, everyMs) => {
  const world = await setup();
  let left = 0;
  const first = world.time.now;
  const spend = (ms: number) => {
    left -= ms;
  };
  const { timeline, of } = backlog(first, 140_000, everyMs, spend);
  const { records, open, checkpoints } = world.sweepDependencies;
  await checkpoints.write("first look", first - 1);
  await checkpoints.write("second look", first - 86_400_000);
  world.time.now += 3_600_000 + 61_000;
  const sweep = createSweep({ ...world.sweepDependencies, records: { ...records, timeline }, open: { ...open, of } });
  const seen: number[] = [];
  do {
    world.counts.clear();
    left = 55_000;
    await sweep({}, { timeLeft: () => left, signal: new AbortController().signal, report: (error) => expect(error).toBeUndefined() });
    seen.push((await checkpoints.read("first look")) ?? 0);
    expect(world.counts.has("OldestUnsettledSeconds")).toBe(true);
    await world.settle();
    expect(world.delivered()).toEqual(["due"]);
    world.time.now += 60_000;
  } while ((seen.at(-1) ?? 0) < first + 3_600_000 && seen.length < 10);
  expect(seen).toEqual([...new Set(seen)].toSorted((one, other) => one - other));
  expect(seen.at(-1)).toBeGreaterThanOrEqual(first + 3_600_000);
  // At one moment there is nothing in between to stop at.
  expect(seen.length).toBeGreaterThan(everyMs === 0 ? 0 : 1);
});

test("a step whose store never answers is ended, named, and followed by the others", async () => {
  const world = await setup();
  const store = createServer();
  await once(store.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    store.closeAllConnections();
    store.close();
  });
  const { port } = store.address() as AddressInfo;
  const client = new DynamoDBClient({ ...clientSettings(bounded), endpoint: `http://127.0.0.1:${port}` });
  const never = async () => {
    await client.send(new ListTablesCommand());
    return [];
  };
  world.time.now += 1;
  const sweep = createSweep({
    ...world.sweepDependencies,
    spilled: { ...world.sweepDependencies.spilled, inBucket: never },
  });
  const run = sweep({}, { timeLeft: () => 11_000, signal: new AbortController().signal, report: () => {} });
  await expect(run).rejects.toThrow(/^the sweep could not finish: recordSpilled$/);
  await world.settle();
  expect(world.delivered()).toEqual(["due"]);
});

test("a step has its share of what is left, and the last one all of it but what the end needs", () => {
  let left = 58_000;
  const { hasTime, endsInMs } = timeShareOf(() => left, 1, 4);
  expect(endsInMs).toBe(15_000);
  left = 46_001;
  expect(hasTime()).toBe(true);
  left = 46_000;
  expect(hasTime()).toBe(false);
  expect(timeShareOf(() => 20_000, 3, 3).endsInMs).toBe(13_000);
  expect(timeShareOf(() => 5_000, 3, 3)).toMatchObject({ endsInMs: 3_000 });
  expect(timeShareOf(() => 5_000, 3, 3).hasTime()).toBe(false);
});
