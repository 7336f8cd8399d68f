/**
 * A target put on hold: its callbacks are acknowledged, stored and known to the ledger, and wait, for weeks if needed. An
 * operator holds on purpose; the circuit breaker holds automatically while an application is plainly down.
 */
import type { Millis } from "../callback.ts";
import type { RecordKey } from "../record.ts";
import type { Progress } from "./progress.ts";

export interface Hold {
  readonly target: string;
  readonly why: string;
  /** An operator's name, or `breaker`. */
  readonly by: string;
  readonly since: Millis;
  /** Raised by every save. */
  readonly revision: number;
  /** Being released, in stored order, at this many records a second. Absent: everything waits. */
  readonly ratePerSecond?: number;
  /** The breaker's: the one record let through to see whether the application answers again. */
  readonly probe?: RecordKey;
}

export const breaker = "circuit breaker";

/**
 * Whether a record may be delivered. While a hold is being released only those that the sweep has released may pass: what
 * arrives meanwhile queues behind them.
 */
export const mayPass = (hold: Hold | undefined, progress: Pick<Progress, "key" | "state"> | undefined): boolean => {
  if (!hold) return true;
  if (progress?.state !== "ready" && progress?.state !== "retrying") return false;
  return hold.ratePerSecond !== undefined || hold.probe === progress.key;
};

/** Distinct records that must fail in a row, without one success in between. One poison record never holds a target. */
export const breakerThreshold = 5;

/** The release rate after an outage: brisk, without knocking the target over again. */
export const breakerRatePerSecond = 20;

/** What one process has seen of a target since its last success. */
export type Streak = ReadonlySet<RecordKey>;

/** The streak after one delivery, and whether the breaker trips. */
export const observe = (streak: Streak, key: RecordKey, outcome: "answered" | "failed"): { streak: Streak; trips: boolean } => {
  if (outcome === "answered") return { streak: new Set(), trips: false };
  const longer = new Set(streak).add(key);
  return { streak: longer, trips: longer.size >= breakerThreshold };
};
