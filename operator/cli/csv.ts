/** Rows for spreadsheets: RFC 4180. */
import type { Terminal } from "./terminal.ts";

/** What a spreadsheet would take for a formula is made a text. */
const cell = (value: string): string => {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csvLine = (cells: readonly string[]): string => `${cells.map(cell).join(",")}\r\n`;

export const printCsv = async (
  terminal: Pick<Terminal, "print">,
  head: readonly string[],
  rows: Iterable<readonly string[]>,
): Promise<void> => {
  await terminal.print(csvLine(head));
  for (const row of rows) await terminal.print(csvLine(row));
};
