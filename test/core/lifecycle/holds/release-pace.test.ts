import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { breaker, type Hold, type HoldChange, isProbing } from "../../../../core/lifecycle/holds/hold.ts";
import { isProbeDue, probing } from "../../../../core/lifecycle/holds/probe.ts";
import { mostAtOnce, opened, resumed, shareOf, slowedDown, stopped } from "../../../../core/lifecycle/holds/release-pace.ts";
import { noon } from "../../../support/samples.ts";

const second = 1_000;
const held: Hold = { target: "app", by: breaker, why: "503", since: noon, revision: 1 };
const saved = (change: HoldChange): Hold => ({ ...change, revision: 1 });

/** What is released in so many seconds, looked at every `everyMs`, with nobody there between two runs. */
const releasedIn = (hold: Hold, seconds: number, everyMs = second, gap = (_: number) => false): number => {
  let [now, count, known] = [noon, 0, hold];
  for (; now < noon + seconds * second; now += everyMs) {
    for (let isBehind = !gap(now); isBehind; ) {
      const share = shareOf(known, known.ratePerSecond ?? 0, now);
      if (share.count > 0) known = share.hold;
      count += share.count;
      isBehind = share.count === mostAtOnce;
    }
  }
  return count;
};

describe("an operator's rate", () => {
  test("is kept within 2 % over ten minutes, at every rate, however often it is looked at, with a gap between two runs", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 300, max: 1_500 }), (rate, everyMs) => {
        const isBetweenRuns = (now: number) => (now - noon) % 60_000 > 52_000;
        const count = releasedIn(saved(resumed({ ...held, by: "ann" }, rate, noon)), 590, everyMs, isBetweenRuns);
        expect(Math.abs(count - rate * 590)).toBeLessThanOrEqual(rate * 590 * 0.02);
      }),
    );
  });

  test("of less than one record a second is kept too, from the first one on, however late the release begins", () => {
    const slow = fc.integer({ min: 2, max: 600 });
    fc.assert(
      fc.property(slow, fc.integer({ min: 300, max: 20_000 }), fc.integer({ min: 0, max: 120 }), (secondsForOne, everyMs, late) => {
        const hold = saved(resumed({ ...held, by: "ann" }, 1 / secondsForOne, noon - late * second));
        const count = releasedIn(hold, 20 * secondsForOne, Math.min(everyMs, secondsForOne * second));
        // The first is waited for, and the last may be just due.
        expect(count).toBeGreaterThanOrEqual(18);
        expect(count).toBeLessThanOrEqual(21);
      }),
    );
  });

  test("is kept as it is by failures, and is the limit once the breaker has held in between", () => {
    const slow = saved(resumed({ ...held, by: "ann" }, 5, noon));
    expect(slowedDown(slow, noon + 60 * second)).toBe(slow);
    const again = saved(opened(saved(stopped(slow, "503", noon)), noon));
    expect(again).toMatchObject({ by: breaker, ratePerSecond: 2, limitPerSecond: 5 });
    expect(releasedIn(again, 65)).toBeGreaterThan(290);
    expect(releasedIn(again, 65)).toBeLessThanOrEqual(325);
  });

  test("that an older version wrote is kept too", () => {
    expect(releasedIn({ ...held, by: "ann", ratePerSecond: 7 }, 60)).toBe(420);
    expect(stopped({ ...held, by: "ann", ratePerSecond: 7 }, "503", noon)).toMatchObject({ limitPerSecond: 7 });
  });

  test("of less than one record a second that an older version wrote, without the time it was set, is kept too", () => {
    // As it was found in a table that commit 678ba76 had written.
    const item = '{"target":"held","by":"root","why":"old release","since":1795806298189,"revision":2,"ratePerSecond":0.2}';
    expect(releasedIn(JSON.parse(item), 60)).toBe(12);
  });
});

describe("a release after an outage", () => {
  const opening = saved(opened(held, noon));

  test("begins with 20 a second and doubles every five seconds", () => {
    expect([1, 5, 10, 15, 20].map((seconds) => releasedIn(opening, seconds))).toEqual([20, 100, 300, 700, 1_500]);
  });

  test("begins more slowly each time it was too fast for the application, and as usual after the next outage", () => {
    const stops = [opening];
    for (let round = 0; round < 5; round++) stops.push(saved(opened(saved(stopped(stops.at(-1) as Hold, "503", noon)), noon)));
    expect(stops.map(({ ratePerSecond }) => ratePerSecond)).toEqual([20, 10, 5, 2, 1, 1]);
    expect(opened(saved(stopped({ ...opening, ratePerSecond: 640 }, "503", noon)), noon).ratePerSecond).toBe(20);
  });

  test("goes no faster than it is made: what does not keep up is not doubled", () => {
    let [known, now] = [opening, noon];
    for (let round = 0; round < 200; round++, now += 4 * second) known = shareOf(known, known.ratePerSecond ?? 0, now).hold;
    expect(known.ratePerSecond).toBeLessThan(2_000);
  });

  test("is halved once for failures that come together, never to nothing, and doubles again after calm", () => {
    const fast = { ...opening, ratePerSecond: 80 };
    const slower = slowedDown(fast, noon + 10 * second);
    expect(slower.ratePerSecond).toBe(40);
    expect(slowedDown(slower, noon + 11 * second)).toBe(slower);
    for (const rate of [1, 1.5]) expect(slowedDown({ ...fast, ratePerSecond: rate }, noon + 10 * second).ratePerSecond).toBe(1);
    const later = { ...slower, releasedUntil: noon + 14 * second };
    expect(shareOf(later, 40, noon + 15 * second).hold.ratePerSecond).toBe(80);
  });

  test.each([3_600_000, 15_001])("goes on at once when the clock is set back by %d ms, further than two clocks differ", (backMs) => {
    const known = { ...opening, releasedUntil: noon + backMs };
    expect(shareOf(known, 20, noon)).toMatchObject({ count: 20, hold: { releasedUntil: noon } });
    expect(releasedIn(known, 3)).toBe(60);
  });

  test.each([15_000, 11_000, 2_000, 1])("waits where another clock is ahead by %d ms, and makes up for nothing", (aheadMs) => {
    const known = { ...opening, releasedUntil: noon + aheadMs };
    expect(shareOf(known, 20, noon).count).toBe(0);
    expect(releasedIn(known, 17)).toBeLessThanOrEqual(releasedIn(opening, 17) - (20 * (aheadMs - second)) / second);
    expect(releasedIn(known, 17)).toBeGreaterThan(0);
    expect(shareOf({ ...known, ratePerSecond: 2_000 }, 2_000, noon).count).toBe(0);
  });

  test("is claimed in turns: of two runs at once one lets go what is due", () => {
    const one = shareOf(opening, 20, noon + 2 * second);
    const other = shareOf(one.hold, 20, noon + 2 * second);
    expect([one.count, other.count]).toEqual([20, 0]);
  });
});

describe("the times by which a release is judged", () => {
  const fast: Hold = { ...held, ratePerSecond: 21, rateSince: noon, limitPerSecond: 1_000 };
  const rateOf = (hold: Hold, now: number) => shareOf(hold, hold.ratePerSecond ?? 0, now).hold.ratePerSecond;
  const lookedAt = (now: number, lateMs: number, more: Partial<Hold> = {}) =>
    rateOf({ ...fast, ...more, releasedUntil: now - lateMs }, now);

  test("within two seconds failures are the same trouble, and with a clock set back they are new", () => {
    expect(slowedDown(fast, noon + 2 * second - 1)).toBe(fast);
    expect(slowedDown(fast, noon)).toBe(fast);
    expect(slowedDown(fast, noon + 2 * second)).toEqual({ ...fast, ratePerSecond: 10, rateSince: noon + 2 * second });
    expect(slowedDown(fast, noon - 1)).toEqual({ ...fast, ratePerSecond: 10, rateSince: noon - 1 });
    const { rateSince: _, ...old } = fast;
    expect(slowedDown(old, noon).ratePerSecond).toBe(10);
    const slowest = { ...fast, ratePerSecond: 1 };
    expect(slowedDown(slowest, noon + 60 * second)).toBe(slowest);
    expect(slowedDown({ ...fast, ratePerSecond: 2 }, noon + 60 * second).ratePerSecond).toBe(1);
    const { ratePerSecond: __, ...stillHeld } = fast;
    expect(slowedDown(stillHeld, noon + 60 * second)).toBe(stillHeld);
  });

  test("five seconds without trouble double the rate, unless it is late by more than two or at its limit", () => {
    expect(lookedAt(noon + 5 * second - 1, 0)).toBe(21);
    expect(lookedAt(noon + 5 * second, 0)).toBe(42);
    expect(lookedAt(noon + 5 * second, 2 * second)).toBe(42);
    expect(lookedAt(noon + 5 * second, 2 * second + 1)).toBe(21);
    expect(lookedAt(noon + 5 * second, 0, { limitPerSecond: 30 })).toBe(30);
    expect(lookedAt(noon + 5 * second, 0, { limitPerSecond: 21 })).toBe(21);
    expect(lookedAt(noon + 5 * second, 0, { limitPerSecond: 20 })).toBe(21);
    expect(lookedAt(noon + 5 * second, 0, { by: "ann" })).toBe(21);
    const atLimit = shareOf({ ...fast, limitPerSecond: 21, releasedUntil: noon + 5 * second }, 21, noon + 5 * second).hold;
    expect(atLimit.rateSince).toBe(noon);
    const doubled = shareOf({ ...fast, releasedUntil: noon + 5 * second }, 21, noon + 5 * second).hold;
    expect(doubled.rateSince).toBe(noon + 5 * second);
  });

  test("the calm begins anew where its beginning is not known, or lies ahead", () => {
    const { rateSince: _, ...old } = fast;
    for (const hold of [old, { ...fast, rateSince: noon + 1 }]) {
      expect(shareOf({ ...hold, releasedUntil: noon }, 21, noon).hold).toMatchObject({ ratePerSecond: 21, rateSince: noon });
    }
    expect(shareOf({ ...fast, releasedUntil: noon }, 21, noon).hold.rateSince).toBe(noon);
  });

  test("what nobody released is made up for, of fifteen seconds, a thousand at once at most", () => {
    const slow: Hold = { ...held, by: "ann", ratePerSecond: 10, rateSince: noon };
    expect(shareOf({ ...slow, releasedUntil: noon - 14_999 }, 10, noon).count).toBe(149);
    expect(shareOf({ ...slow, releasedUntil: noon - 15_000 }, 10, noon).count).toBe(150);
    expect(shareOf({ ...slow, releasedUntil: noon - 3_600_000 }, 10, noon)).toMatchObject({ count: 150, hold: { releasedUntil: noon } });
    expect(shareOf({ ...slow, releasedUntil: noon - 2_550 }, 10, noon)).toMatchObject({ count: 25, hold: { releasedUntil: noon - 50 } });
    expect(shareOf(slow, 10, noon)).toMatchObject({ count: 10, hold: { releasedUntil: noon } });
    const slowest = { ...slow, ratePerSecond: 0.1 };
    expect(shareOf({ ...slowest, releasedUntil: noon - 3_600_000 }, 0.1, noon).count).toBe(2);
    expect([9_999, 10_000].map((passed) => shareOf(slowest, 0.1, noon + passed).count)).toEqual([0, 1]);
    const much = { ...slow, ratePerSecond: 500, releasedUntil: noon - 3 * second };
    expect(shareOf(much, 500, noon)).toMatchObject({ count: 1_000, hold: { releasedUntil: noon - second } });
    expect(mostAtOnce).toBe(1_000);
  });

  test("a stopped release says who holds it now, since when, and how it begins again", () => {
    expect(stopped({ ...fast, by: "ann", why: "deploy", probe: "sandbox/a", releasedUntil: noon }, "503", noon + 7)).toEqual({
      target: "app",
      by: breaker,
      why: "503",
      since: noon + 7,
      startPerSecond: 10,
      limitPerSecond: 1_000,
    });
    expect(stopped(held, "503", noon).startPerSecond).toBe(10);
    expect(stopped({ ...held, ratePerSecond: 20 }, "503", noon)).not.toHaveProperty("limitPerSecond");
    expect(opened({ ...held, probe: "sandbox/a", probedAt: noon, startPerSecond: 3 }, noon + 7)).toEqual({
      target: "app",
      by: breaker,
      why: "503",
      since: noon,
      ratePerSecond: 3,
      rateSince: noon + 7,
    });
    expect(opened({ ...held, limitPerSecond: 4 }, noon)).toMatchObject({ ratePerSecond: 4, limitPerSecond: 4 });
    expect(resumed({ ...held, limitPerSecond: 4 }, 30, noon + 7)).toMatchObject({
      by: breaker,
      ratePerSecond: 30,
      limitPerSecond: 30,
      rateSince: noon + 7,
    });
  });
});

describe("after an outage at a steady rate", () => {
  interface Outage {
    readonly arrivals: number;
    readonly outageSeconds: number;
    /** What the application takes in a second. */
    readonly capacity: number;
    /** What it does with more: leave it in the queue, or refuse it. */
    readonly isRefusing: boolean;
  }

  /** Seconds from the end of the outage until nothing waits any more, in the hold, the queue, or for a retry. */
  const gone = ({ arrivals, outageSeconds, capacity, isRefusing }: Outage): number => {
    let hold: Hold | undefined = held;
    let [backlog, queue] = [0, 0];
    for (let passed = 1; passed < 40 * outageSeconds + 1_000; passed++) {
      const now = noon + passed * second;
      const isUp = passed > outageSeconds;
      if (isProbing(hold)) {
        backlog += arrivals;
        if (!isProbeDue(hold, undefined, now) && hold.probe === undefined) continue;
        hold = isUp ? saved(opened(hold, now)) : { ...saved(probing(hold, "sandbox/evt_1", {}, now)), probe: undefined as never };
        continue;
      }
      const share: { count: number; hold: Hold } = shareOf(hold, hold.ratePerSecond ?? 0, now);
      hold = share.hold;
      const released = Math.min(backlog, share.count);
      backlog -= released;
      queue += released + arrivals;
      const taken = Math.min(queue, capacity);
      const refused = queue - taken;
      queue = refused;
      if (isRefusing && refused > capacity) {
        // Five in a row are not rare any more. What fails then waits again.
        backlog += queue;
        queue = 0;
        hold = saved(stopped(hold, "503", now));
      } else if (isRefusing && refused > 0) hold = slowedDown(hold, now);
      if (backlog === 0 && queue <= arrivals) return passed - outageSeconds;
    }
    return Number.POSITIVE_INFINITY;
  };

  const outages = fc.record({
    arrivals: fc.integer({ min: 1, max: 300 }),
    outageSeconds: fc.integer({ min: 15, max: 4 * 3_600 }),
  });
  /** The end is noticed within an eighth of the time until then, a minute at most; the release doubles until it is faster than what arrives. */
  const noticed = (seconds: number) => Math.min(60, Math.max(2, seconds / 7)) + 1;
  const risen = (arrivals: number) => 5 * Math.ceil(Math.log2(Math.max(2, arrivals / 10)));

  test("the backlog is gone within its length, once it is noticed and the rate has risen, when the application takes twice the rate", () => {
    fc.assert(
      fc.property(outages, ({ arrivals, outageSeconds }) => {
        const seconds = gone({ arrivals, outageSeconds, capacity: 2 * arrivals, isRefusing: false });
        expect(seconds).toBeLessThanOrEqual(outageSeconds + 2 * noticed(outageSeconds) + risen(arrivals));
      }),
      { numRuns: 60 },
    );
  });

  test("it is gone within its length with all that, from some minutes on, when the application takes three times the rate", () => {
    fc.assert(
      fc.property(outages, ({ arrivals, outageSeconds }) => {
        const seconds = gone({ arrivals, outageSeconds, capacity: 3 * arrivals, isRefusing: false });
        expect(seconds).toBeLessThanOrEqual(Math.max(outageSeconds, 120));
      }),
      { numRuns: 60 },
    );
  });

  test("it is gone too when the application refuses what is too much, and the rate has to fall back again and again", () => {
    fc.assert(
      fc.property(outages, ({ arrivals, outageSeconds }) => {
        const seconds = gone({ arrivals, outageSeconds, capacity: 4 * arrivals, isRefusing: true });
        expect(seconds).toBeLessThanOrEqual(Math.max(2 * outageSeconds, 240));
      }),
      { numRuns: 60 },
    );
  });
});
