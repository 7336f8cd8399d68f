/** `holdfast account`: all contracts of an account, of all sources, and everything that happened to them in one line of time. */
import { closedSince } from "../../core/application/standing.ts";
import { pseudonym } from "../../core/erasure/pseudonym.ts";
import { Failure } from "../../core/failure.ts";
import { printableLine } from "../../core/formats/printable.ts";
import { sumsTogether } from "../../core/ledger/together.ts";
import { ledgerEventId } from "../../core/ledger-id.ts";
import type { Related } from "../../io/ledger/application/related.ts";
import type { Connection } from "../connect/connect.ts";
import { contractsIn, contractsTable, cutNote } from "../contract/both-sides-text.ts";
import { withSums } from "../contract/sums-text.ts";
import { lineOfTime } from "../line-of-time/read.ts";
import { momentsAsJson, momentsTable, printMomentsCsv } from "../line-of-time/table.ts";
import { eventAsJson, isoOrNull } from "../query/record-row.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import { momentWithAge } from "../terminal/time-words.ts";

/** @param limit rows of the line of time shown to people, newest first; JSON has all. */
export const account = async (
  connection: Pick<Connection, "ledger" | "clock" | "open" | "notes">,
  terminal: Terminal,
  { typed, limit }: { readonly typed: string; readonly limit: number },
): Promise<Exit> => {
  const { ledger, clock } = connection;
  const known = await findAccount(ledger, typed);
  if (!known)
    throw new Failure(
      `No application event names an account ${typed}: docs/application.md says how to send one. A contract's page names its account: \`npx holdfast contract ID\`.`,
      "nothing found",
    );
  const { name, found } = known;
  const contracts = contractsIn(found);
  const moments = await lineOfTime(connection, found);
  const closed = closedSince(name, found.applicationEvents);
  const sums = sumsTogether(found.events);
  if (terminal.csv) {
    await printMomentsCsv(moments, terminal);
    return exit.ok;
  }
  if (terminal.json) {
    await printJson(terminal, {
      account: name,
      closedSince: isoOrNull(closed),
      accounts: found.accounts,
      isCut: found.isCut,
      sums,
      contracts: contracts.map(({ source, contract, gateway, application }) => ({
        source,
        contract,
        gateway: { state: gateway.state, since: isoOrNull(gateway.since), customer: gateway.customer ?? null, sums: gateway.sums },
        application: {
          state: application.state,
          since: isoOrNull(application.since),
          plan: application.grant?.plan ?? null,
          price: application.grant?.price ?? null,
          interval: application.grant?.interval ?? null,
          cancelledAt: isoOrNull(application.cancelledAt),
        },
      })),
      events: found.events.map(({ event, ...rest }) => ({ ...rest, event: eventAsJson(event) })),
      said: found.applicationEvents.map(({ event, record }) => ({ record, event: { ...event, occurredAt: isoOrNull(event.occurredAt) } })),
      lineOfTime: momentsAsJson(moments),
    });
    return exit.ok;
  }
  const { bold } = terminal.colours;
  const others = found.accounts.filter((one) => one !== name).map(printableLine);
  const parts = [
    `${bold(`account ${printableLine(name)}`)}  ${closed === undefined ? "open" : `closed since ${momentWithAge(closed, clock())}`}\n`,
    others.length > 0 ? `related accounts: ${others.join(", ")}\n` : "",
    contracts.length > 0 ? `\n${bold("Contracts")}\n${contractsTable(contracts, terminal)}` : "",
    sums.length > 0 ? `\n${withSums("Together with single payments, each once", sums)}\n` : "",
    `\n${bold("Line of time, newest first")}\n${momentsTable(moments, terminal, limit)}`,
    found.isCut ? `\n${cutNote}` : "",
  ];
  await terminal.print(parts.join(""));
  return exit.ok;
};

/** By the id that was typed, or by the hash that an erasure has put in its place. */
const findAccount = async (
  ledger: Connection["ledger"],
  typed: string,
): Promise<{ readonly name: string; readonly found: Related } | undefined> => {
  for (const name of [typed, pseudonym(ledgerEventId(typed))]) {
    const found = await ledger.related({ account: name });
    if (found.applicationEvents.length > 0) return { name, found };
  }
  return undefined;
};
