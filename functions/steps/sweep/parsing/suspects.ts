/**
 * Finds out which record ends the whole sweep. One whose parser never returns, or takes all of the memory, leaves no trace but a run that
 * did not end, and every later run would end at it as well. So records are noted before they are parsed and forgotten when the step ends.
 * What is still noted then is parsed one at a time by the next run; one that ended several runs in a row, each time alone, is a crash.
 */
import { lazy } from "../../../../core/lazy.ts";
import { turnOf } from "../../../../core/lifecycle/crash.ts";
import type { RecordKey } from "../../../../core/record.ts";
import { digest } from "../../../../core/signature.ts";
import type { SweepRuns } from "../../../../io/ledger/runs/sweep-run.ts";

/** By their digests, which are short whatever a gateway calls its callbacks, the number of runs that ended at each. */
export type EndedAt = Readonly<Record<string, number>>;

export type Suspects = ReturnType<typeof createSuspects>;

/** Of one run. */
export const createSuspects = ({ endedAt, noteParsing }: Pick<SweepRuns, "endedAt" | "noteParsing">) => {
  let before = lazy(endedAt);
  let isNoted = false;
  const runsOf = async (key: RecordKey): Promise<number> => (await before())[nameOf(key)] ?? 0;
  return {
    /** `alone`: the last run may have ended at it. `crashed`: so many did that it is not to be parsed again. */
    async turnOf(key: RecordKey) {
      return turnOf({ turnsNotEnded: await runsOf(key) });
    },
    /** Before any of these is parsed. Those noted earlier have been. */
    async note(keys: readonly RecordKey[]): Promise<void> {
      if (keys.length === 0) return;
      isNoted = true;
      const runs = await Promise.all(keys.map(async (key) => [nameOf(key), (await runsOf(key)) + 1] as const));
      await noteParsing(Object.fromEntries(runs));
    },
    /** At the end of a step, also of one that failed or was ended: the process lives. */
    async forget(): Promise<void> {
      if (isNoted) await noteParsing({});
      [isNoted, before] = [false, lazy(endedAt)];
    },
  };
};

const nameOf = (key: RecordKey): string => digest("sha256", [key], "base64url").slice(0, 16);
