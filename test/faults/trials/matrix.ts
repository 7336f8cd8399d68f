/** The single faults of one story as a table: what goes wrong at which call, and how the run gets through all the same. */

import type { Kind } from "../run/kinds.ts";
import type { Result, Trial } from "./exhaustive.ts";
import { type Way, ways } from "./how.ts";
import { nameOf } from "./sample.ts";

export interface Matrix {
  readonly rows: readonly Row[];
  readonly trials: number;
  /** Those that broke an invariant. */
  readonly broken: readonly Result[];
}

export interface Row {
  /** A call's name without its number: those of one name are told together. */
  readonly call: string;
  readonly cells: ReadonlyMap<Kind, Cell>;
}

/** How the run got through, of all the trials that fell into the cell. */
export interface Cell {
  readonly always: readonly Way[];
  readonly sometimes: readonly Way[];
}

export const makeMatrix = (results: readonly Result[]): Matrix => ({
  rows: [...Map.groupBy(results, ({ point }) => nameOf(point.id))].map(([call, some]) => ({
    call,
    cells: new Map(
      [...Map.groupBy(some, ({ kind }) => kind)].map(([kind, those]) => [kind, cellOf(those.map(({ ways: found }) => found))]),
    ),
  })),
  trials: results.length,
  broken: results.filter(({ violations }) => violations.length > 0),
});

const cellOf = (found: ReadonlyArray<readonly Way[]>): Cell => {
  const seen = (Object.keys(ways) as Way[]).filter((way) => found.some((some) => some.includes(way)));
  return {
    always: seen.filter((way) => found.every((some) => some.includes(way))),
    sometimes: seen.filter((way) => !found.every((some) => some.includes(way)) && way !== "-"),
  };
};

/** `queue, sweep (twice)`: what is in brackets happened at some of the calls of that name only. */
export const cellText = ({ always, sometimes }: Cell): string =>
  [always.join(", ") || "-", sometimes.length > 0 ? `(${sometimes.join(", ")})` : ""].filter(Boolean).join(" ");

const waysIn = (text: string): readonly Way[] =>
  (Object.keys(ways) as Way[]).filter((way) => way !== "-" && text.split(", ").includes(way));

/** The inverse of `cellText`. */
export const readCell = (text: string): Cell => {
  const [, always = "", sometimes = ""] = /^(.*?)(?: ?\((.*)\))?$/.exec(text) ?? [];
  return { always: waysIn(always), sometimes: waysIn(sometimes) };
};

/** Whether a cell says that of a trial: all that always happens in it did, and nothing that never does. */
export const isSaidIn = ({ always, sometimes }: Cell, found: readonly Way[]): boolean =>
  always.every((way) => way === "-" || found.includes(way)) &&
  found.every((way) => way === "-" || always.includes(way) || sometimes.includes(way));

/** The table of all that can go wrong, with cells as they are shown somewhere: nothing was run for it. */
export const shownMatrix = (trials: readonly Trial[], shown: (call: string, kind: Kind) => Cell): Matrix => ({
  rows: [...Map.groupBy(trials, ({ point }) => nameOf(point.id))].map(([call, some]) => ({
    call,
    cells: new Map(some.map(({ kind }) => [kind, shown(call, kind)])),
  })),
  trials: trials.length,
  broken: [],
});
