import { expect, test } from "vitest";
import { inputOf, percent, runOf, shareOf } from "../../../core/reconcile/run.ts";
import { compare, line, october, payment } from "./compare/sides.ts";

test("the same files, read in the same way, are one input in whatever order they are named", () => {
  const one = { source: "shop", files: ["a", "b"], settings: { zone: "UTC" } };
  expect(inputOf({ ...one, files: ["b", "a"] })).toBe(inputOf(one));
  for (const other of [{ source: "other" }, { files: ["a"] }, { settings: { zone: "Asia/Tokyo" } }])
    expect(inputOf({ ...one, ...other })).not.toBe(inputOf(one));
});

test("a run keeps what was found without the differences", () => {
  const comparison = compare({ lines: [line("p-1"), line("p-2")], payments: [payment("p-1")] });
  const file = { name: "a.csv", sha256: "x", layout: "sandbox", lines: 2, sums: [], brokenLines: 1, isCut: false };
  const report = { ...file, charset: "utf-8", leftOut: [], broken: [] };
  const committed = { id: "r", by: "ops", at: 7, input: "i" };
  const run = runOf(comparison, [report], committed);
  expect(run).toEqual({
    ...committed,
    source: "shop",
    from: october,
    asOf: comparison.asOf,
    files: [file],
    lines: 2,
    matched: 1,
    money: comparison.money,
    sums: comparison.sums,
    undecided: 0,
  });
  expect(run).not.toHaveProperty("contracts");
  expect(runOf({ ...comparison, contracts: 3 }, [], committed).contracts).toBe(3);
});

test.each([
  [0, 0, 1, "100 %"],
  [1_000, 1_000, 1, "100 %"],
  [1_000, 500, 0.5, "50.00 %"],
  // Never rounded up to all of it.
  [1_000_000, 999_999, 0.999_999, "99.99 %"],
  [3, 1, 1 / 3, "33.33 %"],
  [1_000, 0, 0, "0.00 %"],
])("of %i moved, %i explained is a share of %d: %s", (moved, explained, share, text) => {
  expect(shareOf({ moved, explained })).toBe(share);
  expect(percent(share)).toBe(text);
});
