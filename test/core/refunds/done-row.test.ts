import { describe, expect, test } from "vitest";
import { doneColumnProblems, readDoneRow } from "../../../core/refunds/done-row.ts";

const how = { zone: "Asia/Tokyo", now: Date.UTC(2026, 10, 20, 12) };
const good = { payment: "ch_1", amount: "1980", currency: "JPY", date: "2026-11-19", note: "transfer 7" };
const read = (changes: Record<string, string> = {}) => readDoneRow({ ...good, ...changes }, how);
const problemsOf = (changes: Record<string, string>) => {
  const row = read(changes);
  return row.kind === "problems" ? row.problems : row;
};

test("a row says which payment, how much, on which day of the zone, and with which note", () => {
  const at = Date.UTC(2026, 10, 18, 15);
  expect(read()).toEqual({ kind: "row", row: { payment: "ch_1", amount: { minor: 1_980, currency: "JPY" }, at, note: "transfer 7" } });
  expect(read({ date: "2026-11-19T23:59", note: "", source: "stripe-jp" })).toMatchObject({ row: { at, source: "stripe-jp" } });
  expect(read({ date: "2026/11/19" })).toMatchObject({ row: { at } });
  expect(read({ date: "2026/1/5" })).toMatchObject({ row: { at: Date.UTC(2026, 0, 4, 15) } });
  // The day begins at this moment: it has come.
  expect(readDoneRow({ ...good, date: "2026-11-20" }, { ...how, now: Date.UTC(2026, 10, 19, 15) }).kind).toBe("row");
  expect(read({ note: "x".repeat(200) }).kind).toBe("row");
  expect(read({ payment: "'=1+1" })).toMatchObject({ row: { payment: "=1+1" } });
  expect(read({ payment: "a'=1" })).toMatchObject({ row: { payment: "a'=1" } });
  expect(read({ note: "" })).toEqual({ kind: "row", row: { payment: "ch_1", amount: { minor: 1_980, currency: "JPY" }, at } });
});

test.each([
  ["1,980", "JPY", 1_980],
  ["１９８０", "JPY", 1_980],
  ["19.8", "USD", 1_980],
  ["1,234,567.89", "usd", 123_456_789],
  ["1.500", "KWD", 1_500],
  ["1", "JPY", 1],
])("%s %s is an amount", (amount, currency, minor) => {
  expect(read({ amount, currency })).toMatchObject({ row: { amount: { minor } } });
});

test("a row without a date is not given back yet, whatever else is in it", () => {
  expect(read({ date: " ", amount: "" })).toEqual({ kind: "not yet" });
});

describe("what cannot be read is named by its column", () => {
  test.each([
    [{ amount: "19.80" }, 'amount = "19.80": write what was given back in JPY, more than nothing: 1980 or 19.80'],
    [{ amount: "0" }, 'amount = "0": write what was given back in JPY, more than nothing: 1980 or 19.80'],
    [{ amount: "-5" }, 'amount = "-5": write what was given back in JPY, more than nothing: 1980 or 19.80'],
    [{ amount: "1,98" }, 'amount = "1,98": write what was given back in JPY, more than nothing: 1980 or 19.80'],
    [{ amount: "¥1980" }, 'amount = "¥1980": write what was given back in JPY, more than nothing: 1980 or 19.80'],
    [{ amount: "1234,567" }, 'amount = "1234,567": write what was given back in JPY, more than nothing: 1980 or 19.80'],
    [{ amount: "1,9800" }, 'amount = "1,9800": write what was given back in JPY, more than nothing: 1980 or 19.80'],
    [{ currency: "JPYX" }, 'currency = "JPYX": write three letters of ISO 4217, JPY'],
    [{ currency: "XJPY" }, 'currency = "XJPY": write three letters of ISO 4217, JPY'],
    [{ currency: "円" }, 'currency = "円": write three letters of ISO 4217, JPY'],
    [{ date: "19/11/2026" }, 'date = "19/11/2026": write the day on which it was given back, 2026-11-20'],
    [{ date: "26/1/5" }, 'date = "26/1/5": write the day on which it was given back, 2026-11-20'],
    [{ date: "2026/1/5/1" }, 'date = "2026/1/5/1": write the day on which it was given back, 2026-11-20'],
    [{ date: "2026/1/5 noon" }, 'date = "2026/1/5 noon": write the day on which it was given back, 2026-11-20'],
    [{ date: "2026-02-30" }, 'date = "2026-02-30": write the day on which it was given back, 2026-11-20'],
    [{ date: "2026-11-21" }, 'date = "2026-11-21": that day has not come yet'],
    [{ payment: "" }, "payment: write the id of a payment, its order number or an estimate's id"],
    [{ note: "x".repeat(201) }, "note: 201 characters, where 200 are kept"],
  ])("%j", (changes, problem) => {
    expect(problemsOf(changes)).toEqual([problem]);
  });

  test("all of them at once", () => {
    expect(problemsOf({ payment: "", currency: "", date: "x" })).toHaveLength(3);
  });
});

test("a header names its columns: one that is unknown, missing or there twice is named", () => {
  const known = ["payment", "amount", "currency", "date", "note"];
  expect(doneColumnProblems(known, known)).toEqual([]);
  expect(doneColumnProblems(["payment", "amont", "currency", "currency", "date", ""], known)).toEqual([
    'there is no column "amont"; did you mean "amount"?',
    'the column "amount" is missing',
    'the column "currency" is there twice',
  ]);
  expect(doneColumnProblems([], known)).toEqual(["payment", "amount", "currency", "date"].map((name) => `the column "${name}" is missing`));
  expect(doneColumnProblems([...known, "telephone"], known)).toEqual(['there is no column "telephone"']);
});
