/**
 * Records that a look of the audit has found in order, so that the minutes which the next sweep looks at again need not be read again: nothing takes
 * a record out of the open index but its settlement. In a process's memory; what it has forgotten is read once more.
 */
import type { Millis } from "../../../core/callback.ts";
import type { RecordKey } from "../../../core/record.ts";

/** Some ten megabytes. Where more arrives within the overlap, the rest is read each time. */
const most = 50_000;

export type Seen = ReturnType<typeof createSeen>;

export const createSeen = (limit = most) => {
  const looks = new Map<string, Map<RecordKey, Millis>>();
  return {
    /** What this look has found in order; whatever was stored before `from` is forgotten, and not asked for again. */
    by(look: string, from: Millis) {
      const seen = looks.get(look) ?? new Map<RecordKey, Millis>();
      looks.set(look, seen);
      for (const [key, storedAt] of seen) if (storedAt < from) seen.delete(key);
      return {
        has: (key: RecordKey): boolean => seen.has(key),
        add(key: RecordKey, storedAt: Millis): void {
          if (seen.size < limit) seen.set(key, storedAt);
        },
      };
    },
  };
};
