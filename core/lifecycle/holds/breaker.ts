/** When the circuit breaker trips: failures in a row, of different records. */
import type { RecordKey } from "../../record.ts";
import type { Progress } from "../progress.ts";

/** Distinct records that must fail in a row, without one success in between. One poison record never holds a target. */
export const breakerThreshold = 5;

/** From so many on, a release is slowed down. */
export const troubleThreshold = 2;

/** What one process has seen fail of a target since its last success. */
export type Streak = ReadonlySet<RecordKey>;

export const noStreak: Streak = new Set();

/**
 * The streak after a failure. A suspect record adds nothing: it had failed before, when its target answered others, so that it says
 * something about itself and not about the target. So no record trips the breaker twice.
 */
export const afterFailure = (streak: Streak, { key, suspect }: Pick<Progress, "key" | "suspect">): Streak =>
  suspect ? streak : new Set(streak).add(key);

export const trips = (streak: Streak): boolean => streak.size >= breakerThreshold;
