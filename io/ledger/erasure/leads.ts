/** Where an item of one person leads: to lines, customers and orders that are theirs too. */
import type { ApplicationEntry } from "../../../core/application/both-sides.ts";
import { namesIn } from "../../../core/application/names.ts";
import { ledgerId } from "../../../core/ledger-id.ts";
import type { Item } from "../../item.ts";
import { accountPartition, contractPartition, customerPartition, orderKey } from "../../table.ts";
import { applicationEntryFromItem } from "../application/entry-item.ts";
import { entryFromItem } from "../ledger-item.ts";

export type Place = { readonly kind: "account"; readonly id: string } | Named;

export interface Named {
  readonly kind: "line" | "customer" | "order";
  readonly source: string;
  readonly id: string;
}

export const line = (source: string, id: string): Named => ({ kind: "line", source, id });

export const nameOf = (place: Place): string =>
  JSON.stringify(place.kind === "account" ? [place.id] : [place.kind, place.source, place.id]);

export const partitionFor = (place: Place): string => {
  switch (place.kind) {
    case "account":
      return accountPartition(place.id);
    case "line":
      return contractPartition(place.source, place.id);
    case "customer":
      return customerPartition(place.source, place.id);
    case "order":
      return orderKey(place.source, place.id).pk;
    default:
      return place satisfies never;
  }
};

export const leadingFrom = (place: Place, item: Item, own: ReadonlySet<string>): readonly Place[] => {
  if (item.said) return applicationLeads(applicationEntryFromItem(item), own);
  if (place.kind === "account") return [];
  const { source } = place;
  if (place.kind === "customer") return item.line?.S === undefined ? [] : [line(source, item.line.S)];
  if (place.kind === "order") return (item.lines?.SS ?? []).map((id) => line(source, id));
  if (item.event) {
    const { event } = entryFromItem(item);
    return [
      ...(event.contract === undefined ? [] : [line(source, ledgerId(event.contract))]),
      ...(event.customer === undefined ? [] : [{ kind: "customer", source, id: ledgerId(event.customer) } as const]),
      ...(event.order === undefined ? [] : [{ kind: "order", source, id: ledgerId(event.order) } as const]),
    ];
  }
  return [...(item.ids?.SS ?? []), ...(item.contracts?.SS ?? [])].map((id) => line(source, id));
};

/** Not what only links a contract with another: that one may be another person's. */
const applicationLeads = ({ event }: ApplicationEntry, own: ReadonlySet<string>): readonly Place[] => {
  const names = namesIn(event);
  if (!names || !own.has(names.account)) return [];
  const { source, contract, charge, order, customer } = names;
  return [
    ...[contract, charge, order].flatMap((id) => (id === undefined ? [] : [line(source, ledgerId(id))])),
    ...(order === undefined ? [] : [{ kind: "order", source, id: ledgerId(order) } as const]),
    ...(customer === undefined ? [] : [{ kind: "customer", source, id: ledgerId(customer) } as const]),
  ];
};
