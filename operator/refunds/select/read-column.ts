/** What a file lists: one in each line, or a column of a CSV file. */
import { parse } from "csv-parse/sync";
import { Failure, messageOf } from "../../../core/failure.ts";
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

interface Parsed {
  readonly record: readonly string[];
  /** Where it ends. */
  readonly info: { readonly lines: number };
}

const rowsOf = (file: string, text: string): readonly { readonly line: number; readonly cells: readonly string[] }[] => {
  try {
    const options = { bom: true, info: true, relax_column_count: true, relax_quotes: true, delimiter: [",", "\t", ";"] };
    let ended = 0;
    return (parse(text, options) as unknown as readonly Parsed[]).map(({ record, info }) => {
      const line = ended + 1;
      ended = info.lines;
      return { line, cells: record };
    });
  } catch (error) {
    throw new Failure(`${file} cannot be read as a list: ${messageOf(error)}.`);
  }
};
