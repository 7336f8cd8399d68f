import { expect, test } from "vitest";
import { checkMapping } from "../../../../core/reconcile/layout/check-mapping.ts";
import { propose } from "../../../../core/reconcile/layout/propose.ts";
import type { Head } from "../../../../core/reconcile/layout/recognise.ts";

const head = (rows: readonly (readonly string[])[], more: Partial<Head> = {}): Head => ({
  charset: "utf-8",
  separator: ",",
  rows,
  ...more,
});

const sales = [
  ["受注ID", "トラッキングID", "処理日時", "決済金額", "手数料", "処理区分", "結果", "カード番号"],
  ["O-1", "T-1", "2026/10/01 10:00:00", "1,980", "60", "売上", "成功", "4111********1111"],
  ["O-2", "T-2", "2026/10/02 10:00:00", "500", "15", "謎", "失敗", "4111********1111"],
];

test("columns are found by their names, and what the file does not show has to be told", () => {
  const proposal = propose([head(sales, { charset: "shift_jis" })], "sbps");
  expect(proposal?.mapping).toEqual({
    name: "sbps",
    about: "money",
    charset: "shift_jis",
    order: ["受注ID"],
    skip: ["カード番号"],
    payment: ["トラッキングID"],
    type: { column: ["処理区分"], meanings: { 売上: "charge" } },
    outcome: { column: ["結果"], meanings: { 成功: "done", 失敗: "failed" } },
    at: [{ columns: ["処理日時"], formats: ["yyyy/M/d H:mm:ss"] }],
    amount: { column: ["決済金額"], sign: "unsigned" },
  });
  const told = proposal?.toTell.join("\n");
  for (const what of ["currency", "unit", "zone", "type.meanings"]) expect(told).toContain(what);
});

test("it is refused until the unit is there, and is a mapping then", () => {
  const proposal = propose([head(sales)], "sbps");
  expect(checkMapping(proposal?.mapping).kind).toBe("problems");
  expect(checkMapping({ ...proposal?.mapping, amount: { column: ["決済金額"], sign: "unsigned", unit: "major" } }).kind).toBe("mapping");
});

test("a list of contracts is one by the words of its states", () => {
  const rows = [
    ["契約ID", "顧客ID", "契約状態", "開始日", "月額料金"],
    ["C-1", "U-1", "契約中", "令和8年1月5日", "980"],
    ["C-2", "U-2", "解約", "令和8年2月5日", "980"],
  ];
  expect(propose([head(rows)], "contracts")?.mapping).toEqual({
    name: "contracts",
    about: "contracts",
    contract: ["契約ID"],
    customer: ["顧客ID"],
    state: { column: ["契約状態"], meanings: { 契約中: "active", 解約: "cancelled" } },
    at: [{ columns: ["開始日"], formats: ["japanese-era"] }],
  });
});

test("a decimal comma, a column of the zone, an order of day and month that the first lines do not show", () => {
  const rows = [
    ["id", "date", "timezone", "amount", "currency"],
    ["a", "4/9/2026", "Europe/Berlin", "-12,50", "EUR"],
  ];
  expect(propose([head(rows, { separator: ";" })], "x")?.mapping).toMatchObject({
    separator: ";",
    at: [{ columns: ["date"], oneOf: ["d/M/yyyy", "M/d/yyyy"], zone: { column: "timezone" } }],
    amount: { column: ["amount"], sign: "signed", unit: "major" },
    currency: { column: ["currency"] },
    numbers: [{ decimal: ",", group: "." }],
  });
});

test("without a header the columns are numbered, to be named by somebody", () => {
  const proposal = propose([head([["a-1", "20261001", "1980"]])], "x");
  expect(proposal?.mapping).toMatchObject({ header: "none", columns: ["column 1", "column 2", "column 3"] });
  expect(proposal?.toCheck.join()).toContain("no header");
  // Of payments, as nearly all files are; the days are seen, and what the amount is has to be told.
  const payments = propose(
    [
      head([
        ["T1", "2026/10/01 10:00:00", "1000"],
        ["T2", "2026/10/02 10:00:00", "1000"],
      ]),
    ],
    "x",
  );
  expect(payments?.mapping).toMatchObject({ about: "money", at: [{ columns: ["column 2"], formats: ["yyyy/M/d H:mm:ss"] }] });
  expect(payments?.mapping).not.toHaveProperty("amount");
  expect(payments?.toTell.join()).toContain("No column looks like the amount");
});

test("of several readings the one without damage is taken; of one column nothing can be said", () => {
  const [first = [], ...rest] = sales;
  const damaged = head([first.map(() => "\uFFFD\uFFFD"), ...rest], { charset: "euc-jp" });
  expect(propose([damaged, head(sales, { charset: "shift_jis" })], "x")?.mapping).toMatchObject({ charset: "shift_jis" });
  expect(propose([head([["only"], ["one"]])], "x")).toBeUndefined();
});
