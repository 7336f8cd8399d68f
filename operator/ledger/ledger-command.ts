/** `holdfast ledger`: verified against the records' bytes, with the findings that follow from it, and rebuilt from them. */
import type { Filter } from "../../core/filter.ts";
import type { FindingPlace } from "../../core/findings/finding.ts";
import { counted } from "../../core/formats/counted.ts";
import type { Connection } from "../connect/connect.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import { checkLedger } from "./check.ts";
import { type CheckedPlace, checkFindings } from "./check-findings.ts";
import { type LedgerOptions, looksOf, type Report, report } from "./report.ts";
import { restoreFindings } from "./restore-findings.ts";

/** Changes nothing. Ends with 4 where something differs or cannot be read. */
export const ledgerVerify = async (connection: Connection, terminal: Terminal, options: LedgerOptions): Promise<Exit> => {
  const { checked, differ, unreadable, erased, findings, due } = await report(connection, terminal, options);
  if (checked === 0 && findings === 0) {
    terminal.say("Nothing has been applied to the ledger there.");
    return exit.nothing;
  }
  terminal.say(
    `${counted(checked, "record")} read again: ${differ} differ, ${unreadable} cannot be read${erased > 0 ? `, ${erased} erased on request` : ""}.`,
  );
  terminal.say(
    `${findings === 0 ? "Findings are as they should be." : `${counted(findings, "finding differs", "findings differ")}.`}${dueText(due)}`,
  );
  if (differ + findings > 0) terminal.say(`To see what would be written, and then to write it: ${connection.command("ledger", "rebuild")}`);
  return differ + unreadable + findings === 0 ? exit.ok : exit.person;
};

const dueText = (due: number): string =>
  due === 0 ? "" : ` Of ${counted(due, "contract or account", "contracts and accounts")} the sweep looks for them within minutes.`;

export interface RebuildOptions extends LedgerOptions {
  /** Without it only the plan is shown, and at a terminal the operator is asked. */
  readonly yes: boolean;
  readonly by: string;
  readonly why: string;
}

/**
 * Enters again what differs, removes what no record says any more, and restores the findings that follow from it; what operators have decided about
 * those stays. Repeating it, or interrupting it, does no harm.
 */
export const ledgerRebuild = async (connection: Connection, terminal: Terminal, options: RebuildOptions): Promise<Exit> => {
  const plan = await report(connection, { ...terminal, json: false, ...(terminal.json && { print: async () => {} }) }, options);
  const { differ, unreadable, findings, places } = plan;
  const end = (done: { readonly rebuilt: number; readonly restored: number }) =>
    terminal.json ? printJson(terminal, { differ, unreadable, findings, ...done }) : undefined;
  if (differ + findings === 0) {
    await end({ rebuilt: 0, restored: 0 });
    terminal.say("Nothing differs.");
    return unreadable === 0 ? exit.ok : exit.person;
  }
  const what = planText(plan);
  const isWanted =
    options.yes || (terminal.interactive && !terminal.json && /^\s*y(es)?\s*$/i.test(await terminal.ask(`${what}. Do it? [y/N] `)));
  if (!isWanted) {
    await end({ rebuilt: 0, restored: 0 });
    terminal.say(`${what}. Nothing was changed. Add --yes to do it.`);
    return exit.person;
  }
  const { by, why } = options;
  await connection.audit.note({ at: connection.clock(), by, what: "rebuild the ledger", to: JSON.stringify(options.filter), why });
  const rebuilt = differ === 0 ? 0 : await enterAgain(connection, options.filter);
  const restored = await restoreAll(connection, places.values(), options);
  await end({ rebuilt, restored });
  const done = [
    ...(rebuilt > 0 ? [`${counted(rebuilt, "record")} entered again`] : []),
    ...(restored > 0 ? [`${counted(restored, "finding")} restored`] : []),
  ];
  terminal.say(`${done.join(", ") || "Nothing differs any more"}.`);
  return unreadable === 0 ? exit.ok : exit.person;
};

const planText = ({ differ, findings }: Report): string => {
  const parts = [
    ...(differ > 0 ? [`${counted(differ, "record")} would be entered again`] : []),
    ...(findings > 0 ? [`${counted(findings, "finding")} would be restored`] : []),
  ];
  return `${parts.join(", ")}${differ > 0 ? ", and the findings that follow from that" : ""}`;
};

const enterAgain = async (connection: Connection, filter: Filter): Promise<number> => {
  let rebuilt = 0;
  for await (const checked of checkLedger(connection, filter)) {
    if (checked.kind === "differs") {
      // First what no longer holds: entering then joins what is left.
      await connection.ledger.remove(checked.differences.flatMap((one) => (one.kind === "stale" ? [one.entry] : [])));
      await connection.ledger.enter(checked.entries);
    } else if (checked.kind === "application differs") await connection.ledger.enterApplicationEvents(checked.entries);
    else continue;
    rebuilt++;
  }
  return rebuilt;
};

/** What was entered again may make other findings than the plan has shown. */
const restoreAll = async (connection: Connection, places: Iterable<FindingPlace>, { filter, by, why }: RebuildOptions): Promise<number> => {
  const looks = await looksOf(connection);
  const differing: CheckedPlace[] = [];
  for await (const one of checkFindings(connection, looks, places, filter)) if (one.differences.length > 0) differing.push(one);
  await restoreFindings(connection, looks.look, differing, { by, why });
  return differing.reduce((sum, { differences }) => sum + differences.length, 0);
};
