/** Lines for spreadsheets: RFC 4180. */

/** A number stays one: it comes from us. */
export type CsvCell = string | number;

/** What a spreadsheet would take for a formula is made a text, also where it is written as Japanese keyboards write it. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

const cell = (value: CsvCell): string => {
  if (typeof value === "number") return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(cell).join(",")}\r\n`;
