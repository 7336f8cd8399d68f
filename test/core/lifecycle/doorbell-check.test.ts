import { describe, expect, test } from "vitest";
import type { Doorbell } from "../../../core/lifecycle/doorbell.ts";
import { takeTurn } from "../../../core/lifecycle/doorbell-check.ts";
import { recordStates } from "../../../core/lifecycle/progress.ts";
import { progressOf } from "../../support/samples.ts";

const key = "sandbox/evt_1";
const ring = (epoch: number): Doorbell => ({ key, source: "sandbox", group: "group", epoch });

/** What a ring that is not of an older epoch means to a record in that state. */
const turns = {
  stored: "proceed",
  applied: "proceed",
  retrying: "proceed",
  waiting: "proceed",
  scheduled: "stale",
  dead: "bury",
  delivered: "stale",
  ignored: "stale",
  discarded: "stale",
} as const;

test("the first ring of a record that nobody has begun with is answered", () => {
  expect(takeTurn(ring(0), undefined)).toEqual({ kind: "proceed" });
});

describe.each(recordStates)("a record that is %s", (state) => {
  test("lets a ring of an older epoch go unanswered: a newer one has followed it", () => {
    for (const releasing of [true, false])
      expect(takeTurn(ring(2), progressOf(key, { state, releasing, epoch: 3 }))).toEqual({
        kind: "stale",
        why: "epoch 2 has been followed by 3",
      });
  });

  test.each([3, 4])("at epoch 3, takes a ring of epoch %i as one of its state", (epoch) => {
    expect(takeTurn(ring(epoch), progressOf(key, { state, epoch: 3 })).kind).toBe(turns[state]);
  });

  test("is released first when its followers have not been woken", () => {
    expect(takeTurn(ring(3), progressOf(key, { state, epoch: 3, releasing: true }))).toEqual({ kind: "release" });
  });
});

test("a stale ring says why", () => {
  expect(takeTurn(ring(0), progressOf(key, { state: "delivered" }))).toEqual({ kind: "stale", why: "already delivered" });
  expect(takeTurn(ring(0), progressOf(key, { state: "scheduled" }))).toEqual({ kind: "stale", why: "scheduled for later" });
});
