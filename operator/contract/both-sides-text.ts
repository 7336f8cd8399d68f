/** Both sides in one line of time, and contracts with what each side says of them: tables of `contract` and `account`. */
import { contractsNamedBy, type SaidEntry } from "../../core/application/both-sides.ts";
import { saidText } from "../../core/application/event-text.ts";
import { type Standing, saidOf, standingOf } from "../../core/application/standing.ts";
import { formatMoney } from "../../core/formats/money.ts";
import type { ContractName, Entry } from "../../core/ledger/entry.ts";
import { balance, type Contract } from "../../core/ledger/ledger.ts";
import { ledgerId } from "../../core/ledger/ledger-id.ts";
import type { Related } from "../../io/ledger/application/related.ts";
import { createTable } from "../cli/table.ts";
import type { Terminal } from "../cli/terminal.ts";
import { momentText } from "../cli/time-words.ts";
import { isoOrNull } from "../query/record-row.ts";

/** A contract with both of its sides. */
export interface TwoSided extends ContractName {
  readonly gateway: Contract;
  readonly application: Standing;
}

/** The contracts among what was found, by name: those the gateways told of, and those that the application names. */
export const contractsIn = ({ events, said }: Related): readonly TwoSided[] => {
  const told = events.filter(({ event, contract }) => event.contract !== undefined && ledgerId(event.contract) === contract);
  const named = said.flatMap(({ event }) => {
    if (event.type === "contract.linked") return event.contracts;
    return "source" in event ? contractsNamedBy(event, events) : [];
  });
  const names = new Map([...told, ...named].map(({ source, contract }) => [`${source}/${contract}`, { source, contract }]));
  return [...names]
    .sort(([one], [other]) => Number(one > other) - Number(one < other))
    .map(([, name]) => ({
      ...name,
      gateway: balance(
        name.source,
        name.contract,
        events.filter((entry) => entry.source === name.source && entry.contract === name.contract),
      ),
      application: standingOf(saidOf(name, said, events)),
    }));
};

export const standingText = ({ state, grant, revocation, cancelledAt }: Standing): string => {
  const cancelled = cancelledAt === undefined || state !== "entitled" ? "" : ", cancellation requested";
  if (state === "entitled") return `entitled${grant ? ` to ${grant.plan}${priceText(grant)}` : ""}${cancelled}`;
  return state === "revoked" ? `revoked${revocation ? `: ${revocation.reason.replaceAll("_", " ")}` : ""}` : "nothing said";
};

const priceText = ({ price, interval }: NonNullable<Standing["grant"]>): string =>
  price ? `, ${formatMoney(price)}${interval ? ` a ${interval}` : ""}` : "";

export const contractsTable = (contracts: readonly TwoSided[], terminal: Terminal): string => {
  if (contracts.length === 0) return "";
  const columns = [
    { title: "CONTRACT", cut: "middle" },
    { title: "GATEWAY" },
    { title: "APPLICATION", cut: "end" },
    { title: "NET", align: "right" },
  ] as const;
  return createTable(
    columns,
    terminal,
  )(
    contracts.map(({ source, contract, gateway, application }) => [
      `${source}/${contract}`,
      gateway.entries.length > 0 ? gateway.state : "never told of",
      standingText(application),
      gateway.sums.map(({ net, currency }) => formatMoney({ minor: net, currency })).join(", "),
    ]),
  );
};

/** One thing that either side said. */
export interface Moment {
  readonly at: number;
  readonly side: "gateway" | "application";
  /** `source/contract`, or the account. A link says in words what it is about. */
  readonly about: string;
  readonly what: string;
  readonly amount?: string;
  readonly record: string;
}

/** Both sides in one line of time, oldest first; each event once. */
export const momentsOf = (events: readonly Entry[], said: readonly SaidEntry[]): readonly Moment[] => {
  const heard = [...new Map(events.map((entry) => [JSON.stringify([entry.source, entry.event.id]), entry])).values()];
  return [
    ...heard.map(
      ({ source, contract, event, record }): Moment => ({
        at: event.occurredAt,
        side: "gateway",
        about: `${source}/${event.contract ?? contract}`,
        what: event.type === "unknown" || event.type === "notice" ? `${event.type} (${event.gatewayType})` : event.type,
        ...(event.amount && { amount: formatMoney(event.amount) }),
        record,
      }),
    ),
    ...said.map(
      ({ event, record }): Moment => ({
        at: event.occurredAt,
        side: "application",
        about: "source" in event ? `${event.source}/${placeOf(event)}` : "account" in event ? `account ${event.account}` : "",
        what: saidText(event),
        record,
      }),
    ),
  ].sort((one, other) => one.at - other.at || Number(one.record > other.record) - Number(one.record < other.record));
};

const placeOf = (event: { readonly contract?: string; readonly order?: string; readonly charge?: string }): string =>
  event.contract ?? (event.order === undefined ? (event.charge ?? "") : `order ${event.order}`);

export const momentsTable = (moments: readonly Moment[], terminal: Terminal, limit: number): string => {
  if (moments.length === 0) return "";
  const columns = [
    { title: "WHEN" },
    { title: "SIDE" },
    { title: "ABOUT", cut: "middle" },
    { title: "WHAT", cut: "end" },
    { title: "AMOUNT", align: "right" },
    { title: "RECORD", cut: "middle" },
  ] as const;
  const rows = moments
    .toReversed()
    .slice(0, limit)
    .map(({ at, side, about, what, amount = "", record }) => [
      isoOrNull(at) === null ? "?" : momentText(at),
      side,
      about,
      what,
      amount,
      record,
    ]);
  const rest = moments.length - rows.length;
  return `${createTable(columns, terminal)(rows)}${rest > 0 ? `... and ${rest} more; --limit ${moments.length} shows them all\n` : ""}`;
};

export const cutNote =
  "There is more than is shown: an account or a customer that many contracts share is followed to a bound. What is here is the nearest.\n";
