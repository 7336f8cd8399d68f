/** What several transitions have in common: who is in line, who is due, and what a failed or dead record keeps. */
import type { Millis } from "../../callback.ts";
import { minuteMs } from "../../durations.ts";
import type { DeathCause } from "../cause.ts";
import { groupOf } from "../doorbell.ts";
import { type Facts, failingSinceOf, type Progress } from "../progress.ts";
import { factsOf, type Shedding } from "./facts-of.ts";

/** How long after it was due the sweep assumes that a record's ring was lost. */
export const lostAfterMs = 5 * minuteMs;

/** The same, where nothing is between the ring and its answer. */
export const soonMs = minuteMs;

/** From its first failure, wait or death on, nothing of its contracts may overtake it, whatever happens to the queue's message. */
export const inItsLines = (progress: Progress): Facts => ({ ...factsOf(progress), inLine: progress.contracts.length > 0 });

/** A record that ends leaves its lines. With followers, it stays due until they are woken: a crash must not leave them waiting. */
export const outOfItsLines = (progress: Progress, dueAt: Millis, by?: Shedding) => ({
  ...factsOf(progress, by),
  inLine: false,
  ...(progress.inLine && { releasing: true as const, dueAt }),
});

/** What the record's events concern as they are read today; none when they cannot be read. */
export interface Reading {
  readonly contracts: readonly string[];
}

/**
 * A record that is rung for again is behind others of its contract in the queue from then on, and its older ring is stale: it takes
 * its place in the line at the same moment. A line entry that exists belongs to the group it was made in.
 */
export const inPlace = ({ inLine, group, source, key, contracts }: Facts, today: Reading): Pick<Facts, "group" | "contracts" | "inLine"> =>
  inLine
    ? { group, contracts, inLine }
    : { group: groupOf(source, key, today.contracts), contracts: today.contracts, inLine: today.contracts.length > 0 };

export const die = (progress: Progress, cause: DeathCause, now: Millis) => {
  const failingSince = failingSinceOf(progress);
  return { ...inItsLines(progress), state: "dead" as const, at: now, cause, ...(failingSince !== undefined && { failingSince }) };
};
