import type { Contract } from "../../core/ledger/ledger.ts";
import { ordersPaidTwice, type PaidTwice } from "../../core/ledger/payment/paid-twice.ts";
import type { Connection } from "../connect/connect.ts";
import { lineOfTime } from "../line-of-time/read.ts";
import { momentsAsJson, printMomentsCsv } from "../line-of-time/table.ts";
import { eventAsJson, isoOrNull, whyOf } from "../query/record-row.ts";
import { resolveContract } from "../query/resolve.ts";
import { longestLine } from "../show/page.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import { contractsIn } from "./both-sides-text.ts";
import { type ContractPage, contractText } from "./contract-text.ts";
import { handRefundAsJson, handRefundsOf } from "./hand-refunds.ts";

/** @param limit entries of the history shown to people, newest first; JSON has all. */
export const contract = async (
  connection: Connection,
  terminal: Terminal,
  { typed, source, limit }: { readonly typed: string; readonly source?: string | undefined; readonly limit: number },
): Promise<Exit> => {
  const name = await resolveContract(connection, typed, source);
  const [found, line, related] = await Promise.all([
    connection.ledger.contract(name.source, name.contract),
    connection.line(name, longestLine),
    connection.ledger.related(name, { withPayments: false }),
  ]);
  const keys = [...(found?.entries.map(({ record }) => record) ?? []), ...line.map(({ key }) => key)].filter((key) => key !== "hold");
  const known = await connection.open.of([...new Set(keys)]);
  const progress = new Map([...known].map(([key, one]) => [key, one.progress]));
  const paidTwice = found ? await paidTwiceWith(connection, found) : [];
  const moments = await lineOfTime(connection, related, found?.entries);
  const byHand = await handRefundsOf(connection, name, found?.charges ?? []);
  const page: ContractPage = { name, ...(found && { contract: found }), paidTwice, byHand, progress, line, related, moments };
  if (terminal.csv) await printMomentsCsv(moments, terminal);
  else if (terminal.json) await printJson(terminal, asJson(page));
  else await terminal.print(contractText(page, connection, terminal, limit));
  return exit.ok;
};

/** Of a payment without a contract: whether its order was paid by another one too. */
const paidTwiceWith = async ({ ledger }: Connection, known: Contract): Promise<readonly PaidTwice[]> => {
  const { source, id, entries, charges } = known;
  if (known.belongsTo || entries.some(({ event }) => event.contract !== undefined)) return [];
  const orders = new Set(charges.flatMap(({ order }) => order ?? []));
  const lines = new Set((await Promise.all([...orders].map((order) => ledger.ofOrder(source, order)))).flat());
  const others = await Promise.all([...lines].filter((line) => line !== id).map((line) => ledger.contract(source, line)));
  return ordersPaidTwice([...charges, ...others.flatMap((other) => other?.charges ?? [])]);
};

const asJson = ({ name, contract: known, paidTwice, byHand, progress, line, related, moments }: ContractPage) => ({
  source: name.source,
  contract: name.contract,
  state: known?.state ?? "unknown",
  since: isoOrNull(known?.since),
  customer: known?.customer ?? null,
  replacedBy: known?.replacedBy ?? null,
  belongsTo: known?.belongsTo ?? [],
  accounts: related.accounts,
  related: contractsIn(related)
    .filter((one) => one.source !== name.source || one.contract !== name.contract)
    .map(({ source, contract: id, gateway, application }) => ({
      source,
      contract: id,
      gateway: gateway.state,
      application: application.state,
    })),
  said: related.applicationEvents.map(({ event, record }) => ({ record, event: { ...event, occurredAt: isoOrNull(event.occurredAt) } })),
  sums: known?.sums ?? [],
  ordersPaidTwice: paidTwice,
  charges: (known?.charges ?? []).map((charge) => ({
    ...charge,
    at: isoOrNull(charge.at),
    parts: charge.parts.map(timed),
    refunds: charge.refunds.map(timed),
    disputes: charge.disputes.map(timed),
  })),
  givenBackByHand: byHand.map(handRefundAsJson),
  cardChecks: (known?.cardChecks ?? []).map((check) => ({ ...check, at: isoOrNull(check.at) })),
  disputes: known?.disputes ?? 0,
  unknownEvents: known?.unknownEvents ?? 0,
  entries: (known?.entries ?? []).map(({ event, record }) => ({
    ...eventAsJson(event),
    record,
    recordState: progress.get(record)?.state ?? null,
  })),
  lineOfTime: momentsAsJson(moments),
  line: line.map((entry) =>
    entry.key === "hold"
      ? { key: entry.key, state: "hold", why: entry.why || null }
      : { key: entry.key, state: progress.get(entry.key)?.state ?? null, why: whyOf(progress.get(entry.key)) || null },
  ),
});

const timed = <Movement extends { readonly at: number }>(movement: Movement) => ({ ...movement, at: isoOrNull(movement.at) });
