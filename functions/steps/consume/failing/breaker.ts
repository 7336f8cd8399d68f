/**
 * The circuit breaker: a target that does not answer is held automatically, so that an outage of hours costs hardly any attempts and no
 * dead letters. One record after another is tried under the hold; the first success, of whatever record, begins the release.
 */
import type { FailureCause } from "../../../../core/lifecycle/cause.ts";
import { sentenceOf } from "../../../../core/lifecycle/cause-text.ts";
import { afterFailure, noStreak, trips, troubleThreshold } from "../../../../core/lifecycle/holds/breaker.ts";
import { breaker, type Hold, isProbing } from "../../../../core/lifecycle/holds/hold.ts";
import { opened, slowedDown, stopped } from "../../../../core/lifecycle/holds/release-pace.ts";
import type { Progress } from "../../../../core/lifecycle/progress.ts";
import type { StepDependencies } from "../dependencies.ts";

/** The hold under which the failed record has to wait; undefined when it is retried like any other. */
export const breakerAfterFailure = async (
  steps: StepDependencies,
  target: string,
  failed: Progress,
  cause: FailureCause,
): Promise<Hold | undefined> => {
  const streak = afterFailure(steps.streaks.get(target) ?? noStreak, failed);
  steps.streaks.set(target, streak);
  for (;;) {
    const hold = await steps.holds.current(target);
    if (isProbing(hold)) {
      // What fails after the next success is counted from there.
      steps.streaks.delete(target);
      return hold;
    }
    // An operator's, put on while this was in flight.
    if (hold && hold.ratePerSecond === undefined) return undefined;
    if (!trips(streak)) {
      if (hold && streak.size >= troubleThreshold) await slowDown(steps, hold);
      return undefined;
    }
    const why = `${streak.size} records in a row could not be delivered, the last: ${sentenceOf(cause)}`;
    const now = steps.clock();
    const tripped = hold ? stopped(hold, why, now) : { target, by: breaker, why, since: now };
    if (await steps.holds.save(tripped, hold)) steps.count("BreakersTripped");
  }
};

/** Whoever is faster has done the same, or has seen more. */
const slowDown = async (steps: StepDependencies, hold: Hold): Promise<void> => {
  const slower = slowedDown(hold, steps.clock());
  if (slower !== hold) await steps.holds.save(slower, hold);
};

/** Any answer that is not "later" shows that the application is back. */
export const breakerAfterAnswer = async (steps: StepDependencies, target: string): Promise<void> => {
  steps.streaks.delete(target);
  if (!isProbing(await steps.holds.recent(target))) return;
  for (;;) {
    const hold = await steps.holds.current(target);
    if (!isProbing(hold) || (await steps.holds.save(opened(hold, steps.clock()), hold))) return;
  }
};
