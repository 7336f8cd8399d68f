/** What waits for a target's hold, in stored order, in constant memory: each round goes on where the last one ended. */
import type { Millis } from "../../../core/callback.ts";
import { heldBy, type Progress } from "../../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../../core/record.ts";
import type { OpenProgress } from "../../../io/ledger/open-progress.ts";

export interface Backlog {
  /** The next `count` at most, those in `without` left out. None: at this moment there are no others. */
  next(count: number): Promise<readonly Progress[]>;
}

export const createBacklog = (open: OpenProgress, target: string, without: ReadonlySet<string>): Backlog => {
  let keys: AsyncGenerator<{ readonly key: RecordKey }> | undefined;

  return {
    async next(count) {
      let isWhole = false;
      while (!isWhole) {
        isWhole = keys === undefined;
        keys ??= heldKeys(open, target, 0);
        const some: RecordKey[] = [];
        while (some.length < count) {
          const { value, done } = await keys.next();
          if (done) {
            keys = undefined;
            break;
          }
          if (!without.has(value.key)) some.push(value.key);
        }
        const held = await heldOf(open, target, some);
        if (held.length > 0) return held;
        // The index follows the table: what it still shows was released a moment ago.
        isWhole &&= keys === undefined;
      }
      return [];
    },
  };
};

/** Keys of what the index shows as held, stored at `from` or later. */
export const heldKeys = (open: OpenProgress, target: string, from: Millis) =>
  open.keys(`held ${target}`, { from, to: Number.MAX_SAFE_INTEGER, newestFirst: false });

/** Those of them that the table says are held, in the order given. */
export const heldOf = async (open: OpenProgress, target: string, keys: readonly RecordKey[]): Promise<readonly Progress[]> => {
  const known = await open.of(keys);
  return keys.flatMap((key) => {
    const progress = known.get(key)?.progress;
    return progress && heldBy(progress) === target ? [progress] : [];
  });
};
