import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { breaker, type Hold } from "../../../../core/lifecycle/holds/hold.ts";
import { type InFlight, leastInFlight, lookedAt, noneInFlight, roomFor, withReleased } from "../../../../core/lifecycle/holds/in-flight.ts";
import { shareOf } from "../../../../core/lifecycle/holds/release-pace.ts";
import type { Progress } from "../../../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../../../core/record.ts";
import { noon } from "../../../support/samples.ts";

const second = 1_000;
const key = (n: number) => `sandbox/evt_${n}` as RecordKey;
const progress = (n: number, change: Partial<Progress> = {}): Progress =>
  ({ key: key(n), group: `g${n}`, revision: 2, state: "ready", ...change }) as Progress;
const readBack = (...some: readonly Progress[]) => new Map(some.map((one) => [one.key, one]));
const idle = noneInFlight({}, noon);

describe("what is in flight", () => {
  test("is what was released until the table shows that consume has had it, also when it shows what was before", () => {
    const three = withReleased(idle, [progress(1), progress(2), progress(3)], noon);
    const known = readBack(progress(1, { revision: 3, state: "delivered" }), progress(2, { revision: 1, state: "waiting" } as never));
    expect(lookedAt(three, known, noon + second).released.map((one) => one.key)).toEqual([key(2), key(3)]);
  });

  test("is nothing that the queue keeps back behind a record that failed", () => {
    const line = withReleased(
      idle,
      [progress(1), progress(2), progress(3)].map((one) => ({ ...one, group: "one" })),
      noon,
    );
    const failed = readBack(progress(1, { group: "one", revision: 3, state: "retrying" }));
    expect(lookedAt(line, failed, noon + second).released).toEqual([]);
    const settled = readBack(progress(1, { group: "one", revision: 3, state: "delivered" }));
    expect(lookedAt(line, settled, noon + second).released).toHaveLength(2);
  });

  test("is forgotten after forty seconds, whatever it waits for, and when the clock was set back by more", () => {
    const one = withReleased(idle, [progress(1)], noon);
    const left = (passedMs: number) => lookedAt(one, readBack(progress(1)), noon + passedMs).released.length;
    expect([39_999, 40_000, -39_999, -40_000].map(left)).toEqual([1, 0, 1, 0]);
  });

  test("says how fast it is taken, of the last seconds, however often it is looked at", () => {
    for (const everyMs of [0, 100, second, 2_500]) {
      let [known, next]: [InFlight, number] = [idle, 0];
      const step = everyMs === 0 ? second : everyMs;
      for (let now = noon + step; now <= noon + 20 * second; now += step) {
        const some = Array.from({ length: Math.round((30 * step) / second) }, () => next++);
        // As fast as can be: what one look has found, another finds at the same time.
        const halves = everyMs === 0 ? [some.slice(0, 15), some.slice(15)] : [some];
        for (const part of halves) {
          known = withReleased(
            known,
            part.map((n) => progress(n)),
            now,
          );
          known = lookedAt(known, readBack(...part.map((n) => progress(n, { revision: 3, state: "delivered" }))), now);
        }
      }
      expect(known.takenPerSecond).toBeGreaterThan(27);
      expect(known.takenPerSecond).toBeLessThan(36);
      expect(lookedAt(known, new Map(), known.at + 3 * second).takenPerSecond).toBeCloseTo(known.takenPerSecond / Math.E);
      expect(lookedAt(known, new Map(), known.at - second).takenPerSecond).toBe(known.takenPerSecond);
    }
  });
});

test("what the last run said of it holds until something of this run is taken", () => {
  const begun = withReleased(noneInFlight({ takenPerSecond: 50 }, noon), [progress(1), progress(2)], noon);
  const waited = lookedAt(begun, readBack(progress(1)), noon + 30 * second);
  expect(waited).toMatchObject({ takenPerSecond: 50, at: noon + 30 * second });
  const taken = lookedAt(waited, readBack(progress(1, { revision: 3, state: "delivered" })), noon + 33 * second);
  expect(taken.takenPerSecond).toBeCloseTo(50 / Math.E + (1 - 1 / Math.E) / 3);
  expect(lookedAt(taken, new Map(), noon + 36 * second).takenPerSecond).toBeCloseTo(taken.takenPerSecond / Math.E);
});

describe("the room for more", () => {
  const inFlight = (count: number, takenPerSecond: number, { contracts = count, quickestMs = 0 } = {}): InFlight =>
    withReleased(
      noneInFlight({ takenPerSecond, quickestMs }, noon),
      Array.from({ length: count }, (_, n) => progress(n, { group: `g${n % contracts}` })),
      noon,
    );

  test("is what is taken in two seconds and thirty, less what is in flight", () => {
    expect(roomFor(idle)).toBe(leastInFlight);
    expect(roomFor(inFlight(0, 15.9))).toBe(61);
    expect(roomFor(noneInFlight({ takenPerSecond: 999.9 }, noon))).toBe(2_029);
    expect(roomFor(inFlight(60, 15))).toBe(0);
    expect(roomFor(inFlight(59, 15))).toBe(1);
    expect(roomFor(inFlight(500, 15))).toBe(0);
  });

  test("is not taken up by what takes its time in any case, nor by one contract", () => {
    expect(roomFor(inFlight(150, 15, { quickestMs: 10_000 }))).toBe(60);
    expect(roomFor(inFlight(500, 15, { contracts: 3 }))).toBe(57);
  });

  test("knows how long the quickest took, of all that was ever taken, whatever the clocks say", () => {
    const two = withReleased(idle, [progress(1), progress(2)], noon);
    const at = (n: number, tookMs: number) => progress(n, { revision: 3, state: "delivered", at: noon + tookMs } as never);
    const first = lookedAt(two, readBack(at(1, 1_500)), noon + 2 * second);
    expect(first.quickestMs).toBe(1_500);
    expect(lookedAt(first, readBack(at(2, 3_000)), noon + 4 * second).quickestMs).toBe(1_500);
    expect(lookedAt(first, readBack(at(2, -3_000)), noon + 4 * second).quickestMs).toBe(0);
    expect(lookedAt(two, readBack(at(1, 3_600_000)), noon + 4 * second).quickestMs).toBe(4_000);
  });
});

describe("a release with room for some of what it owes", () => {
  const releasing: Hold = { target: "app", by: breaker, why: "503", since: noon, revision: 1, ratePerSecond: 640, rateSince: noon };
  const now = noon + second;

  test("goes on from what consume takes, when the breaker opened it, and owes nothing", () => {
    const { count, hold } = shareOf({ ...releasing, releasedUntil: noon }, 640, now, { room: 100, perSecond: 30.2, quickestMs: 80.4 });
    expect(count).toBe(100);
    expect(hold).toMatchObject({ ratePerSecond: 46, rateSince: now, releasedUntil: now, takenPerSecond: 30, quickestMs: 80 });
    expect(shareOf(releasing, 640, now, { room: 100, perSecond: 0 }).hold.ratePerSecond).toBe(20);
    expect(shareOf(releasing, 640, now, { room: 100, perSecond: 640 }).hold.ratePerSecond).toBe(640);
  });

  test("stays as it is with enough of it, or at that rate already, and keeps an operator's rate", () => {
    const already = { ...releasing, ratePerSecond: 45, releasedUntil: noon };
    expect(shareOf(already, 45, now, { room: 9, perSecond: 30 })).toMatchObject({
      count: 9,
      hold: { ratePerSecond: 45, rateSince: noon, releasedUntil: noon + 200 },
    });
    const enough = shareOf({ ...releasing, releasedUntil: noon }, 640, now, { room: 640, perSecond: 30 });
    expect(enough).toMatchObject({ count: 640, hold: { ratePerSecond: 640, rateSince: noon, takenPerSecond: 30 } });
    const operators = { ...releasing, by: "ann", releasedUntil: noon };
    expect(shareOf(operators, 640, now, { room: 64, perSecond: 30 })).toMatchObject({
      count: 64,
      hold: { ratePerSecond: 640, releasedUntil: noon + 100 },
    });
  });
});

describe("a release that is faster than consume", () => {
  interface Storm {
    /** Callbacks a second, each of another contract. */
    readonly arrivals: number;
    /** What consume takes a second. */
    readonly capacity: number;
    /** Seconds that each is worked on, side by side with others. */
    readonly workSeconds: number;
    readonly outageSeconds: number;
    /** One of so many let go fails, and is not taken for minutes; Infinity: none does. */
    readonly failing: number;
    /** An operator's rate; without it the breaker's. */
    readonly operatorsRate?: number;
    readonly mostSeconds?: number;
  }

  const play = (storm: Storm) => {
    const { arrivals, capacity, workSeconds, outageSeconds, failing, operatorsRate, mostSeconds = 60_000 } = storm;
    let hold: Hold = {
      ...{ target: "app", why: "503", since: noon, revision: 1, rateSince: noon },
      ...(operatorsRate === undefined ? { by: breaker, ratePerSecond: 20 } : { by: "ann", ratePerSecond: operatorsRate }),
    };
    let backlog = arrivals * outageSeconds;
    let next = 0;
    const queue: { readonly n: number | undefined; readonly from: number }[] = [];
    let working: { readonly n: number | undefined; readonly until: number }[] = [];
    let longestWait = 0;
    const idleSeconds: number[] = [];
    const states = new Map<RecordKey, Progress>();
    let inFlight = noneInFlight({}, noon);
    let passed = 0;
    for (; backlog > 0 && passed < mostSeconds; passed++) {
      const now = noon + passed * second;
      // A run ends, and the next knows only what the hold says.
      if (passed % 60 === 0) inFlight = noneInFlight(hold, now);
      for (const { n } of working.filter(({ until }) => until <= passed))
        if (n !== undefined) states.set(key(n), progress(n, { revision: 3, state: "delivered", at: now } as Partial<Progress>));
      working = working.filter(({ until }) => until > passed);
      inFlight = lookedAt(inFlight, states, now);
      const share: { count: number; hold: Hold } = shareOf(hold, hold.ratePerSecond ?? 0, now, {
        room: roomFor(inFlight),
        perSecond: inFlight.takenPerSecond,
        quickestMs: inFlight.quickestMs,
      });
      const released = Math.min(backlog, share.count);
      if (share.count > 0) hold = share.hold;
      backlog -= released;
      const some = Array.from({ length: released }, () => next++);
      inFlight = withReleased(
        inFlight,
        some.map((n) => progress(n)),
        now,
      );
      for (const n of some) if (n % failing !== failing - 1) queue.push({ n, from: passed });
      for (let arrived = 0; arrived < arrivals; arrived++) queue.push({ n: undefined, from: passed });
      const taken = queue.splice(0, capacity);
      if (taken.length < capacity && backlog > 0) idleSeconds.push(passed);
      for (const { n, from } of taken) if (n === undefined) longestWait = Math.max(longestWait, passed - from);
      working.push(...taken.map(({ n }) => ({ n, until: passed + 1 + workSeconds })));
    }
    return { seconds: passed, released: next, longestWait, idleSeconds };
  };

  const quick = { workSeconds: 0, failing: Number.POSITIVE_INFINITY };
  const storms = fc.record({ arrivals: fc.integer({ min: 5, max: 100 }), outageSeconds: fc.integer({ min: 60, max: 400 }) });

  test("lets an arrival wait for a few seconds at most, and the application is never idle for long", () => {
    fc.assert(
      fc.property(storms, fc.double({ min: 1.3, max: 4, noNaN: true }), ({ arrivals, outageSeconds }, factor) => {
        const capacity = Math.ceil(arrivals * factor);
        const { seconds, longestWait, idleSeconds } = play({ ...quick, arrivals, capacity, outageSeconds });
        // The thirty that may always be in flight take longer where little is left beside the arrivals.
        expect(longestWait).toBeLessThanOrEqual(8 + Math.ceil((3 * leastInFlight) / (capacity - arrivals)));
        expect(seconds).toBeLessThanOrEqual((1.1 * arrivals * outageSeconds) / (capacity - arrivals) + 60);
        expect(idleSeconds.filter((at) => at > 60).length).toBeLessThanOrEqual(0.1 * seconds);
      }),
      { numRuns: 25 },
    );
  });

  test("is not stalled by records that fail, nor by an application that takes its time", () => {
    fc.assert(
      fc.property(
        storms,
        fc.constantFrom<Partial<Storm>>({ failing: 10 }, { failing: 50 }, { workSeconds: 3 }, { workSeconds: 10 }, { workSeconds: 25 }),
        ({ arrivals, outageSeconds }, trouble) => {
          const { seconds } = play({ ...quick, arrivals, capacity: 2 * arrivals, outageSeconds, ...trouble });
          expect(seconds).toBeLessThanOrEqual(2 * outageSeconds + 200);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("is a trickle while consume takes nothing at all", () => {
    for (const operatorsRate of [undefined, 500]) {
      const rate = operatorsRate === undefined ? {} : { operatorsRate };
      const { released } = play({ ...quick, ...rate, arrivals: 10, capacity: 0, outageSeconds: 600, mostSeconds: 400 });
      expect(released).toBeGreaterThanOrEqual(9 * leastInFlight);
      expect(released).toBeLessThanOrEqual(14 * leastInFlight);
    }
  });

  test("keeps an operator's rate where consume keeps up, and else what consume takes", () => {
    const rate = (capacity: number) => {
      const outageSeconds = 300;
      const { seconds, longestWait } = play({ ...quick, arrivals: 30, capacity, outageSeconds, operatorsRate: 100 });
      return { perSecond: (30 * outageSeconds) / seconds, longestWait };
    };
    expect(rate(200).perSecond).toBeGreaterThanOrEqual(90);
    expect(rate(200).perSecond).toBeLessThanOrEqual(110);
    expect(rate(60).perSecond).toBeGreaterThanOrEqual(27);
    expect(rate(60).longestWait).toBeLessThanOrEqual(8);
  });
});
