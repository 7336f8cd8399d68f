import { expect, test } from "vitest";
import type { MoneyLayout } from "../../../../../core/mapping/layout.ts";
import { columnsOf } from "../../../../../core/reconcile/reading/cells/columns.ts";
import { idsReader, partiesReader } from "../../../../../core/reconcile/reading/rules/ids.ts";

const columns = columnsOf(["ID", "other"]);

test("ids are those of its columns in their order, each once", () => {
  const read = idsReader(["other", "none", "id"], columns);
  expect(read(["p-1", "o-1"], "charge")).toEqual(["o-1", "p-1"]);
  expect(read(["p-1", "p-1"], "charge")).toEqual(["p-1"]);
  expect(read(["p-1", ""], "charge")).toEqual(["p-1"]);
  expect(read(["", ""], "charge")).toEqual([]);
  expect(idsReader(undefined, columns)(["p-1", "o-1"], "charge")).toEqual([]);
});

test.each(["1.23E+15", "1,23E+15", "1E+15", "1.234e+15"])("%s was a long number once, and is no id", (id) => {
  expect(idsReader(["id"], columns)([id, ""], "charge")).toEqual({ kind: "id", column: "ID" });
});

test.each(["12.3E+15", "1.23E15", "1.E+15", "x1.23E+15", "1.23E+15x", "1.23E+", "A1E+5", "E+15", ":1E+15", "123"])(
  "%s may be one",
  (id) => {
    expect(idsReader(["id"], columns)([id, ""], "charge")).toEqual([id]);
  },
);

test("line, contract, customer and order have one id each, the first", () => {
  const layout = { contract: ["id", "other"], order: ["other"], customer: ["none"] } as unknown as MoneyLayout;
  const read = partiesReader(layout, columns);
  expect(read(["c-1", "o-1"], "charge")).toEqual({ contract: "c-1", order: "o-1" });
  expect(read(["", "o-1"], "charge")).toEqual({ contract: "o-1", order: "o-1" });
  expect(read(["", ""], "charge")).toEqual({});
  expect(read(["c-1", "1E+9"], "charge")).toEqual({ kind: "id", column: "other" });
});
