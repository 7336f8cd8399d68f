/** What an operator does to a record: replay, discard, dismiss. */
import type { Millis } from "../../callback.ts";
import type { DiscardedBy, DiscardedCause } from "../cause.ts";
import { quotesOthers } from "../cause-text.ts";
import { groupOf } from "../doorbell.ts";
import { type Facts, isIn, isSettled, type Progress, type Settled, settledStates } from "../progress.ts";
import { factsOf } from "./facts-of.ts";
import { inPlace, lostAfterMs, outOfItsLines, type Reading, soonMs } from "./rules.ts";
import { during, on } from "./transition.ts";

/**
 * A record takes the normal path again, as if its doorbell rang for the first time. Its events are read and applied again, so that a
 * fixed parser counts; the ledger is a set, so that nothing counts twice; the event id stays the same.
 */
export const replay = on("replay", (progress, today: Reading, now: Millis) => ({
  ...factsOf(progress, "replay"),
  ...(progress.state === "delivered" && { acceptedBefore: progress.answer }),
  ...placeAgain(progress, today),
  state: "ready",
  at: now,
  epoch: progress.epoch + 1,
  attempts: 0,
  applied: false,
  replayed: true,
  dueAt: now + soonMs,
  cause: { kind: "replayed" },
}));

const placeAgain = (progress: Progress, today: Reading): Pick<Facts, "group" | "contracts" | "inLine"> => {
  const { source, key, contracts } = progress;
  if (!isSettled(progress.state)) return inPlace(progress, today);
  // Those behind it were not all woken yet: it goes back to its place, and wakes them when it is settled again.
  const isReleasing = "releasing" in progress && progress.releasing === true;
  return { group: groupOf(source, key, today.contracts), contracts, inLine: isReleasing && contracts.length > 0 };
};

/** The sweep verifies it before anything else may happen. */
export const verifyAgain = on("verifyAgain", (progress, now: Millis) => ({
  ...factsOf(progress),
  state: "stored",
  at: now,
  dueAt: now,
  cause: { kind: "to be verified" },
}));

export const discard = on("discard", (progress, { by, why }: Omit<DiscardedBy, "kind">, now: Millis) => ({
  ...outOfItsLines(progress, now),
  state: "discarded",
  at: now,
  cause: { kind: "discarded by", by, why },
}));

/**
 * What is left of a record is where it ended, and when: nothing that the application, the gateway's API or an operator has said about it. What
 * was not delivered never is.
 */
export const erase = on("erase", (progress, now: Millis): Settled => {
  const facts = { ...outOfItsLines(progress, now, "erasure"), erasedAt: now };
  const cause = { kind: "erased", at: now } as const;
  if (!isIn(progress, settledStates)) return { ...facts, state: "discarded", at: now, cause };
  const followers = progress.releasing ? { releasing: true as const, dueAt: progress.dueAt } : {};
  switch (progress.state) {
    case "delivered":
      return { ...facts, ...followers, state: progress.state, answer: "" };
    case "ignored":
      return { ...facts, ...followers, state: progress.state, cause: quotesOthers(progress.cause) ? cause : progress.cause };
    case "discarded":
      return { ...facts, ...followers, state: progress.state, cause: quotesOthers(progress.cause) ? cause : progress.cause };
    default:
      return progress satisfies never;
  }
});

/**
 * Of several of one contract that are recorded within moments, the stream's shards may bring a later one first. Its own doorbell stays good; should
 * that be lost, the sweep rings.
 */
export const place = during("place", (progress, today: Reading, now: Millis) => ({
  ...progress,
  ...inPlace(progress, today),
  dueAt: now + lostAfterMs,
}));

/** For an undecided callback in quarantine. */
export const dismiss = on("dismiss", (progress, cause: DiscardedCause, now: Millis) => ({
  ...outOfItsLines(progress, now),
  state: "discarded",
  at: now,
  cause,
}));
