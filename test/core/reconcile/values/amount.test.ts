import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exponentOf } from "../../../../core/formats/money.ts";
import { readAmount, type Unit } from "../../../../core/reconcile/values/amount.ts";
import { commaForm, type NumberForm, plainForm, readNumber } from "../../../../core/reconcile/values/number-text.ts";

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
])("%j in %s", (text, currency) => {
  test("is no amount", () => expect(readAmount(text, currency, major())).toBeUndefined());
});

test("of yen in hundredths only whole ones are amounts", () => {
  const implied = { unit: { decimals: 2 }, numbers: plainForm };
  expect(readAmount("198000", "JPY", implied)).toBe(1_980);
  expect(readAmount("198050", "JPY", implied)).toBeUndefined();
  expect(readAmount("5", "JPY", implied)).toBeUndefined();
  expect(readAmount("0", "JPY", implied)).toBe(0);
});

test("a group has three digits, and the other form's sign is no part of a number", () => {
  expect(readNumber("4.626,81", commaForm)).toEqual({ isNegative: false, whole: "4626", fraction: "81", mark: "" });
  expect(readNumber("4.626,81", plainForm)).toBeUndefined();
  expect(readNumber("1.058.09", commaForm)).toBeUndefined();
});
