/** How fast a hold is released: at the operator's rate, or after an outage as fast as the application can take it. */
import type { Millis } from "../../callback.ts";
import { secondMs } from "../../durations.ts";
import { breaker, type Hold, type HoldChange } from "./hold.ts";

/** The rate that a release after an outage begins with: brisk, without knocking the application over again. */
export const breakerRatePerSecond = 20;

/** Without trouble for so long, and the rate doubles. */
const calmMs = 5 * secondMs;

/** Failures come in groups: what follows the first within this time is the same trouble. */
const troubleMs = 2 * secondMs;

/** Later than this it does not keep up with its rate, and doubling it would change nothing. */
const behindMs = 2 * secondMs;

/** What is made up for when nobody released for a while: the time between two runs, and not an hour; at a low rate, two records. */
const mostMs = 15 * secondMs;

/** Released at once at most, so that a hold put back meanwhile is noticed. With more to release, the next share is due at once. */
export const mostAtOnce = 1_000;

/** A target answers again: what waits for it is released, slowly at first. */
export const opened = (hold: Hold, now: Millis): HoldChange => ({
  ...whoHolds(hold),
  ratePerSecond: Math.min(hold.startPerSecond ?? breakerRatePerSecond, hold.limitPerSecond ?? breakerRatePerSecond),
  rateSince: now,
});

/** An operator releases it, at a rate that is kept. */
export const resumed = (hold: Hold, ratePerSecond: number, now: Millis): HoldChange => ({
  ...whoHolds(hold),
  ratePerSecond,
  limitPerSecond: ratePerSecond,
  rateSince: now,
});

/** It fails again while it is being released: the next release begins more slowly. The operator's limit stays. */
export const stopped = (hold: Hold, why: string, now: Millis): HoldChange => {
  const { ratePerSecond = breakerRatePerSecond } = hold;
  const startPerSecond = Math.max(1, Math.floor(Math.min(breakerRatePerSecond, ratePerSecond / 2)));
  return { ...whoHolds(hold), by: breaker, why, since: now, startPerSecond };
};

/** Without probe and pace. Only what older versions wrote of an operator's rate has no limit. */
const whoHolds = ({ target, by, why, since, ratePerSecond, limitPerSecond }: Hold): HoldChange => {
  const limit = limitPerSecond ?? (by === breaker ? undefined : ratePerSecond);
  return { target, by, why, since, ...(limit !== undefined && { limitPerSecond: limit }) };
};

/** Half the rate, for a release that the breaker had opened; the same hold when it was just changed, or is an operator's. */
export const slowedDown = (hold: Hold, now: Millis): Hold => {
  const { by, ratePerSecond, rateSince = 0 } = hold;
  const isNew = now >= rateSince && now - rateSince < troubleMs;
  if (by !== breaker || ratePerSecond === undefined || ratePerSecond <= 1 || isNew) return hold;
  return { ...hold, ratePerSecond: Math.max(1, Math.floor(ratePerSecond / 2)), rateSince: now };
};

/** @param lateMs how far the release is behind its rate */
const speededUp = (hold: Hold, ratePerSecond: number, lateMs: number, now: Millis): Hold => {
  const { by, rateSince, limitPerSecond = Number.POSITIVE_INFINITY } = hold;
  if (rateSince === undefined || now < rateSince) return { ...hold, rateSince: now };
  if (by !== breaker || now - rateSince < calmMs || lateMs > behindMs || ratePerSecond >= limitPerSecond) return hold;
  return { ...hold, ratePerSecond: Math.min(limitPerSecond, ratePerSecond * 2), rateSince: now };
};

/** The time for one record, times the rate, may be a little less than one record. */
const roundingError = 1e-6;

export interface Share {
  /** How many may go now. */
  readonly count: number;
  /** The hold once they are gone. Saved before they go: of two that release at once, one finds that the other was faster. */
  readonly hold: Hold;
}

/** With this much more than is taken, it is noticed when more is. */
const aheadOfTaken = 1.5;

/** At a rate of its own, and not an operator's, it goes on from what is taken, owes nothing, and doubles from there. */
const noFasterThanTaken = (hold: Hold, takenPerSecond: number, now: Millis): Hold => {
  const rate = Math.max(breakerRatePerSecond, Math.ceil(takenPerSecond * aheadOfTaken));
  const { by, ratePerSecond = 0 } = hold;
  return by === breaker && ratePerSecond > rate ? { ...hold, ratePerSecond: rate, rateSince: now, releasedUntil: now } : hold;
};

/** What has become of what was released: `in-flight.ts`. */
export interface Taken {
  /** How many more may go before some of that is taken. */
  readonly room: number;
  readonly perSecond: number;
  readonly quickestMs?: number | undefined;
}

/** What a release at `ratePerSecond` owes since it was looked at last, as far as there is room for it. */
export const shareOf = (hold: Hold, ratePerSecond: number, now: Millis, taken?: Taken): Share => {
  const oneMs = secondMs / ratePerSecond;
  // It begins with a second's worth, or with one record, once the time for that is over; an older version did not write since when.
  const knownMs = now - (hold.releasedUntil ?? Math.min(now - secondMs, Math.max(hold.rateSince ?? 0, now - oneMs)));
  // Ahead by more than two clocks differ: ours was set back, and the release begins again. Nobody saves a share of nothing.
  const sinceMs = knownMs < -mostMs ? secondMs : knownMs;
  const owedMs = Math.min(Math.max(mostMs, 2 * oneMs), Math.max(0, sinceMs));
  const faster = speededUp(hold, ratePerSecond, owedMs, now);
  const rate = faster.ratePerSecond ?? ratePerSecond;
  const owed = Math.min(mostAtOnce, Math.floor((owedMs * rate) / secondMs + roundingError));
  const count = Math.min(owed, taken?.room ?? owed);
  const next = { ...faster, releasedUntil: now - owedMs + (count * secondMs) / rate };
  return { count, hold: taken ? withTaken(count < owed ? noFasterThanTaken(next, taken.perSecond, now) : next, taken) : next };
};

/** For the next run of the release. */
const withTaken = (hold: Hold, { perSecond, quickestMs }: Taken): Hold => ({
  ...hold,
  takenPerSecond: Math.round(perSecond),
  ...(quickestMs !== undefined && { quickestMs: Math.round(quickestMs) }),
});
