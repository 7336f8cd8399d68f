/** What is known about a contract, as a page for people. */

import { counted } from "../../core/formats/counted.ts";
import { formatMoney } from "../../core/formats/money.ts";
import { printableLine } from "../../core/formats/printable.ts";
import type { ContractName } from "../../core/ledger/entry.ts";
import type { Contract } from "../../core/ledger/ledger.ts";
import { type Charge, type ChargePart, describeCharge } from "../../core/ledger/payment/charge.ts";
import type { Dispute } from "../../core/ledger/payment/disputes.ts";
import type { PaidTwice } from "../../core/ledger/payment/paid-twice.ts";
import type { Refund } from "../../core/ledger/payment/refunds.ts";
import type { Progress } from "../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../core/record.ts";
import type { Related } from "../../io/ledger/application/related.ts";
import type { LineEntry } from "../../io/ledger/line.ts";
import type { Connection } from "../connect/connect.ts";
import type { Moment } from "../line-of-time/moments.ts";
import { momentsTable } from "../line-of-time/table.ts";
import { isoOrNull, stateCell, whyOf } from "../query/record-row.ts";
import { type Cell, createTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { momentText, momentWithAge } from "../terminal/time-words.ts";

import { contractsIn, contractsTable, cutNote, standingText } from "./both-sides-text.ts";
import { type HandRefundOf, handRefundsTable } from "./hand-refunds.ts";
import { withSums } from "./sums-text.ts";

export interface ContractPage {
  readonly name: ContractName;
  /** Absent while nothing of it is in the ledger yet. */
  readonly contract?: Contract;
  readonly paidTwice: readonly PaidTwice[];
  readonly byHand: readonly HandRefundOf[];
  readonly progress: ReadonlyMap<RecordKey, Progress>;
  readonly line: readonly LineEntry[];
  /** Both sides of all that has to do with it. */
  readonly related: Related;
  /** Everything that happened to it and to those, oldest first. */
  readonly moments: readonly Moment[];
}

export const contractText = (page: ContractPage, connection: Connection, terminal: Terminal, limit: number): string => {
  const { name, contract: known, related } = page;
  const isThis = (one: ContractName) => one.source === name.source && one.contract === name.contract;
  const contracts = contractsIn(related);
  const standing = contracts.find(isThis)?.application;
  const { bold } = terminal.colours;
  const title = `${bold(`${name.source}/${printableLine(name.contract)}`)}  ${known?.state ?? "not in the ledger yet"}`;
  const since = known?.since === undefined ? "" : ` since ${momentWithAge(known.since, connection.clock())}`;
  const about = [
    related.accounts.length > 0 && `account ${related.accounts.map(printableLine).join(", ")}`,
    standing && standing.state !== "silent" && standingText(standing),
    known?.customer !== undefined && `customer ${printableLine(known.customer)}`,
    known?.belongsTo !== undefined && `a payment of ${known.belongsTo.map(printableLine).join(", ")}, where it is counted`,
    known?.replacedBy !== undefined && `replaced by ${printableLine(known.replacedBy)}`,
    ...page.paidTwice.map(
      ({ order, charges }) => `the order ${printableLine(order)} is paid ${charges.length} times: ${charges.map(printableLine).join(", ")}`,
    ),
    known && known.disputes > 0 && counted(known.disputes, "dispute"),
    known && known.unknownEvents > 0 && `${counted(known.unknownEvents, "event")} of unknown type`,
  ].filter(Boolean);
  return [
    `${title}${since}\n${about.length > 0 ? `${about.join("; ")}\n` : ""}`,
    section(withSums("Charges", known?.sums ?? []), chargesTable(known?.charges ?? [], terminal, limit), bold),
    section("Given back by hand", handRefundsTable(page.byHand, connection.config.zone, terminal), bold),
    section("Card checks", cardChecks(known), bold),
    section(
      "Related contracts",
      contractsTable(
        contracts.filter((one) => !isThis(one)),
        terminal,
      ),
      bold,
    ),
    related.isCut ? cutNote : "",
    section("Line of time, newest first", momentsTable(page.moments, terminal, limit), bold),
    section("Waiting to be delivered", lineText(page, connection, terminal, limit), bold),
  ]
    .filter((part) => part !== "")
    .join("\n");
};

const section = (title: string, text: string, bold: (text: string) => string): string => (text === "" ? "" : `${bold(title)}\n${text}`);

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
  const rows = newest.flatMap((charge) => [
    [when(charge.at), charge.id, describeCharge(charge), charge.order ?? "", charge.reason ?? ""],
    ...movementsOf(charge).map(({ at, id, what, reason }) => [when(at), `  ${id}`, `  ${what}`, "", reason]),
  ]);
  return `${createTable(columns, terminal)(rows)}${more(charges.length, limit)}`;
};

interface Movement {
  readonly at: number;
  readonly id: string;
  readonly what: string;
  readonly reason: string;
}

/** What a charge's figures come from, where that is more than one event: its parts, refunds and disputes, each with its outcome. */
const movementsOf = ({ parts, refunds, disputes }: Charge): readonly Movement[] => {
  const rowsOf = (name: string, some: ReadonlyArray<ChargePart | Refund | Dispute>) =>
    some.map((one) => ({
      at: one.at,
      id: one.id ?? "(all so far)",
      what: [name, one.state, one.amount && formatMoney(one.amount), besideRefunds(one)].filter(Boolean).join(" "),
      reason: one.reason ?? "",
    }));
  return [...(parts.length > 1 ? rowsOf("part", parts) : []), ...rowsOf("refund", refunds), ...rowsOf("dispute", disputes)];
};

/** Where a refund explains a lost dispute, why it is not in the sum. */
const besideRefunds = ({ amount, tookBack }: Pick<Dispute, "amount" | "tookBack">): string | undefined =>
  amount && tookBack && tookBack.minor < amount.minor ? `(${formatMoney(tookBack)} of it not by the refunds)` : undefined;

const cardChecks = (known: Contract | undefined): string => {
  const checks = known?.cardChecks ?? [];
  const failed = checks.filter(({ passed }) => !passed).length;
  const last = checks.at(-1);
  return last ? `${checks.length}, of which ${failed} failed; the last at ${when(last.at)}. None of them is a charge.\n` : "";
};

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
