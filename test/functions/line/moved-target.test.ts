/** The configuration changes while records wait for a target's hold: their target is renamed, or their source goes to another one. */
import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { withDefaults } from "../../../core/config/defaults.ts";
import type { TargetConfig } from "../../../core/config/target.ts";
import { breaker, isProbing } from "../../../core/lifecycle/holds/hold.ts";
import { createConsume } from "../../../functions/consume.ts";
import { createRelease } from "../../../functions/release.ts";
import { oneByOne } from "../../../functions/steps/one-by-one.ts";
import { createMoved } from "../../../functions/steps/release/moved.ts";
import { createSweep } from "../../../functions/sweep.ts";
import { createContractHolds } from "../../../io/ledger/holds/contract-hold.ts";
import { openIndex } from "../../../io/table.ts";
import { createDeliver } from "../../../io/targets/deliver.ts";
import { holdTarget, resumeTarget } from "../../../operator/hold/hold.ts";
import { select } from "../../../operator/query/select.ts";
import { createWorld } from "../../support/world/world.ts";

const minute = 60_000;

const setup = async () => {
  const world = await createWorld();
  onTestFinished(() => world.close());
  const table = { client: world.client, table: world.aws.ledgerTable };
  const operator = { ...world, contractHolds: createContractHolds(table) };
  const app = world.config.targets.app as TargetConfig;
  const report = (error: unknown) => void world.reported.push(error);
  const invocation = { timeLeft: () => 600_000, signal: new AbortController().signal, report };
  /** From now on the functions are deployed with these. */
  const deploy = (changes: Pick<Config, "targets" | "sources">) => {
    const config = withDefaults({ ...(world.config as Config), ...changes });
    const { findGateway, secrets, clock } = world;
    const consume = createConsume(
      { ...world.steps, config, deliver: createDeliver({ config, findGateway, secrets, clock }) },
      world.doorbells,
    );
    const settle = async () => {
      await world.relay();
      while ((await world.consume((event) => consume(event, invocation))) > 0);
    };
    const pause = async (ms: number) => {
      world.time.now += ms;
      await settle();
    };
    const release = createRelease({ ...world.releaseDependencies, config, pause });
    return {
      config,
      settle,
      sweep: () => createSweep({ ...world.sweepDependencies, config })({}, invocation),
      async releaseForAMinute() {
        const until = world.time.now + minute;
        await release({}, { ...invocation, timeLeft: () => 10_000 + until - world.time.now });
      },
    };
  };
  const arrive = async (count: number) => {
    for (let at = 0; at < count; at++) {
      await world.receive(world.signed({ id: `e${at}`, contract: `c${at % 10}` }));
      world.time.now += 10;
    }
    for (let rounds = 0; rounds < 3; rounds++) await world.settle();
    expect(await world.open.count("held app")).toBe(count);
  };
  return { world, operator, app, deploy, arrive };
};

const ann = { by: "ann", why: "a new release" };
const toShop = { sandbox: { gateway: "sandbox", target: "shop" } };
const away: TargetConfig = { kind: "http", url: "http://127.0.0.1:9/", mode: "pass-through", allowAddresses: ["127.0.0.0/8"] };

test("a renamed target: what an operator held stays held, listed and counted, and goes to the new one once it is resumed", async () => {
  const { world, operator, app, deploy, arrive } = await setup();
  await holdTarget(operator, "app", ann);
  await arrive(5);
  const renamed = deploy({ targets: { shop: app }, sources: toShop });
  await renamed.releaseForAMinute();
  expect(world.delivered()).toEqual([]);
  const { checkpoints, timelineShards } = world.sweepDependencies;
  const stores = { ...world, checkpoints, timelineShards, config: renamed.config, line: async () => [] };
  expect(await Array.fromAsync(select(stores, { states: ["waiting"] }, "oldest first"))).toHaveLength(5);
  await renamed.sweep();
  expect(world.counts.get("HeldRecords")).toBe(5);
  await resumeTarget(operator, "app", { ...ann, ratePerSecond: 20 });
  await renamed.releaseForAMinute();
  expect(world.delivered().sort()).toEqual(["e0", "e1", "e2", "e3", "e4"]);
  expect(await world.holds.current("app")).toBeUndefined();
});

test("a renamed target that was held before there was a list of holds is still held, and listed", async () => {
  const { world, operator, app, deploy } = await setup();
  await holdTarget(operator, "app", ann);
  const removing = { UpdateExpression: "REMOVE #p, #s", ExpressionAttributeNames: { "#p": openIndex.partition, "#s": openIndex.sort } };
  const Key = { pk: { S: "hold app" }, sk: { S: "hold" } };
  await world.client.send(new UpdateItemCommand({ TableName: world.aws.ledgerTable, Key, ...removing }));
  await deploy({ targets: { app }, sources: world.config.sources }).releaseForAMinute();
  expect(await world.holds.targets({ shop: app })).toEqual(["shop", "app"]);
  expect(await world.holds.current("app")).toMatchObject({ by: "ann" });
});

test.each([
  ["renamed", { targets: {}, sources: {} }],
  ["left by one of its sources, and still down", { targets: { app: away }, sources: { other: { gateway: "sandbox", target: "app" } } }],
])(
  "a target that the circuit breaker holds is %s: what waits for it goes where its source goes now, in order, within a minute",
  async (_, kept) => {
    const { world, operator, app, deploy, arrive } = await setup();
    await holdTarget(operator, "app", ann);
    await arrive(50);
    const since = world.time.now - 10 * minute;
    await world.holds.save({ target: "app", by: breaker, why: "it is down", since }, await world.holds.current("app"));
    const moved = deploy({ targets: { ...kept.targets, shop: app }, sources: { ...kept.sources, ...toShop } });
    await moved.releaseForAMinute();
    expect(await world.open.count("held app")).toBe(0);
    const delivered = world.delivered().map((id) => Number(id.slice(1)));
    expect(new Set(delivered).size).toBe(50);
    for (const some of Map.groupBy(delivered, (n) => n % 10).values()) expect(some).toEqual(some.toSorted((one, other) => one - other));
  },
);

test("what waits for the circuit breaker is looked through once under one configuration, and after an hour; the next run goes on where one ended", async () => {
  const { world, operator, app, arrive } = await setup();
  await holdTarget(operator, "app", ann);
  await arrive(150);
  await world.holds.save({ target: "app", by: breaker, why: "it is down", since: world.time.now }, await world.holds.current("app"));
  const report = (error: unknown) => void world.reported.push(error);
  let keysRead = 0;
  const keys: typeof world.open.keys = async function* (...asked) {
    for await (const one of world.open.keys(...asked)) {
      keysRead++;
      yield one;
    }
  };
  /** The first round of a run: how many keys it reads, and what waits after it. */
  const look = async (sources: Config["sources"]) => {
    const config = withDefaults({ ...(world.config as Config), targets: { app, shop: app }, sources });
    const steps = { ...world.releaseDependencies, config, report, hasTime: () => true, open: { ...world.open, keys } };
    const hold = await world.holds.current("app");
    if (!isProbing(hold)) throw new Error("it is not held by the breaker");
    keysRead = 0;
    expect(await createMoved(steps, oneByOne({ report }, "release"), "app").release(hold)).toEqual(await world.holds.current("app"));
    return [keysRead, await world.open.count("held app")];
  };
  const sandbox = { gateway: "sandbox", target: "app" };
  expect(await look({ sandbox })).toEqual([150, 150]);
  expect(await look({ sandbox })).toEqual([0, 150]);
  expect(await look({ sandbox, other: { gateway: "sandbox", target: "shop" } })).toEqual([0, 150]);
  world.time.now += 61 * minute;
  expect(await look({ sandbox })).toEqual([150, 150]);
  expect(await look(toShop)).toEqual([100, 50]);
  expect(await look(toShop)).toEqual([50, 0]);
  expect(await look(toShop)).toEqual([0, 0]);
  expect(await look({ sandbox })).toEqual([0, 0]);
});

test("a source is removed whose records wait for the circuit breaker: they are dead letters, and not tried in place of the others", async () => {
  const { world, operator, app, deploy, arrive } = await setup();
  await holdTarget(operator, "app", ann);
  await arrive(20);
  const since = world.time.now - 10 * minute;
  await world.holds.save({ target: "app", by: breaker, why: "it is down", since }, await world.holds.current("app"));
  const left = deploy({ targets: { app }, sources: { other: { gateway: "sandbox", target: "app" } } });
  await left.releaseForAMinute();
  expect(await world.open.count("held app")).toBe(0);
  // The first of each contract; the others wait behind them.
  expect(await world.open.count("dead")).toBe(10);
  expect(world.delivered()).toEqual([]);
});
