/**
 * The circuit breaker: a target that does not answer is held automatically, so that an outage of hours costs no attempts and no dead
 * letters. The sweep lets one record through now and then; the first that is answered releases the rest.
 */
import type { FailureCause } from "../../../core/lifecycle/cause.ts";
import { sentenceOf } from "../../../core/lifecycle/cause-text.ts";
import { breaker, breakerRatePerSecond, type Hold, observe } from "../../../core/lifecycle/hold.ts";
import type { RecordKey } from "../../../core/record.ts";
import type { StepDependencies } from "./dependencies.ts";

/** The hold under which the failed record has to wait; undefined while the breaker has not tripped. */
export const breakerAfterFailure = async (
  steps: StepDependencies,
  target: string,
  key: RecordKey,
  cause: FailureCause,
): Promise<Hold | undefined> => {
  const { streak, trips } = observe(steps.streaks.get(target) ?? new Set(), key, "failed");
  steps.streaks.set(target, streak);
  const known = await steps.holds.current(target);
  if (known?.by === breaker) return known;
  if (!trips || known) return undefined;
  const why = `${streak.size} records in a row could not be delivered, the last: ${sentenceOf(cause)}`;
  if (await steps.holds.save({ target, by: breaker, why, since: steps.clock() }, undefined)) steps.count("BreakersTripped");
  return steps.holds.current(target);
};

/** Any answer that is not "later" shows that the application is back. */
export const breakerAfterAnswer = async (steps: StepDependencies, target: string): Promise<void> => {
  steps.streaks.delete(target);
  const hold = await steps.holds.recent(target);
  if (hold?.by !== breaker || hold.ratePerSecond !== undefined) return;
  const { probe: _, ...rest } = hold;
  await steps.holds.save({ ...rest, ratePerSecond: breakerRatePerSecond }, hold);
};
