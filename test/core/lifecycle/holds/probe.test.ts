import { describe, expect, test } from "vitest";
import { breaker, type Hold } from "../../../../core/lifecycle/holds/hold.ts";
import { isProbeDue, probing, rankProbes } from "../../../../core/lifecycle/holds/probe.ts";
import { heldByAnn, noon, progressOf } from "../../../support/samples.ts";

const second = 1_000;
const minute = 60_000;
const hold: Hold = { target: "app", by: breaker, why: "503", since: noon, revision: 1 };
const retry = { attempts: 20, baseSeconds: 2, capSeconds: 3_600 };
const held = (id: string, changes: object = {}) =>
  progressOf(`sandbox/${id}`, { state: "waiting", cause: heldByAnn("app"), contracts: [`of ${id}`], order: id, ...changes });

describe("a record is tried", () => {
  test.each([
    ["two seconds after the breaker tripped", 2 * second],
    ["an eighth of the time it has held, later", 40 * second, 40 * second * (7 / 8)],
    ["a minute after the last one, when it has held for hours", 8 * 60 * minute, 8 * 60 * minute - minute],
  ])("%s, and not before", (_, after, probedAfter = 0) => {
    const known = { ...hold, probedAt: noon + probedAfter };
    expect(isProbeDue(known, undefined, noon + after)).toBe(true);
    expect(isProbeDue(known, undefined, noon + after - 500)).toBe(false);
  });

  test("when the last one's result is known, or it seems lost", () => {
    const known = { ...hold, probe: "sandbox/a", probedAt: noon } as const;
    for (const state of ["ready", "applied", "stored"] as const) {
      expect(isProbeDue(known, progressOf("sandbox/a", { state }), noon + 30 * second)).toBe(false);
      expect(isProbeDue(known, progressOf("sandbox/a", { state }), noon + minute)).toBe(true);
    }
    expect(isProbeDue(known, undefined, noon + 30 * second)).toBe(false);
    for (const state of ["waiting", "dead", "scheduled", "delivered"] as const)
      expect(isProbeDue(known, progressOf("sandbox/a", { state }), noon + 30 * second)).toBe(true);
  });

  test("at once when the clock was set back", () => {
    expect(isProbeDue({ ...hold, probedAt: noon }, undefined, noon - 1)).toBe(true);
    expect(isProbeDue({ ...hold, probedAt: noon }, undefined, noon)).toBe(false);
  });

  test("and the hold remembers which, when, and where to go on", () => {
    expect(probing({ ...hold, probeFrom: 7 }, "sandbox/a", { probeFrom: 9 }, noon)).toMatchObject({
      probe: "sandbox/a",
      probedAt: noon,
      probeFrom: 9,
    });
    expect(probing({ ...hold, probeFrom: 7 }, "sandbox/a", {}, noon)).not.toHaveProperty("probeFrom");
  });
});

describe("the next to be tried", () => {
  const names = (some: readonly { readonly key: string }[]) => some.map(({ key }) => key.slice("sandbox/".length));
  const now = noon + 60 * minute;

  test("has failed least often, then says something else of another contract, then was stored first", () => {
    const tried = held("z", { types: ["refund"], contracts: ["of z"] });
    const some = [
      held("a", { attempts: 1 }),
      held("b", { types: ["refund"] }),
      held("c", { types: ["refund"], contracts: ["of z"] }),
      held("e", { types: ["charge"] }),
      held("d", { types: ["charge"] }),
      held("f", { types: ["charge"], contracts: ["of z"] }),
    ];
    expect(names(rankProbes(some, tried, { retry, now }))).toEqual(["d", "e", "f", "b", "c", "a"]);
    // A number at another source is another contract, and one thing that it says may be the same.
    const others = [
      held("a", { types: ["charge", "refund"], contracts: ["of y"] }),
      held("b", { types: ["charge"], contracts: ["of y", "of z"] }),
      held("c", { types: ["charge"], contracts: ["of z"], source: "other" }),
      held("d", { types: ["refund"], contracts: ["of y"] }),
      held("e", { types: ["charge"], contracts: ["of y"] }),
    ];
    expect(names(rankProbes(others, tried, { retry, now }))).toEqual(["c", "e", "b", "a", "d"]);
    expect(names(rankProbes(some, undefined, { retry, now }))).toEqual(["b", "c", "d", "e", "f", "a"]);
  });

  test("waits for nothing where it has not failed", () => {
    expect(names(rankProbes([held("a", { at: now })], undefined, { retry, now }))).toEqual(["a"]);
    expect(rankProbes([held("a", { attempts: 1, at: now })], undefined, { retry, now })).toEqual([]);
  });

  test("waits as long as its own next attempt would", () => {
    const failed = held("a", { attempts: 3, at: now - 8 * second });
    expect(names(rankProbes([failed], undefined, { retry, now }))).toEqual(["a"]);
    expect(rankProbes([failed], undefined, { retry, now: now - 1 })).toEqual([]);
  });

  test("waits as long since the last of all was tried, where the clock by which it failed is ahead of ours", () => {
    const failed = held("a", { attempts: 3, at: now + 5 * minute });
    const ranked = (probedAt?: number) => names(rankProbes([failed, held("b")], undefined, { retry, now, probedAt }));
    expect(ranked(now - 8 * second)).toEqual(["b", "a"]);
    expect(ranked(now - 8 * second + 1)).toEqual(["b"]);
    expect(ranked(now)).toEqual(["b"]);
    // None was tried yet, or our own clock was set back since.
    expect(ranked()).toEqual(["b", "a"]);
    expect(ranked(now + 1)).toEqual(["b", "a"]);
  });

  test("is so rare that half an hour with clocks apart takes six records no more attempts than their own retries", () => {
    for (const aheadMs of [0, 5 * minute, -5 * minute]) {
      let some = Array.from({ length: 6 }, (_, n) => held(`${n}`, { attempts: 1, at: noon + aheadMs }));
      let known: Hold = { ...hold, since: noon + aheadMs };
      for (let at = noon; at < noon + 30 * minute; at += second) {
        const [first] = isProbeDue(known, some[0], at) ? rankProbes(some, undefined, { retry, now: at, probedAt: known.probedAt }) : [];
        if (!first) continue;
        known = { ...known, probedAt: at };
        some = some.map((one) => (one === first ? held(one.order, { attempts: one.attempts + 1, at: at + aheadMs }) : one));
      }
      expect(Math.max(...some.map(({ attempts }) => attempts))).toBeLessThanOrEqual(11);
    }
  });
});
