import { expect, test } from "vitest";
import { readCurrency } from "../../../core/values/currency-code.ts";

test.each([
  ["JPY", "JPY"],
  ["usd", "USD"],
  [" eur ", "EUR"],
  ["ＪＰＹ", "JPY"],
  // GMO-PG's exports.
  ["JPN", "JPY"],
  ["円", "JPY"],
])("%j is the currency %s", (text, currency) => expect(readCurrency(text)).toBe(currency));

test.each(["XYZ", "", "YEN", "$", "constructor"])("%j is none", (text) => expect(readCurrency(text)).toBeUndefined());
