/** The other half of `transitions.ts`: what the sweep and people do to a record, outside a doorbell's turn. */
import type { Millis } from "../callback.ts";
import type { RecordKey } from "../record.ts";
import type { DiscardedBy, DiscardedCause, GatewayNotDeployed, NotGenuine, SecretUnreadable } from "./cause.ts";
import { groupOf } from "./doorbell.ts";
import { type Facts, isSettled, type Progress } from "./progress.ts";
import { during, factsOf, on } from "./transition.ts";
import { die, lostAfterMs, outOfItsLines, soonMs } from "./transitions.ts";

const longestPatienceMs = 60 * 60_000;

/** Until a ring that seems to have been lost is repeated. Doubles with every repetition, so that a long queue is not made longer. */
const patienceMs = ({ epoch }: Facts): number => Math.min(longestPatienceMs, lostAfterMs * 2 ** Math.min(epoch, 10));

/** What the record's events concern as they are read today; none when they cannot be read. */
interface Reading {
  readonly contracts: readonly string[];
}

/**
 * A record that is rung for again stands behind others of its contract in the queue from then on, and its older ring is stale: it takes
 * its place in the line at the same moment. A line entry that exists belongs to the group it was made in.
 */
const inPlace = ({ inLine, group, source, key, contracts }: Facts, today: Reading): Pick<Facts, "group" | "contracts" | "inLine"> =>
  inLine
    ? { group, contracts, inLine }
    : { group: groupOf(source, key, today.contracts), contracts: today.contracts, inLine: today.contracts.length > 0 };

export const find = during("find", (progress, now: Millis) => ({ ...progress, dueAt: now }));

/** The epoch goes up before the bell is rung: should the ring be lost, the record is due again; the older ring is stale either way. */
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
  state: "ready",
  at: now,
  epoch: progress.epoch + 1,
  dueAt: now + lostAfterMs,
  cause: { kind: "released", target },
}));

export const verifyLater = during("verifyLater", (progress, cause: SecretUnreadable, now: Millis) => ({
  ...progress,
  dueAt: now + soonMs,
  cause,
}));

export const verifiedLate = on("verifiedLate", (progress, as: RecordKey, now: Millis) => ({
  ...outOfItsLines(progress, now),
  state: "ignored",
  at: now,
  cause: { kind: "verified late", as },
}));

export const disprove = on("disprove", (progress, cause: NotGenuine | GatewayNotDeployed, now: Millis) => die(progress, cause, now));

export const crash = on("crash", (progress, now: Millis) => die(progress, { kind: "crashed" }, now));

export const expire = on("expire", (progress, now: Millis) => ({
  ...outOfItsLines(progress, now),
  state: "ignored",
  at: now,
  cause: { kind: "retention over" },
}));

/**
 * A record goes through the same door again, as if its bell rang for the first time. Its events are read and applied again, so that a
 * fixed parser counts; the ledger is a set, so that nothing counts twice; the event id stays the same.
 */
export const replay = on("replay", (progress, today: Reading, now: Millis) => ({
  ...factsOf(progress),
  ...placeAgain(progress, today),
  state: "ready",
  at: now,
  epoch: progress.epoch + 1,
  attempts: 0,
  applied: false,
  dueAt: now + soonMs,
  cause: { kind: "replayed" },
}));

const placeAgain = (progress: Progress, today: Reading): Pick<Facts, "group" | "contracts" | "inLine"> => {
  const { source, key, contracts } = progress;
  if (!isSettled(progress.state)) return inPlace(progress, today);
  // Those behind it had not all been woken yet: it goes back to its place, and wakes them when it is settled again.
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

export const dismiss = on("dismiss", (progress, cause: DiscardedCause, now: Millis) => ({
  ...factsOf(progress),
  state: "discarded",
  at: now,
  cause,
}));
