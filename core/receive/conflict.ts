/**
 * Another content that came under the id of a record: which of the two is true, only an operator can say. The bytes are in the records
 * table and never change; this says whether it is decided, and how.
 */
import type { Millis } from "../callback.ts";
import { type CallbackRecord, parseRecordKey, type RecordKey, recordKey, splitKey } from "../record.ts";

/** `first`: what is recorded stands. `other`: this one is delivered, and the first is not if it has not been yet. `both`: this one too. */
export const conflictChoices = ["first", "other", "both"] as const;
export type ConflictChoice = (typeof conflictChoices)[number];

export interface Conflict {
  /** Of the record that came first. */
  readonly key: RecordKey;
  /** Where it is: its sort key under that key, or `placeOfRecord`. */
  readonly place: string;
  readonly storedAt: Millis;
  /** Raised by every save. */
  readonly revision: number;
  /** Made once. It stands while it is carried out, also after a crash. */
  readonly decision?: ConflictDecision;
  /** The decision is carried out. */
  readonly isDone?: true;
}

export interface ConflictDecision {
  readonly deliver: ConflictChoice;
  readonly by: string;
  readonly why: string;
  readonly at: Millis;
}

const recordPlace = "record ";

/** Of one that is a record already, under another key of its id. */
export const placeOfRecord = (key: RecordKey): string => `${recordPlace}${key}`;

/** The record that it is, undefined for what is under the key of the first. */
export const recordAt = (place: string): RecordKey | undefined =>
  place.startsWith(recordPlace) ? parseRecordKey(place.slice(recordPlace.length)) : undefined;

/** Enough of a hash to name one of the contents under an id. */
const shortHash = 16;

/**
 * The record an operator has it delivered as: under a key of its own, which the same decision gives it again, so that the application
 * does not take it for the one it has. It stands in line where it came.
 */
export const otherRecord = (conflict: CallbackRecord, now: Millis): CallbackRecord => {
  const { source, id } = splitKey(conflict.key);
  const key = recordKey(source, `${id}~${conflict.sha256.slice(0, shortHash)}`);
  return { ...conflict, key, variantOf: conflict.key, storedAt: now, orderedAt: conflict.storedAt };
};

/** Its events have ids of their own too: with the first one's they would take its place in the ledger. */
export const ownEvents = <Event extends { readonly id: string }>(
  { variantOf, sha256 }: CallbackRecord,
  events: readonly Event[],
): readonly Event[] =>
  variantOf === undefined ? events : events.map((event) => ({ ...event, id: `${event.id}~${sha256.slice(0, shortHash)}` }));
