/**
 * Releases what waits for a target's hold: in stored order, at the operator's rate or as fast as the application can take it, and one at
 * a time while the circuit breaker holds. What waits for a hold that is gone, or for a target where it no longer goes, is released too. The table is the truth: this can stop
 * anywhere, run twice at once, and go on a minute later.
 */
import type { Millis } from "../../../core/callback.ts";
import { secondMs } from "../../../core/durations.ts";
import { type Hold, isProbing } from "../../../core/lifecycle/holds/hold.ts";
import { breakerRatePerSecond, mostAtOnce, shareOf } from "../../../core/lifecycle/holds/release-pace.ts";
import type { OneByOne } from "../one-by-one.ts";
import { type Backlog, createBacklog } from "./backlog.ts";
import type { ReleaseDependencies } from "./dependencies.ts";
import { createMoved } from "./moved.ts";
import { releaseRecords } from "./release-records.ts";
import { createTraffic, type Traffic } from "./traffic.ts";
import { tryOne } from "./try-one.ts";

const roundMs = secondMs;
const afterErrorMs = 5 * secondMs;

/** How long a consumer may go by the hold as it was, and the index by the table: only then nothing waits any more. */
const lastOnesMs = 5 * secondMs;

export const releaseTarget = async (steps: ReleaseDependencies, each: OneByOne, target: string): Promise<void> => {
  const { holds, clock } = steps;
  const backlog = createBacklog(steps.open, target, each.failed);
  const moved = createMoved(steps, each, target);
  const traffic = createTraffic(steps);
  let liftedAt: Millis | undefined;
  while (steps.hasTime()) {
    const startedAt = clock();
    const [round] = await each.all(
      [target],
      () => `target ${target}`,
      async (): Promise<Round> => {
        const current = await holds.current(target);
        if (!current) return (await releaseForgotten(steps, each, backlog)) ? "nothing held" : "going on";
        if (current.ratePerSecond === undefined && !isProbing(current)) {
          // Whatever else happens to a hold saves it; this one may be as an earlier version has saved it, for weeks.
          await holds.list(current);
          return "on hold";
        }
        const hold = isProbing(current) ? await moved.release(current) : current;
        const { ended, isBehind } = await releaseRound(steps, each, { backlog, traffic }, hold);
        if (isBehind) return "behind";
        return ended && each.failed.size === 0 && (await holds.lift(ended)) ? "lifted" : "going on";
      },
    );
    if (round === "on hold") return;
    if (round === "lifted") liftedAt = startedAt;
    if (round === "nothing held" && (liftedAt === undefined || startedAt - liftedAt >= lastOnesMs)) return;
    if (round !== "behind") await steps.pause(Math.max(0, (round ? roundMs : afterErrorMs) - (clock() - startedAt)));
  }
};

type Round = "going on" | "behind" | "lifted" | "nothing held" | "on hold";

interface Released {
  /** The hold as it is in the table, when nothing waits for it any more. */
  readonly ended?: Hold | undefined;
  /** There is more to be released at once. */
  readonly isBehind?: boolean;
}

const releaseRound = async (
  steps: ReleaseDependencies,
  each: OneByOne,
  { backlog, traffic }: { readonly backlog: Backlog; readonly traffic: Traffic },
  hold: Hold,
): Promise<Released> => {
  const isOld = (since: Millis) => Math.abs(steps.clock() - since) >= lastOnesMs;
  if (hold.ratePerSecond === undefined) return (await tryOne(steps, each, hold)) || !isOld(hold.since) ? {} : { ended: hold };
  const taken = await traffic.look(hold);
  const share = shareOf(hold, hold.ratePerSecond, steps.clock(), taken);
  // Whoever saves this lets these go; another that runs at the same time does not.
  if (share.count === 0 || !(await steps.holds.save(share.hold, hold))) return {};
  const some = await backlog.next(share.count);
  traffic.note(await releaseRecords(steps, each, some));
  if (some.length > 0 || !isOld(hold.rateSince ?? 0)) return { isBehind: some.length === mostAtOnce };
  return { ended: { ...share.hold, revision: hold.revision + 1 } };
};

/** A consumer that did not know yet that the hold was lifted has put some there. */
const releaseForgotten = async (steps: ReleaseDependencies, each: OneByOne, backlog: Backlog): Promise<boolean> => {
  const some = await backlog.next(breakerRatePerSecond);
  await releaseRecords(steps, each, some);
  return some.length === 0;
};
