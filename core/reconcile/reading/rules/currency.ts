/** A line's currency: fixed, or the first of its columns that is not empty. */
import { type Cells, cellAt, firstFilled, placesOf } from "../cells/cells.ts";
import type { Columns } from "../cells/columns.ts";
import type { LineProblem } from "../cells/problem.ts";

/** GMO writes yen as JPN. */
const alsoCalled: Readonly<Record<string, string>> = { JPN: "JPY", 円: "JPY" };

const codes: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** ISO 4217, upper case; undefined for anything else: of a code that does not exist nobody knows how many decimals it has. */
export const readCurrency = (text: string): string | undefined => {
  const upper = text.normalize("NFKC").trim().toUpperCase();
  if (Object.hasOwn(alsoCalled, upper)) return alsoCalled[upper];
  return codes.has(upper) ? upper : undefined;
};

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
