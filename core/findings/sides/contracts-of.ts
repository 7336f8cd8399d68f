/** Every contract that a gateway or the application has named, and every order that the application alone has, with both sides of each. */
import { type ApplicationEntry, contractsNamedBy } from "../../application/both-sides.ts";
import type { ApplicationEvent } from "../../application/event.ts";
import { endedPeriodsOf, statesOf } from "../../ledger/contract-state.ts";
import type { ContractName, Entry } from "../../ledger/entry.ts";
import { balance } from "../../ledger/ledger.ts";
import { compareText } from "../../ledger/text-order.ts";
import { ledgerId } from "../../ledger-id.ts";
import type { RecordKey } from "../../record.ts";
import type { ContractSide } from "./contract-side.ts";
import { impliedBy } from "./implied.ts";
import { type Line, nameText } from "./lines.ts";
import type { PaidApart } from "./paid-apart.ts";
import { type PaymentSide, paymentSidesOf } from "./payment-side.ts";

export const contractsOf = ({
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
      const account = applicationEvents.flatMap(({ event }) => ("account" in event ? [event.account] : [])).at(-1);
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
        ...(account !== undefined && { account }),
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
