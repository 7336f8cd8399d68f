/** Rows for spreadsheets, one after another. */
import { type CsvCell, csvLine } from "../../core/formats/csv.ts";
import type { Terminal } from "./terminal.ts";

/** Row by row; the head comes first, also when there is no row. */
export const printCsv = (terminal: Pick<Terminal, "print">, head: readonly string[]) => {
  let isBegun = false;
  const begin = async () => {
    if (!isBegun) await terminal.print(csvLine(head));
    isBegun = true;
  };
  return {
    async add(cells: readonly CsvCell[]): Promise<void> {
      await begin();
      await terminal.print(csvLine(cells));
    },
    end: begin,
  };
};
