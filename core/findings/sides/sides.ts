/** What is known of contracts that have to do with one another, put in order for the rules: both sides of each, and the accounts. */

import { type ApplicationEntry, type BothSides, contractsNamedBy } from "../../application/both-sides.ts";
import type { ApplicationEvent, ContractLinked, RefundRequested } from "../../application/event.ts";
import { endedPeriodsOf, statesOf } from "../../ledger/contract-state.ts";
import type { ContractName, Entry } from "../../ledger/entry.ts";
import { balance } from "../../ledger/ledger.ts";
import type { CardCheck } from "../../ledger/payment/card-check.ts";
import { paymentIds } from "../../ledger/payment/payment-ids.ts";
import { compareText } from "../../ledger/text-order.ts";
import { ledgerId } from "../../ledger-id.ts";
import type { RecordKey } from "../../record.ts";
import { type AccountSide, accountsOf } from "./account-side.ts";
import { byEntryOrder, type ContractSide } from "./contract-side.ts";
import { impliedBy } from "./implied.ts";
import { type PaidApart, paidApart } from "./paid-apart.ts";
import { type PaymentSide, paymentSidesOf } from "./payment-side.ts";

export interface CheckSide {
  readonly source: string;
  readonly check: CardCheck;
  readonly entries: readonly Entry[];
}

export interface Sides {
  readonly contracts: readonly ContractSide[];
  /** Payments that belong to no contract, by source. */
  readonly single: ReadonlyMap<string, readonly PaymentSide[]>;
  readonly checks: readonly CheckSide[];
  readonly accounts: readonly AccountSide[];
  readonly links: readonly (ApplicationEntry & { readonly event: ContractLinked })[];
  readonly refundRequests: readonly (ApplicationEntry & { readonly event: RefundRequested })[];
  /** Everything the gateways said, each event once for each line, in the order of the lines. */
  readonly lines: readonly Line[];
}

/** What a gateway said of one contract, or of one payment or customer without a contract. */
export interface Line {
  readonly source: string;
  readonly id: string;
  readonly isContract: boolean;
  readonly entries: readonly Entry[];
}

/** Undefined for a line of a payment or a customer. */
export const contractOfLine = ({ source, id, isContract }: Line, { contracts }: Pick<Sides, "contracts">): ContractSide | undefined =>
  isContract ? contracts.find((one) => one.subject.kind === "contract" && one.source === source && one.contract === id) : undefined;

export const sidesOf = ({ events, applicationEvents, accepted = new Set() }: BothSides): Sides => {
  const heard = [...new Map(applicationEvents.map((one) => [one.event.id, one])).values()].sort(byEntryOrder);
  const lines = linesOf(events);
  const sources = new Set(lines.map(({ source }) => source));
  const loose = new Map([...sources].map((source) => [source, looseOf(source, lines)]));
  const apart = new Map([...loose].map(([source, { payments }]) => [source, paidApart(linesAt(source, lines), payments, heard)]));
  const single = new Map(
    [...loose].map(([source, { payments }]) => [source, payments.filter((payment) => !apart.get(source)?.has(payment))]),
  );
  return {
    contracts: contractsOf({ heard, events, lines, single, apart, accepted }),
    single,
    checks: checksOf(lines, loose),
    accounts: accountsOf(heard),
    links: heard.flatMap(({ event, record }) => (event.type === "contract.linked" ? [{ event, record }] : [])),
    refundRequests: heard.flatMap(({ event, record }) => (event.type === "refund.requested" ? [{ event, record }] : [])),
    lines,
  };
};

const nameText = ({ source, contract }: ContractName): string => JSON.stringify([source, contract]);

const linesOf = (events: readonly Entry[]): readonly Line[] =>
  [...Map.groupBy(events, nameText)]
    .sort(([one], [other]) => compareText(one, other))
    .map(([, entries]) => {
      const { source, contract: id } = entries[0] as Entry;
      const isContract = entries.some(({ event }) => event.contract !== undefined && ledgerId(event.contract) === id);
      return { source, id, isContract, entries: balance(source, id, entries).entries };
    });

const linesAt = (source: string, lines: readonly Line[]): readonly Line[] => lines.filter((line) => line.source === source);

/** A payment has a line for each of its ids: without a contract they are added up together, and what a contract has counts there. */
const looseOf = (source: string, lines: readonly Line[]) => {
  const here = linesAt(source, lines);
  const counted = new Set(
    here.filter(({ isContract }) => isContract).flatMap(({ entries }) => entries.flatMap(({ event }) => paymentIds(event))),
  );
  const entries = here
    .filter(({ isContract }) => !isContract)
    .flatMap((line) => line.entries)
    .filter(({ event }) => !paymentIds(event).some((id) => counted.has(id)));
  const all = balance(source, "", entries);
  return { payments: paymentSidesOf(all.charges, all.entries), checks: all.cardChecks, entries: all.entries };
};

const checksOf = (lines: readonly Line[], loose: ReadonlyMap<string, ReturnType<typeof looseOf>>): readonly CheckSide[] => {
  const found = [
    ...[...loose].map(([source, { checks, entries }]) => ({ source, checks, entries })),
    ...lines
      .filter(({ isContract }) => isContract)
      .map(({ source, id, entries }) => ({ source, checks: balance(source, id, entries).cardChecks, entries })),
  ].flatMap(({ source, checks, entries }) =>
    checks.map((check): CheckSide => {
      const about = entries.filter(({ event }) => event.id === check.id || paymentIds(event).includes(check.id));
      return { source, check, entries: about };
    }),
  );
  return [...new Map(found.map((one) => [JSON.stringify([one.source, one.check.id]), one])).values()];
};

const contractsOf = ({
  heard,
  events,
  lines,
  single,
  apart,
  accepted,
}: {
  readonly heard: readonly ApplicationEntry[];
  readonly events: readonly Entry[];
  readonly lines: readonly Line[];
  readonly single: ReadonlyMap<string, readonly PaymentSide[]>;
  readonly apart: ReadonlyMap<string, PaidApart>;
  readonly accepted: ReadonlySet<RecordKey>;
}): readonly ContractSide[] => {
  const about = new Map<string, { name: ContractName; kind: "contract" | "order"; applicationEvents: ApplicationEntry[] }>();
  const note = (name: ContractName, kind: "contract" | "order", one?: ApplicationEntry) => {
    const key = JSON.stringify([kind, name.source, name.contract]);
    const known = about.get(key) ?? { name, kind, applicationEvents: [] };
    about.set(key, known);
    if (one) known.applicationEvents.push(one);
  };
  const named = namesIn(events, apart);
  for (const { source, id, isContract } of lines) if (isContract) note({ source, contract: id }, "contract");
  for (const one of heard) for (const { kind, name } of named(one.event)) note(name, kind, one);
  const byName = new Map(lines.map((line) => [nameText({ source: line.source, contract: line.id }), line]));
  return [...about]
    .sort(([one], [other]) => compareText(one, other))
    .map(([, { name, kind, applicationEvents }]) => {
      const line = kind === "contract" ? byName.get(nameText(name)) : undefined;
      const entries = line?.isContract ? line.entries : [];
      const own = entries
        .map(({ event }) => event)
        .filter(({ contract }) => contract === undefined || ledgerId(contract) === name.contract);
      const states = statesOf(own);
      const account = applicationEvents.findLast(({ event }) => "account" in event)?.event;
      return {
        ...name,
        subject: { kind, source: name.source, id: name.contract },
        isTold: entries.length > 0,
        state: states.at(-1)?.state ?? "unknown",
        ended: endedPeriodsOf(states),
        payments:
          kind === "order"
            ? (single.get(name.source) ?? []).filter(({ orders }) => orders.includes(name.contract))
            : [
                ...paymentSidesOf(balance(name.source, name.contract, entries).charges, entries),
                ...[...(apart.get(name.source) ?? [])].flatMap(([payment, { contract, isRenewal }]) =>
                  contract === name.contract ? [{ ...payment, isRenewal }] : [],
                ),
              ].sort((one, other) => one.at - other.at),
        entries,
        applicationEvents,
        implied: impliedBy(name, entries, accepted),
        ...(account && "account" in account && { account: account.account }),
        customers: customersOf(entries, applicationEvents),
      };
    });
};

/** The contracts, or the order that is none yet, that an event of the application is about. */
const namesIn =
  (events: readonly Entry[], apart: ReadonlyMap<string, PaidApart>) =>
  (event: ApplicationEvent): readonly { kind: "contract" | "order"; name: ContractName }[] => {
    const contracts = (names: readonly ContractName[]) => names.map((name) => ({ kind: "contract" as const, name }));
    switch (event.type) {
      case "entitlement.granted":
      case "entitlement.revoked": {
        const found = contractsNamedBy(event, events);
        if (found.length > 0 || event.order === undefined) return contracts(found);
        const order = { source: event.source, contract: ledgerId(event.order) };
        const paid = [...(apart.get(event.source) ?? [])].find(([{ orders }]) => orders.includes(order.contract));
        return paid ? contracts([{ ...order, contract: paid[1].contract }]) : [{ kind: "order", name: order }];
      }
      case "cancellation.requested":
      case "refund.requested":
        return contracts(contractsNamedBy(event, events));
      case "contract.linked":
        return contracts(event.contracts.map(({ source, contract }) => ({ source, contract: ledgerId(contract) })));
      case "account.closed":
      case "account.reopened":
        return [];
      default:
        return event satisfies never;
    }
  };

const customersOf = (entries: readonly Entry[], applicationEvents: readonly ApplicationEntry[]): readonly string[] => {
  const named = entries.flatMap(({ event }) => event.customer ?? []);
  const granted = applicationEvents.flatMap(({ event }) => (event.type === "entitlement.granted" ? (event.customer ?? []) : []));
  return [...new Set([...named, ...granted].map(ledgerId))].sort();
};
