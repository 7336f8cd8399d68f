/** The cells of one line, as the readers of a layout ask for them. */
import type { Columns } from "./columns.ts";
import type { LineProblem } from "./problem.ts";

export type Cells = readonly string[];

/** Empty where the line does not have it. */
export const cellAt = (cells: Cells, place: number): string => cells[place]?.trim() ?? "";

/** The places of those columns that the file has. */
export const placesOf = (columns: Columns, names: readonly string[]): readonly number[] =>
  names.flatMap((name) => (columns.at(name) < 0 ? [] : [columns.at(name)]));

/** The first place with something in it; the first of all when all are empty. */
export const firstFilled = (cells: Cells, places: readonly number[]): number => {
  for (const place of places) if (cellAt(cells, place) !== "") return place;
  return places[0] ?? -1;
};

const control = /(?![\t\r\n])\p{Cc}/u;

/** What has befallen a line's bytes, in the first column in which it shows. @param read the columns that the layout looks at */
export const damageIn = (cells: Cells, columns: Columns, read: ReadonlySet<number>): LineProblem | undefined => {
  for (const [place, cell] of cells.entries()) {
    const column = columns.names[place] ?? `${place + 1}`;
    if (cell.includes("\0")) return { kind: "NUL", column };
    if (!read.has(place)) continue;
    if (control.test(cell)) return { kind: "control", column };
    if (cell.includes("\uFFFD")) return { kind: "charset", column };
    if (/[\r\n]/.test(cell.trim())) return { kind: "line break", column };
  }
  return undefined;
};

/** How spreadsheets and gateways name a last line with sums, in its first cell. `<END>` ends Antom's reports. */
const totalsWord =
  /^(?:grand\s?total|sub\s?total|totals?|sum|balance|合\s?計|総\s?合?\s?計|小\s?計|件\s?数|計|<end>|<eof>|eof)(?:$|[\s:：(（])/i;

const isTotalsWord = (cell: string): boolean => totalsWord.test(cell.normalize("NFKC").trim());

/** A line of sums: it begins with such a word, and has no id. */
export const isTotals = (cells: Cells, ids: readonly number[]): boolean => {
  const first = cells.find((cell) => cell.trim() !== "");
  return (
    first !== undefined && isTotalsWord(first) && ids.every((place) => cellAt(cells, place) === "" || isTotalsWord(cellAt(cells, place)))
  );
};

export const isBlank = (cells: Cells): boolean => cells.every((cell) => cell.trim() === "");

/** Whether a line has as many columns as the header, empty ones at its end left aside. */
export const hasColumns = (cells: Cells, expected: number): boolean =>
  cells.length >= expected && cells.slice(expected).every((cell) => cell.trim() === "");
