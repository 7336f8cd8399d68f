/** What lines add up to, of each currency by itself: amounts in two currencies have no sum (R-BACK-1). */
import { compareText } from "../ledger/text-order.ts";
import type { RefundLine } from "./payment-line.ts";

/** In minor units. */
export interface RefundSum {
  readonly currency: string;
  readonly lines: number;
  readonly left: number;
  /** Of which so much is estimated; then the sum is an estimate too (R-EST 7). */
  readonly estimated: number;
  readonly isEstimated: boolean;
}

type Summand = Pick<RefundLine, "currency" | "left" | "isEstimated">;

/** Adds line after line, so that a list may be longer than memory. */
export const createSums = () => {
  const sums = new Map<string, RefundSum>();
  return {
    add({ currency, left, isEstimated }: Summand): void {
      const before = sums.get(currency) ?? { lines: 0, left: 0, estimated: 0, isEstimated: false };
      sums.set(currency, {
        currency,
        lines: before.lines + 1,
        left: before.left + left,
        estimated: before.estimated + (isEstimated ? left : 0),
        isEstimated: before.isEstimated || isEstimated,
      });
    },

    /** By currency. */
    all: (): readonly RefundSum[] => [...sums.values()].sort((one, other) => compareText(one.currency, other.currency)),
  };
};

export const refundSums = (lines: readonly Summand[]): readonly RefundSum[] => {
  const sums = createSums();
  for (const line of lines) sums.add(line);
  return sums.all();
};
