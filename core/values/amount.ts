/** An amount of an export in minor units, exactly or not at all: an amount that cannot be read is a named line, never a guess. */
import { exponentOf } from "../formats/money.ts";
import { type NumberForm, readNumber } from "./number-text.ts";

/**
 * What the number counts. `major`: yen, dollars. `minor`: yen, cents. `decimals`: so many digits behind an implied point, whatever the currency has;
 * PayPal's settlement report writes 1,980 yen as 198000.
 */
export type Unit = "major" | "minor" | { readonly decimals: number };

export interface AmountForm {
  readonly unit: Unit;
  readonly numbers: NumberForm;
}

/** As long as it fits, a sum of a file of any length is exact too. */
const mostDigits = 15;

const plainAmount = /^(-?)(\d{1,15})(?:\.(\d{1,8}))?$/;

/**
 * @param currency ISO 4217, upper case
 * @returns undefined when it is no number in that form, has more digits than the currency, or wears another currency's mark
 */
export const readAmount = (text: string, currency: string, { unit, numbers }: AmountForm): number | undefined => {
  const plain = numbers.decimal === "." ? plainAmount.exec(text) : null;
  if (plain) return inMinor(plain[1] === "-", plain[2] as string, plain[3] ?? "", currency, unit);
  const parts = readNumber(text, numbers);
  if (!parts || parts.whole.length > mostDigits || !fits(parts.mark, currency)) return undefined;
  return inMinor(parts.isNegative, parts.whole, parts.fraction, currency, unit);
};

const inMinor = (isNegative: boolean, whole: string, fraction: string, currency: string, unit: Unit): number | undefined => {
  const exponent = exponentOf(currency);
  const shift = unit === "major" ? exponent : unit === "minor" ? 0 : exponent - unit.decimals;
  const digits = whole + fraction;
  const end = Math.max(0, digits.length + shift - fraction.length);
  // Only zeros may go: there is no half yen.
  if (/[1-9]/.test(digits.slice(end))) return undefined;
  const minor = Number(digits.slice(0, end).padEnd(end, "0"));
  if (!Number.isSafeInteger(minor)) return undefined;
  return isNegative && minor !== 0 ? -minor : minor;
};

/** Which currencies are written with a sign. A dollar is many countries', and no yen. */
const marks: Readonly<Record<string, string>> = {
  "¥": "JPY CNY",
  円: "JPY CNY",
  // Shift_JIS has the yen sign where other charsets have the backslash, and is decoded as that.
  "\\": "JPY",
  "€": "EUR",
  "£": "GBP EGP FKP GIP SHP SSP SYP",
  $: "ARS AUD BBD BMD BND BRL BSD BZD CAD CLP COP CUC CUP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD USD UYU XCD",
};

const fits = (mark: string, currency: string): boolean =>
  mark === "" ||
  mark.toUpperCase() === currency ||
  (mark.endsWith("$") && mark.length > 1 ? currency.startsWith(mark.slice(0, -1)) : marks[mark]?.includes(currency) === true);
