/** The rows of a small CSV file that an operator gives, each with the physical line on which it begins. */
import { type Options, parse } from "csv-parse/sync";

export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Rows may have more or fewer cells than the first. Throws what csv-parse throws. */
export const csvRows = (text: string, options: Options): readonly CsvRow[] => {
  const rows: CsvRow[] = [];
  let ended = 0;
  const onRecord = (cells: string[], { lines }: { readonly lines: number }): null => {
    rows.push({ line: ended + 1, cells });
    ended = lines;
    return null;
  };
  parse(text, { ...options, bom: true, relax_column_count: true, onRecord });
  return rows;
};
