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
  /** Of what may be cut: with less than this, columns that can be spared are left out. @default 9 */
  readonly least?: number;
  /** Left out when there is no room, the last one first. */
  readonly isSpare?: boolean;
}

/** Painted after it was cut to its width, so that no colour is left hanging. */
export type Cell = string | { readonly text: string; readonly paint: (text: string) => string };

type Row = readonly Cell[];

const gap = 2;
/** Less says nothing of an id. */
const narrowest = 9;

/** Blocks of rows under one head. The first block decides the widths, so that a long table can be printed as it is read. */
export const createTable = (
  columns: readonly Column[],
  { width, colours }: { readonly width: number | undefined; readonly colours: Colours },
) => {
  let layout: readonly Placed[] | undefined;
  return (rows: readonly Row[]): string => {
    const isFirst = layout === undefined;
    layout ??= layOut(columns, rows, width);
    const head = columns.map(({ title }) => ({ text: title, paint: colours.bold }));
    const table = new Table({
      chars: noLines,
      style: { head: [], border: [], "padding-left": 0, "padding-right": gap },
      colAligns: layout.map(({ column }) => column.align ?? "left"),
      colWidths: layout.map((one) => (width === undefined ? Math.max(one.width, widest(rows, one.at)) : one.width) + gap),
    });
    for (const row of isFirst ? [head, ...rows] : rows) table.push(layout.map((one) => cutCell(row[one.at], one, width === undefined)));
    return `${table.toString().replace(/[ \t]+$/gm, "")}\n`;
  };
};

/** A column that is shown: which one, and how wide. */
interface Placed {
  readonly column: Column;
  readonly at: number;
  width: number;
}

const textOf = (cell: Cell | undefined): string => (cell === undefined ? "" : typeof cell === "string" ? cell : cell.text);

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

const cutCell = (cell: Cell | undefined, { column, width }: Placed, isWhole: boolean): string => {
  const whole = textOf(cell);
  const cut = column.cut === "middle" ? cutMiddle : column.cut === "end" ? cutEnd : undefined;
  const text = isWhole || !cut ? whole : cut(whole, width);
  return cell === undefined || typeof cell === "string" ? text : cell.paint(text);
};

const noLines = Object.fromEntries(
  ["top", "top-mid", "top-left", "top-right", "bottom", "bottom-mid", "bottom-left", "bottom-right"]
    .concat(["left", "left-mid", "mid", "mid-mid", "right", "right-mid", "middle"])
    .map((name) => [name, ""]),
);
