import { describe, expect, test } from "vitest";
import type { Difference } from "../../../core/reconcile/compare/difference.ts";
import type { FileReport, LineSum } from "../../../core/reconcile/file-report.ts";
import { readOtherwise } from "../../../core/reconcile/read-otherwise.ts";
import type { ReconciliationRun, RunFile } from "../../../core/reconcile/run.ts";

const sum = (type: LineSum["type"], outcome: LineSum["outcome"], currency: string | undefined, lines: number, minor: number): LineSum => ({
  ...{ type, outcome, lines, minor },
  ...(currency !== undefined && { currency }),
});
const report = (sha256: string, sums: readonly LineSum[]): FileReport => ({
  ...{
    name: `${sha256}.csv`,
    sha256,
    layout: "new",
    charset: "utf-8",
    lines: 9,
    sums,
    leftOut: [],
    brokenLines: 2,
    broken: [],
    isCut: false,
  },
});
const file = (sha256: string, sums?: readonly LineSum[]): RunFile => ({
  ...{ name: "earlier.csv", sha256, layout: "old", lines: 7, brokenLines: 4, isCut: false },
  ...(sums && { sums }),
});
const run = (id: string, ...files: readonly RunFile[]): ReconciliationRun => ({
  ...{ id, source: "shop", by: "kei", at: 5, input: "i", from: 0, asOf: 1, files, lines: 7, matched: 6, money: [], undecided: 0 },
  sums: [2, 3].map((count) => ({ cause: "never sent", symptom: "missing", count, minor: 0 })),
});

async function* newestFirst(runs: readonly ReconciliationRun[]) {
  yield* runs;
}
const changed = (files: readonly FileReport[], ...runs: readonly ReconciliationRun[]) =>
  readOtherwise({ matched: 8, differences: [{} as Difference] }, files, newestFirst(runs));
const both = (before: unknown, now: unknown) => ({ before, now });

test("a file that was read before is held against the newest run that had it, by its content and not its name", async () => {
  const runs = [run("r-3", file("other")), run("r-2", file("a"), file("other")), run("r-1", file("a"), file("b"))];
  expect(await changed([report("a", []), report("b", [])], ...runs)).toStrictEqual({
    run: { id: "r-2", by: "kei", at: 5 },
    files: [{ name: "a.csv", layout: both("old", "new"), lines: both(7, 9), brokenLines: both(4, 2), sums: [] }],
    matched: both(6, 8),
    differences: both(5, 1),
  });
});

test("nothing is said where no run had any of the files", async () => {
  expect(await changed([report("a", [])], run("r-1", file("other")))).toBeUndefined();
  expect(await changed([report("a", [])])).toBeUndefined();
});

describe("of the sums", () => {
  const sumsOf = async (before: readonly LineSum[] | undefined, now: readonly LineSum[]) =>
    (await changed([report("a", now)], run("r-1", file("a", before))))?.files[0]?.sums;

  test("those are said that differ, in their number of lines or their money, or that one of them has not", async () => {
    const before = [
      sum("charge", "done", "JPY", 3, 300),
      sum("charge", "done", "USD", 1, 5),
      sum("refund", "done", "JPY", 1, 30),
      sum("refund failed", "done", "JPY", 1, 40),
      sum("charge", "failed", "JPY", 2, 20),
    ];
    const now = [
      sum("charge", "done", "JPY", 3, 300),
      sum("charge", "done", "USD", 1, 6),
      sum("charge", "failed", "JPY", 1, 20),
      sum("charge", "failed", undefined, 4, 0),
      sum("refund failed", "done", "JPY", 2, 50),
    ];
    expect(await sumsOf(before, now)).toStrictEqual([
      { of: { type: "charge", outcome: "done", currency: "USD" }, lines: both(1, 1), minor: both(5, 6) },
      { of: { type: "charge", outcome: "failed" }, lines: both(0, 4), minor: both(0, 0) },
      { of: { type: "charge", outcome: "failed", currency: "JPY" }, lines: both(2, 1), minor: both(20, 20) },
      { of: { type: "refund", outcome: "done", currency: "JPY" }, lines: both(1, 0), minor: both(30, 0) },
      { of: { type: "refund failed", outcome: "done", currency: "JPY" }, lines: both(1, 2), minor: both(40, 50) },
    ]);
  });

  test("nothing is said where the earlier run did not keep them", async () => {
    expect(await sumsOf(undefined, [sum("charge", "done", "JPY", 3, 300)])).toEqual([]);
  });
});
