/** `holdfast findings`: what is open between the gateways and the application, and what operators have decided about it. */

import { Failure } from "../../core/failure.ts";
import { sumsByCurrency } from "../../core/findings/draft.ts";
import { type Remedy, remedyOf, sentenceOf } from "../../core/findings/finding-text.ts";
import { isOpen, type StoredFinding } from "../../core/findings/lifecycle/stored.ts";
import { digestOf } from "../../core/findings/tally/digest.ts";
import { counted } from "../../core/formats/counted.ts";
import type { CsvCell } from "../../core/formats/csv.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { formatMoney } from "../../core/formats/money.ts";
import type { Connection } from "../connect/connect.ts";
import { printCsv } from "../terminal/csv.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { createTable } from "../terminal/table.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import { spanText } from "../terminal/time-words.ts";
import { decideFinding, type OperatorEvent, readFinding } from "./decide.ts";
import { findingAsJson } from "./finding-json.ts";
import { findingText } from "./finding-text.ts";
import { type FindingFilter, selectFindings } from "./select.ts";

export const findingsList = async (
  connection: Connection,
  terminal: Terminal,
  { filter, limit }: { readonly filter: FindingFilter; readonly limit: number },
): Promise<Exit> => {
  const broken: string[] = [];
  const all = await selectFindings(connection.findings, filter, (id) => broken.push(id));
  const shown = all.slice(0, limit);
  if (terminal.csv) {
    const rows = printCsv(terminal, csvHead);
    for (const one of shown) await rows.add(csvRow(one));
    await rows.end();
  } else if (terminal.json)
    await printJson(
      terminal,
      shown.map((one) => findingAsJson(one, connection)),
    );
  else if (shown.length > 0) await terminal.print(createTable(columns, terminal)(shown.map((one) => row(one, connection.clock()))));
  const open = all.filter(isOpen);
  terminal.say(summary(all, open, shown.length));
  if (broken.length > 0)
    terminal.say(
      `${broken.join(", ")} cannot be read: something has altered it. To restore it: ${connection.command("ledger", "rebuild")}`,
    );
  if (shown[0]) terminal.say(`To see one: ${connection.command("findings", "show", shown[0].finding.id)}`);
  return open.length + broken.length > 0 ? exit.person : exit.ok;
};

const columns = [
  { title: "FINDING", cut: "middle", least: 16 },
  { title: "MONEY", align: "right" },
  { title: "AGE", align: "right" },
  { title: "STATE" },
  { title: "WHAT", cut: "end", least: 20 },
  { title: "ACCOUNT", cut: "middle", isSpare: true },
] as const;

const row = ({ finding, standing }: StoredFinding, now: number): readonly string[] => [
  finding.id,
  moneyText(finding.money),
  spanText(now - finding.since),
  standing.state === "acknowledged" ? `with ${standing.owner}` : standing.state,
  `${sentenceOf(finding)}${finding.isPartial ? " (of a part only)" : ""}`,
  finding.names.accounts.join(" "),
];

const moneyText = (money: StoredFinding["finding"]["money"]): string => money.map(formatMoney).join(" + ") || "-";

const summary = (all: readonly StoredFinding[], open: readonly StoredFinding[], shown: number): string => {
  if (all.length === 0) return "No finding.";
  const money = sumsByCurrency(open.flatMap(({ finding }) => finding.money));
  const atStake = money.length > 0 ? `, ${money.map(formatMoney).join(" and ")} at stake` : "";
  return `${counted(all.length, "finding")}, ${open.length} open${atStake}${shown < all.length ? `; ${shown} shown: --limit` : ""}.`;
};

const csvHead = [
  "id",
  "class",
  "state",
  "severity",
  "minor",
  "currency",
  "since",
  "accounts",
  "contracts",
  "customers",
  "orders",
  "charges",
  "sentence",
  "partial",
] as const;

/** One line for each finding; of several currencies the amounts and their codes are in one order. */
const csvRow = ({ finding, standing }: StoredFinding): readonly CsvCell[] => [
  finding.id,
  finding.class,
  standing.state,
  finding.severity,
  finding.money.length === 1 ? (finding.money[0]?.minor ?? "") : finding.money.map(({ minor }) => minor).join(" "),
  finding.money.map(({ currency }) => currency).join(" "),
  isoTime(finding.since),
  finding.names.accounts.join(" "),
  finding.names.contracts.join(" "),
  finding.names.customers.join(" "),
  finding.names.orders.join(" "),
  finding.names.charges.join(" "),
  sentenceOf(finding),
  finding.isPartial ? "partial" : "",
];

/** What is sent to the alarm topic once a day, as it would be now. Sends nothing. */
export const findingsDigest = async (connection: Connection, terminal: Terminal): Promise<Exit> => {
  const { countOpen, tallies, clock, config, command } = connection;
  const now = clock();
  const found = (await countOpen({}, { now })).last ?? (await tallies.read()).run.last;
  if (!found)
    throw new Failure("More findings are open than can be counted at once, and the sweep has not counted them all yet. Ask again later.");
  const digest = digestOf(found, { name: config.name, now, command });
  if (terminal.json) await printJson(terminal, { ...digest, ...found.tally, asOf: isoTime(found.asOf) });
  else if (found.tally.count > 0) await terminal.print(digest.text);
  if (found.tally.count === 0) terminal.say("No finding is open, so no digest is sent.");
  return found.tally.count > 0 ? exit.person : exit.ok;
};

export const findingsShow = async (connection: Connection, terminal: Terminal, id: string): Promise<Exit> => {
  const stored = await readFinding(connection, id);
  if (terminal.json) await printJson(terminal, findingAsJson(stored, connection));
  else await terminal.print(findingText(stored, connection, terminal));
  return isOpen(stored) ? exit.person : exit.ok;
};

export const findingsDecide = async (connection: Connection, terminal: Terminal, id: string, event: OperatorEvent): Promise<Exit> => {
  const after = await decideFinding(connection, id, event);
  if (terminal.json) await printJson(terminal, findingAsJson(after, connection));
  terminal.say(outcome(after, event, connection));
  return exit.ok;
};

const outcome = (after: StoredFinding, event: OperatorEvent, { command }: Connection): string => {
  const { id } = after.finding;
  switch (event.kind) {
    case "take":
      return `${id} is with ${event.by}. ${remedyText(remedyOf(after.finding), command)}`;
    case "handle":
      return `${id} is handled. Should it happen once more, it is open again.`;
    case "dismiss":
      return `${id} is dismissed, and stays silent whatever happens. To hear of it again: ${command("findings", "reopen", id)}`;
    case "reopen":
      return `${id} is open again.`;
    case "note":
      return `Noted with ${id}.`;
    default:
      return event satisfies never;
  }
};

/** Advice that ends with a colon, and what follows it. */
const remedyText = ({ advice, command: words }: Remedy, command: Connection["command"]): string =>
  words ? `${advice} ${command(...words)}` : advice;
