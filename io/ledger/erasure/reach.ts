/**
 * All that the ledger table has of one person, found by its pointers: the account, its application events, its contracts, the payments and
 * orders that belong to them, and the gateways' customers they are of. What is another account's too, or many customers', is no one person's, and is
 * left out by name.
 */
import type { ApplicationEntry } from "../../../core/application/both-sides.ts";
import { pseudonym } from "../../../core/erasure/pseudonym.ts";
import type { Entry } from "../../../core/ledger/entry.ts";
import { ledgerEventId, ledgerId } from "../../../core/ledger-id.ts";
import { parseRecordKey, type RecordKey } from "../../../core/record.ts";
import type { Item } from "../../item.ts";
import { contractPartition, customerPartition, lineSortKey } from "../../table.ts";
import { applicationEntryFromItem } from "../application/entry-item.ts";
import { entryFromItem } from "../ledger-item.ts";
import { leadingFrom, line, type Named, nameOf, type Place, partitionFor } from "./leads.ts";

export type Person = { readonly account: string } | { readonly source: string; readonly customer: string };

export interface Reach {
  /** The account's id, and the one it has after an erasure. None where the application has named none with the customer. */
  readonly accounts: ReadonlySet<string>;
  /** `source/id`. */
  readonly lines: ReadonlySet<string>;
  readonly customers: ReadonlySet<string>;
  readonly orders: ReadonlySet<string>;
  /**
   * All items of all partitions, by how far they are from the person: what is in one round was found by what is in those before it, and is found
   * again only while those still name it.
   */
  readonly rounds: readonly (readonly Item[])[];
  readonly entries: readonly Entry[];
  readonly applicationEvents: readonly ApplicationEntry[];
  /** Where its bytes are. */
  readonly records: readonly RecordKey[];
  readonly leftOut: readonly LeftOut[];
}

/** What names the person, and is not theirs alone. */
export interface LeftOut {
  readonly kind: "contract or payment" | "customer" | "order";
  readonly source: string;
  readonly id: string;
  /** The other accounts; none: so many contracts, payments or orders are found there that it cannot be one person's. */
  readonly accounts: readonly string[];
}

/** A customer of whom more is known is a word that many share. */
const mostOfCustomer = 1_000;
/** As relations.ts bounds it. */
const mostOfOrder = 8;
const together = 16;

export const createReach = (itemsOf: (pk: string) => Promise<readonly Item[]>) => {
  /** The accounts that are named with a customer, or with a contract or payment of that customer. */
  const accountsOf = async (source: string, customers: readonly string[]): Promise<readonly string[]> => {
    const own = (await Promise.all(customers.map((customer) => itemsOf(customerPartition(source, customer))))).flat();
    const lines = own.flatMap(({ line }) => line?.S ?? []).slice(0, mostOfCustomer);
    const found = new Set(own.flatMap(({ account }) => account?.S ?? []));
    for (const line of [...customers, ...lines])
      for (const { account } of await itemsOf(contractPartition(source, line))) if (account?.S) found.add(account.S);
    return [...found];
  };

  /** Throws when the table cannot be read. */
  return async (person: Person): Promise<Reach> => {
    const customers = "account" in person ? [] : bothNames(ledgerId(person.customer));
    const named = "account" in person ? [ledgerEventId(person.account)] : await accountsOf(person.source, customers);
    // Of a customer that several accounts share nobody knows which is meant.
    const own = new Set(new Set(named.map(pseudonym)).size > 1 ? [] : named.flatMap(bothNames));
    const seen = new Map<string, Place>();
    const rounds: Item[][] = [];
    const leftOut: LeftOut[] = [];

    const enter = (places: readonly Place[]): readonly Place[] =>
      places.filter((place) => {
        const name = nameOf(place);
        if (seen.has(name)) return false;
        seen.set(name, place);
        return true;
      });

    /** Undefined for what is not this person's alone. */
    const sharedBy = ({ kind, source, id }: Named, found: readonly Item[]): LeftOut | undefined => {
      const foreign = found.flatMap(({ account, accounts }) => [...(account?.S ? [account.S] : []), ...(accounts?.SS ?? [])]);
      const others = [...new Set(foreign)].filter((one) => !own.has(one));
      const isMany =
        (kind === "customer" && found.length > mostOfCustomer) || (kind === "order" && (found[0]?.lines?.SS?.length ?? 0) >= mostOfOrder);
      const about = kind === "line" ? "contract or payment" : kind;
      return others.length > 0 || isMany ? { kind: about, source, id, accounts: others } : undefined;
    };

    const visit = async (place: Place, round: Item[]): Promise<readonly Place[]> => {
      const found = await itemsOf(partitionFor(place));
      if (place.kind !== "account") {
        const shared = sharedBy(place, found);
        if (shared) {
          seen.delete(nameOf(place));
          leftOut.push(shared);
          return [];
        }
      }
      round.push(...found);
      // What is known of nothing but a customer stands in the customer's own line.
      const ownLine = place.kind === "customer" ? [line(place.source, place.id)] : [];
      return [...ownLine, ...found.flatMap((item) => leadingFrom(place, item, own))];
    };

    const first: readonly Place[] = [
      ...[...own].map((id): Place => ({ kind: "account", id })),
      ...("customer" in person ? customers.map((id) => ({ kind: "customer", source: person.source, id }) as const) : []),
    ];
    const done = new Set<string>();
    for (let level = enter(first); level.length > 0; ) {
      const next: Place[] = [];
      const round: Item[] = [];
      rounds.push(round);
      for (let at = 0; at < level.length; at += together) {
        const some = level.slice(at, at + together);
        next.push(...(await Promise.all(some.map((place) => visit(place, round)))).flat());
        for (const one of some) done.add(nameOf(one));
      }
      level = enter(next.filter((one) => !done.has(nameOf(one))));
    }
    const namesOf = (kind: Named["kind"]) =>
      new Set([...seen.values()].flatMap((place) => (place.kind === kind ? [`${place.source}/${place.id}`] : [])));
    const lines = namesOf("line");
    const items = rounds.flat();
    const entries = items.filter(({ event }) => event).map(entryFromItem);
    const applicationEvents = items.filter((item) => item.said).map(applicationEntryFromItem);
    return {
      accounts: own,
      lines,
      customers: namesOf("customer"),
      orders: namesOf("order"),
      rounds,
      entries,
      applicationEvents,
      records: recordsOf(items, entries, applicationEvents, lines),
      leftOut,
    };
  };
};

export type FindReach = ReturnType<typeof createReach>;

/** Its own, and the one it has after an erasure. */
const bothNames = (id: string): readonly string[] => [id, pseudonym(id)];

/** What links a contract of this person with another's is that one's too. */
const recordsOf = (
  items: readonly Item[],
  entries: readonly Entry[],
  applicationEvents: readonly ApplicationEntry[],
  lines: ReadonlySet<string>,
): readonly RecordKey[] => {
  const own = applicationEvents.filter(
    ({ event }) => event.type !== "contract.linked" || event.contracts.every(({ source, contract }) => lines.has(`${source}/${contract}`)),
  );
  const inLine = items.filter(({ sk, key }) => sk?.S?.startsWith(lineSortKey("")) && key?.S !== undefined && key.S !== "hold");
  return [...new Set([...[...entries, ...own].map(({ record }) => record), ...inLine.map(({ key }) => parseRecordKey(key?.S))])];
};
