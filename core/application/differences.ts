/** What the ledger has of an event of the application, against what today's reading of its record says. */
import { isDeepStrictEqual } from "node:util";
import type { ApplicationEntry } from "./both-sides.ts";
import type { ApplicationEvent } from "./event.ts";

export type EntryDifference =
  /** It is said, and does not stand there, or not everywhere. */
  | { readonly kind: "missing"; readonly entry: ApplicationEntry }
  | { readonly kind: "differs"; readonly entry: ApplicationEntry; readonly stored: ApplicationEvent }
  /** It stands there, and what it names does not lead to it. */
  | { readonly kind: "not joined"; readonly entry: ApplicationEntry };

/**
 * @param stored what stands in each of its places, undefined where it is missing
 * @param isJoined whether everything that it names leads to its account
 */
export const entryDifference = (
  entry: ApplicationEntry,
  stored: readonly (ApplicationEntry | undefined)[],
  isJoined: boolean,
): EntryDifference | undefined => {
  if (stored.some((one) => one === undefined)) return { kind: "missing", entry };
  const other = stored.find((one) => one && !(one.record === entry.record && isDeepStrictEqual(one.event, entry.event)));
  if (other) return { kind: "differs", entry, stored: other.event };
  return isJoined ? undefined : { kind: "not joined", entry };
};
