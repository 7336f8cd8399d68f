/**
 * Whether full card numbers are in a file. Looks at every cell of every line, so it has to be quick: most cells have no thirteen digits in a row. By
 * chance one number of ten has a card's check digit, so a column of long order numbers is none of cards; one in which nearly all have it is.
 */
import { maskCardNumbers } from "../../formats/mask.ts";
import { columnKey, type Layout } from "../../mapping/layout.ts";
import { idColumnNames } from "../../mapping/layout-columns.ts";
import type { Cells } from "./cells/cells.ts";
import { unreadColumn } from "./cells/columns.ts";

interface Seen {
  /** Cells with as many digits as a card number. */
  long: number;
  cards: number;
  /** Of the first card. */
  line?: number;
}

export interface CardWatch {
  see(cells: Cells, number: number): void;
  /** The columns with card numbers, in the order of the file, with the first line of each. */
  found(): readonly { readonly column: string; readonly line: number }[];
}

const fewestDigits = 13;

const isDigit = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 0xff10 && code <= 0xff19);
const isGap = (code: number): boolean => code === 32 || code === 45;
const isPart = (code: number): boolean => isDigit(code) || isGap(code);

/**
 * Whether so many digits follow each other, single blanks and hyphens left aside. Any script's digits count. Of a text without such a number every thirteenth
 * character or so is looked at: one that belongs to no number ends all that would go over it.
 */
const isLong = (cell: string): boolean => {
  for (let end = fewestDigits; end <= cell.length; ) {
    let at = end;
    // Without `at > 0` it would be right too, but reading before the start takes twice as long as all the rest.
    while (at > 0 && isPart(cell.charCodeAt(at - 1))) at--;
    if (at + fewestDigits === end) return isLongFrom(cell, at);
    end = at + fewestDigits;
  }
  return false;
};

const isLongFrom = (cell: string, from: number): boolean => {
  let digits = 0;
  for (let at = from; at < cell.length; at++) {
    const code = cell.charCodeAt(at);
    if (isDigit(code)) digits++;
    else if (!isGap(code) || !isDigit(cell.charCodeAt(at - 1))) digits = 0;
    if (digits === fewestDigits) return true;
  }
  return false;
};

/** Card schemes' numbers begin with 2 to 6; a long id rarely does all the time. */
const isCard = (cell: string): boolean => maskCardNumbers(cell) !== cell && /^\D*[2-6]/.test(cell.normalize("NFKC"));

/** Of an id, which is read, that is not enough: there all of them have to be cards. */
const mostByChance = 0.5;

export const cardWatch = (layout: Layout, header: readonly string[], skip: readonly string[]): CardWatch => {
  const skipped = new Set([...(layout.skip ?? []), ...skip, unreadColumn].map(columnKey));
  const ids = new Set(idColumnNames(layout).map(columnKey));
  const watched = header.map((name) => !skipped.has(columnKey(name)));
  const isId = header.map((name) => ids.has(columnKey(name)));
  const seen = new Map<number, Seen>();
  /** Columns in which something shorter is. */
  const hasOthers: boolean[] = [];
  return {
    see(cells, number) {
      for (let place = 0; place < cells.length; place++) {
        const cell = cells[place] as string;
        if (watched[place] === false) continue;
        if (!isLong(cell)) {
          if (cell !== "") hasOthers[place] = true;
          continue;
        }
        const column = seen.get(place) ?? { long: 0, cards: 0 };
        if (column.long === 0) seen.set(place, column);
        column.long++;
        if (!isCard(cell)) continue;
        column.line ??= number;
        column.cards++;
      }
    },
    found: () =>
      [...seen]
        .filter(([place, { long, cards }]) =>
          // Where the other ids are of another kind, one that is a card's number is no id.
          isId[place] ? cards === long && (cards > 1 || hasOthers[place]) : cards > long * mostByChance,
        )
        .sort(([one], [other]) => one - other)
        .map(([place, { line }]) => ({ column: header[place] ?? String(place + 1), line: line as number })),
  };
};
