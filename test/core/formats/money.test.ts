import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exponentOf, formatMoney, fromMajor, fromMinor, majorText } from "../../../core/formats/money.ts";

const currencies = [
  ["JPY", 0],
  ["KRW", 0],
  ["USD", 2],
  ["EUR", 2],
  ["KWD", 3],
  ["TND", 3],
  ["CLF", 4],
  ["UYW", 4],
] as const;

/** Digits moved behind the point by hand, as an independent writer of major units. */
const major = (minor: number, exponent: number): string => {
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0");
  const point = digits.length - exponent;
  return `${minor < 0 ? "-" : ""}${digits.slice(0, point)}${exponent ? `.${digits.slice(point)}` : ""}`;
};

const minorUnits = fc.oneof(fc.integer({ min: -(10 ** 13) + 1, max: 10 ** 13 - 1 }), fc.integer({ min: -200, max: 200 }));

describe.each(currencies)("an amount in %s, of exponent %i", (currency, exponent) => {
  test("has as many digits behind the point as the currency", () => {
    expect(exponentOf(currency)).toBe(exponent);
    expect(exponentOf(currency.toLowerCase())).toBe(exponent);
  });

  test("is the same whether it is read from minor or from major units, as a number or as text", () => {
    fc.assert(
      fc.property(minorUnits, (minor) => {
        const money = { minor, currency };
        expect(fromMinor(minor, currency)).toEqual(money);
        expect(fromMinor(String(minor), currency.toLowerCase())).toEqual(money);
        expect(fromMajor(major(minor, exponent), currency)).toEqual(money);
        expect(fromMajor(Number(major(minor, exponent)), currency.toLowerCase())).toEqual(money);
      }),
    );
  });

  test("is written so that it reads back as the same amount", () => {
    fc.assert(
      fc.property(minorUnits, (minor) => {
        const [amount = "", code] = formatMoney({ minor, currency }).split(" ");
        expect(code).toBe(currency);
        expect(amount).toMatch(/^-?\d{1,3}(,\d{3})*(\.\d+)?$/);
        expect(fromMajor(amount.replaceAll(",", ""), currency)).toEqual({ minor, currency });
        expect(majorText({ minor, currency })).toBe(major(minor, exponent));
      }),
    );
  });

  test("may have zeros behind its last digit, and no other digit too many", () => {
    expect(fromMajor(`1.${"0".repeat(exponent + 3)}`, currency)).toEqual({ minor: 10 ** exponent, currency });
    expect(fromMajor(`1.${"0".repeat(exponent)}1`, currency)).toBeUndefined();
  });
});

test("every currency of ISO 4217 whose minor unit is not a hundredth is known as such, and any other code has hundredths", () => {
  const ofExponent = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
    2: "USD EUR GBP CNY HKD TWD THB PHP IDR MYR INR HUF MGA MRU XYZ",
  };
  for (const [exponent, codes] of Object.entries(ofExponent))
    expect(codes.split(" ").map((code) => [code, exponentOf(code)])).toEqual(codes.split(" ").map((code) => [code, Number(exponent)]));
});

describe("an amount in minor units", () => {
  test.each([
    1.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    "",
    " 1",
    "1 ",
    "1.0",
    "1e3",
    "0x10",
    "1,980",
    "１",
    "+1",
    "--1",
    "9".repeat(16),
    "1".repeat(16),
    null,
    undefined,
    true,
    [],
    [1],
    {},
  ])("is refused when it is %j", (amount) => expect(fromMinor(amount, "JPY")).toBeUndefined());

  test("is never the negative zero, which does not come back from JSON as it went in", () => {
    for (const zero of [-0, "-0", "-00"]) expect(Object.is(fromMinor(zero, "JPY")?.minor, 0)).toBe(true);
  });
});

describe("an amount in major units", () => {
  test.each([
    "",
    ".5",
    "5.",
    "1,980",
    "1.2.3",
    "1e3",
    "1e-7",
    "0x10",
    "+1",
    "- 1",
    "１",
    "$1",
    "12.345",
    "NaN",
    "Infinity",
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e21,
    1e-7,
    0.1 + 0.2,
    "9".repeat(14),
    "1".repeat(14),
    `1.${"0".repeat(31)}`,
    null,
    undefined,
    true,
    [],
    ["1"],
    {},
  ])("is rejected when it is not a plain decimal: %j", (amount) => expect(fromMajor(amount, "USD")).toBeUndefined());

  test("is refused when its minor units cannot be counted exactly", () => {
    expect(fromMajor("9999999999999", "USD")).toEqual({ minor: 999_999_999_999_900, currency: "USD" });
    expect(fromMajor("9999999999999", "CLF")).toBeUndefined();
  });

  test("may be surrounded by white space, and is never the negative zero", () => {
    expect(fromMajor(" 12.30\n", "USD")).toEqual({ minor: 1_230, currency: "USD" });
    for (const zero of [-0, "-0", "-0.00"]) expect(Object.is(fromMajor(zero, "USD")?.minor, 0)).toBe(true);
  });
});

test.each(["", "US", "USDT", "U$D", "円円円", 392, null, undefined])("an amount in the currency %j is refused", (currency) => {
  expect(fromMinor(1, currency)).toBeUndefined();
  expect(fromMajor("1", currency)).toBeUndefined();
});

test("reading never throws, and gives whole units and an upper-case code or nothing", () => {
  fc.assert(
    fc.property(fc.anything(), fc.oneof(fc.constantFrom("jpy", "USD", "kwd"), fc.anything()), (amount, currency) => {
      for (const money of [fromMinor(amount, currency), fromMajor(amount, currency)]) {
        if (!money) continue;
        expect(Number.isSafeInteger(money.minor)).toBe(true);
        expect(money.currency).toMatch(/^[A-Z]{3}$/);
      }
    }),
  );
});

test.each([
  [1_980, "JPY", "1,980 JPY"],
  [1_230, "USD", "12.30 USD"],
  [5, "USD", "0.05 USD"],
  [0, "USD", "0.00 USD"],
  [-123_456_789, "USD", "-1,234,567.89 USD"],
  [1_000_000, "KRW", "1,000,000 KRW"],
  [1_234, "KWD", "1.234 KWD"],
  [12_345, "CLF", "1.2345 CLF"],
])("%i minor units of %s are shown as %s", (minor, currency, text) => expect(formatMoney({ minor, currency })).toBe(text));
