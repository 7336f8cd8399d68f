/** What several lines of the ledger add up to together, which is not the sum of what each adds up to. */
import type { Entry } from "./entry.ts";
import { balance } from "./ledger.ts";
import { type Sums, sumsOf } from "./sums.ts";

/**
 * Each payment once: one that belongs to two contracts stands in the lines of both, and one without a contract has a line for each of its ids.
 * Payments of two sources are never one.
 * @param entries of any lines, an event as often as it stands in them
 */
export const sumsTogether = (entries: readonly Entry[]): readonly Sums[] =>
  sumsOf([...Map.groupBy(entries, ({ source }) => source)].flatMap(([source, some]) => balance(source, "", some).charges));
