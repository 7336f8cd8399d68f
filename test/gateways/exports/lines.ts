/** The line of each kind of export, and how it is read with other cells. */
import type { Reading } from "../../../core/reconcile/export-line.ts";
import { columnsOf } from "../../../core/reconcile/reading/cells/columns.ts";
import { deciderFor } from "../../../core/reconcile/reading/decide.ts";
import { lineReader } from "../../../core/reconcile/reading/line-reader.ts";
import type { Stated } from "../../../core/reconcile/reading/rules/stated.ts";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";
import type { Cells } from "./case.ts";
import { caseOf } from "./cases.ts";

/** @param stated what only an operator knows; day and month are decided by this line where it is not */
export const readCells = (kind: string, cells: Cells, stated: Stated = { currency: "JPY", dayFirst: true }): Reading => {
  const layout = exportKinds.find(({ name }) => name === kind);
  if (!layout) throw new Error(`no kind is called ${kind}`);
  const [header, line] = [Object.keys(cells), Object.values(cells)];
  const decider = deciderFor(layout, columnsOf(header), stated);
  decider.see(line);
  return lineReader(layout, header, stated, decider.decide().decided)(line, 2, false);
};

export const readLine = (kind: string, changes: Cells = {}): Reading => readCells(kind, { ...caseOf(kind).line, ...changes });
