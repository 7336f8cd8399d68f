/** The ledger of both sides without a table: what callbacks say, joined by payments, and divided into what has to do with one another. */
import type { ApplicationEntry, BothSides } from "../../../core/application/both-sides.ts";
import { applicationEntriesOf } from "../../../core/application/entry.ts";
import type { ApplicationEvent } from "../../../core/application/event.ts";
import { type Entry, entriesOf } from "../../../core/ledger/entry.ts";
import { paymentIds, paymentsOf } from "../../../core/ledger/payment/payment-ids.ts";
import { copiesFor } from "../../../core/ledger/payment/payment-link.ts";
import { ledgerId } from "../../../core/ledger-id.ts";
import type { RecordKey } from "../../../core/record.ts";
import type { Understood } from "../../../core/understand.ts";

export interface Meaning {
  readonly key: RecordKey;
  readonly source: string;
  readonly understood: Understood;
}

/** Each of them can be looked at by itself: what is in one has nothing to do with what is in another. */
export const familiesOf = (meanings: readonly Meaning[]): readonly BothSides[] => {
  const own = meanings.flatMap(({ key, source, understood }) =>
    understood.kind === "understood" ? entriesOf(key, source, understood.events) : [],
  );
  const events = [...Map.groupBy(own, ({ source }) => source).values()].flatMap(joined);
  const applicationEvents = meanings.flatMap(({ key, understood }) =>
    understood.kind === "application" ? applicationEntriesOf(key, understood.applicationEvents) : [],
  );
  const groups = grouped([
    ...events.map((entry) => ({ names: namesOfEntry(entry), entry })),
    ...applicationEvents.map((one) => ({ names: namesOfApplicationEvent(one.event), applicationEvents: one })),
  ]);
  return groups.map((group) => ({
    events: group.flatMap((one) => ("entry" in one ? [one.entry as Entry] : [])),
    applicationEvents: group.flatMap((one) => ("applicationEvents" in one ? [one.applicationEvents as ApplicationEntry] : [])),
  }));
};

/** With copies of each payment's events in the lines of the contracts that it turned out to belong to. */
const joined = (entries: readonly Entry[]): readonly Entry[] => {
  const byId = Map.groupBy(
    entries.flatMap((entry) => paymentIds(entry.event).map((id) => ({ id, entry }))),
    ({ id }) => id,
  );
  const copies = paymentsOf(entries.map(({ event }) => event)).flatMap(({ ids }) => {
    const found = [...new Set(ids.flatMap((id) => byId.get(id) ?? []).map(({ entry }) => entry))];
    const contracts = new Set(found.flatMap(({ event }) => (event.contract === undefined ? [] : [ledgerId(event.contract)])));
    return copiesFor(contracts, found);
  });
  return [...entries, ...copies];
};

const namesOfEntry = ({ source, contract, event }: Entry): readonly string[] => [
  `line ${source}/${contract}`,
  ...paymentIds(event).map((id) => `line ${source}/${id}`),
  ...(event.contract === undefined ? [] : [`line ${source}/${ledgerId(event.contract)}`]),
  ...(event.customer === undefined ? [] : [`customer ${source}/${ledgerId(event.customer)}`]),
  ...(event.order === undefined ? [] : [`order ${source}/${ledgerId(event.order)}`]),
];

const namesOfApplicationEvent = (event: ApplicationEvent): readonly string[] => {
  if (event.type === "contract.linked") return event.contracts.map(({ source, contract }) => `line ${source}/${contract}`);
  const { source, contract, order, customer, charge } = event as Partial<
    Record<"source" | "contract" | "order" | "customer" | "charge", string>
  >;
  return [
    `account ${event.account}`,
    ...(contract === undefined ? [] : [`line ${source}/${contract}`]),
    ...(charge === undefined ? [] : [`line ${source}/${charge}`]),
    ...(order === undefined ? [] : [`order ${source}/${order}`]),
    ...(customer === undefined ? [] : [`customer ${source}/${customer}`]),
  ];
};

/** Those that share a name, however many steps away. */
const grouped = <One extends { readonly names: readonly string[] }>(all: readonly One[]): readonly (readonly One[])[] => {
  const parents = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) root = next;
    parents.set(name, root);
    return root;
  };
  for (const { names } of all) for (const name of names) parents.set(rootOf(name), rootOf(names[0] as string));
  return [...Map.groupBy(all, ({ names }) => rootOf(names[0] as string)).values()];
};
