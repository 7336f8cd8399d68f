import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../../../core/findings/finding.ts";
import type { FindingState, Standing, StoredFinding } from "../../../../core/findings/lifecycle/stored.ts";
import { afterPage, type TallyRun } from "../../../../core/findings/tally/round.ts";
import { largestShare, shareOf } from "../../../../core/findings/tally/stake.ts";
import { nothing, withFinding } from "../../../../core/findings/tally/tally.ts";

const standings: Readonly<Record<FindingState, Standing>> = {
  open: { state: "open" },
  acknowledged: { state: "acknowledged", owner: "mai", at: 1 },
  handled: { state: "handled", by: "mai", at: 1, why: "given back" },
  dismissed: { state: "dismissed", by: "mai", at: 1, why: "a test account" },
  closed: { state: "closed", at: 1 },
};

/** A tally reads no more of a finding than this. */
const kept = (
  id: string,
  {
    state = "open",
    since = 10,
    changedAt = 20,
    money = [],
  }: Partial<Pick<Finding, "since" | "money"> & { state: FindingState; changedAt: number }> = {},
): StoredFinding => ({
  finding: { id, class: id.split(":")[0], since, money } as unknown as Finding,
  standing: standings[state],
  raisedAt: changedAt,
  changedAt,
  notes: [],
  revision: 1,
});
const tallyOf = (...all: readonly StoredFinding[]) => all.reduce(withFinding, nothing);
const yen = (minor: number) => ({ minor, currency: "JPY" });
const dollars = (minor: number) => ({ minor, currency: "USD" });

describe("what open findings add up to", () => {
  test("is counted by class, and money by currency", () => {
    expect(
      tallyOf(
        kept("A2:shop/1", { money: [yen(500)], since: 5, changedAt: 30 }),
        kept("A2:shop/2", { money: [yen(300), dollars(7)], since: 3, changedAt: 40 }),
        kept("A3:shop/3", { state: "acknowledged", money: [yen(1_000)], changedAt: 12 }),
      ),
    ).toEqual({
      count: 3,
      taken: 1,
      money: { JPY: 1_800, USD: 7 },
      untaken: { JPY: 800, USD: 7 },
      waiting: { id: "A2:shop/1", since: 30 },
      held: { id: "A3:shop/3", since: 12 },
      classes: {
        A2: { count: 2, money: { JPY: 800, USD: 7 }, since: 3 },
        A3: { count: 1, money: { JPY: 1_000 }, since: 10 },
      },
    });
  });

  test("names of two that wait as long the one whose id comes first, in whatever order they are counted", () => {
    const [one, other] = [kept("A2:shop/1"), kept("A2:shop/2")];
    for (const waiting of [tallyOf(one, other).waiting, tallyOf(other, one).waiting])
      expect(waiting).toEqual({ id: "A2:shop/1", since: 20 });
    expect(tallyOf(other, kept("A2:shop/1", { changedAt: 21 })).waiting).toEqual({ id: "A2:shop/2", since: 20 });
  });

  test("has nothing of those that are settled, which the index may still show", () => {
    for (const state of ["handled", "dismissed", "closed"] as const) expect(tallyOf(kept("A2:shop/1", { state }))).toEqual(nothing);
  });

  const finding = fc
    .record({
      id: fc.constantFrom("A2:shop/1", "A2:shop/2", "A3:shop/3", "CHECK:shop/4"),
      state: fc.constantFrom<FindingState>("open", "acknowledged", "closed"),
      since: fc.nat(50),
      changedAt: fc.nat(50),
      money: fc.uniqueArray(fc.record({ minor: fc.nat(1_000), currency: fc.constantFrom("JPY", "USD") }), {
        selector: (one) => one.currency,
      }),
    })
    .map(({ id, ...more }) => kept(id, more));

  test("is the same in every order, and in pages of every size", () => {
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 12 }), fc.integer({ min: 1, max: 5 }), fc.infiniteStream(fc.nat()), (all, size, coins) => {
        const whole = tallyOf(...all);
        const shuffled = all
          .map((one) => [coins.next().value as number, one] as const)
          .toSorted(([one], [other]) => one - other)
          .map(([, one]) => one);
        let run: TallyRun = {};
        for (let at = 0; at === 0 || at < shuffled.length; at += size) {
          const isLast = at + size >= shuffled.length;
          run = afterPage(run, { findings: shuffled.slice(at, at + size), ...(!isLast && { next: String(at + size) }) }, 100 + at);
        }
        expect(run).toEqual({ last: { tally: whole, asOf: 100 } });
      }),
    );
  });

  test("is told of the last round, until the next one is at its end", () => {
    const first = afterPage({}, { findings: [kept("A2:shop/1")] }, 100);
    const half = afterPage(first, { findings: [kept("A2:shop/1")], next: "there" }, 200);
    expect(half.last).toEqual(first.last);
    expect(half.round).toMatchObject({ asOf: 200, next: "there", tally: { count: 1 } });
    expect(afterPage(half, { findings: [] }, 300)).toEqual({ last: { tally: half.round?.tally, asOf: 200 } });
  });
});

describe("how much is at stake", () => {
  const limits = { moneyAtStake: { USD: 5_000 } };

  test("is held against each currency's own limit, and where none is listed against 100,000 minor units", () => {
    expect(shareOf(dollars(2_500), limits)).toEqual({ share: 0.5, most: 5_000 });
    expect(shareOf(yen(150_000), limits)).toEqual({ share: 1.5, most: 100_000 });
    // No property that every object has is a currency's limit.
    expect(shareOf({ minor: 1, currency: "constructor" }, limits).most).toBe(100_000);
  });

  test("is the share of the currency nearest to its limit: currencies are never added up", () => {
    expect(largestShare({}, limits)).toBe(0);
    expect(largestShare({ USD: 4_000, JPY: 90_000 }, limits)).toBe(0.9);
  });
});
