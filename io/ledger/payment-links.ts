/**
 * Joins a payment's events with the contract it belongs to, in whatever order they come. Every event stands in the line of its own contract or
 * payment; each id of a payment has an item that says which others it has, and which contracts; and a contract's line has a copy of what
 * stands elsewhere about its payments. Who enters an event writes it first and then reads the links, who learns a link writes it first and then
 * reads the lines: whichever of the two is later sees the other. Nothing is undone by a repetition, so an interrupted turn is finished by the next.
 */
import {
  BatchGetItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { Entry } from "../../core/ledger/entry.ts";
import { paymentIds } from "../../core/ledger/payment-ids.ts";
import { copiesFor, isAbout, mostIds, newLink, type PaymentLink, unlinked } from "../../core/ledger/payment-link.ts";
import type { RecordKey } from "../../core/record.ts";
import type { Item } from "../records/record-item.ts";
import { contractPartition, entrySortKey, linkSortKey } from "../table.ts";
import { entryFromItem, entryToItem } from "./ledger-item.ts";
import { pastConflicts } from "./transact.ts";

/** A line with what is known of its id, should that be a payment's. */
export interface LinkedLine {
  readonly link?: PaymentLink;
  readonly entries: readonly Entry[];
}

/** All that is known of one payment. */
export interface JoinedPayment {
  readonly ids: ReadonlySet<string>;
  readonly contracts: ReadonlySet<string>;
  /** Of the lines of its ids. */
  readonly entries: readonly Entry[];
}

export type PaymentLinks = ReturnType<typeof createPaymentLinks>;

/** DynamoDB's limit for one BatchGetItem. */
const keysAtATime = 100;
/** A callback can have thousands of events. */
const joinedTogether = 16;

export const createPaymentLinks = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const line = async (source: string, id: string): Promise<LinkedLine> => {
    const request = {
      TableName: table,
      KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
      ExpressionAttributeValues: {
        ":pk": { S: contractPartition(source, id) },
        ":first": { S: entrySortKey("") },
        ":last": { S: linkSortKey },
      },
      ConsistentRead: true,
    };
    let link: PaymentLink | undefined;
    const entries: Entry[] = [];
    for await (const { Items = [] } of paginateQuery({ client }, request))
      for (const item of Items) {
        if (item.sk?.S === linkSortKey) link = linkFromItem(item);
        else entries.push(entryFromItem(item));
      }
    return { ...(link && { link }), entries };
  };

  const add = async (source: string, id: string, { ids, contracts }: PaymentLink): Promise<void> => {
    const sets = { ...(ids.length > 0 && { ids }), ...(contracts.length > 0 && { contracts }) };
    const names = Object.keys(sets);
    await pastConflicts(() =>
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: contractPartition(source, id) }, sk: { S: linkSortKey } },
          UpdateExpression: `ADD ${names.map((name) => `#${name} :${name}`).join(", ")}`,
          ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: Object.fromEntries(Object.entries(sets).map(([name, SS]) => [`:${name}`, { SS: [...SS] }])),
        }),
      ),
    );
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
    return { ids, contracts, entries: [...ids].flatMap((id) => lines.get(id)?.entries ?? []).filter(({ event }) => isAbout(event, ids)) };
  };

  /** What stands in the lines of several contracts about a payment that belongs to all of them. */
  const inContracts = async (source: string, { ids, contracts }: JoinedPayment): Promise<readonly Entry[]> =>
    contracts.size < 2
      ? []
      : (await Promise.all([...contracts].map((contract) => line(source, contract))))
          .flatMap(({ entries }) => entries)
          .filter(({ event }) => isAbout(event, ids));

  /** Those entries of the table that have the source, line and event id of these. */
  const read = async (wanted: readonly Entry[]): Promise<readonly Entry[]> => {
    const found: Entry[] = [];
    for (let at = 0; at < wanted.length; at += keysAtATime) {
      let missing: Item[] = wanted.slice(at, at + keysAtATime).map(keyOf);
      while (missing.length > 0) {
        const { Responses, UnprocessedKeys } = await client.send(
          new BatchGetItemCommand({ RequestItems: { [table]: { Keys: missing, ConsistentRead: true } } }),
        );
        found.push(...(Responses?.[table] ?? []).map(entryFromItem));
        missing = UnprocessedKeys?.[table]?.Keys ?? [];
      }
    }
    return found;
  };

  const joinOne = async (entry: Entry): Promise<void> => {
    const { source, event } = entry;
    const ids = paymentIds(event);
    if (ids.length === 0) return;
    const before = new Map(await Promise.all(ids.map(async (id) => [id, await line(source, id)] as const)));
    const news = ids.flatMap((id) => {
      const link = newLink(event, id, before.get(id)?.link ?? unlinked);
      return link ? [{ id, link }] : [];
    });
    await Promise.all(news.map(({ id, link }) => add(source, id, link)));
    // Only what is read after the links have been written is sure to show what others entered before they could see them.
    const payment = await follow(source, ids, news.length > 0 ? new Map() : before);
    if (payment.contracts.size === 0) return;
    const found = [entry, ...payment.entries, ...(await inContracts(source, payment))];
    const copies = copiesFor(payment.contracts, found);
    // The event itself is put again: what a gateway's new version reads in it replaces what stands there.
    const others = copies.filter((copy) => copy.event.id !== event.id);
    const there = new Set((await read(others)).map(nameOf));
    for (const copy of copies.filter((one) => !there.has(nameOf(one))))
      await pastConflicts(() => client.send(new PutItemCommand({ TableName: table, Item: entryToItem(copy) })));
  };

  return {
    /**
     * The entries have been written. Afterwards each stands in the line of every contract that its payment is known to belong to, and so does what
     * was known of that payment before. Throws when that is not certain; repeating it finishes it.
     */
    async join(entries: readonly Entry[]): Promise<void> {
      for (let at = 0; at < entries.length; at += joinedTogether) await Promise.all(entries.slice(at, at + joinedTogether).map(joinOne));
    },

    line,

    /**
     * What a record says, in every line in which it has to stand; and what stands there of that record, also of events that it no longer says.
     * @param entries all that the record says, each in its own line
     */
    async around(
      record: RecordKey,
      entries: readonly Entry[],
    ): Promise<{ readonly said: readonly Entry[]; readonly stored: readonly Entry[] }> {
      const said: Entry[] = [];
      const nearby: Entry[] = [];
      for (const entry of entries) {
        const ids = paymentIds(entry.event);
        const payment = ids.length > 0 ? await follow(entry.source, ids, new Map()) : undefined;
        said.push(...[...new Set([entry.contract, ...(payment?.contracts ?? [])])].map((contract) => ({ ...entry, contract })));
        nearby.push(...(payment?.entries ?? []));
      }
      const beyond = said.flatMap((entry) =>
        idsBeyond(entries.length).map((end) => ({
          ...entry,
          event: { ...entry.event, id: `${record.slice(record.indexOf("/") + 1)}${end}` },
        })),
      );
      const found = [...(await read(distinct([...said, ...beyond]))), ...nearby].filter((entry) => entry.record === record);
      return { said, stored: distinct(found) };
    },

    /** Of entries that no record says any more. */
    async remove(entries: readonly Entry[]): Promise<void> {
      for (const entry of entries) await client.send(new DeleteItemCommand({ TableName: table, Key: keyOf(entry) }));
    },

    /** The payment with that id: what stands in the lines of its ids, and of its contracts. */
    async payment(source: string, id: string, known: LinkedLine): Promise<JoinedPayment> {
      const payment = await follow(source, [id], new Map([[id, known]]));
      const lines = await Promise.all([...payment.contracts].map((contract) => line(source, contract)));
      const elsewhere = lines.flatMap(({ entries }) => entries).filter(({ event }) => isAbout(event, payment.ids));
      return { ...payment, entries: [...payment.entries, ...elsewhere] };
    },
  };
};

const keyOf = ({ source, contract, event }: Entry) => ({
  pk: { S: contractPartition(source, contract) },
  sk: { S: entrySortKey(event.id) },
});

const nameOf = (entry: Entry): string => JSON.stringify(keyOf(entry));

const distinct = (entries: readonly Entry[]): readonly Entry[] => [...new Map(entries.map((entry) => [nameOf(entry), entry])).values()];

/** How the ids of a callback's events end: an older version may have read up to three more in it. */
const idsBeyond = (count: number): readonly string[] => [1, 2, 3].map((more) => `#${count + more}`);

const linkFromItem = ({ ids, contracts }: Item): PaymentLink => ({ ids: ids?.SS ?? [], contracts: contracts?.SS ?? [] });
