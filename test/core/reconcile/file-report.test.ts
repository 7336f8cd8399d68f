import { describe, expect, test } from "vitest";
import type { LeftOut, MoneyLine, Reading } from "../../../core/reconcile/export-line.ts";
import { createTally, leftOutPlace, leftOutText, openEndText } from "../../../core/reconcile/file-report.ts";

const money = (changes: Partial<MoneyLine> = {}): MoneyLine => ({
  ...{
    kind: "money",
    number: 1,
    type: "charge",
    outcome: "done",
    payment: ["p"],
    amount: { minor: 100, currency: "JPY" },
    at: 5,
    isDay: false,
  },
  ...changes,
});
const tallyOf = (...readings: readonly Reading[]) => {
  const tally = createTally();
  for (const one of readings) tally.see(one);
  return tally.tally();
};
const out = (number: number, why: LeftOut): Reading => ({ kind: "left out", number, why });
const quotes = (number: number): Reading => ({ kind: "broken", number, problem: { kind: "quotes" } });

test("lines are added up by type, outcome and currency, in whatever order they are", () => {
  const { amount: _, ...unpriced } = money({ outcome: "failed" });
  const lines: readonly Reading[] = [
    money({ outcome: "failed" }),
    money({ at: 7 }),
    money({ type: "refund", amount: { minor: 30, currency: "JPY" } }),
    money({ amount: { minor: 5, currency: "USD" } }),
    money({ at: 3 }),
    unpriced,
    money({ type: "refund failed" }),
    { kind: "contract", number: 9, contract: "c", state: "active" },
    { kind: "contract", number: 9, contract: "c", state: "active", at: 9 },
  ];
  const report = tallyOf(...lines);
  expect(report).toEqual({
    lines: 9,
    sums: [
      { type: "charge", outcome: "done", currency: "JPY", lines: 2, minor: 200 },
      { type: "charge", outcome: "done", currency: "USD", lines: 1, minor: 5 },
      { type: "charge", outcome: "failed", lines: 1, minor: 0 },
      { type: "charge", outcome: "failed", currency: "JPY", lines: 1, minor: 100 },
      { type: "contract", outcome: "done", lines: 2, minor: 0 },
      { type: "refund", outcome: "done", currency: "JPY", lines: 1, minor: 30 },
      { type: "refund failed", outcome: "done", currency: "JPY", lines: 1, minor: 100 },
    ],
    leftOut: [],
    brokenLines: 0,
    broken: [],
    first: 3,
    last: 9,
    isCut: false,
  });
  expect(tallyOf(...lines.toReversed())).toEqual(report);
  expect(tallyOf(money())).toMatchObject({ first: 5, last: 5 });
});

test("R-REC-4: what is in no sum is counted by its reason, with the first line of each", () => {
  expect(tallyOf(out(5, { kind: "zero" }), out(2, { kind: "type", type: "fee" }), out(9, { kind: "zero" }), quotes(3))).toEqual({
    lines: 0,
    sums: [],
    leftOut: [
      { why: { kind: "type", type: "fee" }, lines: 1, first: 2 },
      { why: { kind: "zero" }, lines: 2, first: 5 },
    ],
    brokenLines: 1,
    broken: [{ number: 3, problem: { kind: "quotes" } }],
    isCut: false,
  });
});

test("a file that ends in the middle of a line is cut", () => {
  expect(tallyOf({ kind: "broken", number: 3, problem: { kind: "cut off" } }).isCut).toBe(true);
});

test("a thousand broken lines and two hundred reasons are named, and all broken lines counted", () => {
  const broken = tallyOf(...Array.from({ length: 1_002 }, (_, index) => quotes(index)));
  expect([broken.brokenLines, broken.broken.length]).toEqual([1_002, 1_000]);
  const reasons = tallyOf(
    ...Array.from({ length: 202 }, (_, index) => out(index, { kind: "record", type: String(index) })),
    out(500, { kind: "record", type: "0" }),
  );
  expect([reasons.leftOut.length, reasons.leftOut[0]?.lines]).toEqual([200, 2]);
});

describe("an operator reads of lines that were left out:", () => {
  test.each<[LeftOut, string, string]>([
    [{ kind: "empty" }, "empty", ""],
    [{ kind: "type", type: "fee" }, "fee", ""],
    [{ kind: "zero" }, "of nothing: no money was moved", ""],
    [{ kind: "record", type: "SF" }, "of record type SF", ""],
    [{ kind: "record", type: "" }, "of another record type", ""],
    [{ kind: "totals" }, "of totals", " (the first on line 7)"],
    [{ kind: "repeated" }, "once more, and counted once", " (the first on line 7)"],
    [{ kind: "continues" }, "that go on with the line before", ""],
    [{ kind: "rule", why: "of another shop" }, "of another shop", ""],
    [{ kind: "unknown", column: "kind", text: "x" }, 'with "x" in "kind", which is not known', " (the first on line 7)"],
    [{ kind: "unknown", column: "kind", text: "" }, 'with nothing in "kind"', " (the first on line 7)"],
  ])("%j", (why, text, place) => {
    expect([leftOutText(why), leftOutPlace({ why, lines: 2, first: 7 })]).toEqual([text, place]);
  });

  test("the place of a single one", () => expect(leftOutPlace({ why: { kind: "totals" }, lines: 1, first: 7 })).toBe(" (line 7)"));

  test("that a last line may be cut", () => {
    expect(openEndText("amount")).toBe('Its last line has no line end: if the file was cut there, "amount" of that line is not whole.');
  });
});
