/** Amounts as Adyen writes them: whole numbers of its own smallest unit. https://docs.adyen.com/development-resources/currency-codes */
import { fromMajor, fromMinor, type Money } from "../../core/formats/money.ts";

/** Currencies whose minor units differ from ISO 4217 at Adyen, with Adyen's number of decimals. */
const ownDecimals = new Map([
  ["CLP", 2],
  ["CVE", 0],
  ["IDR", 0],
  ["ISK", 2],
]);

/** Undefined when it is no whole number, no currency, or a fraction of the smallest unit that the currency has. */
export const fromAdyen = (value: string | undefined, currency: string | undefined): Money | undefined => {
  const decimals = ownDecimals.get(currency ?? "");
  if (decimals === undefined) return fromMinor(value, currency);
  if (value === undefined || !/^\d+$/.test(value)) return undefined;
  const digits = value.padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  return fromMajor(decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`, currency);
};
