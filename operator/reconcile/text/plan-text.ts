/** A comparison for people, as CSV and as JSON: what agrees, what differs and how much money that is, and each difference with what to do. */

import { bothText } from "../../../core/difference/difference-text.ts";
import type { ChangeKind } from "../../../core/findings/lifecycle/merge.ts";
import { counted } from "../../../core/formats/counted.ts";
import { isoTime } from "../../../core/formats/iso-time.ts";
import { formatMoney } from "../../../core/formats/money.ts";
import type { Comparison } from "../../../core/reconcile/compare/comparison.ts";
import type { Difference } from "../../../core/reconcile/compare/difference.ts";
import type { Compared } from "../../../core/reconcile/compared.ts";
import type { ReadOtherwise } from "../../../core/reconcile/read-otherwise.ts";
import type { Recovery } from "../../../core/reconcile/recovery/found-events.ts";
import { comparedJson } from "../../../core/reconcile/report/compared-json.ts";
import { csvColumns, csvRow } from "../../../core/reconcile/report/difference-csv.ts";
import { firstName } from "../../../core/reconcile/sides/names.ts";
import type { PlannedFindings } from "../../../reconcile/findings.ts";
import { printCsv } from "../../terminal/csv.ts";
import { type Column, createTable } from "../../terminal/table.ts";
import { printJson, type Terminal } from "../../terminal/terminal.ts";

import { fileText } from "./file-text.ts";
import { otherwiseText } from "./otherwise-text.ts";
import { recoveryJson, recoveryText } from "./recovery-text.ts";

/** More fill screens; `--csv` and `--json` have them all. */
const mostShown = 50;

export interface PlanView {
  readonly csv: boolean;
  readonly deliver: boolean;
  /** Where it was asked for. */
  readonly recovery: Recovery | undefined;
  readonly findings: PlannedFindings;
  /** Where a file was compared before, and is read otherwise now. */
  readonly otherwise: ReadOtherwise | undefined;
}

export const printPlan = async (
  terminal: Terminal,
  compared: Compared,
  { csv, deliver, recovery, findings, otherwise }: PlanView,
): Promise<void> => {
  if (terminal.json)
    return printJson(terminal, {
      ...comparedJson(compared),
      findings: findingsJson(findings),
      ...(otherwise && { before: { ...otherwise, run: { ...otherwise.run, at: isoTime(otherwise.run.at) } } }),
      ...(recovery && { recovery: recoveryJson(recovery, deliver) }),
    });
  if (!csv) {
    const parts = [
      planText(compared, terminal),
      otherwise ? otherwiseText(otherwise) : "",
      findingsText(findings),
      recovery ? recoveryText(recovery, deliver, terminal) : "",
    ];
    return terminal.print(parts.join(""));
  }
  const rows = printCsv(terminal, csvColumns);
  for (const difference of compared.comparison.differences) await rows.add(csvRow(difference));
  await rows.end();
};

/** USD for a million read units, list price of 2026-11. */
const dollarsPerMillion = 0.125;
const readCost = (units: number): string => {
  const dollars = (units * dollarsPerMillion) / 1_000_000;
  return dollars < 0.01 ? "less than 0.01 USD" : `${dollars.toFixed(2)} USD`;
};

const share = (part: number, whole: number): string => (whole === 0 ? "100 %" : `${Math.floor((part / whole) * 10_000) / 100} %`);

const planText = ({ comparison, files, isCut, application, ours, readUnits }: Compared, terminal: Terminal): string => {
  const { from, asOf, lines, matched, money, sums, differences, undecided, byWay } = comparison;
  const weaker = Object.entries(byWay).filter(([way, count]) => way !== "payment" && count > 0);
  const head = [
    ...files.map(({ report, later, pending }) =>
      [
        fileText(report),
        ...(later > 0 ? [`  after the moment of the comparison: ${counted(later, "line")}\n`] : []),
        ...(pending > 0 ? [`  pending, and compared with nothing: ${counted(pending, "line")}\n`] : []),
      ].join(""),
    ),
    `\nCompared from ${isoTime(from)} to ${isoTime(asOf)}: ${counted(lines, "line")}, ${matched} of them recorded alike (${share(matched, lines)})\n`,
    ...(readUnits > 0
      ? [`  reading the ledger took ${counted(Math.ceil(readUnits), "read unit")}, ${readCost(readUnits)} on demand in us-east-1\n`]
      : []),
    ...(ours ? [`  our side is the table as it was at ${isoTime(ours.at)}: ${counted(ours.items, "item")} in ${ours.place}\n`] : []),
    ...weaker.map(([way, count]) => `  ${counted(count, "line")} matched by ${way} and amount, without an id of the payment\n`),
    ...(comparison.contracts === undefined ? [] : [`  ${counted(comparison.contracts, "contract")} compared\n`]),
    ...(application ? [`  ${application.name}: ${counted(application.grants, "contract")} entitled\n`] : []),
    ...(application?.broken ?? []).map(({ line, problems }) => `    line ${line}: ${problems.join("; ")}\n`),
    ...money.map(
      ({ currency, moved, explained }) =>
        `  ${formatMoney({ minor: explained, currency })} of ${formatMoney({ minor: moved, currency })} explained (${share(explained, moved)})\n`,
    ),
  ];
  if (differences.length === 0 && undecided.length === 0) return `${head.join("")}Nothing differs.\n`;
  const summary = createTable(
    summaryColumns,
    terminal,
  )(
    sums.map(({ cause, symptom, class: name, count, currency, minor }) => [
      cause,
      name ?? "",
      symptom,
      String(count),
      currency === undefined ? "" : formatMoney({ minor, currency }),
    ]),
  );
  const shown = differences.slice(0, mostShown);
  const table = shown.length > 0 ? createTable(columns, terminal)(shown.map(row)) : "";
  return [
    ...head,
    "\n",
    summary,
    "\n",
    table,
    ...(differences.length > shown.length ? [`... and ${differences.length - shown.length} more: --csv or --json has them all.\n`] : []),
    ...undecidedText(comparison),
    ...(isCut ? ["There are more unsettled callbacks than were looked at: what is said to be never sent may be among them.\n"] : []),
  ].join("");
};

/** By what happens to them. */
const findingsJson = ({ changes }: PlannedFindings) => {
  const ids = (...kinds: readonly ChangeKind[]) => changes.filter(({ kind }) => kinds.includes(kind)).map(({ after }) => after.finding.id);
  return { raised: ids("raised", "reopened"), updated: ids("updated"), closed: ids("closed") };
};

const findingsText = ({ found, changes }: PlannedFindings): string => {
  const { raised, updated, closed } = findingsJson({ found, changes });
  if (found.length + closed.length === 0) return "";
  const same = found.length - raised.length - updated.length;
  const parts = [`${raised.length} new`, `${updated.length} updated`, `${Math.max(0, same)} as before`, `${closed.length} closed`];
  return `\nFindings: ${parts.join(", ")}\n`;
};

const undecidedText = ({ undecided }: Comparison): readonly string[] =>
  undecided.map(
    ({ by, name, about, money, lines, payments }) =>
      `Undecided: ${counted(lines.length, "line")} and ${counted(payments.length, "payment")} fit each other equally well by ${by}${name === "" ? "" : ` ${name}`} (${about}${money ? ` of ${formatMoney(money)}` : ""}): ${payments.map(firstName).join(", ")}\n`,
  );

const summaryColumns: readonly Column[] = [
  { title: "CAUSE" },
  { title: "CLASS" },
  { title: "SYMPTOM" },
  { title: "COUNT", align: "right" },
  { title: "MONEY", align: "right" },
];

const columns: readonly Column[] = [
  { title: "WHEN" },
  { title: "CAUSE" },
  { title: "SYMPTOM" },
  { title: "WHAT" },
  { title: "PAYMENT", cut: "middle" },
  { title: "CONTRACT", cut: "middle", isSpare: true },
  { title: "MONEY", align: "right" },
  { title: "BOTH SIDES", cut: "end", isSpare: true },
];

const row = (difference: Difference): readonly string[] => {
  const { at, cause, symptom, class: name, about, names, money } = difference;
  return [
    isoTime(at).slice(0, 16),
    cause,
    name === undefined ? symptom : `${symptom} (${name})`,
    about,
    firstName(names),
    names.contract ?? "",
    money ? formatMoney(money) : "",
    bothText(difference),
  ];
};
