/** A comparison of what is left, with what was settled elsewhere: as if all of it had been compared here. */

import { compareText } from "../../ledger/text-order.ts";
import type { Comparison } from "./comparison.ts";

/** Of one currency: lines that are recorded alike, each by an id of its payment. */
export interface SettledSum {
  readonly currency: string;
  readonly lines: number;
  /** Minor units. */
  readonly minor: number;
}

export const withSettled = (comparison: Comparison, settled: readonly SettledSum[]): Comparison => {
  const lines = settled.reduce((sum, one) => sum + one.lines, 0);
  const money = new Map(comparison.money.map((one) => [one.currency, one]));
  for (const { currency, minor } of settled) {
    const { moved, explained } = money.get(currency) ?? { moved: 0, explained: 0 };
    money.set(currency, { currency, moved: moved + minor, explained: explained + minor });
  }
  return {
    ...comparison,
    lines: comparison.lines + lines,
    matched: comparison.matched + lines,
    byWay: { ...comparison.byWay, payment: comparison.byWay.payment + lines },
    money: [...money.values()].sort((one, other) => compareText(one.currency, other.currency)),
  };
};
