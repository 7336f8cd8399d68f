import fc from "fast-check";
import { expect, test } from "vitest";
import { dayOf } from "../../core/formats/iso-time.ts";
import { isRaised, noteShards, type ShardHistory, shardsOn } from "../../core/timeline-shards.ts";
import { noon } from "../support/samples.ts";

const day = 86_400_000;
const history: ShardHistory = [
  { shards: 64, from: noon, to: noon + 10 * day },
  { shards: 16, from: noon + 10 * day },
];
const read = (at: number, configured = 16) => shardsOn(history, configured, dayOf(at));

test("a day is read over as many shards as it was written with; the days beside a change over the larger number", () => {
  expect(read(noon - 3 * day)).toBe(8);
  expect(read(noon - day)).toBe(64);
  expect(read(noon)).toBe(64);
  expect(read(noon + 10 * day)).toBe(64);
  expect(read(noon + 11 * day)).toBe(64);
  expect(read(noon + 12 * day)).toBe(16);
});

test("a change at midnight is read of the day before and the day after, and of no other", () => {
  const midnight = noon - day / 2;
  const changed: ShardHistory = [
    { shards: 64, from: midnight, to: midnight + 10 * day },
    { shards: 16, from: midnight + 10 * day },
  ];
  const on = (days: number) => shardsOn(changed, 16, dayOf(midnight + days * day));
  expect([on(-2), on(-1), on(10), on(11)]).toEqual([8, 64, 64, 16]);
});

test("who was deployed with another number than the history knows of reads at least that", () => {
  expect(read(noon + 12 * day, 128)).toBe(128);
  expect(shardsOn([], 64, dayOf(noon))).toBe(64);
  expect(shardsOn([], 8, dayOf(noon))).toBe(8);
});

test("a number is noted once, and ends the one before it", () => {
  expect(noteShards([], 64, noon)).toEqual([{ shards: 64, from: noon }]);
  expect(noteShards(history, 16, noon + 20 * day)).toBeUndefined();
  expect(noteShards(history, 32, noon + 20 * day)).toEqual([
    history[0],
    { shards: 16, from: noon + 10 * day, to: noon + 20 * day },
    { shards: 32, from: noon + 20 * day },
  ]);
});

test("a number counts as raised against the last one, which before there was a choice was 8", () => {
  expect([isRaised([], 8), isRaised([], 9), isRaised(history, 16), isRaised(history, 17)]).toEqual([false, true, false, true]);
});

test("no day is read over fewer shards than it was written with, however the number was changed and however late it was noted", () => {
  const changes = fc.array(fc.record({ shards: fc.integer({ min: 8, max: 512 }), after: fc.integer({ min: 0, max: 20 * day }) }));
  const lateness = fc.integer({ min: 0, max: day / 2 });
  fc.assert(
    fc.property(changes, lateness, fc.integer({ min: 0, max: 40 * day }), (some, late, after) => {
      let [at, noted, writing] = [noon, [] as ShardHistory, 8];
      const wroteAt: { at: number; shards: number }[] = [];
      for (const { shards, after } of some) {
        at += after;
        // Both are written with, until the last function is replaced; only then does the sweep note it.
        for (const moment of [at, at + late]) for (const number of [writing, shards]) wroteAt.push({ at: moment, shards: number });
        at += late;
        noted = noteShards(noted, shards, at) ?? noted;
        writing = shards;
        wroteAt.push({ at: at + after, shards });
        at += after;
      }
      wroteAt.push({ at: at + after, shards: writing });
      for (const { at, shards } of wroteAt) expect(shardsOn(noted, writing, dayOf(at))).toBeGreaterThanOrEqual(shards);
    }),
  );
});
