/**
 * Both sides of everything that has to do with a contract or an account: the contracts of its accounts, those of its gateway customers, and those
 * linked with it, however many steps away, nearest first.
 */
import { type DynamoDBClient, paginateQuery } from "@aws-sdk/client-dynamodb";
import type { ApplicationEntry, BothSides } from "../../../core/application/both-sides.ts";
import type { ApplicationEvent } from "../../../core/application/event.ts";
import type { FindingPlace } from "../../../core/findings/finding.ts";
import type { ContractName, Entry } from "../../../core/ledger/entry.ts";
import { ledgerEventId, ledgerId } from "../../../core/ledger-id.ts";
import { inGroups } from "../../../core/sequences.ts";
import type { Item } from "../../item.ts";
import { accountPartition, applicationEventSortKey, findingSortKey } from "../../table.ts";
import { pageIn, type Room } from "../payments/payment-lines.ts";
import type { TurnReads } from "../turn-reads.ts";
import { applicationEntryFromItem } from "./entry-item.ts";
import type { Relations } from "./relations.ts";
import type { Sides } from "./sides.ts";

/**
 * How much is read at most. What is further away is left out; nearer is a contract of the same account than one of another account. Events: of ten turns
 * at a time in 512 MB, and of a look of the sweep by itself in twice that.
 */
export const bounds = { lines: 128, others: 64, eventsOfAccount: 40_000, ofCustomer: 64, ofTurn: 3_000, ofLargeLook: 40_000 } as const;

export interface Related extends BothSides {
  /** Of the sources among them, those that an application event has ever named (R-APP-2). */
  readonly sides: ReadonlySet<string>;
  readonly accounts: readonly string[];
  /** There is more than the bounds let in: a customer or an account that many share, such as "guest". What is here is the nearest. */
  readonly isCut: boolean;
  /** There were more events than were asked for: of what is furthest away nothing is here, or not even of the start. */
  readonly isTooLarge?: "in part" | "from the start";
  /** What is kept of findings about each contract, payment and account that was read; not of one that was read in part. */
  readonly findings: readonly (readonly [FindingPlace, readonly Item[]])[];
}

export type Start = ContractName | { readonly account: string };

type Place =
  | { readonly kind: "line" | "customer" | "order"; readonly source: string; readonly id: string }
  | { readonly kind: "account"; readonly source: ""; readonly id: string };

type Reads = Pick<TurnReads, "line" | "customer" | "room">;

interface Found {
  readonly events?: readonly Entry[];
  readonly applicationEvents?: readonly ApplicationEntry[];
  readonly next: readonly Place[];
  readonly isCut?: boolean;
  readonly isTooLong?: true;
  readonly beside?: readonly Item[];
}

const sideBySide = 16;

export const createRelated = ({
  client,
  table,
  relations,
  sides,
  readsIn,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly relations: Pick<Relations, "order">;
  readonly sides: Sides;
  readonly readsIn: (room?: Room) => Reads;
}) => {
  const atLine = async ({ line }: Reads, source: string, id: string): Promise<Found> => {
    const { entries, link, accounts = [], applicationEvents = [], beside = [], isTooLong } = await line(source, id);
    if (isTooLong) return { next: [], isTooLong };
    const isContract = entries.some(({ event }) => event.contract !== undefined && ledgerId(event.contract) === id);
    // A payment's other ids have lines of their own; in a contract's line everything about its payments stands already.
    const payment = isContract ? [] : link?.contracts.length ? link.contracts : (link?.ids ?? []);
    const customers = entries.flatMap(({ event }) => event.customer ?? []).map(ledgerId);
    const own = entries.flatMap(({ event }) => (event.contract === undefined ? [] : [ledgerId(event.contract)]));
    return {
      events: entries,
      applicationEvents,
      beside,
      next: [
        ...accounts.map(account),
        ...applicationEvents.flatMap(({ event }) => placesIn(event)),
        ...[...payment, ...own].map((one) => place("line", source, one)),
        ...customers.filter((customer) => customer !== id).map((one) => place("customer", source, one)),
      ],
    };
  };

  const atAccount = async ({ room }: Reads, id: string): Promise<Found> => {
    const applicationEvents: ApplicationEntry[] = [];
    const request = {
      TableName: table,
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
      ExpressionAttributeValues: {
        ":pk": { S: accountPartition(id) },
        ":first": { S: applicationEventSortKey("") },
        ":last": { S: findingSortKey("~") },
      },
      ConsistentRead: true,
    };
    const beside: Item[] = [];
    for await (const { Items = [] } of paginateQuery({ client, pageSize: room ? pageIn(room) : 1_000 }, request)) {
      if (room) room.left -= Items.length;
      if (room && room.left < 0) return { next: [], isTooLong: true };
      for (const item of Items)
        if (item.said) applicationEvents.push(applicationEntryFromItem(item));
        else beside.push(item);
      if (applicationEvents.length >= bounds.eventsOfAccount) break;
    }
    const isCut = applicationEvents.length >= bounds.eventsOfAccount;
    return { applicationEvents, next: applicationEvents.flatMap(({ event }) => placesIn(event)), isCut, ...(!isCut && { beside }) };
  };

  const atCustomer = async ({ customer }: Reads, source: string, id: string, withPayments: boolean): Promise<Found> => {
    const { contracts, payments, accounts, isCut } = await customer(source, id);
    const own = withPayments ? [id, ...payments] : [];
    return { next: [...[...contracts, ...own].map((line) => place("line", source, line)), ...accounts.map(account)], isCut };
  };

  const atOrder = async (source: string, id: string): Promise<Found> => {
    const order = await relations.order(source, id);
    return { next: [...order.lines.map((line) => place("line", source, line)), ...order.accounts.map(account)] };
  };

  const at = (reads: Reads, { kind, source, id }: Place, withPayments: boolean): Promise<Found> => {
    switch (kind) {
      case "line":
        return atLine(reads, source, id);
      case "account":
        return atAccount(reads, id);
      case "customer":
        return atCustomer(reads, source, id, withPayments);
      case "order":
        return atOrder(source, id);
      default:
        return kind satisfies never;
    }
  };

  /**
   * @param withPayments the single payments of its customers too, which belong to no contract
   * @param withSides false where there is no application that could have a side
   * @param most events
   * @param reads of a turn that has read some of it and has written nothing there since; it has its own room
   */
  return async (
    start: Start,
    {
      withPayments = true,
      withSides = true,
      most,
      reads = readsIn(most === undefined ? undefined : { left: most }),
    }: { readonly withPayments?: boolean; readonly withSides?: boolean; readonly most?: number; readonly reads?: Reads } = {},
  ): Promise<Related> => {
    const seen = new Map<string, Place>();
    const read = new Set<string>();
    const events: Entry[] = [];
    const applicationEvents = new Map<string, ApplicationEntry>();
    const findings: [FindingPlace, readonly Item[]][] = [];
    let [linesSeen, isCut] = [0, false];
    let isTooLarge: Related["isTooLarge"];
    // What a line belongs to is read before what else belongs to that.
    const isNear = (depth: number) => depth <= ("account" in start ? 1 : 2);
    const enter = (places: readonly Place[]): readonly Place[] =>
      sorted(places).filter((one) => {
        if (seen.has(nameOf(one))) return false;
        const isFull = one.kind === "line" ? linesSeen >= bounds.lines : seen.size - linesSeen >= bounds.others;
        if (isFull) isCut = true;
        else seen.set(nameOf(one), one);
        if (!isFull && one.kind === "line") linesSeen++;
        return !isFull;
      });
    const first = "account" in start ? account(ledgerEventId(start.account)) : place("line", start.source, ledgerId(start.contract));
    for (let [level, depth] = [enter([first]), 1]; level.length > 0; depth++) {
      const next: Place[] = [];
      for (const some of inGroups(level, sideBySide)) {
        const together = await Promise.all(some.map((one) => at(reads, one, withPayments)));
        // All that were read side by side are left out: which of them found room depends on who answered first.
        if (together.some(({ isTooLong }) => isTooLong)) {
          isTooLarge = isNear(depth) ? "from the start" : "in part";
          break;
        }
        for (const [index, found] of together.entries()) {
          const { kind, source, id } = some[index] as Place;
          read.add(nameOf({ kind, source, id } as Place));
          if (found.beside) findings.push([kind === "account" ? { account: id } : { source, line: id }, found.beside]);
          for (const one of found.events ?? []) events.push(one);
          for (const one of found.applicationEvents ?? []) applicationEvents.set(one.event.id, one);
          if (found.isCut) isCut = true;
          for (const one of found.next) next.push(one);
        }
      }
      level = isTooLarge ? [] : enter(next);
    }
    const named = [...new Set(withSides ? [...seen.values()].flatMap(({ source }) => (source === "" ? [] : [source])) : [])];
    const spoken = await Promise.all(named.map(async (source) => ((await sides.has(source)) ? [source] : [])));
    isCut ||= isTooLarge !== undefined;
    // Of a contract that was not read it would seem that the gateway has never said anything.
    const isRead = ({ event }: ApplicationEntry) => {
      const about = placesIn(event).filter(({ kind }) => kind === "line" || kind === "order");
      return about.length === 0 || about.some((one) => read.has(nameOf(one)));
    };
    return {
      events,
      applicationEvents: [...applicationEvents.values()].filter((one) => !isCut || isRead(one)),
      sides: new Set(spoken.flat()),
      accounts: [...seen.values()].flatMap(({ kind, id }) => (kind === "account" ? [id] : [])).sort(),
      isCut,
      ...(isTooLarge && { isTooLarge }),
      findings,
    };
  };
};

const place = (kind: "line" | "customer" | "order", source: string, id: string): Place => ({ kind, source, id });
const account = (id: string): Place => ({ kind: "account", source: "", id });
const nameOf = ({ kind, source, id }: Place): string => JSON.stringify([kind, source, id]);

/** So that what is left out at the bound does not depend on who answered first. */
const sorted = (places: readonly Place[]): readonly Place[] =>
  [...new Map(places.map((one) => [nameOf(one), one])).entries()]
    .sort(([one], [other]) => Number(one > other) - Number(one < other))
    .map(([, one]) => one);

/** Where an event of the application leads. */
const placesIn = (event: ApplicationEvent): readonly Place[] => {
  switch (event.type) {
    case "contract.linked":
      return event.contracts.map(({ source, contract }) => place("line", source, contract));
    case "account.closed":
    case "account.reopened":
      return [account(event.account)];
    case "cancellation.requested":
      return [place("line", event.source, event.contract)];
    case "refund.requested":
      return [place("line", event.source, event.contract ?? event.charge)];
    case "entitlement.revoked":
    case "entitlement.granted": {
      const { source, contract, order } = event;
      const customer = event.type === "entitlement.granted" ? event.customer : undefined;
      return [
        ...(contract !== undefined ? [place("line", source, contract)] : order !== undefined ? [place("order", source, order)] : []),
        ...(customer !== undefined ? [place("customer", source, customer)] : []),
      ];
    }
    default:
      return event satisfies never;
  }
};
