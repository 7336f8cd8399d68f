/** One finding as a page: what it is, what is at stake, what was said, what to do. */
import type { FindingClass } from "../../core/findings/finding.ts";
import { classTitles, remedyOf, sentenceOf } from "../../core/findings/finding-text.ts";
import { isOpen, type Standing, type StoredFinding } from "../../core/findings/lifecycle/stored.ts";
import { formatMoney } from "../../core/formats/money.ts";
import { printableLine } from "../../core/formats/printable.ts";
import type { Connection } from "../connect/connect.ts";
import { createTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { momentText, momentWithAge } from "../terminal/time-words.ts";

export const findingText = (stored: StoredFinding, connection: Pick<Connection, "command" | "clock">, terminal: Terminal): string => {
  const { finding, standing, notes } = stored;
  const now = connection.clock();
  const { bold } = terminal.colours;
  const { names } = finding;
  const facts: readonly (readonly [string, string])[] = [
    ["state", standingText(standing, now)],
    ["severity", finding.severity],
    ["at stake", finding.money.map(formatMoney).join(" + ") || "no amount is known"],
    ["since", momentWithAge(finding.since, now)],
    ...(finding.last > finding.since ? [["last", momentWithAge(finding.last, now)] as const] : []),
    ...(finding.grace ? [["grace", `${finding.grace.name}, over ${momentWithAge(finding.grace.until, now)}`] as const] : []),
    ...named("account", names.accounts),
    ...named("contract", names.contracts),
    ...named("customer", names.customers),
    ...named("order", names.orders),
    ...named("payment", names.charges),
  ];
  return [
    bold(`${finding.id}: ${classTitles[finding.class]}`),
    printableLine(sentenceOf(finding)),
    ...(finding.isPartial ? [partialNote] : []),
    "",
    ...facts.map(([name, value]) => `  ${name.padEnd(9)} ${printableLine(value)}`),
    "",
    ...(finding.evidence.length > 0 ? [bold("What was said"), evidence(stored, terminal), ""] : []),
    ...(notes.length > 0
      ? [bold("Notes"), ...notes.map(({ at, by, text }) => `  ${momentText(at)} ${by}: ${printableLine(text)}`), ""]
      : []),
    ...next(stored, connection, bold),
  ]
    .join("\n")
    .concat("\n");
};

/** For what is computed from the nearest part of a family only. */
const partialNote =
  "  More belongs to it than was read: an account or a customer that many share. What is said here may be incomplete, or wrong.";

const named = (name: string, ids: readonly string[]): readonly (readonly [string, string])[] =>
  ids.length === 0 ? [] : [[name, ids.join(" ")]];

const standingText = (standing: Standing, now: number): string => {
  switch (standing.state) {
    case "open":
      return "open";
    case "acknowledged":
      return `acknowledged: ${standing.owner} works on it, since ${momentWithAge(standing.at, now)}`;
    case "handled":
    case "dismissed":
      return `${standing.state} by ${standing.by}, ${momentWithAge(standing.at, now)}: ${standing.why}`;
    case "closed":
      return `closed by itself, ${momentWithAge(standing.at, now)}: its cause is gone`;
    default:
      return standing satisfies never;
  }
};

const columns = [{ title: "TIME" }, { title: "WHAT" }, { title: "RECORD", cut: "middle" }] as const;

const evidence = ({ finding }: StoredFinding, terminal: Terminal): string =>
  createTable(columns, terminal)(finding.evidence.map(({ at, type, record }) => [momentText(at), type, record])).trimEnd();

/** Money was taken, and some of it is to go back. */
const isAboutCharges = (of: FindingClass): boolean => ["A1", "A3", "AFTER", "CLOSE", "SIBLING", "AMOUNT", "REFUND"].includes(of);

const next = (stored: StoredFinding, { command }: Pick<Connection, "command">, bold: (text: string) => string): readonly string[] => {
  const { finding } = stored;
  if (!isOpen(stored)) return [];
  const { advice, command: words } = remedyOf(finding);
  return [
    bold("What to do"),
    `  ${advice}`,
    ...(words ? [`  ${command(...words)}`] : []),
    ...(finding.money.length > 0 && isAboutCharges(finding.class) ? [`  Give back:  ${command("refunds", "--finding", finding.id)}`] : []),
    `  Take it:    ${command("findings", "take", finding.id)}`,
    `  When done:  ${command("findings", "handle", finding.id, "--why", "...")}`,
  ];
};
