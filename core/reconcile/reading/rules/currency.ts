/** A line's currency: fixed, or the first of its columns that is not empty. */

import { readCurrency } from "../../values/currency-code.ts";
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
  const known = new Map<string, string | undefined>();
  return (cells) => {
    const place = firstFilled(cells, places);
    const text = cellAt(cells, place);
    if (!known.has(text) && known.size < 1_000) known.set(text, readCurrency(text));
    return known.get(text) ?? { kind: "currency", column: columns.names[place] ?? "" };
  };
};
