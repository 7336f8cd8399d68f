import { describe, expect, test } from "vitest";
import {
  cellAt,
  damageIn,
  firstFilled,
  hasColumns,
  isBlank,
  isTotals,
  placesOf,
} from "../../../../../core/reconcile/reading/cells/cells.ts";
import { columnsOf, withoutSkipped } from "../../../../../core/reconcile/reading/cells/columns.ts";

test.each([
  ["a", "a"],
  [" a ", "a"],
  ["a\t", "a"],
  ["\u3000取引", "取引"],
  ["取引\u00a0", "取引"],
  ["!~", "!~"],
  ["", ""],
  [" ", ""],
])("the cell %j is %j", (cell, text) => expect(cellAt([cell], 0)).toBe(text));

test("a cell that the line does not have is empty", () => {
  expect(cellAt(["a"], 1)).toBe("");
  expect(cellAt(["a"], -1)).toBe("");
});

test("columns are found by name, the first of two, in any case and width", () => {
  const columns = columnsOf(["ID", "Amount", "id", "日付"]);
  expect(["id", "ＩＤ", " amount ", "日付", "x"].map(columns.at)).toEqual([0, 0, 1, 3, -1]);
  expect(placesOf(columns, ["x", "日付", "id"])).toEqual([3, 0]);
});

test("of several columns the first with something in it counts, and the first where none has", () => {
  expect(firstFilled(["", " ", "x", "y"], [0, 1, 2, 3])).toBe(2);
  expect(firstFilled(["", ""], [1, 0])).toBe(1);
  expect(firstFilled(["a"], [])).toBe(-1);
});

test("a column that is skipped has no name that anybody asks for", () => {
  expect(withoutSkipped(["id", "Card No", "memo"], ["card no"])).toEqual(["id", "(left unread)", "memo"]);
  expect(withoutSkipped(["id"])).toEqual(["id"]);
});

describe("damage", () => {
  const columns = columnsOf(["id", "memo"]);
  test.each([
    [["a\0", "x"], { kind: "NUL", column: "id" }],
    [["a", "x\0"], { kind: "NUL", column: "memo" }],
    [["a", "x", "\0"], { kind: "NUL", column: "3" }],
    [["a\x07", "x"], { kind: "control", column: "id" }],
    [["a\u0085", "x"], { kind: "control", column: "id" }],
    [["a\uFFFD", "x"], { kind: "charset", column: "id" }],
    [["a\nb", "x"], { kind: "line break", column: "id" }],
    [["a\rb", "x"], { kind: "line break", column: "id" }],
    [["a\tb", "x"], undefined],
    [["a\r\n", "x"], undefined],
    [["a", "x\x07\uFFFD\n."], undefined],
  ])("of %j, of which the id is read", (cells, damage) => expect(damageIn(cells, columns, new Set([0]))).toEqual(damage));
});

describe("a line of sums", () => {
  test.each([
    ...[
      "Grand Total",
      "grandtotal",
      "Sub Total:",
      "subtotal",
      "Total",
      "totals",
      "SUM (JPY)",
      "Balance",
      "合計",
      "合 計",
      "総計",
      "総合計",
      "総 合 計",
    ],
    ...["小計", "小 計", "件数：", "件 数（3）", "計", "<END>", "<eof>", "EOF", "ｔｏｔａｌ", " Total "],
  ])("begins with %j", (word) => expect(isTotals(["", word, "1"], [0])).toBe(true));

  test.each(["Totally", "Summer", "計画", "合計額", "x Total", "1980", "Balanced", ""])("does not begin with %j", (word) =>
    expect(isTotals([word, "1"], [])).toBe(false),
  );

  test("has no id, but may repeat the word there", () => {
    expect(isTotals(["Total", "p-1"], [1])).toBe(false);
    expect(isTotals(["Total", "ｔｏｔａｌ"], [1, 0])).toBe(true);
    expect(isTotals(["", " "], [])).toBe(false);
    expect(isTotals([" ", "Total"], [])).toBe(true);
  });
});

test("a line is blank when all of its cells are", () => {
  expect([["", " ", "\t"], [], ["", "x"]].map(isBlank)).toEqual([true, true, false]);
});

test("empty cells behind the last column are none", () => {
  expect(hasColumns(["a", "b"], 2)).toBe(true);
  expect(hasColumns(["a", "b", "", " "], 2)).toBe(true);
  expect(hasColumns(["a", "b", "", "x"], 2)).toBe(false);
  expect(hasColumns(["a"], 2)).toBe(false);
});
