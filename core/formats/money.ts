/**
 * Money is a whole number of minor units and an ISO 4217 code. Gateways write it in four ways
 * (minor units, major units as a number, as a string, yen without any); here they become one.
 */
export interface Money {
  /** Whole minor units: cents for USD, yen for JPY. May be negative in exports. */
  readonly minor: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
}

/** ISO 4217 currencies whose minor unit is not a hundredth. Source: ISO 4217 list one, 2026. */
const exponents: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

/** Digits after the decimal point of a currency's major unit: 0 for JPY, 2 for USD, 3 for KWD. */
export const exponentOf = (currency: string): number => exponents[currency.toUpperCase()] ?? 2;

/**
 * An amount a gateway sent in minor units.
 * @returns undefined when it is not a whole number or the currency is not three letters: an amount we cannot read is
 *   left out of an event rather than guessed.
 */
export const fromMinor = (amount: unknown, currency: unknown): Money | undefined => {
  const minor = typeof amount === "string" && /^-?\d{1,15}$/.test(amount) ? Number(amount) : amount;
  if (typeof minor !== "number" || !Number.isSafeInteger(minor) || !isCurrency(currency)) return undefined;
  return { minor: minor === 0 ? 0 : minor, currency: currency.toUpperCase() };
};

/**
 * An amount a gateway sent in major units, as a decimal string or number: "12.30", 1980.
 * @returns undefined when it is not a plain decimal, or carries more digits than the currency has.
 */
export const fromMajor = (amount: unknown, currency: unknown): Money | undefined => {
  if (!isCurrency(currency)) return undefined;
  const text = typeof amount === "number" ? String(amount) : amount;
  const match = typeof text === "string" ? /^(-?)(\d{1,13})(?:\.(\d{1,30}))?$/.exec(text.trim()) : null;
  if (!match) return undefined;
  const exponent = exponentOf(currency);
  const fraction = (match[3] ?? "").replace(/0+$/, "");
  if (fraction.length > exponent) return undefined;
  const minor = Number(`${match[2]}${fraction.padEnd(exponent, "0")}`);
  if (!Number.isSafeInteger(minor)) return undefined;
  return { minor: match[1] === "-" && minor !== 0 ? -minor : minor, currency: currency.toUpperCase() };
};

/** For people: "1,980 JPY", "12.30 USD". */
export const formatMoney = ({ minor, currency }: Money): string => {
  const exponent = exponentOf(currency);
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${minor < 0 ? "-" : ""}${whole}${exponent ? `.${digits.slice(-exponent)}` : ""} ${currency}`;
};

/** In major units and without a separator of thousands, for files: "1980", "-12.30". What `fromMajor` reads. */
export const majorText = ({ minor, currency }: Money): string => formatMoney({ minor, currency }).replace(/,| .*/g, "");

const isCurrency = (value: unknown): value is string => typeof value === "string" && /^[A-Za-z]{3}$/.test(value);
