import { expect, test } from "vitest";
import { createBucket } from "../../../local/front/throttle.ts";

test("a burst passes, then the configured rate", () => {
  const take = createBucket({ ratePerSecond: 10, burst: 3 });
  expect([0, 0, 0, 0].map(take)).toEqual([true, true, true, false]);
  expect([99, 100, 101, 150, 200].map(take)).toEqual([false, true, false, false, true]);
});

test("what was not used is not saved beyond the burst", () => {
  const take = createBucket({ ratePerSecond: 1_000, burst: 2 });
  expect(take(0)).toBe(true);
  expect([60_000, 60_000, 60_000].map(take)).toEqual([true, true, false]);
});
