/** The looks of a poller that looks again and again: whether one of them has found nothing. */
import { pause } from "../wait.ts";

export interface Looks {
  /** To be called before each look. @returns what to call when it has found nothing */
  begin(): () => void;
  /** Between two looks; cut short when somebody waits for the next. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** Resolves once a look that began after this call has found nothing. */
  rest(): Promise<void>;
}

export const createLooks = (): Looks => {
  const waiting = new Set<() => void>();
  let hurry = new AbortController();
  return {
    begin() {
      const those = [...waiting];
      return () => {
        for (const done of those) if (waiting.delete(done)) done();
      };
    },
    async pause(ms, signal) {
      if (waiting.size > 0) return;
      hurry = new AbortController();
      await pause(ms, AbortSignal.any([signal, hurry.signal]));
    },
    rest() {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.add(resolve);
      hurry.abort();
      return promise;
    },
  };
};
