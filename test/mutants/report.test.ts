import { describe, expect, test } from "vitest";
import type { Mutant } from "./mutant.ts";
import { reportOf, reportText, shareOfAll } from "./report.ts";

const survivor = (code: string, mutation: string): Mutant => ({
  path: "core/toll.ts",
  line: 3,
  code,
  mutation,
  kind: "number",
  start: 0,
  end: 1,
  text: "1",
});
const entry = { path: "core/toll.ts", code: "const a = 0;", mutation: "0 -> 1", reason: "Nobody reads it." };
const hunted = (mutants: number, survivors: readonly Mutant[]) => [{ path: "core/toll.ts", mutants, survivors, red: [] }];

describe("the report", () => {
  const all = (count: number) => Array.from({ length: count }, (_, at) => survivor(`const a = ${at};`, "0 -> 1"));

  test.each([
    [100, 2, true],
    [100, 3, false],
    [0, 0, true],
  ])("of %i mutants of which %i survive, all accepted, passes: %j", (mutants, count, passes) => {
    const list = all(count).map(({ code }) => ({ ...entry, code }));
    expect(reportOf(hunted(mutants, all(count)), list, true).passes).toBe(passes);
  });

  test.each([true, false])("does not pass with one survivor that is not accepted (all mutants tried: %j)", (isComplete) => {
    expect(reportOf(hunted(100, all(1)), [], isComplete).passes).toBe(false);
    expect(reportOf(hunted(100, all(1)), [{ ...entry, code: "const a" }], isComplete).passes).toBe(true);
  });

  test("knows an accepted survivor by a part of its line", () => {
    const report = reportOf(hunted(100, [survivor("const a = 0; // as before", "0 -> 1")]), [entry], true);
    expect([report.survivors, report.stale]).toEqual([[], []]);
  });

  test("distinguishes an accepted survivor by its line and its mutation, not by its place", () => {
    const survivors = [survivor("const a = 0;", "0 -> 1"), survivor("const a = 0;", "0 -> 2"), survivor("const b = 0;", "0 -> 1")];
    const report = reportOf(hunted(100, survivors), [entry], true);
    expect(report.survivors).toEqual(survivors.slice(1));
    expect(report.accepted).toEqual([{ ...survivors[0], reason: "Nobody reads it." }]);
  });

  test("counts accepted survivors among the survivors", () => {
    expect(reportOf(hunted(30, [survivor("const a = 0;", "0 -> 1")]), [entry], true).passes).toBe(false);
  });

  test("names an entry that is of no use, and does not pass with it", () => {
    const report = reportOf(hunted(100, []), [entry], true);
    expect(report.stale).toEqual([entry]);
    expect(report.passes).toBe(false);
    expect(reportText(report)).toContain("nothing survives there now: core/toll.ts  0 -> 1");
  });

  test("holds no entry to be stale whose file was not looked at, or not with all mutants", () => {
    expect(reportOf(hunted(100, []), [{ ...entry, path: "core/bridge.ts" }], true).stale).toEqual([]);
    expect(reportOf(hunted(100, []), [entry], false).stale).toEqual([]);
  });
});

test.each([
  // Wilson, 1927, as R's prop.test(correct = FALSE) gives it.
  [10, 100, 5.52, 17.44],
  [0, 50, 0, 7.13],
  [600, 600, 99.36, 100],
])("%i of a sample of %i say that of all between %f and %f per cent survive", (count, size, from, to) => {
  const share = shareOfAll(count, size);
  expect(share[0]).toBeCloseTo(from, 1);
  expect(share[1]).toBeCloseTo(to, 1);
});

test("a report of a sample says what it means for all", () => {
  const report = reportOf(
    hunted(
      100,
      Array.from({ length: 10 }, (_, at) => survivor(`const a = ${at};`, "0 -> 1")),
    ),
    [],
    false,
  );
  expect(reportText(report, true)).toContain("A sample: of all mutants, between 5.5 and 17.4 % survive.");
  expect(reportText(report)).not.toContain("sample");
});
