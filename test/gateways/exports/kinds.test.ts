/** Every kind of export that is built in, on small files with the vendor's header and rows, which are in the file of its gateway. */
import { describe, expect, test } from "vitest";
import type { ExportKind } from "../../../core/mapping/layout.ts";
import type { ExportLine } from "../../../core/reconcile/export-line.ts";
import { recognise } from "../../../core/reconcile/layout/recognise.ts";
import { columnProblems, columnsOf } from "../../../core/reconcile/reading/cells/columns.ts";
import { deciderFor } from "../../../core/reconcile/reading/decide.ts";
import { lineReader } from "../../../core/reconcile/reading/line-reader.ts";
import type { Stated } from "../../../core/reconcile/reading/rules/stated.ts";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";
import { settingNames } from "./case.ts";
import { caseOf, given, rowsOf } from "./cases.ts";

const cellsOf = (text: string): readonly (readonly string[])[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim().split("|"));

const read = (text: string, stated: Stated = {}) => {
  const rows = cellsOf(text);
  const found = recognise([{ charset: "utf-8", separator: ",", rows }], exportKinds);
  if (found.kind !== "found") throw new Error(`it is not recognised: ${found.kind}`);
  const { layout, header, row } = found;
  expect(columnProblems(layout, columnsOf(header))).toEqual([]);
  const decider = deciderFor(layout, columnsOf(header), stated);
  for (const cells of rows.slice(row + 1)) decider.see(cells);
  const { decided, missing } = decider.decide();
  const reader = lineReader(layout, header, stated, decided);
  const readings = rows.slice(row + 1).map((cells, index) => reader(cells, row + 2 + index, false));
  return { kind: layout.name, missing: missing.map(({ kind }) => kind), readings };
};

/** A line in short: what, how much, when, by which ids. */
const short = (reading: ReturnType<typeof read>["readings"][number]): string => {
  if (reading.kind === "left out") return `- ${JSON.stringify(reading.why)}`;
  if (reading.kind === "broken") return `! ${JSON.stringify(reading.problem)}`;
  const line = reading as ExportLine;
  const at = line.at === undefined ? "" : new Date(line.at).toISOString().slice(0, 16);
  if (line.kind === "contract") return `${line.contract} ${line.state} ${at}`;
  const ids = [...line.payment, line.refund, line.dispute, line.order && `order ${line.order}`, line.contract && `of ${line.contract}`];
  return [line.type, line.outcome === "done" ? "" : line.outcome, line.amount && `${line.amount.minor} ${line.amount.currency}`, at, ...ids]
    .filter(Boolean)
    .join(" ");
};

describe.each(given)("%s", (gateway, cases) => {
  const files = rowsOf(cases).flatMap(([kind, one]) => one.files.map((file) => ({ kind, asks: [], ...file })));

  test.each(files)("$kind is recognised and read", ({ kind, text, stated, says }) => {
    const found = read(text, stated);
    expect([found.kind, found.missing]).toEqual([kind, []]);
    expect(found.readings.map(short)).toEqual(says);
  });

  test.each(files)("$kind leaves to an operator what its file cannot say, and nothing else: $asks", ({ text, asks }) => {
    expect(read(text).missing).toEqual(asks);
  });

  test.each(rowsOf(cases))("%s is set as it is here", (kind, { settings = {} }) => {
    const layout = exportKinds.find(({ name }) => name === kind);
    expect(Object.fromEntries(settingNames.flatMap((name) => (layout?.[name] === undefined ? [] : [[name, layout[name]]])))).toEqual(
      settings,
    );
  });

  test("exports kinds of its own name", async () => {
    const { exportKinds: own } = (await import(`../../../gateways/${gateway}/export.ts`)) as {
      readonly exportKinds: readonly ExportKind[];
    };
    for (const kind of own) expect([kind.gateway, kind.name]).toEqual([gateway, expect.stringMatching(`^${gateway}-`)]);
    expect(own).toEqual(exportKinds.filter((kind) => kind.gateway === gateway));
  });
});

test("every kind has a case in the file of its gateway, and a name of its own", () => {
  const kinds = exportKinds.map(({ gateway, name }) => `test/gateways/exports/${gateway}.ts: ${name}`);
  expect(new Set(kinds).size).toBe(kinds.length);
  expect(
    given.flatMap(([gateway, cases]) => Object.keys(cases).map((name) => `test/gateways/exports/${gateway}.ts: ${name}`)).toSorted(),
  ).toEqual(kinds.toSorted());
});

test("the password of a transaction is in nothing that is read of GMO-PG's", () => {
  for (const { text } of caseOf("gmo-pg-recurring-results").files) {
    expect(text).toContain("secretpass");
    expect(JSON.stringify(read(text).readings)).not.toContain("secretpass");
  }
});
