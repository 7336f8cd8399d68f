import { describe, expect, test } from "vitest";
import type { AmountRule } from "../../../../../core/mapping/layout.ts";
import { columnsOf } from "../../../../../core/reconcile/reading/cells/columns.ts";
import { amountRuleReader } from "../../../../../core/reconcile/reading/rules/amount-rule.ts";
import { currencyReader } from "../../../../../core/reconcile/reading/rules/currency.ts";
import { plainForm } from "../../../../../core/values/number-text.ts";

const wrong = (column: string) => ({ kind: "amount", column, currency: "USD" });

describe.each<[string, AmountRule, readonly (readonly [readonly string[], unknown])[]]>([
  [
    "a signed amount",
    { column: ["A", "b"], sign: "signed", unit: "major" },
    [
      [["19.80", "1"], { minor: 1_980, hasDirection: true, column: "a" }],
      [["-19.80", ""], { minor: -1_980, hasDirection: true, column: "a" }],
      [["", "5"], { minor: 500, hasDirection: true, column: "b" }],
      [["", ""], undefined],
      [["x", "5"], wrong("a")],
    ],
  ],
  [
    "an amount without a sign",
    { column: ["a"], sign: "unsigned", unit: "minor" },
    [
      [["1980", ""], { minor: 1_980, hasDirection: false, column: "a" }],
      [["0", ""], { minor: 0, hasDirection: false, column: "a" }],
      [["-1", ""], wrong("a")],
    ],
  ],
  [
    "an amount and its direction",
    { column: ["a"], direction: { column: "b", debit: ["D"], credit: ["C"] }, unit: "minor" },
    [
      [["5", "C"], { minor: 5, hasDirection: true, column: "a" }],
      [["5", "D"], { minor: -5, hasDirection: true, column: "a" }],
      [["0", "C"], { minor: 0, hasDirection: true, column: "a" }],
      [["5", ""], { kind: "direction", column: "b" }],
      [["-5", "D"], wrong("a")],
      [["", "D"], undefined],
    ],
  ],
  [
    "amounts that are added up",
    { add: ["a", "b"], unit: "minor" },
    [
      [["5", "7"], { minor: 12, hasDirection: false, column: "a" }],
      [["", "7"], { minor: 7, hasDirection: false, column: "a" }],
      [["0", ""], { minor: 0, hasDirection: false, column: "a" }],
      [["", ""], undefined],
      [["5", "-7"], wrong("b")],
      [["x", "7"], wrong("a")],
    ],
  ],
  [
    "what goes out and what comes in",
    { debit: "a", credit: "b", unit: "minor" },
    [
      [["5", ""], { minor: -5, hasDirection: true, column: "a" }],
      [["", "5"], { minor: 5, hasDirection: true, column: "b" }],
      [["0", "5"], { minor: 5, hasDirection: true, column: "b" }],
      [["5", "0"], { minor: -5, hasDirection: true, column: "a" }],
      [["0", "0"], { minor: 0, hasDirection: true, column: "b" }],
      [["", ""], undefined],
      [["5", "5"], { kind: "direction", column: "a" }],
      [["-5", ""], wrong("a")],
      [["", "-5"], wrong("b")],
      [["x", "y"], wrong("a")],
      [["", "y"], wrong("b")],
    ],
  ],
])("%s", (_, rule, rows) => {
  test.each(rows)("%j", (cells, moved) => expect(amountRuleReader(rule, columnsOf(["a", "b"]), plainForm)(cells, "USD")).toEqual(moved));
});

describe("a currency", () => {
  const columns = columnsOf(["Currency", "second"]);

  test("is the one that is said for all lines", () => {
    expect(currencyReader("jpy", columns)([])).toBe("JPY");
    expect(currencyReader("?", columns)([])).toEqual({ kind: "currency", column: "" });
  });

  test("is that of the first filled column, line by line", () => {
    const read = currencyReader({ column: ["currency", "second"] }, columns);
    expect(
      [
        ["usd", "EUR"],
        ["", "EUR"],
        ["JPN", ""],
        ["usd", ""],
      ].map(read),
    ).toEqual(["USD", "EUR", "JPY", "USD"]);
    expect(read(["x", "EUR"])).toEqual({ kind: "currency", column: "Currency" });
    expect(read(["", ""])).toEqual({ kind: "currency", column: "Currency" });
    expect(currencyReader({ column: ["other"] }, columns)(["USD", ""])).toEqual({ kind: "currency", column: "" });
  });
});
