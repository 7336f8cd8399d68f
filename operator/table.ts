/** Rows for people: columns aligned, long ids cut in the middle so that a row fits the terminal's width. */
import Table from "cli-table3";
import type { Colours } from "./terminal.ts";
import { cutEnd, cutMiddle, textWidth } from "./text-width.ts";

export interface Column {
  readonly title: string;
  /** Numbers. */
  readonly align?: "right";
  /** What may be cut when there is not room for all: an id in the middle, a sentence at its end. Absent: never cut. */
  readonly cut?: "middle" | "end";
}

/** Painted after it was cut to its width, so that no colour is left hanging. */
export type Cell = string | { readonly text: string; readonly paint: (text: string) => string };

const gap = 2;
/** Less says nothing of an id. */
const narrowest = 9;

/** Blocks of rows under one head. The first block decides the widths, so that a long table can be printed as it is read. */
export const createTable = (
  columns: readonly Column[],
  { width, colours }: { readonly width: number | undefined; readonly colours: Colours },
) => {
  let widths: readonly number[] | undefined;
  return (rows: readonly (readonly Cell[])[]): string => {
    const isFirst = widths === undefined;
    widths ??= fit(columns, rows, width);
    const head = columns.map(({ title }) => ({ text: title, paint: colours.bold }));
    const table = new Table({
      chars: noLines,
      style: { head: [], border: [], "padding-left": 0, "padding-right": gap },
      colAligns: columns.map(({ align }) => align ?? "left"),
      colWidths: widths.map((one, at) => (width === undefined && !isFirst ? Math.max(one, widest(rows, at)) : one) + gap),
    });
    const cut = (cell: Cell, at: number) => cutCell(cell, columns[at], width === undefined ? undefined : widths?.[at]);
    for (const row of isFirst ? [head, ...rows] : rows) table.push(row.map(cut));
    return `${table.toString().replace(/[ \t]+$/gm, "")}\n`;
  };
};

const textOf = (cell: Cell | undefined): string => (cell === undefined ? "" : typeof cell === "string" ? cell : cell.text);

const widest = (rows: readonly (readonly Cell[])[], at: number): number =>
  rows.reduce((most, row) => Math.max(most, textWidth(textOf(row[at]))), 0);

/** The natural widths, the widest of those that may be cut made narrower until a row fits. */
const fit = (columns: readonly Column[], rows: readonly (readonly Cell[])[], width: number | undefined): readonly number[] => {
  const widths = columns.map(({ title }, at) => Math.max(textWidth(title), widest(rows, at)));
  if (width === undefined) return widths;
  let excess = widths.reduce((sum, one) => sum + one, 0) + gap * (columns.length - 1) - width;
  while (excess > 0) {
    const cuttable = widths.map((one, at) => (columns[at]?.cut && one > narrowest ? one : 0));
    const most = Math.max(...cuttable);
    if (most === 0) return widths;
    widths[cuttable.indexOf(most)] = most - 1;
    excess--;
  }
  return widths;
};

const cutCell = (cell: Cell, column: Column | undefined, width: number | undefined): string => {
  const whole = textOf(cell);
  const text = width === undefined ? whole : column?.cut === "middle" ? cutMiddle(whole, width) : column?.cut === "end" ? cutEnd(whole, width) : whole;
  return typeof cell === "string" ? text : cell.paint(text);
};

const noLines = Object.fromEntries(
  ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"]
    .concat(["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"])
    .map((name) => [name, ""]),
);
