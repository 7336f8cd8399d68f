/**
 * Which of a record's events its target has accepted, while others are still to be sent. Kept by the events' ids and not as a number: the
 * list can change between two attempts, by a new parser or another reading of the gateway's API, and none may be skipped for that.
 */
import { digest } from "../signature.ts";

/** Digests of ids, one after another. Some thousand events have to fit into a record's progress. */
export type Accepted = string;

/** 72 bits: of ten thousand ids no two meet. */
const length = 12;

const digestOf = (id: string): string => digest("sha256", [id], "base64url").slice(0, length);

const digestsIn = (accepted: Accepted): ReadonlySet<string> =>
  new Set(Array.from({ length: countAccepted(accepted) }, (_, at) => accepted.slice(at * length, (at + 1) * length)));

export const countAccepted = (accepted: Accepted = ""): number => Math.floor(accepted.length / length);

export const withAccepted = (accepted: Accepted = "", id: string): Accepted => accepted + digestOf(id);

/** Those that are still to be sent, in their order. */
export const notAccepted = <Event extends { readonly id: string }>(events: readonly Event[], accepted: Accepted = ""): readonly Event[] => {
  const known = digestsIn(accepted);
  return events.filter(({ id }) => !known.has(digestOf(id)));
};

/** More events than these are noted at most once in `seldomMs`: the note is as large as their number. */
const noteEach = 100;
const seldomMs = 1_000;

/** Whether the table learns of an event before the next is sent. What it has not learnt of is sent again after a crash. */
export const isToBeNoted = (events: number, sinceLastNoteMs: number): boolean =>
  events <= noteEach || sinceLastNoteMs < 0 || sinceLastNoteMs >= seldomMs;
