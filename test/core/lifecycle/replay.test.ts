import { describe, expect, test } from "vitest";
import { groupOf } from "../../../core/lifecycle/doorbell.ts";
import { checkDoorbell } from "../../../core/lifecycle/doorbell-check.ts";
import { isSettled, recordStates } from "../../../core/lifecycle/progress.ts";
import { planReplay } from "../../../core/lifecycle/replay.ts";
import { callbackRecord, heldByAnn, noon, progressOf } from "../../support/samples.ts";

const record = callbackRecord("evt_1");
const later = noon + 3_600_000;
const again = (known: Parameters<typeof planReplay>[1], contracts: readonly string[] = ["sub_1"]) =>
  planReplay(record, known, { contracts, now: later });

describe("a replayed record", () => {
  const begun = recordStates.filter((state) => state !== "stored");

  test.each(begun)("that was %s is due, rung with a new epoch, and its turn comes", (state) => {
    const known = progressOf(record.key, { state, epoch: 3, revision: 7, attempts: 5, applied: true } as { state: typeof state });
    const next = again(known);
    if (next.kind !== "ring") throw new Error(`it is ${next.kind}`);
    expect(next.progress).toMatchObject({
      state: "ready",
      at: later,
      cause: { kind: "replayed" },
      epoch: 4,
      attempts: 0,
      applied: false,
      dueAt: later + 60_000,
      order: known.order,
    });
    expect(next.progress).not.toHaveProperty("failingSince");
    const { key, source, group } = next.progress;
    expect(checkDoorbell({ key, source, group, epoch: 4 }, next.progress, later)).toMatchObject({ kind: "answer" });
    expect(checkDoorbell({ key, source, group, epoch: 3 }, next.progress, later)).toMatchObject({ kind: "stale" });
  });

  test("that was erased is left, whatever its state", () => {
    for (const state of begun)
      expect(again({ ...progressOf(record.key, { state } as { state: typeof state }), erasedAt: noon })).toEqual({
        kind: "left",
        why: "erased on a person's request, 2026-11-20",
      });
  });

  test("without progress is left to relay and sweep, which ring in stored order", () => {
    expect(again(undefined)).toEqual({ kind: "under way" });
    expect(again(progressOf(record.key, { state: "stored", epoch: 1, dueAt: later }))).toEqual({ kind: "under way" });
  });

  test("travels in the group of the contract that is read today, unless it is in a line already", () => {
    const known = progressOf(record.key, { state: "dead", group: "of old", contracts: [] });
    expect(again(known)).toMatchObject({ progress: { group: groupOf("sandbox", record.key, ["sub_1"]) } });
    expect(again({ ...known, inLine: true, contracts: ["sub_0"] })).toMatchObject({ progress: { group: "of old", contracts: ["sub_0"] } });
  });

  test.each(begun)("that was %s is in line from then on, unless it was settled: its older ring is stale", (state) => {
    const known = progressOf(record.key, { state, contracts: ["sub_1"] });
    expect(again(known)).toMatchObject({ progress: { contracts: ["sub_1"], inLine: !isSettled(state) } });
  });

  test("goes back to its place when those behind it were still to be woken", () => {
    const settled = progressOf(record.key, { state: "delivered", releasing: true, dueAt: noon, contracts: ["sub_1"] });
    const next = again(settled);
    expect(next).toMatchObject({ kind: "ring", progress: { inLine: true } });
    expect(next).not.toHaveProperty("progress.releasing");
  });

  test("no longer waits for a hold; if that is still there, its turn finds out", () => {
    expect(again(progressOf(record.key, { state: "waiting", cause: heldByAnn("app") }))).toMatchObject({
      progress: { cause: { kind: "replayed" } },
    });
  });
});

describe("an unverified record", () => {
  const unverified = { ...record, verification: "unverified" } as const;

  test("is proven anew before anything else, also after it was found not to be genuine", () => {
    const cause = { kind: "not genuine", detail: "no secret matches" } as const;
    // Older versions made it a dead letter.
    for (const known of [undefined, progressOf(record.key, { state: "ignored", cause }), progressOf(record.key, { state: "dead", cause })])
      expect(planReplay(unverified, known, { contracts: [], now: later })).toMatchObject({
        kind: "verify",
        progress: { state: "stored", dueAt: later },
      });
  });

  test("is skipped when it was verified late and recorded under its own key, or is in quarantine", () => {
    const settled = progressOf(record.key, { state: "ignored", cause: { kind: "verified late", as: "sandbox/evt_2" } });
    expect(planReplay(unverified, settled, { contracts: [], now: later })).toEqual({
      kind: "left",
      why: "verified late, and recorded as sandbox/evt_2",
    });
    expect(planReplay({ ...record, verification: "refused" }, undefined, { contracts: [], now: later })).toEqual({
      kind: "left",
      why: "it could not be verified, and is in quarantine",
    });
  });

  test("is skipped where it was ignored for anything but not being genuine, or is already further", () => {
    const why = (known: ReturnType<typeof progressOf>) => planReplay(unverified, known, { contracts: [], now: later });
    expect(why(progressOf(record.key, { state: "ignored", cause: { kind: "retention over" } }))).toEqual({
      kind: "left",
      why: "the record's retention time is over",
    });
    expect(why(progressOf(record.key, { state: "applied" }))).toEqual({ kind: "left", why: "it is not verified yet, and applied" });
  });
});
