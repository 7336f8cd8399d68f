import { expect, test } from "vitest";
import type { Difference } from "../../../../core/reconcile/compare/difference.ts";
import { csvColumns, csvRow } from "../../../../core/reconcile/report/difference-csv.ts";

const rowOf = (difference: Difference) => Object.fromEntries(csvRow(difference).map((cell, index) => [csvColumns[index], cell]));

test("a difference is a row for a spreadsheet, with its money in minor units and its age in full hours", () => {
  const names = { payment: ["p-1", "p-2"], reference: "re-1", contract: "c-1", customer: "u-1", order: "#1", line: "l-1", account: "a-1" };
  expect(
    rowOf({
      ...{ id: "x", cause: "export wrong", symptom: "over", about: "charge", class: "A3", names, at: Date.UTC(2026, 9, 1) },
      ...{ theirs: { minor: 2_000, currency: "JPY" }, ours: { minor: 1_980, currency: "JPY" }, money: { minor: 20, currency: "JPY" } },
      ...{ age: 2 * 3_600_000 - 1, record: "shop/e-1" },
    } as Difference),
  ).toEqual({
    ...{ at: "2026-10-01T00:00:00.000Z", cause: "export wrong", symptom: "over", class: "A3", about: "charge", payment: "p-1 p-2" },
    ...{ reference: "re-1", contract: "c-1", customer: "u-1", order: "#1", line: "l-1", account: "a-1" },
    ...{ theirs: 2_000, ours: 1_980, at_stake: 20, currency: "JPY", age_hours: 1, record: "shop/e-1" },
    next_step: "Fetch the export again; if it stays so, ask the gateway.",
  });
});

test("what is not known is empty, and a currency is that of any side", () => {
  const bare: Difference = { id: "x", cause: "never sent", symptom: "missing", about: "charge", names: { payment: [] }, at: 0 };
  const { at, cause, symptom, about, next_step: _, ...rest } = rowOf(bare);
  expect([at, cause, symptom, about]).toEqual(["1970-01-01T00:00:00.000Z", "never sent", "missing", "charge"]);
  expect(new Set(Object.values(rest))).toEqual(new Set([""]));
  expect(Object.keys(rest)).toHaveLength(14);
  expect(rowOf({ ...bare, theirs: { minor: 0, currency: "USD" } })).toMatchObject({ theirs: 0, currency: "USD", ours: "", at_stake: "" });
  expect(rowOf({ ...bare, ours: { minor: 5, currency: "EUR" }, age: 0 })).toMatchObject({ ours: 5, currency: "EUR", age_hours: 0 });
  // Of a contract nothing but what is at stake is money.
  expect(rowOf({ ...bare, money: { minor: 7, currency: "GBP" } })).toMatchObject({ at_stake: 7, currency: "GBP", theirs: "", ours: "" });
});
