import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { advisedFor, ordinary } from "../../bench/scale/advice.ts";
import { assumptions, limits } from "../../bench/scale/limits.ts";
import { type Measured, readMeasured } from "../../bench/scale/measured.ts";
import { afterApplication, afterTable, receiveWhileTableHangs } from "../../bench/scale/outage.ts";
import { roomsOf, type Settings, secondsOf } from "../../bench/scale/room.ts";
import { rates } from "../../bench/scale/scale-page.ts";
import { checkConfig } from "../../core/config/check/check-config.ts";
import { pageFile, pages } from "../../generate/index.ts";

/** Round figures: a function's share of a core is a half. */
const measured: Measured = {
  machine: { date: "2026-11-26", node: "v24", cores: 2, processor: "any", load: 1 },
  services: {
    receive: { cpuMs: 1, calls: { DynamoDB: 1, SQS: 0 }, batch: 1, memoryMb: 884.5 },
    relay: { cpuMs: 10, calls: { DynamoDB: 0, SQS: 10 }, batch: 100, memoryMb: 884.5 },
    consume: { cpuMs: 10, calls: { DynamoDB: 4, SQS: 0 }, batch: 10, memoryMb: 884.5 },
  },
  units: { records: 2, timeline: 1, ledger: 2 },
};

const room = (place: string, settings: Settings = ordinary) =>
  Math.round(roomsOf(measured, settings).find((one) => one.place === place)?.perSecond ?? 0);

test("a function's time is its processor time at its share of a core, and its waits", () => {
  expect(secondsOf(measured.services.receive)).toBeCloseTo(0.007);
  expect(secondsOf(measured.services.relay)).toBeCloseTo(0.1);
  expect(secondsOf(measured.services.consume, assumptions.applicationSeconds)).toBeCloseTo(0.14);
  // More memory than one core's does not make one thread faster.
  expect(secondsOf({ ...measured.services.receive, memoryMb: 10_000 })).toBeCloseTo(0.006);
});

test("each place takes what its formula says", () => {
  expect(room("front")).toBe(2_000);
  expect(room("receive")).toBe(Math.round(1_000 / 0.007));
  expect(room("records table")).toBe(2_000);
  expect(room("timeline index")).toBe(4_000);
  expect(room("consume")).toBe(Math.round(500 / 0.14));
  expect(room("ledger table")).toBe(2_000);
  expect(room("doorbells' queue")).toBe(90_000);
});

test("relay keeps up with every shard, or with none: more shards take in more", () => {
  expect(roomsOf(measured, ordinary).find(({ place }) => place === "stream to relay")?.perSecond).toBe(Number.POSITIVE_INFINITY);
  const slow = { ...measured, services: { ...measured.services, relay: { ...measured.services.relay, cpuMs: 1_000 } } };
  expect(roomsOf(slow, ordinary).find(({ place }) => place === "stream to relay")?.perSecond).toBeCloseTo((2_000 * (100 / 2.08)) / 500);
});

test("settings move the places they are for, up to the quota", () => {
  const warm = { warmThroughput: { readUnitsPerSecond: 12_000, writeUnitsPerSecond: 60_000 } };
  const raised = {
    ...ordinary,
    capacity: { ...ordinary.capacity, records: warm, ledger: warm, timelineShards: 8, consume: { maxConcurrency: 100 } },
  };
  expect(room("records table", raised)).toBe(20_000);
  expect(room("timeline index", raised)).toBe(4_000);
  expect(room("ledger table", raised)).toBe(20_000);
  expect(room("consume", raised)).toBe(Math.round(1_000 / 0.14));
});

describe("after three hours", () => {
  test("a backlog is gone by what is taken beside what arrives", () => {
    const { backlog, perSecond, seconds, place } = afterApplication(measured, ordinary, 100);
    expect([backlog, place]).toEqual([1_080_000, "ledger table"]);
    expect(perSecond).toBe(400);
    expect(seconds).toBeCloseTo(1_080_000 / 300);
  });

  test("it is never gone where no more is taken than arrives", () => {
    expect(afterApplication(measured, ordinary, 400).seconds).toBe(Number.POSITIVE_INFINITY);
    expect(afterTable(measured, ordinary, 2_000).seconds).toBe(Number.POSITIVE_INFINITY);
  });

  test("a table that hangs holds up receive for as long as it waits", () => {
    expect(receiveWhileTableHangs(measured, 1_000)).toBe(1_007);
  });
});

test.each([10, 1_000])(
  "what is advised for %i a second can be configured, saturates nowhere, and catches up within the outage's time",
  (rate) => {
    const settings = advisedFor(measured, rate);
    const config = { name: "shop", throttle: settings.throttle, capacity: settings.capacity, sources: {}, targets: {} };
    expect(checkConfig(config, {}).filter(({ path }) => path.startsWith("capacity") || path.startsWith("throttle"))).toEqual([]);
    for (const { place, perSecond } of roomsOf(measured, settings)) expect(perSecond, place).toBeGreaterThanOrEqual(rate);
    for (const { place, seconds } of [afterApplication(measured, settings, rate), afterTable(measured, settings, rate)])
      expect(seconds, place).toBeLessThanOrEqual(3 * 3_600 + 1);
  },
);

test("every limit has a source, or says that it was not read again", () => {
  for (const { source } of Object.values(limits)) expect(source).toMatch(/^(unread|https:\/\/docs\.aws\.amazon\.com\/)/);
});

test("docs/scale.md is what `npm run generate -- scale` writes now, from what was measured, with every rate", () => {
  const page = readFileSync(pageFile("scale"), "utf8");
  expect(page).toBe(pages.scale());
  const { date, processor } = readMeasured().machine;
  expect(page).toContain(`${date}, `);
  expect(page).toContain(processor);
  for (const rate of rates) expect(page).toContain(`at ${rate.toLocaleString("en-US")}/s`);
});
