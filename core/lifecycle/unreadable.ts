/**
 * Progress that cannot be read. What happened to the record is not known, so an operator has to decide whether it is delivered again; its
 * place in line is known from its record alone.
 */
import type { Millis } from "../callback.ts";
import type { CallbackRecord, RecordKey } from "../record.ts";
import { type Dead, type Progress, untouched } from "./progress.ts";
import type { Reading } from "./transitions/rules.ts";

/** Stands for it until the record is given up in the table too. */
export const unreadable = (key: RecordKey, revision: number): Dead => ({
  ...untouched({ key, storedAt: 0 }, 0),
  state: "dead",
  revision,
  cause: { kind: "as recorded", sentence: "its progress cannot be read, and what has happened to it is not known" },
  isUnreadable: true,
});

export const isUnreadable = (progress: Progress): progress is Dead => "isUnreadable" in progress;

/**
 * What the table gets in its place: dead, at its own place in its contracts' lines. No epoch was higher than its revision: with that one, the
 * ring of a replay repeats none that the queue has seen.
 */
export const givenUpUnreadable = (
  { cause, revision }: Dead,
  record: Pick<CallbackRecord, "key" | "storedAt" | "orderedAt">,
  { contracts }: Reading,
  now: Millis,
): Dead => ({
  ...untouched(record, now),
  contracts,
  inLine: contracts.length > 0,
  epoch: revision,
  state: "dead",
  cause,
});
