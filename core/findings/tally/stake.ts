/** How near what is at stake is to what the configuration allows, each currency by itself: a sum of yen and dollars means nothing. */
import type { Money } from "../../formats/money.ts";
import type { Sums } from "./tally.ts";

/** In minor units, where the configuration lists no other: 1,000 USD, 100,000 JPY. */
const mostMoneyAtStake = 100_000;

interface Limits {
  readonly moneyAtStake: Readonly<Record<string, number>>;
}

/** 1: as much as is allowed. */
export const shareOf = ({ minor, currency }: Money, { moneyAtStake }: Limits): { readonly share: number; readonly most: number } => {
  const most = (Object.hasOwn(moneyAtStake, currency) ? moneyAtStake[currency] : undefined) ?? mostMoneyAtStake;
  return { share: minor / most, most };
};

/** Of the currency that is nearest to its limit, or furthest beyond it; 0 where nothing is at stake. */
export const largestShare = (sums: Sums, limits: Limits): number =>
  Object.entries(sums).reduce((largest, [currency, minor]) => Math.max(largest, shareOf({ minor, currency }, limits).share), 0);
