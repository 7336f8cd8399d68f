/**
 * Lines of one file, read by a layout: compiled once against the file's columns, then asked for each line. Pure, and the same for every line
 * whatever came before it. Of a broken line the first problem is named.
 */

import type { Layout } from "../../mapping/layout.ts";
import { columnsRead, idColumnNames } from "../../mapping/layout-columns.ts";
import type { Reading } from "../export-line.ts";
import { type Cells, cellAt, damageIn, hasColumns, isBlank, isTotals, placesOf } from "./cells/cells.ts";
import { columnsOf } from "./cells/columns.ts";
import { contractReader } from "./contract-reader.ts";
import { moneyReader } from "./money-reader.ts";
import type { Stated } from "./rules/stated.ts";
import { shown } from "./rules/word-rule.ts";
import { broken, type Decided, leftOut } from "./setting.ts";

/** @param isSuspicious the line spans several physical ones, or the file has bytes that it should not have: it is looked at byte by byte */
export type LineReader = (cells: Cells, number: number, isSuspicious: boolean) => Reading;

/** @param layout one that can read these columns (`columnProblems`) */
export const lineReader = (layout: Layout, header: readonly string[], stated: Stated, decided: Decided): LineReader => {
  const columns = columnsOf(header);
  const setting = { columns, stated, decided };
  const read = layout.about === "money" ? moneyReader(layout, setting) : contractReader(layout, setting);
  const ids = placesOf(columns, idColumnNames(layout));
  const readPlaces = new Set(placesOf(columns, columnsRead(layout)));
  const rules = (layout.leaveOut ?? []).map(({ column, is, why }) => ({ place: columns.at(column), words: new Set(is), why }));
  const { records } = layout;
  return (cells, number, isSuspicious) => {
    if (isBlank(cells)) return leftOut(number, { kind: "empty" });
    if (records) {
      const type = cellAt(cells, records.position);
      if (!records.row.includes(type)) return leftOut(number, { kind: "record", type: shown(type) });
    }
    if (isTotals(cells, ids)) return leftOut(number, { kind: "totals" });
    const isWhole = hasColumns(cells, header.length);
    const damage = isSuspicious ? damageIn(cells, columns, isWhole ? readPlaces : new Set()) : undefined;
    if (damage) return broken(number, damage);
    if (!isWhole) return broken(number, { kind: "columns", found: cells.length, expected: header.length });
    for (const { place, words, why } of rules) if (words.has(cellAt(cells, place))) return leftOut(number, { kind: "rule", why });
    return read(cells, number);
  };
};
