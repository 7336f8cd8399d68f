/**
 * Who goes next: invocations that run side by side make their calls one at a time, in an order that the story chooses. The same
 * story gives the same order every time, which is what makes a race something that can be repeated.
 */
import { setImmediate } from "node:timers/promises";

interface Waiting {
  readonly owner: number;
  readonly label: string;
  readonly isRead: boolean;
  readonly go: () => void;
}

export type Turns = ReturnType<typeof createTurns>;

/** Rounds of the event loop without anything new after which everybody is believed to wait for us. */
const quietRounds = 3;

export const createTurns = () => {
  let waiting: Waiting[] = [];
  let activity = 0;
  const underWay = new Set<Promise<unknown>>();

  /** Until nothing of what runs can go on without us. */
  const quiet = async (): Promise<void> => {
    for (let rounds = 0, seen = activity; rounds < quietRounds; rounds++) {
      if (underWay.size > 0) await Promise.allSettled(underWay);
      await setImmediate();
      if (seen !== activity || underWay.size > 0) [rounds, seen] = [-1, activity];
    }
  };

  return {
    /** Waits for the turn, then does it. One thing is done at a time, except that reads of a single invocation go together. */
    async take<Value>(turn: Omit<Waiting, "go">, act: () => Promise<Value>): Promise<Value> {
      activity++;
      await new Promise<void>((go) => waiting.push({ ...turn, go }));
      const acting = act();
      const done = acting.then(
        () => {},
        () => {},
      );
      underWay.add(done);
      void done.then(() => {
        underWay.delete(done);
        activity++;
      });
      return acting;
    },

    /** Lets everybody go on, turn by turn, until all of `running` have ended. `choose` picks one of so many. */
    async until(running: readonly Promise<unknown>[], choose: (count: number) => number): Promise<void> {
      let left = running.length;
      for (const one of running) void one.finally(() => left--).catch(() => {});
      for (;;) {
        await quiet();
        if (left === 0) return;
        if (waiting.length === 0) continue;
        waiting.sort((one, other) => (one.label < other.label ? -1 : one.label > other.label ? 1 : 0));
        const together = running.length === 1 && waiting.every(({ isRead }) => isRead);
        const next = together ? waiting : [waiting[choose(waiting.length) % waiting.length] as Waiting];
        waiting = waiting.filter((one) => !next.includes(one));
        for (const { go } of next) {
          activity++;
          go();
        }
      }
    },

    /** Whoever has died waits no longer. */
    forget(owner: number): void {
      waiting = waiting.filter((one) => one.owner !== owner);
    },

    /** Until what was sent and is not waited for any more has come to its end. */
    drained: async (): Promise<void> => {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
};
