/** What a file lists: one in each line, or a column of a CSV file. */
import { errorMessage, Failure } from "../../../core/failure.ts";
import { type CsvRow, csvRows } from "./csv-rows.ts";
import { readTextFile } from "./read-text.ts";

export interface Listed {
  /** The physical line on which its row begins. */
  readonly line: number;
  readonly text: string;
}

export const numberHeader =
  /^(payment|order|charge|transaction|number|id)([ _-]?(number|no\.?|id))?$|^(ご|お)?(注文|決済|支払い?|取引)?番号$/iu;

export const accountHeader = /^account([ _-]?(number|no\.?|id))?$|^(会員|お客様|顧客|アカウント)(番号|id)?$/iu;

/** Longer ones are no ids. */
const longest = 500;

/** @param header of the column that is meant; where none has such a name, it is the first one, and its first line is read too */
export async function* readColumn(file: string, header: RegExp): AsyncGenerator<Listed> {
  const rows = rowsOf(file, await readTextFile(file));
  const [first] = rows;
  const column = first?.cells.findIndex((cell) => header.test(cell.trim().normalize("NFKC"))) ?? -1;
  for (const { line, cells } of column >= 0 ? rows.slice(1) : rows) {
    const text = (cells[Math.max(0, column)] ?? "").trim();
    if (text !== "") yield { line, text: text.slice(0, longest) };
  }
}

const rowsOf = (file: string, text: string): readonly CsvRow[] => {
  try {
    return csvRows(text, { relax_quotes: true, delimiter: [",", "\t", ";"] });
  } catch (error) {
    throw new Failure(`${file} cannot be read as a list: ${errorMessage(error)}.`);
  }
};
