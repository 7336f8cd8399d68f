import { expect, test } from "vitest";
import { idColumnNames } from "../../../core/mapping/layout-columns.ts";

const money = { name: "money", title: "Money" };
const at = [{ columns: ["when"], formats: ["iso"] }];
const parties = { line: ["line"], contract: ["contract"], customer: ["customer"], order: ["order"] };

test("ids are in the columns of lines, contracts, customers and orders, and where a line is about money in those of its payment", () => {
  const names = ["line", "contract", "customer", "order"];
  const state = { column: ["state"], meanings: { on: "active" } } as const;
  expect(idColumnNames({ name: "contracts", title: "Contracts", about: "contracts", state, ...parties })).toEqual(names);
  const payment = { payment: ["id", { column: "related", prefix: "order:" }], refund: ["refund"], dispute: ["dispute"] };
  const amount = { column: ["amount"], sign: "signed", unit: "minor" } as const;
  expect(idColumnNames({ ...money, about: "money", at, amount, currency: "JPY", ...parties, ...payment })).toEqual([
    ...names,
    ...["id", "related", "refund", "dispute"],
  ]);
  expect(idColumnNames({ ...money, about: "money", at, amount, currency: "JPY" })).toEqual([]);
});
