import fc from "fast-check";
import { expect, test } from "vitest";
import {
  afterFailure,
  breakerThreshold,
  noStreak,
  type Streak,
  trips,
  troubleThreshold,
} from "../../../../core/lifecycle/holds/breaker.ts";
import type { RecordKey } from "../../../../core/record.ts";

const key: RecordKey = "sandbox/evt_1";

const outcome = fc.record({
  key: fc.nat({ max: 9 }).map((number): RecordKey => `sandbox/evt_${number}`),
  outcome: fc.constantFrom("failed", "failed", "failed", "answered"),
});

test("the breaker trips when the set number of different records have failed since the last success, and not before", () => {
  fc.assert(
    fc.property(fc.array(outcome, { maxLength: 40 }), fc.uniqueArray(outcome.map((one) => one.key)), (deliveries, suspects) => {
      let streak: Streak = noStreak;
      let since = 0;
      for (const [index, one] of deliveries.entries()) {
        if (one.outcome === "answered") [since, streak] = [index + 1, noStreak];
        else streak = afterFailure(streak, { key: one.key, ...(suspects.includes(one.key) && { suspect: true }) });
        const failed = new Set(deliveries.slice(since, index + 1).map((some) => some.key));
        expect(trips(streak)).toBe([...failed].filter((some) => !suspects.includes(some)).length >= breakerThreshold);
      }
    }),
    { numRuns: 500 },
  );
});

test("five records make it trip, and two slow a release down", () => {
  expect([breakerThreshold, troubleThreshold]).toEqual([5, 2]);
});

test("it never trips for one record that can never be delivered, however often it fails", () => {
  let streak: Streak = noStreak;
  for (let attempt = 0; attempt < 100; attempt++) {
    streak = afterFailure(streak, { key });
    expect(trips(streak)).toBe(false);
  }
});

test("a failure leaves the streak it was given as it was", () => {
  const streak: Streak = new Set([key]);
  afterFailure(streak, { key: "sandbox/evt_2" });
  expect([...streak]).toEqual([key]);
});
