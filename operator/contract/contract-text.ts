/** What is known about a contract, as a page for people. */
import { formatMoney } from "../../core/formats/money.ts";
import { printableLine } from "../../core/formats/printable.ts";
import { type Charge, describeCharge } from "../../core/ledger/charge.ts";
import type { ContractName, Entry } from "../../core/ledger/entry.ts";
import type { Contract } from "../../core/ledger/ledger.ts";
import type { Progress } from "../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../core/record.ts";
import type { LineEntry } from "../../io/ledger/contract-line.ts";
import { counted } from "../cli/counted.ts";
import { type Cell, createTable } from "../cli/table.ts";
import type { Terminal } from "../cli/terminal.ts";
import { momentText, momentWithAge } from "../cli/time-words.ts";
import type { Connection } from "../connect/connect.ts";
import { isoOrNull, stateCell, whyOf } from "../query/record-row.ts";

export interface ContractPage {
  readonly name: ContractName;
  /** Absent while nothing of it is in the ledger yet. */
  readonly contract?: Contract;
  readonly progress: ReadonlyMap<RecordKey, Progress>;
  readonly line: readonly LineEntry[];
}

export const contractText = (page: ContractPage, connection: Connection, terminal: Terminal, limit: number): string => {
  const { name, contract: known } = page;
  const { bold } = terminal.colours;
  const title = `${bold(`${name.source}/${printableLine(name.contract)}`)}  ${known?.state ?? "not in the ledger yet"}`;
  const since = known?.since === undefined ? "" : ` since ${momentWithAge(known.since, connection.clock())}`;
  const about = [
    known?.customer !== undefined && `customer ${printableLine(known.customer)}`,
    known?.replacedBy !== undefined && `replaced by ${printableLine(known.replacedBy)}`,
    known && known.disputes > 0 && counted(known.disputes, "dispute"),
    known && known.unknownEvents > 0 && `${counted(known.unknownEvents, "event")} of unknown type`,
  ].filter(Boolean);
  return [
    `${title}${since}\n${about.length > 0 ? `${about.join("; ")}\n` : ""}`,
    section(`Charges${sums(known?.charges ?? [])}`, chargesTable(known?.charges ?? [], terminal, limit), bold),
    section("Card checks", cardChecks(known), bold),
    section("History, newest first", historyTable(page, terminal, limit), bold),
    section("Waiting to be delivered", lineText(page, connection, terminal, limit), bold),
  ]
    .filter((part) => part !== "")
    .join("\n");
};

const section = (title: string, text: string, bold: (text: string) => string): string => (text === "" ? "" : `${bold(title)}\n${text}`);

/** What was charged and refunded, per currency: only what succeeded counts. */
const sums = (charges: readonly Charge[]): string => {
  const taken = new Map<string, { taken: number; back: number }>();
  for (const { state, amount, refunded } of charges) {
    if (!amount || !["succeeded", "refunded", "partly_refunded"].includes(state)) continue;
    const sum = taken.get(amount.currency) ?? { taken: 0, back: 0 };
    taken.set(amount.currency, { taken: sum.taken + amount.minor, back: sum.back + (refunded?.minor ?? 0) });
  }
  const texts = [...taken].map(([currency, sum]) => {
    const back = sum.back > 0 ? `, ${formatMoney({ minor: sum.back, currency })} refunded` : "";
    return `${formatMoney({ minor: sum.taken, currency })} taken${back}`;
  });
  return texts.length > 0 ? `: ${texts.join("; ")}` : "";
};

const chargesTable = (charges: readonly Charge[], terminal: Terminal, limit: number): string => {
  if (charges.length === 0) return "";
  const columns = [
    { title: "WHEN" },
    { title: "CHARGE", cut: "middle" },
    { title: "WHAT" },
    { title: "ORDER", cut: "middle" },
    { title: "WHY", cut: "end" },
  ] as const;
  const newest = charges.toSorted((one, other) => other.at - one.at).slice(0, limit);
  const rows = newest.map((charge) => [when(charge.at), charge.id, describeCharge(charge), charge.order ?? "", charge.reason ?? ""]);
  return `${createTable(columns, terminal)(rows)}${more(charges.length, limit)}`;
};

const cardChecks = (known: Contract | undefined): string => {
  const checks = known?.cardChecks ?? [];
  const failed = checks.filter(({ passed }) => !passed).length;
  const last = checks.at(-1);
  return last ? `${checks.length}, of which ${failed} failed; the last at ${when(last.at)}. None of them is a charge.\n` : "";
};

const historyTable = ({ contract: known, progress }: ContractPage, terminal: Terminal, limit: number): string => {
  const entries = (known?.entries ?? []).toReversed();
  if (entries.length === 0) return "";
  const columns = [
    { title: "WHEN" },
    { title: "EVENT" },
    { title: "AMOUNT", align: "right" },
    { title: "CHARGE", cut: "middle" },
    { title: "RECORD", cut: "middle" },
    { title: "DELIVERY" },
  ] as const;
  const rows = entries.slice(0, limit).map((entry) => historyRow(entry, progress.get(entry.record), terminal));
  return `${createTable(columns, terminal)(rows)}${more(entries.length, limit)}`;
};

const historyRow = ({ event, record }: Entry, progress: Progress | undefined, terminal: Terminal): readonly Cell[] => [
  when(event.occurredAt),
  event.type === "unknown" || event.type === "notice" ? `${event.type} (${event.gatewayType})` : event.type,
  event.amount ? formatMoney(event.amount) : "",
  event.charge ?? "",
  record,
  progress ? stateCell(progress.state, terminal.colours) : "?",
];

const lineText = ({ progress, line }: ContractPage, connection: Connection, terminal: Terminal, limit: number): string => {
  const [first] = line;
  if (!first) return "";
  const columns = [{ title: "RECORD", cut: "middle" }, { title: "STATE" }, { title: "WHY", cut: "end" }] as const;
  const rows = line.slice(0, limit).map((entry): readonly Cell[] => {
    if (entry.key === "hold") return ["(the whole contract)", "held", entry.why];
    const known = progress.get(entry.key);
    return [entry.key, known ? stateCell(known.state, terminal.colours) : "?", whyOf(known)];
  });
  const next = first.key === "hold" ? "" : `First in line; the others wait for it: ${connection.command("show", first.key)}\n`;
  return `${createTable(columns, terminal)(rows)}${more(line.length, limit)}${next}`;
};

const when = (moment: number): string => (isoOrNull(moment) === null ? "?" : momentText(moment));

const more = (count: number, limit: number): string =>
  count > limit ? `... and ${count - limit} more; --limit ${count} shows them all\n` : "";
