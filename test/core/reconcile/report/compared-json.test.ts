import { expect, test } from "vitest";
import type { Compared } from "../../../../core/reconcile/compared.ts";
import type { FileReport } from "../../../../core/reconcile/file-report.ts";
import { comparedJson, fileJson } from "../../../../core/reconcile/report/compared-json.ts";
import { compare, line } from "../compare/sides.ts";

const report: FileReport = {
  ...{ name: "a.csv", sha256: "x", layout: "sandbox", charset: "utf-8", lines: 1, sums: [], brokenLines: 2, isCut: false },
  leftOut: [{ why: { kind: "zero" }, lines: 2, first: 7 }],
  broken: [
    { number: 3, problem: { kind: "empty", column: "amount" } },
    { number: 4, problem: { kind: "quotes" } },
  ],
};
const { leftOut: _, broken: __, ...plain } = report;
const said = {
  ...plain,
  leftOut: [{ reason: "zero", text: "of nothing: no money was moved", lines: 2, first: 7 }],
  broken: [
    { line: 3, problem: "empty", column: "amount", text: 'column "amount" is empty' },
    { line: 4, problem: "quotes", text: "its quotes do not match" },
  ],
};

test("a file is told with its lines in words, and its times as texts where it has any", () => {
  expect(fileJson(report)).toEqual(said);
  expect(fileJson({ ...report, first: 0, last: 1_000 })).toEqual({
    ...said,
    first: "1970-01-01T00:00:00.000Z",
    last: "1970-01-01T00:00:01.000Z",
  });
  expect(fileJson(report)).not.toHaveProperty("first");
  expect(Object.keys(fileJson(report).broken[1] ?? {})).not.toContain("column");
});

test("a comparison is told with all of its differences and what to do about each", () => {
  const comparison = compare({ lines: [line("p-1")] });
  const compared: Compared = {
    comparison,
    files: [{ report, layoutDigest: "secret", about: "money", later: 1, pending: 2 }],
    about: new Set(),
    input: "i",
    readUnits: 0,
    isCut: true,
  };
  const { from, asOf, differences, ...rest } = comparison;
  const json = comparedJson(compared);
  const [{ at: ___, age: ____, ...difference } = {} as never] = differences;
  expect(json).toEqual({
    ...rest,
    from: "2026-10-01T00:00:00.000Z",
    asOf: "2026-11-01T00:00:00.000Z",
    isCut: true,
    files: [{ ...said, about: "money", later: 1, pending: 2 }],
    differences: [
      {
        ...(difference as object),
        at: "2026-10-02T00:00:00.000Z",
        ageHours: 720,
        nextStep: { advice: "Have the gateway send it again, or enter it from the export: the same command with --recover." },
      },
    ],
  });
  for (const absent of ["application", "readUnits", "tableExport"]) expect(json).not.toHaveProperty(absent);
  const application = { name: "app.csv", grants: 3, broken: [] };
  expect(comparedJson({ ...compared, application, readUnits: 1, ours: { place: "s3://b", at: 0, items: 4 } })).toMatchObject({
    application,
    readUnits: 1,
    tableExport: { place: "s3://b", at: "1970-01-01T00:00:00.000Z", items: 4 },
  });
});
