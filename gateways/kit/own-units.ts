/** Amounts of gateways that count in a smallest unit of their own, which is not always ISO 4217's. */
import { exponentOf, fromMinor, type Money } from "../../core/formats/money.ts";

/** Digits behind the point in the gateway's unit, where they are not those of ISO 4217. */
export type OwnUnits = Readonly<Record<string, number>>;

/**
 * Stripe writes ISK and UGX in hundredths though they have none, and MGA in whole units though it has fifths. Polar and Clerk hand Stripe's
 * number on. https://docs.stripe.com/currencies#special-cases
 */
export const stripeUnits: OwnUnits = { ISK: 2, UGX: 2, MGA: 0 };

/** @returns undefined when it is no whole number, no currency, or a fraction of the smallest unit that the currency has */
export const fromOwnUnits = (units: OwnUnits, amount: unknown, currency: unknown): Money | undefined => {
  const money = fromMinor(amount, currency);
  const own = money && units[money.currency];
  if (!money || own === undefined) return money;
  const minor = money.minor * 10 ** (exponentOf(money.currency) - own);
  return Number.isSafeInteger(minor) ? { ...money, minor } : undefined;
};
