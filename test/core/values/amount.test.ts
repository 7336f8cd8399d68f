import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exponentOf } from "../../../core/formats/money.ts";
import { readAmount, type Unit } from "../../../core/values/amount.ts";
import { commaForm, type NumberForm, plainForm, readNumber } from "../../../core/values/number-text.ts";

const major = (numbers: NumberForm = plainForm) => ({ unit: "major" as Unit, numbers });

/** A writer of its own: digits grouped and parted by hand. */
const write = (minor: number, exponent: number, { decimal, group }: NumberForm): string => {
  const digits = String(Math.abs(minor)).padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  const groups: string[] = [];
  for (let end = whole.length; end > 0; end -= 3) groups.unshift(whole.slice(Math.max(0, end - 3), end));
  return `${minor < 0 ? "-" : ""}${groups.join(group)}${exponent > 0 ? decimal + digits.slice(-exponent) : ""}`;
};

const currencies = fc.constantFrom("JPY", "USD", "EUR", "KWD", "CLF");
const amounts = fc.oneof(fc.integer({ min: -(10 ** 12), max: 10 ** 12 }), fc.integer({ min: -2_000, max: 2_000 }));
const forms = fc.constantFrom<NumberForm>(
  plainForm,
  commaForm,
  { decimal: ",", group: " " },
  { decimal: ".", group: "'" },
  { decimal: ".", group: "" },
);

test("an amount in major units is read as it was written, in every form of numbers and every currency", () => {
  fc.assert(
    fc.property(amounts, currencies, forms, (minor, currency, numbers) => {
      expect(readAmount(write(minor, exponentOf(currency), numbers), currency, major(numbers))).toBe(minor);
    }),
  );
});

test("minor units and implied decimals are the same amount", () => {
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), currencies, (minor, currency) => {
      expect(readAmount(String(minor), currency, { unit: "minor", numbers: plainForm })).toBe(minor);
      const implied =
        write(minor, exponentOf(currency), { decimal: ".", group: "" }).replace(".", "") + "0".repeat(4 - exponentOf(currency));
      expect(readAmount(implied, currency, { unit: { decimals: 4 }, numbers: plainForm })).toBe(minor);
    }),
  );
});

test("reading never throws, and gives a whole number or nothing", () => {
  fc.assert(
    fc.property(fc.string(), forms, (text, numbers) => {
      const read = readAmount(text, "JPY", major(numbers));
      expect(read === undefined || Number.isSafeInteger(read)).toBe(true);
    }),
  );
});

describe.each([
  ["￥１，９８０", "JPY", 1_980],
  ["¥1,980", "JPY", 1_980],
  ["1,980円", "JPY", 1_980],
  ["1,980 JPY", "JPY", 1_980],
  ["-$12.00", "USD", -1_200],
  ["$-12.00", "USD", -1_200],
  ["($12.00)", "USD", -1_200],
  ["12.00-", "USD", -1_200],
  ["▲1,980", "JPY", -1_980],
  ["△1980", "JPY", -1_980],
  ["−1980", "JPY", -1_980],
  ["+1980", "JPY", 1_980],
  ["26.2", "EUR", 2_620],
  ["0.0000", "EUR", 0],
  [".50", "USD", 50],
  ["12", "USD", 1_200],
  ["-0.00", "USD", 0],
  ["12.34000000", "USD", 1_234],
  ["1,234.5600", "USD", 123_456],
  ["123456789012345", "JPY", 123_456_789_012_345],
  ["-123,456,789,012,345", "JPY", -123_456_789_012_345],
  ["1,980 jpy", "JPY", 1_980],
  ["A$5.00", "AUD", 500],
  ["5.00 US$", "USD", 500],
])("%s in %s", (text, currency, minor) => {
  test(`is ${minor} minor units`, () => expect(readAmount(text, currency, major())).toBe(minor));
});

describe.each([
  ["1,98", "JPY"],
  ["1,9800", "JPY"],
  ["19.80", "JPY"],
  ["12.345", "USD"],
  ["1.98E+03", "JPY"],
  ["$1980", "JPY"],
  ["1980 USD", "JPY"],
  ["--1", "JPY"],
  ["(-1)", "JPY"],
  ["1 2 3", "JPY"],
  ["", "JPY"],
  ["N/A", "JPY"],
  ["十円", "JPY"],
  ["1".repeat(41), "JPY"],
  // A sum of a file could no longer be exact.
  ["1234567890123456", "JPY"],
  ["1,234,567,890,123,456", "JPY"],
  ["999999999999999", "KWD"],
  ["A$5.00", "USD"],
  ["US$5.00", "CAD"],
  ["UX$5.00", "USD"],
  ["US5.00", "USD"],
  ["C¥1980", "JPY"],
  ["1980¥n", "JPY"],
])("%j in %s", (text, currency) => {
  test("is no amount", () => expect(readAmount(text, currency, major())).toBeUndefined());
});

test("a point that groups is no decimal point", () => {
  expect(readAmount("1.980", "JPY", major(commaForm))).toBe(1_980);
  expect(readAmount("1,50", "EUR", major(commaForm))).toBe(150);
});

/** What Unicode's CLDR writes beside an amount of that currency. */
const cldrSign = (currency: string): string | undefined =>
  new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay: "narrowSymbol" })
    .formatToParts(1)
    .find(({ type }) => type === "currency")?.value;

test.each([
  ["¥", "¥", []],
  ["円", "¥", []],
  ["€", "€", []],
  // Both are often written without their letter: E£, R$.
  ["£", "£", ["EGP"]],
  ["$", "$", ["BRL"]],
])("%s stands for the currencies that are written with it, and for no other", (sign, inCldr, others) => {
  const meant = Intl.supportedValuesOf("currency").filter((currency) => readAmount(`${sign}5`, currency, major()) !== undefined);
  const written = Intl.supportedValuesOf("currency").filter((currency) => cldrSign(currency) === inCldr || others.includes(currency));
  expect(meant).toEqual(written);
});

test("a backslash is the yen sign of Shift_JIS, and of no other currency", () => {
  expect(readAmount("\\1,980", "JPY", major())).toBe(1_980);
  expect(readAmount("\\1,980", "CNY", major())).toBeUndefined();
});

test("of yen in hundredths only whole ones are amounts", () => {
  const implied = { unit: { decimals: 2 }, numbers: plainForm };
  expect(readAmount("198000", "JPY", implied)).toBe(1_980);
  expect(readAmount("198050", "JPY", implied)).toBeUndefined();
  expect(readAmount("5", "JPY", implied)).toBeUndefined();
  expect(readAmount("0", "JPY", implied)).toBe(0);
});

const number = (isNegative: boolean, whole: string, fraction = "", mark = "") => ({ isNegative, whole, fraction, mark });

describe("a number as people write it", () => {
  test.each([
    ["1234.56", number(false, "1234", "56")],
    ["1,234.56", number(false, "1234", "56")],
    ["1,234,567", number(false, "1234567")],
    ["123,456", number(false, "123456")],
    ["- 12", number(true, "12")],
    ["▲ 12", number(true, "12")],
    ["+ 12", number(false, "12")],
    ["12 -", number(true, "12")],
    ["12−", number(true, "12")],
    ["(12)", number(true, "12")],
    ["(   12  )", number(true, "12")],
    ["-USD 12.50", number(true, "12", "50", "USD")],
    ["USD -12.50", number(true, "12", "50", "USD")],
    ["USD - 12.50", number(true, "12", "50", "USD")],
    ["USD12.50", number(false, "12", "50", "USD")],
    ["12.50USD", number(false, "12", "50", "USD")],
    ["12.50 USD", number(false, "12", "50", "USD")],
    ["(12.50) ", number(true, "12", "50")],
    [" .5", number(false, "", "5")],
    ["12.", number(false, "12")],
    ["\u3000１２．５", number(false, "12", "5")],
    ["1".repeat(40), number(false, "1".repeat(40))],
  ])("%j is read", (text, parts) => expect(readNumber(text, plainForm)).toEqual(parts));

  test.each([
    "1".repeat(41),
    "1.2.3",
    "1.2,3",
    ",5",
    "1,234,56",
    "1234,567",
    ",234",
    "12,",
    "USDX 12",
    "12 USDX",
    "$12$",
    "x(12)",
    "(12)x",
    "(12",
    "12)",
    "()",
    "-",
    ".",
    "-12-",
    "(12-)",
    "+-12",
    "x 1 - 2",
    "$ $12",
    "1 234",
    "1'234",
  ])("%j is not", (text) => expect(readNumber(text, plainForm)).toBeUndefined());

  test.each([
    ["1.234,56", commaForm, number(false, "1234", "56")],
    [",5", commaForm, number(false, "", "5")],
    ["1\u00a0234,5", { decimal: ",", group: " " } as NumberForm, number(false, "1234", "5")],
    ["1'234.5", { decimal: ".", group: "'" } as NumberForm, number(false, "1234", "5")],
    ["1234.5", { decimal: ".", group: "" } as NumberForm, number(false, "1234", "5")],
    ["1,234.5", { decimal: ".", group: "" } as NumberForm, undefined],
    ["1 234", { decimal: ".", group: "" } as NumberForm, undefined],
    ["1234 5", { decimal: ".", group: " " } as NumberForm, undefined],
  ])("%j in %j", (text, form, parts) => expect(readNumber(text, form)).toEqual(parts));
});

test("a group has three digits, and the other form's sign is no part of a number", () => {
  expect(readNumber("4.626,81", commaForm)).toEqual({ isNegative: false, whole: "4626", fraction: "81", mark: "" });
  expect(readNumber("4.626,81", plainForm)).toBeUndefined();
  expect(readNumber("1.058.09", commaForm)).toBeUndefined();
});
