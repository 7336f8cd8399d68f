/**
 * Amounts as Stripe writes them: whole numbers of its own smallest unit, which is not always ISO 4217's. ISK and UGX are written in hundredths
 * though they have none, and MGA in whole units though it has hundredths. https://docs.stripe.com/currencies#special-cases
 */
import { exponentOf, fromMinor, type Money } from "../../core/formats/money.ts";

/** Digits behind the point in Stripe's unit, where they are not those of ISO 4217. */
const ownExponents: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };

/** Undefined when it is no whole number, no currency, or a fraction of the smallest unit that the currency has. */
export const fromStripe = (amount: number | undefined, currency: string | undefined): Money | undefined => {
  const money = fromMinor(amount, currency);
  const own = money && ownExponents[money.currency];
  if (!money || own === undefined) return money;
  const minor = money.minor * 10 ** (exponentOf(money.currency) - own);
  return Number.isSafeInteger(minor) ? { ...money, minor } : undefined;
};
