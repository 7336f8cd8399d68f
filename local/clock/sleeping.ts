/** Sleep by a clock that may leap forward: who sleeps until a moment wakes when the clock has come that far, in whatever way. */
import type { Millis } from "../../core/callback.ts";

export interface Sleeping {
  /** Resolves after that time of the clock; rejects with the signal's reason when it is aborted before. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** To be called after the clock has leapt. */
  wakeDue(): void;
  /** The number of those asleep. */
  count(): number;
}

/** The longest a timer of Node's can be; who sleeps longer is looked at again. */
const longestTimerMs = 2 ** 31 - 1;

interface Sleeper {
  readonly until: Millis;
  readonly wake: () => void;
  timer?: NodeJS.Timeout;
}

/** @param changed called whenever the number of sleepers has changed */
export const createSleeping = (now: () => Millis, changed: (count: number) => void = () => {}): Sleeping => {
  const sleepers = new Set<Sleeper>();
  // The machine's own: what replaces the clock may replace this too.
  const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;

  const leave = (sleeper: Sleeper) => {
    stopTimer(sleeper.timer);
    if (sleepers.delete(sleeper)) changed(sleepers.size);
  };
  const look = (sleeper: Sleeper) => {
    stopTimer(sleeper.timer);
    const left = sleeper.until - now();
    if (left > 0) sleeper.timer = startTimer(() => look(sleeper), Math.min(left, longestTimerMs));
    else sleeper.wake();
  };
  return {
    count: () => sleepers.size,
    wakeDue: () => {
      for (const sleeper of [...sleepers]) look(sleeper);
    },
    sleep(ms, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      if (signal?.aborted) {
        reject(signal.reason);
        return promise;
      }
      const end = (settle: () => void) => () => {
        leave(sleeper);
        signal?.removeEventListener("abort", aborted);
        settle();
      };
      const sleeper: Sleeper = { until: now() + ms, wake: end(resolve) };
      const aborted = end(() => reject(signal?.reason));
      signal?.addEventListener("abort", aborted, { once: true });
      sleepers.add(sleeper);
      changed(sleepers.size);
      look(sleeper);
      return promise;
    },
  };
};
