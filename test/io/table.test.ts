import { expect, test } from "vitest";
import type { RecordKey } from "../../core/record.ts";
import {
  allShards,
  checkpointItemKey,
  contractPartition,
  handRefundsKey,
  lineSortKey,
  linkSortKey,
  openPartition,
  openPartitionOf,
  progressItemKey,
  quarantinePartitionOf,
  recordItemKey,
  timelinePartition,
  timelinePartitionOf,
} from "../../io/table.ts";
import { noon } from "../support/samples.ts";

const keys = Array.from({ length: 8_000 }, (_, at): RecordKey => `stripe-jp/evt_${at}`);

test("every record is in one of the shards of both indexes, always the same, and the shards fill evenly", () => {
  const partitions = [
    { of: (key: RecordKey) => timelinePartitionOf(key, noon, 8), all: allShards.map((shard) => timelinePartition("2026-11-20", shard)) },
    { of: (key: RecordKey) => openPartitionOf("due", key), all: allShards.map((shard) => openPartition("due", shard)) },
  ];
  for (const { of, all } of partitions) {
    const sizes = Map.groupBy(keys, of);
    expect([...sizes.keys()].toSorted()).toEqual(all.toSorted());
    for (const some of sizes.values()) expect(some.length).toBeGreaterThan(800);
    expect(keys.slice(0, 100).map(of)).toEqual(keys.slice(0, 100).map(of));
  }
});

test.each([
  ["sandbox/evt_1", 7, 7, 327],
  ["sandbox/evt_3", 5, 85, 149],
  ["stripe/evt_1PqLQX2eZvKYlo2C", 4, 44, 76],
  ["sbps/70000123456", 1, 33, 289],
  ["gmo/pay_9#SALES", 3, 83, 467],
  ["fincode/o_日本", 7, 7, 455],
  ["paypal/WH-1", 7, 95, 127],
] as const)("%s has the shard of every version: it would no longer be found in another", (key, of8, of96, of512) => {
  expect([8, 96, 512].map((shards) => timelinePartitionOf(key, noon, shards))).toEqual(
    [of8, of96, of512].map((shard) => `2026-11-20#${shard}`),
  );
  expect(openPartitionOf("dead", key)).toBe(`dead#${of8}`);
  expect(quarantinePartitionOf(key)).toBe(`quarantine#${of8}`);
  expect(allShards).toHaveLength(8);
});

test("no two things in the ledger table share a key, whatever sources and contracts are called", () => {
  const names = ["a", "a/b", "record a", "contract a", "sweep a", "hold a"];
  const partitions = names.flatMap((name) => [
    progressItemKey(`s/${name}`).pk,
    contractPartition("s", name),
    checkpointItemKey(name).pk,
    recordItemKey(`s/${name}`).pk,
  ]);
  expect(new Set(partitions).size).toBe(partitions.length);
});

test("what was given back by hand is read neither with a line's entries and findings nor with those who wait in it", () => {
  const { sk } = handRefundsKey("s", "ch_1");
  expect(sk > linkSortKey && !sk.startsWith(lineSortKey(""))).toBe(true);
});
