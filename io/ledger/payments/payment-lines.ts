/** The lines of a payment: those of each of its ids, as far as the links between them go, and those of its contracts. */
import { type DynamoDBClient, paginateQuery } from "@aws-sdk/client-dynamodb";
import type { ApplicationEntry } from "../../../core/application/both-sides.ts";
import type { Entry } from "../../../core/ledger/entry.ts";
import { isAbout, mostIds, type PaymentLink } from "../../../core/ledger/payment/payment-link.ts";
import { batchGet } from "../../batch-get.ts";
import type { Item } from "../../item.ts";
import { accountPrefix, contractPartition, entrySortKey, linkSortKey } from "../../table.ts";
import { applicationEntryFromItem } from "../application/entry-item.ts";
import { entryFromItem } from "../ledger-item.ts";

/** A line with what is known of its id, should that be a payment's. */
export interface LinkedLine {
  readonly link?: PaymentLink;
  readonly entries: readonly Entry[];
  /** Accounts whose application events name it. */
  readonly accounts?: readonly string[];
  /** What links it with another contract. */
  readonly applicationEvents?: readonly ApplicationEntry[];
  /** Its findings, and when they are looked for again. */
  readonly beside?: readonly Item[];
  /** There was no room for all of it, and there is nothing of it here. */
  readonly isTooLong?: true;
}

/** How many events may still be read, by all who share it. */
export interface Room {
  left: number;
}

const pagesInRoom = 8;
const smallestPage = 100;

/** Much is read side by side: each page takes a part of the room that is left. */
export const pageIn = (room: Room): number => Math.max(smallestPage, Math.floor(room.left / pagesInRoom));

/** All that is known of one payment. */
export interface JoinedPayment {
  readonly ids: ReadonlySet<string>;
  readonly contracts: ReadonlySet<string>;
  /** By id; none for one of which nothing is known. */
  readonly links: ReadonlyMap<string, PaymentLink>;
  /** Of the lines of its ids. */
  readonly entries: readonly Entry[];
  /** Accounts that the application has named with any of these lines. */
  readonly accounts: ReadonlySet<string>;
  /** Of its ids those beside which findings are kept. */
  readonly found: readonly string[];
}

export type PaymentLines = ReturnType<typeof createPaymentLines>;

export const createPaymentLines = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const line = async (source: string, id: string, room?: Room): Promise<LinkedLine> => {
    const request = {
      TableName: table,
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
      ExpressionAttributeValues: {
        ":pk": { S: contractPartition(source, id) },
        ":first": { S: accountPrefix },
        ":last": { S: linkSortKey },
      },
      ConsistentRead: true,
      ...(room && { Limit: pageIn(room) }),
    };
    let link: PaymentLink | undefined;
    const entries: Entry[] = [];
    const accounts: string[] = [];
    const applicationEvents: ApplicationEntry[] = [];
    const beside: Item[] = [];
    for await (const { Items = [] } of paginateQuery({ client }, request)) {
      if (room) room.left -= Items.length;
      if (room && room.left < 0) return { entries: [], isTooLong: true };
      for (const item of Items) {
        if (item.sk?.S === linkSortKey) link = linkFromItem(item);
        else if (item.account) accounts.push(item.account.S ?? "");
        else if (item.said) applicationEvents.push(applicationEntryFromItem(item));
        else if (item.event) entries.push(entryFromItem(item));
        else beside.push(item);
      }
    }
    return { ...(link && { link }), entries, accounts, applicationEvents, beside };
  };

  /** From these ids as far as the links go. */
  const follow = async (source: string, from: readonly string[], known: ReadonlyMap<string, LinkedLine>): Promise<JoinedPayment> => {
    const lines = new Map(known);
    const ids = new Set(from);
    const contracts = new Set<string>();
    for (let fresh = [...ids]; fresh.length > 0; ) {
      const read = await Promise.all(fresh.map(async (id) => [id, lines.get(id) ?? (await line(source, id))] as const));
      fresh = [];
      for (const [id, one] of read) {
        lines.set(id, one);
        for (const contract of one.link?.contracts ?? []) contracts.add(contract);
        for (const next of one.link?.ids ?? [])
          if (!ids.has(next) && ids.size < mostIds) {
            ids.add(next);
            fresh.push(next);
          }
      }
    }
    const links = new Map([...lines].flatMap(([id, { link }]) => (link ? [[id, link] as const] : [])));
    const entries = [...ids].flatMap((id) => lines.get(id)?.entries ?? []).filter(({ event }) => isAbout(event, ids));
    const accounts = new Set([...ids].flatMap((id) => lines.get(id)?.accounts ?? []));
    const found = [...ids].filter((id) => (lines.get(id)?.beside ?? []).length > 0);
    return { ids, contracts, links, entries, accounts, found };
  };

  const inContracts = async (source: string, { ids, contracts }: JoinedPayment): Promise<readonly Entry[]> =>
    (await Promise.all([...contracts].map((contract) => line(source, contract))))
      .flatMap(({ entries }) => entries)
      .filter(({ event }) => isAbout(event, ids));

  return {
    /** With the link of its id. Where it is to share a room with others, nothing of one that is too long. */
    line,

    follow,

    /** What stands in the lines of its contracts about a payment. */
    inContracts,

    /** Those entries of the table that have the source, line and event id of these. */
    async read(wanted: readonly Entry[]): Promise<readonly Entry[]> {
      return (await batchGet({ client, table }, wanted.map(keyOf))).map(entryFromItem);
    },

    /** The payment with that id: what stands in the lines of its ids, and of its contracts. */
    async payment(source: string, id: string, known: LinkedLine): Promise<JoinedPayment> {
      const payment = await follow(source, [id], new Map([[id, known]]));
      return { ...payment, entries: [...payment.entries, ...(await inContracts(source, payment))] };
    },
  };
};

const keyOf = ({ source, contract, event }: Entry) => ({ pk: contractPartition(source, contract), sk: entrySortKey(event.id) });

export const entryKey = (entry: Entry) => {
  const { pk, sk } = keyOf(entry);
  return { pk: { S: pk }, sk: { S: sk } };
};

/** Where an entry stands, as text. */
export const placeOf = (entry: Entry): string => JSON.stringify(keyOf(entry));

const linkFromItem = ({ ids, contracts }: Item): PaymentLink => ({ ids: ids?.SS ?? [], contracts: contracts?.SS ?? [] });
