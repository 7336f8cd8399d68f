import { describe, expect, test } from "vitest";
import type { Doorbell } from "../../../core/lifecycle/doorbell.ts";
import { checkDoorbell } from "../../../core/lifecycle/doorbell-check.ts";
import { recordStates, settledStates } from "../../../core/lifecycle/progress.ts";
import { noon, progressOf } from "../../support/samples.ts";

const key = "sandbox/evt_1";
const ring = (epoch: number): Doorbell => ({ key, source: "sandbox", group: "group", epoch });

/** What a ring that is not of an older epoch asks of a record in that state. */
const asked = {
  stored: "answer",
  applied: "answer",
  ready: "answer",
  retrying: "answer",
  waiting: "answer",
  scheduled: "stale",
  dead: "send dead letter",
  delivered: "stale",
  ignored: "stale",
  discarded: "stale",
} as const;

test("the first ring of a record without progress is answered", () => {
  expect(checkDoorbell(ring(0), undefined, noon)).toEqual({ kind: "answer", known: undefined });
});

describe.each(recordStates)("a record that is %s", (state) => {
  test("ignores a ring of an older epoch: a newer one has followed it", () => {
    expect(checkDoorbell(ring(2), progressOf(key, { state, epoch: 3 }), noon)).toEqual({
      kind: "stale",
      why: "epoch 2 has been followed by 3",
    });
  });

  test.each([3, 4])("at epoch 3, handles a ring of epoch %i by its state", (epoch) => {
    expect(checkDoorbell(ring(epoch), progressOf(key, { state, epoch: 3 }), noon).kind).toBe(asked[state]);
  });
});

test.each(settledStates)("a record that is %s wakes its followers first when they have not been woken", (state) => {
  const settled = progressOf(key, { state, epoch: 3, releasing: true, dueAt: noon });
  expect(checkDoorbell(ring(3), settled, noon)).toEqual({ kind: "wake followers", settled });
  expect(checkDoorbell(ring(2), settled, noon).kind).toBe("stale");
});

test("a stale ring says why", () => {
  expect(checkDoorbell(ring(0), progressOf(key, { state: "delivered" }), noon)).toEqual({ kind: "stale", why: "already delivered" });
  expect(checkDoorbell(ring(0), progressOf(key, { state: "scheduled" }), noon)).toEqual({ kind: "stale", why: "scheduled for later" });
});

describe("a ring for an attempt that follows a failed one", () => {
  const apart = { ...ring(3), notBefore: noon };

  test("comes again when that attempt is due, if it comes before", () => {
    const retrying = progressOf(key, { state: "retrying", epoch: 3 });
    expect(checkDoorbell(apart, retrying, noon - 1_500)).toEqual({ kind: "early", delayMs: 1_500 });
    expect(checkDoorbell(apart, retrying, noon)).toEqual({ kind: "answer", known: retrying });
  });

  test.each(recordStates.filter((state) => state !== "retrying"))("waits for nothing once the record is %s", (state) => {
    expect(checkDoorbell(apart, progressOf(key, { state, epoch: 3 }), noon - 1_500).kind).toBe(asked[state]);
  });

  test("is stale like any other when a newer one has followed it", () => {
    expect(checkDoorbell(apart, progressOf(key, { state: "retrying", epoch: 4 }), noon - 1_500).kind).toBe("stale");
  });
});
