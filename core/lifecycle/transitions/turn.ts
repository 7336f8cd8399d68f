/** The begin of a record's turn, until it is in the ledger and in its lines. Pure; the result is saved on the revision it was decided on. */
import type { Millis } from "../../callback.ts";
import { groupOf } from "../doorbell.ts";
import type { Facts, ReadSoFar } from "../progress.ts";
import { factsOf } from "./facts-of.ts";
import { lostAfterMs } from "./rules.ts";
import { during, on } from "./transition.ts";

/** What its events say today; a record that was never understood before learns its contracts here. */
export const begin = during("begin", (progress, read: Required<Pick<Facts, "contracts" | "types">>) => ({
  ...progress,
  // A line entry that exists stays under the contracts it was made for, and an entry of the ledger too.
  contracts: progress.inLine || progress.applied ? progress.contracts : read.contracts,
  group: groupOf(progress.source, progress.key, read.contracts),
  types: (progress.applied && progress.types) || read.types,
}));

export const noteTurn = during("noteTurn", (progress) => ({ ...progress, turnsNotEnded: (progress.turnsNotEnded ?? 0) + 1 }));

export const survive = during("survive", ({ turnsNotEnded: _, ...progress }) => progress);

/** It keeps its group, which is the one the queue has it in. */
export const learn = during("learn", (progress, { contracts, ...read }: Pick<Facts, "contracts" | "types" | "lacking">) => {
  const { lacking: _, ...rest } = progress;
  return { ...rest, ...read, contracts: progress.inLine || progress.applied ? progress.contracts : contracts };
});

/** The API answers: what it cannot do now is another matter, with attempts of its own. */
export const readOn = during("readOn", (progress, readSoFar: ReadSoFar) => ({ ...progress, readSoFar, attempts: 0 }));

export const apply = on("apply", (progress, now: Millis) => ({
  ...factsOf(progress),
  state: "applied",
  at: now,
  applied: true,
  heardAt: progress.heardAt ?? now,
  ...("dueAt" in progress && progress.dueAt !== undefined && { dueAt: progress.dueAt }),
  ...("failingSince" in progress && { failingSince: progress.failingSince }),
}));

export const enterLines = during("enterLines", (progress, now: Millis) => ({
  ...progress,
  inLine: progress.contracts.length > 0,
  dueAt: now + lostAfterMs,
}));
