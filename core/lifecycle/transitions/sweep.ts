/** What the sweep does to a record: find it, ring for it, release it, verify it late, give it up. */
import type { Millis } from "../../callback.ts";
import { hourMs } from "../../durations.ts";
import type { RecordKey } from "../../record.ts";
import type { NotGenuine, SecretUnreadable } from "../cause.ts";
import type { Facts } from "../progress.ts";
import { factsOf } from "./facts-of.ts";
import { inPlace, lostAfterMs, outOfItsLines, type Reading } from "./rules.ts";
import { during, on } from "./transition.ts";

const longestPatienceMs = hourMs;

/** Until a ring that seems to have been lost is repeated. Doubles with every repetition, so that a long queue is not made longer. */
const patienceMs = ({ epoch }: Facts): number => Math.min(longestPatienceMs, lostAfterMs * 2 ** Math.min(epoch, 10));

export const find = during("find", (progress, now: Millis) => ({ ...progress, dueAt: now }));

/** The epoch goes up before the doorbell rings: should the ring be lost, the record is due again; the older ring is stale either way. */
export const ring = during("ring", (progress, today: Reading, now: Millis) => ({
  ...progress,
  ...inPlace(progress, today),
  epoch: progress.epoch + 1,
  dueAt: now + patienceMs(progress),
}));

export const ringForFollowers = during("ringForFollowers", (progress, now: Millis) => ({
  ...progress,
  epoch: progress.epoch + 1,
  releasing: true,
  dueAt: now + patienceMs(progress),
}));

export const fallDue = on("fallDue", (progress, today: Reading, now: Millis) => {
  const rung = { ...factsOf(progress), ...inPlace(progress, today), at: now, epoch: progress.epoch + 1, dueAt: now + patienceMs(progress) };
  const { failingSince } = progress;
  return failingSince === undefined
    ? { ...rung, state: "ready", cause: { kind: "woken" } }
    : { ...rung, state: "retrying", failingSince, cause: progress.cause };
});

export const release = on("release", (progress, target: string, now: Millis) => ({
  ...factsOf(progress),
  ...(progress.attempts > 0 && { suspect: true as const }),
  state: "ready",
  at: now,
  epoch: progress.epoch + 1,
  dueAt: now + lostAfterMs,
  cause: { kind: "released", target },
}));

export const verifyLater = during("verifyLater", (progress, cause: SecretUnreadable) => ({ ...progress, cause }));

export const verifiedLate = on("verifiedLate", (progress, as: RecordKey, now: Millis) => ({
  ...outOfItsLines(progress, now),
  state: "ignored",
  at: now,
  cause: { kind: "verified late", as },
}));

export const disprove = on("disprove", (progress, cause: NotGenuine, now: Millis) => ({
  ...outOfItsLines(progress, now),
  state: "ignored",
  at: now,
  cause,
}));

export const expire = on("expire", (progress, now: Millis) => ({
  ...outOfItsLines(progress, now),
  state: "ignored",
  at: now,
  cause: { kind: "retention over" },
}));
