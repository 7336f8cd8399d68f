/** How a rule states a finding: what it knows of subject, names and evidence is put together here, in one order and within bounds. */
import type { ApplicationEntry } from "../application/both-sides.ts";
import type { Millis } from "../callback.ts";
import type { Money } from "../formats/money.ts";
import type { Entry } from "../ledger/entry.ts";
import { paymentIds } from "../ledger/payment/payment-ids.ts";
import { compareText } from "../ledger/text-order.ts";
import { ledgerId } from "../ledger-id.ts";
import { type Cause, type Evidence, type Finding, findingId, type Names, type Severity, type Subject } from "./finding.ts";
import type { ContractSide } from "./sides/contract-side.ts";
import type { PaymentSide } from "./sides/payment-side.ts";

export interface Draft {
  readonly cause: Cause;
  readonly subject: Subject;
  readonly severity: Severity;
  readonly money?: readonly (Money | undefined)[];
  readonly since: Millis;
  /** When it last happened again; absent where it happens once. */
  readonly last?: Millis | undefined;
  /** Whose ids an operator may have in hand. */
  readonly contracts?: readonly ContractSide[];
  readonly accounts?: readonly string[];
  /** What was said that makes it a finding. */
  readonly entries?: readonly Entry[];
  readonly applicationEvents?: readonly ApplicationEntry[];
  readonly grace?: Finding["grace"];
  /** What would be given back, should an operator decide so: `refunds --finding` lists it. */
  readonly back?: Back;
}

export interface Back {
  readonly payments: readonly BackOfPayment[];
  /** Contracts whose charges from before the records belong to it. */
  readonly past?: readonly { readonly contract: ContractSide; readonly isMeant?: (due: Millis) => boolean }[];
}

export interface BackOfPayment {
  readonly payment: PaymentSide;
  /** Absent for a single purchase. */
  readonly contract?: ContractSide;
  /** At most so much of it. */
  readonly most?: Money;
}

/** More is no help to anybody, and an item has to hold it. The first and the last are kept. */
export const mostListed = 60;

export const findingOf = ({ cause, subject, severity, money = [], since, last = since, grace, ...about }: Draft): Finding => ({
  id: findingId(cause, subject),
  class: cause.class,
  cause,
  subject,
  names: namesOf(about),
  severity,
  money: sumsByCurrency(money),
  since,
  last: Math.max(since, last),
  evidence: evidenceOf(about),
  ...(grace && { grace }),
});

/** Of each currency the sum; what is not known, and what is nothing, is left out. */
export const sumsByCurrency = (amounts: readonly (Money | undefined)[]): readonly Money[] => {
  const sums = new Map<string, number>();
  for (const money of amounts) if (money) sums.set(money.currency, (sums.get(money.currency) ?? 0) + money.minor);
  return [...sums]
    .filter(([, minor]) => minor > 0)
    .sort(([one], [other]) => compareText(one, other))
    .map(([currency, minor]) => ({ minor, currency }));
};

export const netOf = (payments: readonly PaymentSide[]): readonly (Money | undefined)[] => payments.map(({ net }) => net);

/** All that is left of them. */
export const backOf = (contract: ContractSide, payments: readonly PaymentSide[]): Back => ({
  payments: payments.map((payment) => ({ payment, contract })),
});

export const entriesOf = (payments: readonly PaymentSide[]): readonly Entry[] => payments.flatMap(({ entries }) => entries);

/** By which the application entitles now, or did. */
export const lastGrantOf = ({ applicationEvents }: ContractSide): readonly ApplicationEntry[] =>
  applicationEvents.filter(({ event }) => event.type === "entitlement.granted").slice(-1);

type About = Pick<Draft, "contracts" | "accounts" | "entries" | "applicationEvents">;

const namesOf = ({ contracts = [], accounts = [], entries = [], applicationEvents = [] }: About): Names => ({
  accounts: listed([...accounts, ...contracts.flatMap(({ account }) => account ?? [])]),
  contracts: listed(contracts.flatMap(({ subject, source, contract }) => (subject.kind === "contract" ? [`${source}/${contract}`] : []))),
  customers: listed([...contracts.flatMap(({ customers }) => customers), ...entries.flatMap(({ event }) => event.customer ?? [])]),
  orders: listed([
    ...entries.flatMap(({ event }) => event.order ?? []),
    ...[...applicationEvents, ...contracts.flatMap((one) => one.applicationEvents)].flatMap(({ event }) =>
      "order" in event ? event.order : [],
    ),
  ]),
  charges: listed(entries.flatMap(({ event }) => paymentIds(event))),
});

const listed = (ids: readonly string[]): readonly string[] => bounded([...new Set(ids.map(ledgerId))].sort(compareText));

const evidenceOf = ({ entries = [], applicationEvents = [] }: About): readonly Evidence[] => {
  const all = [...entries, ...applicationEvents].map(({ event, record }) => ({
    record,
    event: event.id,
    type: event.type,
    at: event.occurredAt,
  }));
  const distinct = [...new Map(all.map((one) => [JSON.stringify([one.record, one.event]), one])).values()];
  return bounded(
    distinct.sort((one, other) => one.at - other.at || compareText(one.event, other.event) || compareText(one.record, other.record)),
  );
};

const bounded = <One>(all: readonly One[]): readonly One[] => {
  const half = mostListed / 2;
  return [...all.slice(0, half), ...all.slice(Math.max(half, all.length - half))];
};
