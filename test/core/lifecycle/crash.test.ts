import { expect, test } from "vitest";
import { isNoted, turnOf } from "../../../core/lifecycle/crash.ts";

test("a turn is noted from the fourth time on that the queue hands its doorbell out", () => {
  expect([1, 3, 4, 500].map(isNoted)).toEqual([false, false, true, true]);
});

test("a record whose last turns did not end is answered alone, and after five of them has crashed", () => {
  expect([undefined, 0, 1, 4, 5, 6].map((turnsNotEnded) => turnOf(turnsNotEnded === undefined ? {} : { turnsNotEnded }))).toEqual([
    "as usual",
    "as usual",
    "alone",
    "alone",
    "crashed",
    "crashed",
  ]);
});
