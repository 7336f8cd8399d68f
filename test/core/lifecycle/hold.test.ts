import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { breaker, breakerThreshold, type Hold, mayPass, observe, type Streak } from "../../../core/lifecycle/hold.ts";
import { recordStates } from "../../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../../core/record.ts";
import { noon } from "../../support/samples.ts";

const hold: Hold = { target: "app", why: "the site is being rebuilt", by: "ann", since: noon, revision: 1 };
const key: RecordKey = "sandbox/evt_1";

describe("a record of a target", () => {
  test("that is not on hold passes, in every state", () => {
    for (const state of recordStates) expect(mayPass(undefined, { key, state })).toBe(true);
    expect(mayPass(undefined, undefined)).toBe(true);
  });

  test("on hold waits, in every state and before it has any", () => {
    for (const state of recordStates) expect(mayPass(hold, { key, state })).toBe(false);
    expect(mayPass(hold, undefined)).toBe(false);
  });

  test("that is being released passes once the sweep has released it, and queues behind the others before", () => {
    const releasing = { ...hold, ratePerSecond: 5 };
    expect(recordStates.filter((state) => mayPass(releasing, { key, state }))).toEqual(["ready", "retrying"]);
    expect(mayPass(releasing, undefined)).toBe(false);
  });

  test("held by the breaker passes only as the one that is to try", () => {
    const probing = { ...hold, by: breaker, probe: key };
    expect(recordStates.filter((state) => mayPass(probing, { key, state }))).toEqual(["ready", "retrying"]);
    for (const state of recordStates) expect(mayPass(probing, { key: "sandbox/evt_2", state })).toBe(false);
  });
});

describe("the breaker", () => {
  const outcome = fc.record({
    key: fc.nat({ max: 7 }).map((number): RecordKey => `sandbox/evt_${number}`),
    outcome: fc.constantFrom("failed", "failed", "failed", "answered"),
  });

  test("trips when the set number of different records have failed since the last success, and not before", () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 40 }), (deliveries) => {
        let streak: Streak = new Set();
        let since = 0;
        for (const [index, delivery] of deliveries.entries()) {
          if (delivery.outcome === "answered") since = index + 1;
          const failed = new Set(deliveries.slice(since, index + 1).map((one) => one.key));
          const seen = observe(streak, delivery.key, delivery.outcome);
          expect(seen.trips).toBe(failed.size >= breakerThreshold);
          streak = seen.streak;
        }
      }),
      { numRuns: 500 },
    );
  });

  test("never trips for one record that can never be delivered, however often it fails", () => {
    let streak: Streak = new Set();
    for (let attempt = 0; attempt < 100; attempt++) {
      const seen = observe(streak, key, "failed");
      expect(seen.trips).toBe(false);
      streak = seen.streak;
    }
  });

  test("leaves the streak it was given as it was", () => {
    const streak: Streak = new Set([key]);
    observe(streak, "sandbox/evt_2", "failed");
    observe(streak, "sandbox/evt_2", "answered");
    expect([...streak]).toEqual([key]);
  });
});
