/** Rows for people: columns aligned, long ids cut in the middle so that a row fits the terminal's width. */

import type { CsvCell } from "../../core/formats/csv.ts";
import { printableLine } from "../../core/formats/printable.ts";
import { printCsv } from "./csv.ts";
import { type Colours, printJson, type Terminal } from "./terminal.ts";
import { cutEnd, cutMiddle, textWidth } from "./text-width.ts";

export interface Column {
  readonly title: string;
  /** Numbers. */
  readonly align?: "right";
  /** What may be cut when space is short: an id in the middle, a sentence at its end. Absent: never cut. */
  readonly cut?: "middle" | "end";
  /** The least width of a cut column: below it, optional columns are left out. @default 9 */
  readonly least?: number;
  /** Left out when space is short, the last one first. */
  readonly isSpare?: boolean;
}

/** One line, whatever is in it. Painted after it was cut to its width, so that no colour is left hanging. */
export type Cell = string | { readonly text: string; readonly paint: (text: string) => string };

type Row = readonly Cell[];

const gap = 2;
/** Less is not enough to recognise an id. */
const narrowest = 9;

/** Blocks of rows under one head. The first block decides the widths, so that a long table can be printed as it is read. */
export const createTable = (
  columns: readonly Column[],
  { width, colours }: { readonly width: number | undefined; readonly colours: Colours },
) => {
  let layout: readonly Placed[] | undefined;
  return (rows: readonly Row[]): string => {
    const head = layout ? [] : [columns.map(({ title }) => ({ text: title, paint: colours.bold }))];
    layout ??= layOut(columns, rows, width);
    const placed = layout.map((one) => (width === undefined ? { ...one, width: Math.max(one.width, widest(rows, one.at)) } : one));
    const lines = [...head, ...rows].map((row) => placed.map((one) => renderCell(row[one.at], one)).join(" ".repeat(gap)));
    return lines.map((line) => `${line.trimEnd()}\n`).join("");
  };
};

/** A list: a table for people, none when it is empty; one JSON array; or rows for a spreadsheet, which have all that the table has. */
export const printList = async <Item>(
  terminal: Terminal,
  items: readonly Item[],
  { columns, row, json }: { readonly columns: readonly Column[]; row(item: Item): Row; json(item: Item): unknown },
): Promise<void> => {
  if (terminal.json) await printJson(terminal, items.map(json));
  else if (terminal.csv) {
    const rows = printCsv(
      terminal,
      columns.map(({ title }) => title.toLowerCase()),
    );
    for (const item of items) await rows.add(row(item).map((cell, at) => csvCell(cell, columns[at])));
    await rows.end();
  } else if (items.length > 0) await terminal.print(createTable(columns, terminal)(items.map(row)));
};

/** What stands at the right and is a number is one. */
export const csvCell = (cell: Cell, column: Column | undefined): CsvCell => {
  const text = textOf(cell);
  return column?.align === "right" && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
};

/** A column that is shown: which one, and how wide. */
interface Placed {
  readonly column: Column;
  readonly at: number;
  width: number;
}

const textOf = (cell: Cell = ""): string => printableLine(typeof cell === "string" ? cell : cell.text);

const widest = (rows: readonly Row[], at: number): number => rows.reduce((most, row) => Math.max(most, textWidth(textOf(row[at]))), 0);

const layOut = (columns: readonly Column[], rows: readonly Row[], width: number | undefined): readonly Placed[] => {
  const natural = columns.map((column, at): Placed => ({ column, at, width: Math.max(textWidth(column.title), widest(rows, at)) }));
  if (width === undefined) return natural;
  const leastOf = ({ column, width: own }: Placed): number => (column.cut ? Math.min(own, column.least ?? narrowest) : own);
  const total = (placed: readonly Placed[], widthOf: (one: Placed) => number): number =>
    placed.reduce((sum, one) => sum + widthOf(one), gap * (placed.length - 1));
  const shown = [...natural];
  while (total(shown, leastOf) > width) {
    const spare = shown.findLastIndex(({ column }) => column.isSpare);
    if (spare < 0) break;
    shown.splice(spare, 1);
  }
  for (let excess = total(shown, (one) => one.width) - width; excess > 0; excess--) {
    const roomy = shown.filter((one) => one.column.cut && one.width > leastOf(one));
    const cuttable = roomy.length > 0 ? roomy : shown.filter((one) => one.column.cut && one.width > narrowest);
    const most = cuttable.reduce<Placed | undefined>((one, other) => (one && one.width >= other.width ? one : other), undefined);
    if (!most) break;
    most.width--;
  }
  return shown;
};

const renderCell = (cell: Cell = "", { column, width }: Placed): string => {
  const text = (column.cut === "middle" ? cutMiddle : cutEnd)(textOf(cell), width);
  const padding = " ".repeat(Math.max(0, width - textWidth(text)));
  const painted = typeof cell === "string" ? text : cell.paint(text);
  return column.align === "right" ? padding + painted : painted + padding;
};
