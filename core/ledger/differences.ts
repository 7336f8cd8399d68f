/** What the ledger has of a record, against what today's gateway reads in its bytes. */
import { isDeepStrictEqual } from "node:util";
import type { PaymentEvent } from "../event.ts";
import type { Entry } from "./entry.ts";

export type Difference =
  /** It is said, and does not stand there. */
  | { readonly kind: "missing"; readonly entry: Entry }
  /** It stands there otherwise than it is said. */
  | { readonly kind: "differs"; readonly entry: Entry; readonly stored: PaymentEvent }
  /** It stands there, and the record does not say it, or not there. */
  | { readonly kind: "stale"; readonly entry: Entry }
  /** It stands there, and what it says of its payment's ids, its contract, customer or order was never noted, so that others do not find it. */
  | { readonly kind: "not joined"; readonly entry: Entry };

const placeOf = ({ source, contract, event }: Entry): string => JSON.stringify([source, contract, event.id]);

interface Stored {
  readonly stored: readonly Entry[];
  readonly unlinked: readonly Entry[];
}

/**
 * @param expected what the record says today, in every line in which it has to stand
 * @param stored what stands there of that record
 * @param unlinked those that what they name does not lead back to
 */
export const differencesOf = (expected: readonly Entry[], { stored, unlinked }: Stored): readonly Difference[] => {
  const there = new Map(stored.map((entry) => [placeOf(entry), entry]));
  const wanted = new Set(expected.map(placeOf));
  return [
    ...expected.flatMap((entry): Difference[] => {
      const found = there.get(placeOf(entry));
      if (!found) return [{ kind: "missing", entry }];
      return isSame(entry.event, found.event) ? [] : [{ kind: "differs", entry, stored: found.event }];
    }),
    ...unlinked.filter((entry) => there.has(placeOf(entry))).map((entry): Difference => ({ kind: "not joined", entry })),
    ...[...there.values()].filter((entry) => !wanted.has(placeOf(entry))).map((entry): Difference => ({ kind: "stale", entry })),
  ];
};

/** What the callback cannot say may have been read back since: only what it says has to agree. */
const isSame = (expected: PaymentEvent, stored: PaymentEvent): boolean => {
  const { incomplete = [], ...own } = expected;
  const { incomplete: _, ...rest } = stored;
  if (incomplete.length === 0) return isDeepStrictEqual(own, rest);
  return Object.entries(own).every(([name, value]) => isDeepStrictEqual(value, rest[name as keyof typeof rest]));
};
