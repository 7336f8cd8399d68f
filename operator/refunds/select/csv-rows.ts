/** The rows of a small CSV file that an operator gives, each with the physical line on which it begins. */
import { type Options, parse } from "csv-parse/sync";

export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

interface Parsed {
  readonly record: readonly string[];
  /** Where it ends. */
  readonly info: { readonly lines: number };
}

/** Rows may have more or fewer cells than the first. Throws what csv-parse throws. */
export const csvRows = (text: string, options: Options): readonly CsvRow[] => {
  // With `info` csv-parse gives a row so, which its types leave out.
  const parsed = parse(text, { ...options, bom: true, info: true, relax_column_count: true }) as unknown as readonly Parsed[];
  let ended = 0;
  return parsed.map(({ record, info }) => {
    const line = ended + 1;
    ended = info.lines;
    return { line, cells: record };
  });
};
