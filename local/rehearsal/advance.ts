/**
 * Moves the stack's clock on in steps: to each moment at which something falls due, and not further before all that follows from it has
 * happened. So what is due on the way happens in its order and at its time, and not all of it at the end.
 */
import type { Millis } from "../../core/callback.ts";
import { errorMessage } from "../../core/failure.ts";
import type { StackClock } from "../clock/clock.ts";
import type { Poller } from "../triggers/poller.ts";
import { pause } from "../wait.ts";

export interface Advance {
  readonly from: Millis;
  readonly to: Millis;
}

export interface Advancing {
  /** Resolves at that moment of the clock. Rejects when the stack stops before. One at a time. */
  advanceTo(moment: Millis): Promise<void>;
  underWay(): Advance | undefined;
  /** Why the last one ended before its moment. */
  failed(): string | undefined;
  stop(): Promise<void>;
}

interface AdvanceSettings {
  readonly clock: StackClock;
  readonly functions: { isResting(): boolean; begun(): number };
  readonly pollers: readonly Pick<Poller, "rest">[];
  readonly nextMoment: (now: Millis) => Promise<Millis>;
  readonly say: (line: string) => void;
  /** In the machine's time: where nothing has begun for so long and something is still at work, the clock overtakes it. */
  readonly patienceMs?: number;
  readonly wait?: typeof pause;
}

/** Longer than an application may take to answer. */
const usualPatienceMs = 45_000;
/** What goes on all the time, because somebody sends on and on, is overtaken after so many times as long. */
const mostPatience = 40;
const lookAgainMs = 2;

export const createAdvancing = (settings: AdvanceSettings): Advancing => {
  const { clock, functions, pollers, nextMoment, say, patienceMs = usualPatienceMs, wait = pause } = settings;
  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let underWay: Advance | undefined;
  let failure: string | undefined;

  const everythingRests = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const begun = functions.begun();
      await Promise.all(pollers.map((poller) => poller.rest()));
      if (functions.isResting() && functions.begun() === begun) return;
      await pause(lookAgainMs, signal);
    }
  };

  /** Until nothing happens any more at this moment of the clock. Thousands of callbacks take minutes, and are no reason to go on. */
  const settle = async (): Promise<void> => {
    const enough = new AbortController();
    const signal = AbortSignal.any([stopping.signal, enough.signal]);
    const rested = everythingRests(signal).then(() => "rests" as const);
    rested.catch(() => {});
    try {
      for (let periods = 0; periods < mostPatience; periods++) {
        const begun = functions.begun();
        const ended = await Promise.race([rested, wait(patienceMs, signal)]);
        if (ended === "rests" || stopping.signal.aborted) return;
        if (functions.begun() === begun) break;
      }
      say(`the clock goes on, with work that has taken more than ${patienceMs / 1000} s`);
    } finally {
      enough.abort();
    }
  };

  const run = async (to: Millis): Promise<void> => {
    await settle();
    while (clock.now() < to) {
      stopping.signal.throwIfAborted();
      const next = Math.min(to, await nextMoment(clock.now()));
      if (next > clock.now()) await clock.set(next);
      await settle();
    }
  };

  return {
    underWay: () => underWay,
    failed: () => failure,
    async advanceTo(to) {
      underWay = { from: clock.now(), to };
      failure = undefined;
      running = run(to);
      try {
        await running;
      } catch (error) {
        failure = stopping.signal.aborted ? "the stack was stopped" : errorMessage(error);
        throw error;
      } finally {
        underWay = undefined;
      }
    },
    stop: async () => {
      stopping.abort(new Error("the stack was stopped"));
      await running.catch(() => {});
    },
  };
};
