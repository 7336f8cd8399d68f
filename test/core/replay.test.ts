import { describe, expect, test } from "vitest";
import { groupOf } from "../../core/doorbell.ts";
import { isSettled, recordStates } from "../../core/progress.ts";
import { doorbellOf, replay, ringWithinMs } from "../../core/replay.ts";
import { takeTurn } from "../../core/turn.ts";
import { callbackRecord, noon, progressOf } from "../support/samples.ts";

const record = callbackRecord("evt_1");
const now = noon + 86_400_000;
const asked = { contracts: ["sub_1"], now };

describe("replaying a record", () => {
  test.each(recordStates)("that is %s sends it through the door again, as on its first day and under a new epoch", (state) => {
    const known = progressOf(record.key, {
      state,
      epoch: 4,
      attempts: 7,
      applied: true,
      revision: 9,
      failingSince: noon,
      reason: "gone",
      held: "app",
    });
    const again = replay(record, known, asked);
    expect(again).toMatchObject({
      kind: "ring",
      progress: {
        state: "retrying",
        epoch: 5,
        attempts: 0,
        applied: false,
        at: now,
        dueAt: now + ringWithinMs,
        order: known.order,
        revision: 9,
      },
    });
    if (again.kind !== "ring") throw new Error("it does not ring");
    expect(again.progress).not.toHaveProperty("failingSince");
    expect(again.progress).not.toHaveProperty("held");
    expect(takeTurn(doorbellOf(again.progress), again.progress)).toEqual({ kind: "proceed" });
    expect(takeTurn(doorbellOf(known), again.progress).kind).toBe("stale");
  });

  test("that nobody has begun with rings in the group of the contract it concerns as it is read today", () => {
    expect(replay(record, undefined, asked)).toMatchObject({
      kind: "ring",
      progress: {
        key: record.key,
        source: "sandbox",
        group: groupOf("sandbox", record.key, ["sub_1"]),
        epoch: 1,
        contracts: [],
        inLine: false,
      },
    });
  });

  test("that stands in a line keeps its place, its contracts and its group", () => {
    const known = progressOf(record.key, { state: "dead", inLine: true, contracts: ["sub_0"], group: "its own" });
    expect(replay(record, known, asked)).toMatchObject({ progress: { inLine: true, contracts: ["sub_0"], group: "its own" } });
  });

  test("that is settled and has not woken its followers goes back into its line, and forgets that it was to wake them", () => {
    for (const state of recordStates.filter(isSettled)) {
      const known = progressOf(record.key, { state, releasing: true, contracts: ["sub_1"] });
      const again = replay(record, known, asked);
      expect(again).toMatchObject({ kind: "ring", progress: { inLine: true } });
      expect(again.kind === "ring" && again.progress).not.toHaveProperty("releasing");
    }
    expect(replay(record, progressOf(record.key, { state: "delivered", contracts: ["sub_1"] }), asked)).toMatchObject({
      progress: { inLine: false },
    });
  });

  test("that was never proven has it proven first, and rings no bell", () => {
    const unverified = { ...record, verification: "unverified" } as const;
    expect(replay(unverified, undefined, asked)).toMatchObject({ kind: "verify", progress: { state: "stored", dueAt: now, epoch: 0 } });
    expect(replay(unverified, progressOf(record.key, { state: "dead" }), asked)).toMatchObject({
      kind: "verify",
      progress: { state: "stored", dueAt: now },
    });
  });

  test("that was proven late under its own key, or could not be proven, sends nothing", () => {
    const unverified = { ...record, verification: "unverified" } as const;
    const recorded = progressOf(record.key, { state: "ignored", reason: "verified late, and recorded as sandbox/evt_1" });
    expect(replay(unverified, recorded, asked)).toEqual({ kind: "left", why: "verified late, and recorded as sandbox/evt_1" });
    expect(replay({ ...record, verification: "refused" }, undefined, asked).kind).toBe("left");
  });
});
