/** `holdfast ledger`: verified against the records' bytes, and rebuilt from them. */
import type { Filter } from "../../core/filter.ts";
import { counted } from "../cli/counted.ts";
import { type Exit, exit } from "../cli/exit.ts";
import { createTable } from "../cli/table.ts";
import { jsonArray, printJson, type Terminal } from "../cli/terminal.ts";
import type { Connection } from "../connect/connect.ts";
import { type Checked, checkLedger } from "./check.ts";
import { sidesOf } from "./words.ts";

export interface LedgerOptions {
  readonly filter: Filter;
  /** Differences shown to people; JSON has all. */
  readonly limit: number;
}

interface Counts {
  checked: number;
  differ: number;
  unreadable: number;
}

/** Changes nothing. Ends with 4 where something differs or cannot be read. */
export const ledgerVerify = async (connection: Connection, terminal: Terminal, options: LedgerOptions): Promise<Exit> => {
  const { checked, differ, unreadable } = await report(connection, terminal, options);
  if (checked === 0) {
    terminal.say("Nothing has been applied to the ledger there.");
    return exit.nothing;
  }
  terminal.say(`${counted(checked, "record")} read again: ${differ} differ, ${unreadable} cannot be read.`);
  if (differ > 0) terminal.say(`To see what would be written, and then to write it: ${connection.command("ledger", "rebuild")}`);
  return differ + unreadable === 0 ? exit.ok : exit.person;
};

export interface RebuildOptions extends LedgerOptions {
  /** Without it only the plan is shown, and at a terminal the operator is asked. */
  readonly yes: boolean;
  readonly by: string;
  readonly why: string;
}

/** Enters again what differs, and removes what no record says any more. Repeating it, or interrupting it, does no harm. */
export const ledgerRebuild = async (connection: Connection, terminal: Terminal, options: RebuildOptions): Promise<Exit> => {
  const { differ, unreadable } = await report(
    connection,
    { ...terminal, json: false, ...(terminal.json && { print: async () => {} }) },
    options,
  );
  if (differ === 0) {
    if (terminal.json) await printJson(terminal, { differ, unreadable, rebuilt: 0 });
    terminal.say("Nothing differs.");
    return unreadable === 0 ? exit.ok : exit.person;
  }
  const isWanted =
    options.yes || (terminal.interactive && !terminal.json && /^\s*y(es)?\s*$/i.test(await terminal.ask(`Rebuild ${differ}? [y/N] `)));
  if (!isWanted) {
    if (terminal.json) await printJson(terminal, { differ, unreadable, rebuilt: 0 });
    terminal.say(`${counted(differ, "record")} would be entered again. Nothing was changed. Add --yes to do it.`);
    return exit.person;
  }
  const { by, why } = options;
  await connection.audit.note({ at: connection.clock(), by, what: "rebuild the ledger", to: JSON.stringify(options.filter), why });
  let rebuilt = 0;
  for await (const checked of checkLedger(connection, options.filter)) {
    if (checked.kind !== "differs") continue;
    // First what no longer holds: entering then joins what is left.
    await connection.ledger.remove(checked.differences.flatMap((one) => (one.kind === "stale" ? [one.entry] : [])));
    await connection.ledger.enter(checked.said);
    rebuilt++;
  }
  if (terminal.json) await printJson(terminal, { differ, unreadable, rebuilt });
  terminal.say(`${counted(rebuilt, "record")} entered again.`);
  return unreadable === 0 ? exit.ok : exit.person;
};

const report = async (connection: Connection, terminal: Terminal, { filter, limit }: LedgerOptions): Promise<Counts> => {
  const counts: Counts = { checked: 0, differ: 0, unreadable: 0 };
  const array = terminal.json ? jsonArray(terminal) : undefined;
  const rows: string[][] = [];
  let left = 0;
  for await (const one of checkLedger(connection, filter)) {
    counts.checked++;
    if (one.kind === "differs") counts.differ++;
    if (one.kind === "cannot be read") counts.unreadable++;
    if (one.kind === "agrees") continue;
    await array?.add(asJson(one));
    for (const row of rowsOf(one))
      if (rows.length < limit) rows.push(row);
      else left++;
  }
  await array?.end();
  if (!array && rows.length > 0) await terminal.print(createTable(columns, terminal)(rows));
  if (!array && left > 0) terminal.say(`${left} more are not shown: --limit ${limit + left} shows them, and --json lists all.`);
  return counts;
};

const columns = [
  { title: "RECORD", cut: "middle" },
  { title: "IN THE LEDGER OF", cut: "middle" },
  { title: "WHAT" },
  { title: "STANDS THERE", cut: "end" },
  { title: "THE RECORD SAYS", cut: "end" },
] as const;

const rowsOf = (one: Exclude<Checked, { kind: "agrees" }>): readonly string[][] =>
  one.kind === "cannot be read"
    ? [[one.key, "", one.kind, "", one.why]]
    : one.differences.map((difference) => [one.key, difference.entry.contract, difference.kind, ...sidesOf(difference, one.otherMode)]);

const asJson = (one: Exclude<Checked, { kind: "agrees" }>) =>
  one.kind === "cannot be read"
    ? one
    : {
        key: one.key,
        kind: one.kind,
        ...(one.otherMode && { otherMode: one.otherMode }),
        differences: one.differences.map((difference) => ({
          kind: difference.kind,
          contract: difference.entry.contract,
          event: difference.entry.event,
          ...(difference.kind === "differs" && { stored: difference.stored }),
        })),
      };
