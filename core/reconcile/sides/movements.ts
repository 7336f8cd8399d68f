/** What one side says was moved: one row for each movement of money, in columns. Both sides have the same shape, so that they can be held against each other. */
import type { Millis } from "../../callback.ts";
import { type MovementType, movementTypes } from "../../difference/movement-type.ts";
import type { Money } from "../../formats/money.ts";
import { type Column, codes, exact, rows } from "./numbers.ts";
import type { Texts } from "./texts.ts";

export const codeOf = (type: MovementType): number => movementTypes.indexOf(type);

export interface Movements {
  readonly type: Column;
  readonly minor: Column;
  readonly currency: Column;
  readonly at: Column;
  /** Of our side: the payment's row. Of theirs: the payment that it turned out to be, once that is known. */
  readonly payment: Column;
  /** The refund's or dispute's id. */
  readonly reference: Column;
}

export const createMovements = (): Movements => ({
  type: codes(),
  minor: exact(),
  currency: codes(),
  at: exact(),
  payment: rows(),
  reference: rows(),
});

export interface Movement {
  readonly type: MovementType;
  readonly amount?: Money | undefined;
  readonly at: Millis;
  readonly reference?: string | undefined;
}

/** Currencies by their codes; a file has a few, and the world fewer than 255. */
export const createCurrencies = () => {
  const known: string[] = [];
  return {
    /** 255: none. */
    codeOf(currency: string | undefined): number {
      if (currency === undefined) return noCurrency;
      const at = known.indexOf(currency);
      if (at >= 0) return at;
      if (known.length === noCurrency) throw new RangeError("more currencies than there are");
      return known.push(currency) - 1;
    },
    name: (code: number): string => known[code] ?? "",
  };
};

export type Currencies = ReturnType<typeof createCurrencies>;

const noCurrency = 255;

/** Nothing is known of the amount. */
export const noAmount = Number.NaN;

/** What both sides share: ids and currencies are the same on both. */
export interface Shared {
  readonly texts: Texts;
  readonly currencies: Currencies;
}

/** Returns the row. */
export const addMovement = (
  to: Movements,
  { type, amount, at, reference }: Movement,
  payment: number,
  { texts, currencies }: Shared,
): number => {
  const row = to.type.push(codeOf(type));
  to.minor.push(amount?.minor ?? noAmount);
  to.currency.push(currencies.codeOf(amount?.currency));
  to.at.push(at);
  to.payment.push(payment);
  if (reference !== undefined) to.reference.set(row, texts.add(reference));
  return row;
};

export const moneyOf = (from: Movements, row: number, { currencies }: Shared): Money | undefined => {
  const minor = from.minor.get(row);
  return Number.isNaN(minor) ? undefined : { minor, currency: currencies.name(from.currency.get(row)) };
};
