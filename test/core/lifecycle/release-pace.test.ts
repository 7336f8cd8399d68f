import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { breaker, type Hold, type HoldChange, isProbing } from "../../../core/lifecycle/hold.ts";
import { isProbeDue, probing } from "../../../core/lifecycle/probe.ts";
import { mostAtOnce, opened, resumed, shareOf, slowedDown, stopped } from "../../../core/lifecycle/release-pace.ts";
import { noon } from "../../support/samples.ts";

const second = 1_000;
const held: Hold = { target: "app", by: breaker, why: "503", since: noon, revision: 1 };
const saved = (change: HoldChange): Hold => ({ ...change, revision: 1 });

/** What is let go in so many seconds, looked at every `everyMs`, with nobody there between two runs. */
const letGoIn = (hold: Hold, seconds: number, everyMs = second, gap = (_: number) => false): number => {
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
        const count = letGoIn(saved(resumed({ ...held, by: "ann" }, rate, noon)), 590, everyMs, isBetweenRuns);
        expect(Math.abs(count - rate * 590)).toBeLessThanOrEqual(rate * 590 * 0.02);
      }),
    );
  });

  test("is kept as it is by failures, and is the limit once the breaker has held in between", () => {
    const slow = saved(resumed({ ...held, by: "ann" }, 5, noon));
    expect(slowedDown(slow, noon + 60 * second)).toBe(slow);
    const again = saved(opened(saved(stopped(slow, "503", noon)), noon));
    expect(again).toMatchObject({ by: breaker, ratePerSecond: 2, limitPerSecond: 5 });
    expect(letGoIn(again, 65)).toBeGreaterThan(290);
    expect(letGoIn(again, 65)).toBeLessThanOrEqual(325);
  });

  test("that an older version wrote is kept too", () => {
    expect(letGoIn({ ...held, by: "ann", ratePerSecond: 7 }, 60)).toBe(420);
    expect(stopped({ ...held, by: "ann", ratePerSecond: 7 }, "503", noon)).toMatchObject({ limitPerSecond: 7 });
  });
});

describe("a release after an outage", () => {
  const opening = saved(opened(held, noon));

  test("begins with 20 a second and doubles every five seconds", () => {
    expect([1, 5, 10, 15, 20].map((seconds) => letGoIn(opening, seconds))).toEqual([20, 100, 300, 700, 1_500]);
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
    expect(slowedDown({ ...fast, ratePerSecond: 1 }, noon + 10 * second).ratePerSecond).toBe(1);
    const later = { ...slower, releasedUntil: noon + 14 * second };
    expect(shareOf(later, 40, noon + 15 * second).hold.ratePerSecond).toBe(80);
  });

  test.each([3_600_000, 11_000, 2_000, 1])("goes on when the clock is set back by %d ms, and makes up for nothing", (backMs) => {
    const known = { ...opening, releasedUntil: noon + backMs };
    const [first, later] = [shareOf(known, 20, noon), shareOf({ ...known, releasedUntil: noon }, 20, noon + second)];
    expect(first.count).toBe(0);
    expect(later.count).toBe(20);
  });

  test("is claimed in turns: of two runs at once one lets go what is due", () => {
    const one = shareOf(opening, 20, noon + 2 * second);
    const other = shareOf(one.hold, 20, noon + 2 * second);
    expect([one.count, other.count]).toEqual([20, 0]);
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
  /** The end is noticed after an eighth of the outage, a minute at most; the release doubles until it is faster than what arrives. */
  const noticed = (seconds: number) => Math.min(60, Math.max(2, seconds / 8)) + 1;
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
