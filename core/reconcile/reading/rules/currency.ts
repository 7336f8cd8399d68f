/** A line's currency: fixed, or the first of its columns that is not empty. */
import { remembering } from "../../../lazy.ts";
import { readCurrency } from "../../../values/currency-code.ts";
import { type Cells, cellAt, firstFilled, placesOf } from "../cells/cells.ts";
import type { Columns } from "../cells/columns.ts";
import type { LineProblem } from "../cells/problem.ts";

export const currencyReader = (
  rule: string | { readonly column: readonly string[] } | undefined,
  columns: Columns,
): ((cells: Cells) => string | LineProblem) => {
  if (typeof rule !== "object") {
    const fixed = rule === undefined ? undefined : readCurrency(rule);
    return () => fixed ?? { kind: "currency", column: "" };
  }
  const places = placesOf(columns, rule.column);
  const read = remembering(readCurrency);
  return (cells) => {
    const place = firstFilled(cells, places);
    return read(cellAt(cells, place)) ?? { kind: "currency", column: columns.names[place] ?? "" };
  };
};
