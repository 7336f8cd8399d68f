/** The single faults of one story as a table: what goes wrong at which call, and how the run gets through all the same. */

import type { Kind } from "../run/kinds.ts";
import type { Result } from "./exhaustive.ts";
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
