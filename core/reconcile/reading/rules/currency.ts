/** A line's currency: fixed, or the first of its columns that is not empty. */

import { readCurrency } from "../../../values/currency-code.ts";
import { type Cells, cellAt, firstFilled, placesOf } from "../cells/cells.ts";
import type { Columns } from "../cells/columns.ts";
import type { LineProblem } from "../cells/problem.ts";

export const currencyReader = (
  rule: string | { readonly column: readonly string[] },
  columns: Columns,
): ((cells: Cells) => string | LineProblem) => {
  if (typeof rule === "string") {
    const fixed = readCurrency(rule);
    return () => fixed ?? { kind: "currency", column: "" };
  }
  const places = placesOf(columns, rule.column);
  // Most lines of a file are in one.
  let [lastText, last]: [string, string | undefined] = ["", undefined];
  return (cells) => {
    const place = firstFilled(cells, places);
    const text = cellAt(cells, place);
    if (text !== lastText) [lastText, last] = [text, readCurrency(text)];
    return last ?? { kind: "currency", column: columns.names[place] ?? "" };
  };
};
