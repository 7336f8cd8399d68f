/** Sums of money: per currency, because amounts in two currencies have none. */
import type { Money } from "../formats/money.ts";

/** The sum of the amounts in one currency, by default that of the first known; the others, and those that are unknown, are left out. */
export const total = (amounts: readonly (Money | undefined)[], currency?: string): Money | undefined => {
  const known = amounts.filter((amount) => amount !== undefined);
  const counted = currency ?? known[0]?.currency;
  const some = known.filter((amount) => amount.currency === counted);
  if (counted === undefined || some.length === 0) return undefined;
  return { minor: some.reduce((sum, { minor }) => sum + minor, 0), currency: counted };
};

/** What a contract's payments add up to in one currency, in minor units. */
export interface Sums {
  readonly currency: string;
  /** What was taken, whatever became of it. */
  readonly charged: number;
  readonly refunded: number;
  /** What lost disputes took back. */
  readonly chargedBack: number;
  /** Charged less refunded and charged back. */
  readonly net: number;
}

/** What went back in one currency, in minor units. */
export type GoneBack = Pick<Sums, "currency" | "refunded" | "chargedBack">;

interface Taken {
  readonly state: string;
  readonly amount?: Money;
  readonly refunded?: Money;
  readonly chargedBack?: Money;
  /** In other currencies than it was taken in. */
  readonly otherwise?: readonly GoneBack[];
}

/** Voided, failed and merely authorised payments took nothing. */
export const tookNothing: ReadonlySet<string> = new Set(["authorized", "failed", "voided"]);

/** One for each currency, sorted by its code. */
export const sumsOf = (charges: readonly Taken[]): readonly Sums[] => {
  const taken = charges.filter(({ state }) => !tookNothing.has(state));
  const otherwise = taken.flatMap((charge) => charge.otherwise ?? []);
  const known = taken.flatMap(({ amount, refunded, chargedBack }) => [amount, refunded, chargedBack]);
  const currencies = new Set([...known, ...otherwise].flatMap((money) => money?.currency ?? []));
  return [...currencies].sort().map((currency) => {
    const sum = (name: "amount" | "refunded" | "chargedBack") =>
      total(
        taken.map((charge) => charge[name]),
        currency,
      )?.minor ?? 0;
    const also = (name: "refunded" | "chargedBack") =>
      otherwise.filter((one) => one.currency === currency).reduce((whole, one) => whole + one[name], 0);
    const [charged, refunded, chargedBack] = [sum("amount"), sum("refunded") + also("refunded"), sum("chargedBack") + also("chargedBack")];
    return { currency, charged, refunded, chargedBack, net: charged - refunded - chargedBack };
  });
};
