/** Waiting that can be aborted, and retrying that never gives up. */
import { setTimeout as after } from "node:timers/promises";

/** Resolves after the time, or at once on the signal: nothing here is worth delaying a stop for. */
export const pause = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
  try {
    await after(milliseconds, undefined, signal ? { signal } : {});
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
};

/** How long to wait after that many failures in a row: doubles from a tenth of a second to at most two. */
export const backoffMs = (failures: number): number => Math.min(100 * 2 ** Math.min(failures - 1, 10), 2_000);

/** The work's result, or undefined when it takes longer than that; it then goes on unobserved. */
export const within = async <Result>(milliseconds: number, work: Promise<Result>): Promise<Result | undefined> => {
  const timeout = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => timeout.resolve(undefined), milliseconds);
  try {
    return await Promise.race([work, timeout.promise]);
  } finally {
    clearTimeout(timer);
  }
};

/** Asks until the answer is yes. @returns false when the time was up first. */
export const until = async (condition: () => Promise<boolean> | boolean, withinMs: number, everyMs = 25): Promise<boolean> => {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (await condition()) return true;
    await pause(everyMs);
  }
  return condition();
};
