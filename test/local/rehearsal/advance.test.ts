import { expect, test } from "vitest";
import type { StackClock } from "../../../local/clock/clock.ts";
import { createAdvancing } from "../../../local/rehearsal/advance.ts";

/** A clock that stands still, and work that is due at certain moments: each is begun when the clock is there, and done at a rest. */
const setup = (due: readonly number[], { patienceMs = 5_000, isStuck = false, isBlind = false } = {}) => {
  const at = { now: 0 };
  const happened: string[] = [];
  const begun = new Set<number>();
  const clock: StackClock = {
    now: () => at.now,
    aheadMs: () => at.now,
    sleep: async () => {},
    onSet: () => {},
    set: async (moment) => {
      at.now = moment;
      happened.push(`at ${moment}`);
    },
  };
  const rest = async () => {
    await Promise.resolve();
    for (const moment of due)
      if (moment <= at.now && !begun.has(moment)) {
        begun.add(moment);
        happened.push(`work of ${moment}`);
      }
  };
  const said: string[] = [];
  const advancing = createAdvancing({
    clock,
    functions: { isResting: () => !isStuck, begun: () => begun.size },
    pollers: [{ rest }],
    nextMoment: async (now) => {
      if (isBlind) throw new Error("the engine does not answer");
      return Math.min(...due.filter((moment) => moment > now), now + 100);
    },
    say: (line) => said.push(line),
    patienceMs,
  });
  return { advancing, happened, said, at, clock };
};

test("what falls due on the way happens in order, each at its time, and before the clock goes on", async () => {
  const { advancing, happened } = setup([0, 30, 20]);
  await advancing.advanceTo(150);
  expect(happened).toEqual(["work of 0", "at 20", "work of 20", "at 30", "work of 30", "at 130", "at 150"]);
});

test("it says how far it wants to go, until it is there", async () => {
  const { advancing } = setup([]);
  const done = advancing.advanceTo(50);
  expect(advancing.underWay()).toEqual({ from: 0, to: 50 });
  await done;
  expect([advancing.underWay(), advancing.failed()]).toEqual([undefined, undefined]);
});

test("work that does not end is overtaken, and that is said", async () => {
  const { advancing, said, at } = setup([], { patienceMs: 1, isStuck: true });
  await advancing.advanceTo(50);
  expect([at.now, said[0]]).toEqual([50, "the clock goes on, with work that has taken more than 0.001 s"]);
});

test("work that goes on is waited for, however long it takes", async () => {
  const { clock, said } = setup([]);
  const work = Promise.withResolvers<void>();
  let begun = 0;
  const wait = async (_: number, signal?: AbortSignal) => {
    if (++begun === 5) work.resolve();
    if (begun >= 5) await new Promise((done) => signal?.addEventListener("abort", done));
  };
  const functions = { isResting: () => true, begun: () => begun };
  const pollers = [{ rest: () => work.promise }];
  const advancing = createAdvancing({
    clock,
    functions,
    pollers,
    nextMoment: async (now) => now + 100,
    say: (line) => said.push(line),
    wait,
  });
  await advancing.advanceTo(50);
  expect([clock.now(), begun, said]).toEqual([50, 6, []]);
});

test("a stop ends it where it is, and it says why", async () => {
  const { advancing, at } = setup([], { isStuck: true });
  const ended = expect(advancing.advanceTo(50)).rejects.toThrow("the stack was stopped");
  await advancing.stop();
  await ended;
  expect([at.now, advancing.failed()]).toEqual([0, "the stack was stopped"]);
});

test("a failure to find the next moment ends it, and it says which", async () => {
  const { advancing } = setup([], { isBlind: true });
  await expect(advancing.advanceTo(50)).rejects.toThrow("the engine does not answer");
  expect(advancing.failed()).toBe("the engine does not answer");
});
