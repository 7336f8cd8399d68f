/** An attempt failed, or cannot be made: the next one, or the end of attempts. */
import type { Millis } from "../../callback.ts";
import { hourMs, minuteMs } from "../../durations.ts";
import type { BodyUnreadable, DeathCause, DeferCause, FailureCause, SetAsideCause } from "../cause.ts";
import { failingSinceOf, type Progress } from "../progress.ts";
import { die, inItsLines, lostAfterMs } from "./rules.ts";
import { on } from "./transition.ts";

interface FailedAttempt {
  readonly cause: FailureCause;
  /** Until the next attempt. */
  readonly delayMs: number;
}

const failed = (progress: Progress, cause: FailureCause, now: Millis) => ({
  ...inItsLines(progress),
  at: now,
  attempts: progress.attempts + 1,
  failingSince: failingSinceOf(progress) ?? now,
  cause,
});

/** @param isRungAgain by another doorbell, which makes the one that is being answered stale; otherwise the same comes again */
export const retry = on("retry", (progress, { cause, delayMs }: FailedAttempt, isRungAgain: boolean, now: Millis) => ({
  ...failed(progress, cause, now),
  state: "retrying",
  epoch: progress.epoch + (isRungAgain ? 1 : 0),
  dueAt: now + delayMs + lostAfterMs,
}));

export const schedule = on("schedule", (progress, { cause, delayMs }: FailedAttempt, now: Millis) => ({
  ...failed(progress, cause, now),
  state: "scheduled",
  dueAt: now + delayMs,
}));

/** The longest wait until it is looked at again: a signature that is too old waits for an operator and a deployment, the others for less. */
const longestMs = {
  "signature too old": 6 * hourMs,
  "secret unreadable": 15 * minuteMs,
  "body unreadable": 15 * minuteMs,
  "target unusable": 15 * minuteMs,
} as const;

/** Not an attempt: nothing was sent, or nothing that could succeed. Looked at again after a minute at least, and after as long again as it has lasted. */
const putOff = <Cause extends BodyUnreadable | DeferCause>(progress: Progress, cause: Cause, now: Millis) => {
  const failingSince = failingSinceOf(progress) ?? now;
  const dueAt = now + Math.max(minuteMs, Math.min(longestMs[cause.kind], now - failingSince));
  return { ...inItsLines(progress), state: "scheduled" as const, at: now, failingSince, dueAt, cause };
};

export const postpone = on("postpone", (progress, cause: BodyUnreadable, now: Millis) => putOff(progress, cause, now));

/** Those behind it in its contracts wait. */
export const defer = on("defer", (progress, cause: DeferCause, now: Millis) => putOff(progress, cause, now));

export const setAside = on("setAside", (progress, cause: SetAsideCause, now: Millis) => die(progress, cause, now));

/** @param attempts those made, with the last */
export const giveUp = on(
  "giveUp",
  (progress, { cause, attempts }: { readonly cause: DeathCause; readonly attempts: number }, now: Millis) => ({
    ...die(progress, cause, now),
    attempts,
  }),
);
