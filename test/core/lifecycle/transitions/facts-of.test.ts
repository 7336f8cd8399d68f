import { describe, expect, test } from "vitest";
import type { Facts } from "../../../../core/lifecycle/progress.ts";
import { factsOf } from "../../../../core/lifecycle/transitions/facts-of.ts";
import { erase, replay } from "../../../../core/lifecycle/transitions/operator.ts";
import { deliver } from "../../../../core/lifecycle/transitions/settling.ts";
import { noon, progressOf } from "../../../support/samples.ts";

const now = noon + 3_600_000;

/** One of everything that can be known of a record. */
const all: Required<Facts> = {
  key: "sandbox/evt_1",
  at: noon,
  epoch: 2,
  revision: 7,
  attempts: 4,
  order: "2026-11-20",
  source: "sandbox",
  group: "group",
  contracts: ["sub_1"],
  applied: true,
  heardAt: noon - 1,
  inLine: false,
  acceptedBefore: "200 before",
  accepted: "ids",
  readSoFar: { since: noon, pages: 2 },
  suspect: true,
  replayed: true,
  lacking: "the amount",
  turnsNotEnded: 2,
  types: ["charge.failed"],
  erasedAt: noon - 2,
};

const optional = Object.keys(all).filter((name) => !(name in progressOf(all.key)));
const keptIn = (after: Facts) => optional.filter((name) => name in after).sort();

describe("of what a record may lack,", () => {
  const waiting = progressOf(all.key, { ...all, state: "ready" });

  test("erasure keeps when the ledger learned of it, its types, and that it was replayed, accepted in part or suspect", () => {
    expect(keptIn(erase(waiting, now))).toEqual(["accepted", "erasedAt", "heardAt", "replayed", "suspect", "types"]);
  });

  test("a replay keeps what the application has accepted and what the gateway cannot say, and reads the rest again", () => {
    expect(keptIn(replay(waiting, { contracts: [] }, now))).toEqual([
      ...["accepted", "acceptedBefore", "erasedAt", "heardAt", "lacking", "replayed", "types"],
    ]);
  });

  test("a delivery forgets what was accepted on the way, and not yet which pages are to be removed", () => {
    expect(keptIn(deliver(waiting, "200", now))).toEqual([
      ...["erasedAt", "heardAt", "lacking", "readSoFar", "replayed", "suspect", "types"],
    ]);
  });

  test("any other step keeps all but the turns that have not ended", () => {
    const { turnsNotEnded: _, ...lasting } = all;
    expect(factsOf(waiting)).toEqual(lasting);
  });

  test("nothing is kept without a decision: neither by erasure nor by any other step", () => {
    const later = { ...waiting, note: "said by Ann" };
    for (const after of [erase(later, now), replay(later, { contracts: [] }, now), deliver(later, "200", now), factsOf(later)])
      expect(after).not.toHaveProperty("note");
  });
});
