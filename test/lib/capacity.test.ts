/** `capacity` of the configuration: in the template, and in what the functions are deployed with. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { CapacityConfig } from "../../core/config/config.ts";
import { withDefaults } from "../../core/config/defaults.ts";
import { config, plain, resourcesOf, synthesize } from "./synthesize.ts";

const look = (capacity?: CapacityConfig) => {
  const { app, template } = synthesize({ ...config, ...(capacity && { capacity }) });
  const mapping = (verb: string) =>
    resourcesOf(template, "AWS::Lambda::EventSourceMapping").find(
      ({ Properties }) => plain(template, Properties.FunctionName) === `shop-${verb}`,
    )?.Properties;
  const functions = resourcesOf(template, "AWS::Lambda::Function");
  const tables = resourcesOf(template, "AWS::DynamoDB::Table").map(({ Properties }) => Properties);
  const assets = join(app.synth().directory, "functions");
  return {
    relay: mapping("relay")?.ParallelizationFactor,
    consume: mapping("consume")?.ScalingConfig,
    recover: mapping("recover")?.ScalingConfig,
    reserved: Object.fromEntries(
      functions.map(({ Properties }) => [Properties.FunctionName, Properties.ReservedConcurrentExecutions]).filter(([, value]) => value),
    ),
    warm: tables.map((table) => [
      table.TableName,
      table.WarmThroughput,
      (table.GlobalSecondaryIndexes as { WarmThroughput?: unknown }[])[0]?.WarmThroughput,
    ]),
    after: (construct: string) =>
      functions
        .filter((one) => JSON.stringify((one as { DependsOn?: unknown }).DependsOn ?? "").includes(construct))
        .map(({ Properties }) => Properties.FunctionName),
    /** `config.json` beside the bundle, which is what a function's settings are read from. */
    deployed(construct: string) {
      const directory = readdirSync(assets).find((name) => name.includes(`-${construct}-`)) ?? "";
      return withDefaults(JSON.parse(readFileSync(join(assets, directory, "config.json"), "utf8"))).capacity;
    },
    alarm: resourcesOf(template, "AWS::CloudWatch::Alarm").find(({ Properties }) => Properties.AlarmName === "shop-consume-busy")
      ?.Properties.Threshold,
  };
};

/** Synthesis takes its time, which is not the test's. */
const ordinary = look();

test("what a configuration leaves out has room for a thousand callbacks a second, and reserves nothing", () => {
  const made = ordinary;
  expect(made).toMatchObject({
    relay: 1,
    consume: { MaximumConcurrency: 50 },
    recover: { MaximumConcurrency: 20 },
    reserved: {},
    alarm: 48,
  });
  expect(made.warm.flat()).toEqual(["shop-records", undefined, undefined, "shop-ledger", undefined, undefined]);
  expect(made.deployed("Receiver").timelineShards).toBe(64);
});

test("each setting is deployed where it belongs, a table's to its index as well", () => {
  const [large, larger] = [20_000, 40_000].map((writes) => ({ readUnitsPerSecond: 12_000, writeUnitsPerSecond: writes }));
  const warm = (writes: number) => ({ ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: writes });
  const made = look({
    timelineShards: 128,
    receive: { reservedConcurrency: 400 },
    relay: { reservedConcurrency: 40, parallelizationFactor: 10 },
    consume: { reservedConcurrency: 300, maxConcurrency: 250 },
    recover: { reservedConcurrency: 60, maxConcurrency: 50 },
    records: { ...(larger && { warmThroughput: larger }) },
    ledger: { ...(large && { warmThroughput: large }) },
  });
  expect(made).toMatchObject({
    relay: 10,
    consume: { MaximumConcurrency: 250 },
    recover: { MaximumConcurrency: 50 },
    reserved: { "shop-receive": 400, "shop-relay": 40, "shop-consume": 300, "shop-recover": 60 },
    alarm: 240,
  });
  expect(made.warm).toEqual([
    ["shop-records", warm(40_000), warm(40_000)],
    ["shop-ledger", warm(20_000), warm(20_000)],
  ]);
  for (const construct of ["Receiver", "Recoverer", "Sweeper"]) expect(made.deployed(construct).timelineShards).toBe(128);
});

test("functions that write records are replaced after those that have to know what they write: the sweep, and consume", () => {
  for (const construct of ["SweeperFunction", "ConsumerFunction"])
    expect(ordinary.after(construct).toSorted()).toEqual(["shop-receive", "shop-recover"]);
});
