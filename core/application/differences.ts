/** What the ledger has of an event of the application, against what today's reading of its record says. */
import { isDeepStrictEqual } from "node:util";
import type { SaidEntry } from "./both-sides.ts";
import type { ApplicationEvent } from "./event.ts";

export type SaidDifference =
  /** It is said, and does not stand there, or not everywhere. */
  | { readonly kind: "missing"; readonly said: SaidEntry }
  | { readonly kind: "differs"; readonly said: SaidEntry; readonly stored: ApplicationEvent }
  /** It stands there, and what it names does not lead to it. */
  | { readonly kind: "not joined"; readonly said: SaidEntry };

/**
 * @param stored what stands in each of its places, undefined where it is missing
 * @param isJoined whether everything that it names leads to its account
 */
export const saidDifference = (
  said: SaidEntry,
  stored: readonly (SaidEntry | undefined)[],
  isJoined: boolean,
): SaidDifference | undefined => {
  if (stored.some((one) => one === undefined)) return { kind: "missing", said };
  const other = stored.find((one) => one && !(one.record === said.record && isDeepStrictEqual(one.event, said.event)));
  if (other) return { kind: "differs", said, stored: other.event };
  return isJoined ? undefined : { kind: "not joined", said };
};
