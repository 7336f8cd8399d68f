import { describe, expect, test } from "vitest";
import type { ContractLayout, Layout, MoneyLayout } from "../../../../../core/mapping/layout.ts";
import { columnProblems, columnsOf } from "../../../../../core/reconcile/reading/cells/columns.ts";

const money: MoneyLayout = {
  name: "test",
  title: "a test",
  about: "money",
  at: [{ columns: ["at"], formats: ["iso"] }],
  amount: { column: ["amount"], sign: "unsigned", unit: "major" },
};
const contracts: ContractLayout = {
  name: "test",
  title: "a test",
  about: "contracts",
  contract: ["contract", "agreement"],
  state: { column: ["state"], meanings: {} },
};
const problems = (layout: Layout, ...names: readonly string[]) => columnProblems(layout, columnsOf(names));

describe("what a layout cannot do without is named, where the file has not one of its columns:", () => {
  test.each<[Partial<MoneyLayout>, readonly string[], readonly string[]]>([
    [{}, ["at", "amount"], []],
    [{ payment: ["id", "no"] }, ["at", "amount"], ['payment: the file has no column "id" or "no"']],
    [{ payment: ["id", "no"] }, ["at", "amount", "no"], []],
    [{ payment: ["id"], order: ["order"] }, ["at", "amount", "order"], []],
    [{ payment: ["id"], contract: ["contract"] }, ["at", "amount", "contract"], []],
    [{ payment: ["id"], customer: ["customer"] }, ["at", "amount", "customer"], []],
    [{ payment: ["id"], line: ["line"] }, ["at", "amount", "line"], []],
    [{ payment: ["id"], refund: ["refund"] }, ["at", "amount", "refund"], ['payment: the file has no column "id"']],
    [{}, ["amount"], ['at: the file has no column "at"']],
    [
      {
        at: [
          { columns: ["day", "time"], formats: [] },
          { columns: ["at"], formats: [] },
        ],
      },
      ["amount", "day"],
      ['at: the file has no column "time" or "at"'],
    ],
    [
      {
        at: [
          { columns: ["day", "time"], formats: [] },
          { columns: ["at"], formats: [] },
        ],
      },
      ["amount", "day", "time"],
      [],
    ],
    [{}, ["at"], ['amount: the file has no column "amount"']],
    [{ amount: { add: ["net", "tax"], unit: "major" } }, ["at", "net"], ['amount: the file has no column "tax"']],
    [{ amount: { debit: "out", credit: "in", unit: "major" } }, ["at", "in"], ['amount: the file has no column "out"']],
    [
      { amount: { column: ["amount"], direction: { column: "dc", debit: ["D"], credit: ["C"] }, unit: "major" } },
      ["at", "amount"],
      ['amount: the file has no column "dc"'],
    ],
    [{ currency: "JPY" }, ["at", "amount"], []],
    [{ currency: { column: ["currency"] } }, ["at", "amount"], ['currency: the file has no column "currency"']],
    [{ type: { column: ["type"], meanings: {} } }, ["at", "amount"], ['type: the file has no column "type"']],
    [{ type: { column: ["type"], meanings: {}, isOptional: true } }, ["at", "amount"], []],
    [{ outcome: { column: ["result"], meanings: {} } }, ["at", "amount"], ['outcome: the file has no column "result"']],
    [{ outcome: { column: ["result"], meanings: {}, isOptional: true } }, ["at", "amount"], []],
  ])("%j in %j", (changes, names, says) => expect(problems({ ...money, ...changes }, ...names)).toEqual(says));

  test("of contracts, their id and their state", () => {
    expect(problems(contracts, "agreement", "state")).toEqual([]);
    expect(problems(contracts)).toEqual([
      'contract: the file has no column "contract" or "agreement"',
      'state: the file has no column "state"',
    ]);
  });
});

test("of two columns with one name nobody can say which is meant, where it is read", () => {
  expect(problems(money, "at", "memo", "amount", "AMOUNT", "memo")).toEqual(['the column "amount" is there twice, on places 3 and 4']);
});
