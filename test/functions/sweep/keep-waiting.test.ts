import { DeleteItemCommand, paginateScan } from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { resumed } from "../../../core/lifecycle/holds/release-pace.ts";
import type { RecordKey } from "../../../core/record.ts";
import { keepWaiting } from "../../../functions/steps/sweep/keep-waiting.ts";
import { createSuspects } from "../../../functions/steps/sweep/parsing/suspects.ts";
import { createSeen } from "../../../functions/steps/sweep/seen.ts";
import type { Period, Stored } from "../../../io/stored.ts";
import type { OpenClass } from "../../../io/table.ts";
import { createWorld, noon, type World } from "../../support/world/world.ts";

const [minute, day] = [60_000, 86_400_000];

const setup = async (changes: Partial<Config> = {}) => {
  const world = await createWorld({ retentionDays: 14, ...changes });
  onTestFinished(() => world.close());
  return world;
};

/** What DynamoDB does with items whose time is over. */
const forgetExpired = async ({ client, aws, time }: World): Promise<void> => {
  for await (const { Items = [] } of paginateScan({ client }, { TableName: aws.recordsTable }))
    for (const { pk, sk, expiresAt } of Items)
      if (pk && sk && Number(expiresAt?.N) * 1000 < time.now)
        await client.send(new DeleteItemCommand({ TableName: aws.recordsTable, Key: { pk, sk } }));
};

/** A sweep every four days, of the thousands that there are. */
const live = async (world: World, days: number): Promise<void> => {
  for (let lived = 0; lived < days; lived += 4) {
    world.time.now += 4 * day;
    await world.sweep();
    await world.settle();
    await forgetExpired(world);
  }
};

const kindOf = async (world: World, key: RecordKey) => (await world.records.read(key)).kind;

const hold = { target: "app", by: "ann", why: "moving house", since: noon };

test("what waits for a hold longer than records are kept is delivered when the hold ends, in order", async () => {
  const world = await setup();
  await world.holds.save(hold, undefined);
  for (const id of ["evt_1", "evt_2", "evt_3"]) {
    await world.receive(world.signed({ id, contract: "sub_1" }));
    world.time.now += 10;
  }
  await world.settle();
  await live(world, 48);
  await world.holds.save(resumed({ ...hold, revision: 1 }, 20, world.time.now), await world.holds.current("app"));
  await world.release();
  await world.settle();
  world.time.now += minute;
  await world.sweep();
  await world.settle();
  expect(world.delivered()).toEqual(["evt_1", "evt_2", "evt_3"]);
});

test("a dead letter that nobody has looked at stays, and so does what waits behind it", async () => {
  const world = await setup();
  world.application.behave(() => ({ status: 410 }));
  for (const id of ["evt_1", "evt_2"]) await world.receive(world.signed({ id, contract: "sub_1" }));
  await world.settle();
  await live(world, 24);
  expect([(await world.progress("evt_1"))?.state, (await world.progress("evt_2"))?.state]).toEqual(["dead", "waiting"]);
  expect([await kindOf(world, "sandbox/evt_1"), await kindOf(world, "sandbox/evt_2")]).toEqual(["record", "record"]);
});

test("what is retried for longer than records are kept stays", async () => {
  const world = await setup({ retry: { attempts: 100, baseSeconds: 86_400, capSeconds: 86_400 } });
  world.application.behave(() => ({ status: 503 }));
  await world.receive(world.signed({ id: "evt_1" }));
  await world.settle();
  await live(world, 24);
  world.application.behave(() => ({ status: 200 }));
  await live(world, 4);
  expect((await world.progress("evt_1"))?.state).toBe("delivered");
});

test("both sides of an undecided conflict stay", async () => {
  const world = await setup();
  for (const amount of [100, 200]) await world.receive(world.signed({ id: "evt_1", amount, currency: "jpy" }));
  await world.settle();
  world.time.now += 2 * minute;
  await world.sweep();
  await live(world, 24);
  const [conflict] = await world.conflicts.of("sandbox/evt_1");
  expect(conflict && (await world.records.readConflict(conflict)).kind).toBe("record");
  expect(await kindOf(world, "sandbox/evt_1")).toBe("record");
});

test("what is settled goes when its time is over", async () => {
  const world = await setup();
  await world.receive(world.signed({ id: "evt_1", contract: "sub_1" }));
  await world.settle();
  await live(world, 16);
  expect(await kindOf(world, "sandbox/evt_1")).toBe("none");
});

const steps = ({ sweepDependencies }: World) => ({
  ...sweepDependencies,
  ...{ hasTime: () => true, report: () => {}, noteSpilled: () => {} },
  ...{ seen: createSeen(), suspects: createSuspects(sweepDependencies.runs) },
});

/** Open records as the index has them, of one class. */
const openOf = ({ sweepDependencies }: World, only: OpenClass, all: readonly Stored[]) => ({
  ...sweepDependencies.open,
  async *keys(kind: OpenClass, { from, to }: Pick<Period, "from" | "to">) {
    if (kind === only) yield* all.filter(({ storedAt }) => storedAt >= from && storedAt <= to);
  },
});

test("one that cannot be kept is reported once a day, and the others are kept", async () => {
  const world = await setup();
  const all = (["sandbox/evt_1", "sandbox/evt_2"] as const).map((key, at) => ({ key, storedAt: noon + at }));
  const tried: string[] = [];
  const dependencies = {
    ...steps(world),
    open: openOf(world, "dead", all),
    async prolong({ pk }: { readonly pk: string }) {
      tried.push(pk);
      if (pk === "sandbox/evt_1") throw new Error("AccessDenied");
      return true;
    },
  };
  world.time.now = noon + 8 * day;
  await expect(keepWaiting(dependencies)).rejects.toThrow("1 could not be taken further");
  await keepWaiting(dependencies);
  expect(tried).toEqual(["sandbox/evt_1", "sandbox/evt_2"]);
  world.time.now += day;
  await expect(keepWaiting(dependencies)).rejects.toThrow("1 could not be taken further");
  expect(tried).toHaveLength(4);
});

test("a record with many conflicts is read once, and what cannot be kept of it stops none of the rest", async () => {
  const world = await setup();
  const key = "sandbox/evt_1" as const;
  const places = Array.from({ length: 120 }, (_, at) => ({ key, place: `conflict#${at}`, storedAt: noon + at, revision: 1 }));
  const tried: string[] = [];
  const dependencies = {
    ...steps(world),
    open: openOf(world, "conflict", places),
    conflicts: { ...world.sweepDependencies.conflicts, of: async () => places },
    async prolong({ sk }: { readonly sk: string }) {
      tried.push(sk);
      if (sk === "record") throw new Error("AccessDenied");
      return true;
    },
  };
  world.time.now = noon + 8 * day;
  await expect(keepWaiting(dependencies)).rejects.toThrow("1 could not be taken further");
  expect(tried).toEqual(["record", ...places.map(({ place }) => place)]);
});

test("a run without time for all goes on where it was, and the next day begins again", async () => {
  const world = await setup();
  const { time } = world;
  const all = Array.from({ length: 120 }, (_, at) => ({ key: `sandbox/evt_${at}` as const, storedAt: noon + at }));
  let kept: string[] = [];
  const run = (batches: number) => {
    kept = [];
    return keepWaiting({
      ...steps(world),
      open: openOf(world, "dead", all),
      async prolong({ pk }) {
        kept.push(pk);
        return true;
      },
      hasTime: () => batches-- > 0,
    });
  };
  time.now = noon + 8 * day;
  await run(2);
  expect([kept.length, kept.at(-1)]).toEqual([100, "sandbox/evt_99"]);
  await run(5);
  expect(kept).toHaveLength(20);
  await run(5);
  expect(kept).toEqual([]);
  time.now += day;
  await run(5);
  expect(kept).toHaveLength(120);
});
