/** The ids of a line, by a layout's columns in their order. */

import type { IdColumns, Layout, LineType } from "../../../mapping/layout.ts";
import { idColumnsOf } from "../../../mapping/layout-columns.ts";
import type { MoneyLine } from "../../export-line.ts";
import { type Cells, cellAt } from "../cells/cells.ts";
import type { Columns } from "../cells/columns.ts";
import type { LineProblem } from "../cells/problem.ts";

export type Ids = readonly string[];

/** What spreadsheets make of a long number. The digits are gone. */
const cutNumber = /^\d(?:[.,]\d+)?E\+\d+$/i;

export const idsReader = (rule: IdColumns | undefined, columns: Columns): ((cells: Cells, type: LineType) => Ids | LineProblem) => {
  const all = idColumnsOf(rule).flatMap((one) => {
    const place = columns.at(one.column);
    return place < 0 ? [] : [{ ...one, place, condition: one.when && { place: columns.at(one.when.column), words: new Set(one.when.is) } }];
  });
  const none: Ids = [];
  return (cells, type) => {
    let ids: string[] | undefined;
    for (const { place, prefix, for: types, condition } of all) {
      if (types && !types.includes(type)) continue;
      if (condition && !condition.words.has(cellAt(cells, condition.place))) continue;
      const id = cellAt(cells, place);
      if (id === "") continue;
      if (cutNumber.test(id)) return { kind: "id", column: columns.names[place] as string };
      const whole = prefix === undefined ? id : `${prefix}${id}`;
      if (ids === undefined) ids = [whole];
      else if (!ids.includes(whole)) ids.push(whole);
    }
    return ids ?? none;
  };
};

export type Parties = Pick<MoneyLine, "line" | "contract" | "customer" | "order">;

export const partiesReader = (layout: Layout, columns: Columns): ((cells: Cells, type: LineType) => Parties | LineProblem) => {
  const readers = (["line", "contract", "customer", "order"] as const).flatMap((name) =>
    layout[name] ? [{ name, read: idsReader(layout[name], columns) }] : [],
  );
  return (cells, type) => {
    const found: { -readonly [Name in keyof Parties]: string } = {};
    for (const { name, read } of readers) {
      const ids = read(cells, type);
      if ("kind" in ids) return ids;
      if (ids[0] !== undefined) found[name] = ids[0];
    }
    return found;
  };
};
