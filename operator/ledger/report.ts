/** What differs, shown as it is found: record by record, then the findings that follow from them. Changes nothing. */
import type { Filter } from "../../core/filter.ts";
import { type FindingPlace, placeText } from "../../core/findings/finding.ts";
import { sourceTraits } from "../../gateways/source-traits.ts";
import type { Connection } from "../connect/connect.ts";
import { createTable } from "../terminal/table.ts";
import { jsonArray, type Terminal } from "../terminal/terminal.ts";
import { checkLedger } from "./check.ts";
import { checkFindings } from "./check-findings.ts";
import { asJson, columns, findingRowsOf, placeAsJson, rowsOf } from "./rows.ts";

export interface LedgerOptions {
  readonly filter: Filter;
  /** Differences shown to people; JSON has all. */
  readonly limit: number;
}

export interface Report {
  readonly checked: number;
  readonly differ: number;
  readonly unreadable: number;
  /** On a person's request. */
  readonly erased: number;
  readonly places: ReadonlyMap<string, FindingPlace>;
  /** Findings that differ, are missing, or should not be. */
  readonly findings: number;
  /** Looked for again by the sweep within minutes: nothing is wrong with them. */
  readonly due: number;
}

export const looksOf = async (connection: Connection) => connection.looks(sourceTraits(connection.config, await connection.gateways()));

export const report = async (connection: Connection, terminal: Terminal, { filter, limit }: LedgerOptions): Promise<Report> => {
  const counts = { checked: 0, differ: 0, unreadable: 0, erased: 0, findings: 0, due: 0 };
  const places = new Map<string, FindingPlace>();
  const array = terminal.json ? jsonArray(terminal) : undefined;
  const rows: (readonly string[])[] = [];
  let left = 0;
  const show = async (some: readonly (readonly string[])[], json: object): Promise<void> => {
    await array?.add(json);
    for (const row of some)
      if (rows.length < limit) rows.push(row);
      else left++;
  };
  for await (const one of checkLedger(connection, filter)) {
    counts.checked++;
    if ("places" in one) for (const place of one.places) places.set(placeText(place), place);
    if (one.kind === "differs" || one.kind === "application differs") counts.differ++;
    if (one.kind === "cannot be read") counts.unreadable++;
    if (one.kind === "erased") counts.erased++;
    if (one.kind !== "agrees") await show(rowsOf(one), asJson(one));
  }
  for await (const one of checkFindings(connection, await looksOf(connection), places.values(), filter)) {
    if (one.differences.length === 0) continue;
    if (one.isDue) {
      counts.due++;
      continue;
    }
    counts.findings += one.differences.length;
    await show(findingRowsOf(one), placeAsJson(one));
  }
  await array?.end();
  if (!array && rows.length > 0) await terminal.print(createTable(columns, terminal)(rows));
  if (!array && left > 0) terminal.say(`${left} more are not shown: --limit ${limit + left} shows them, and --json lists all.`);
  return { ...counts, places };
};
