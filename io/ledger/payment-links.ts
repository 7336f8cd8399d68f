/**
 * Joins a payment's events with the contract it belongs to, in whatever order they come. Every event stands in the line of its own contract or
 * payment; each id of a payment has an item that says which others it has, and which contracts; and a contract's line has a copy of what
 * stands elsewhere about its payments. Who enters an event writes it first and then reads the links, who learns a link writes it first and then
 * reads the lines: whichever of the two is later sees the other. Nothing is undone by a repetition, so an interrupted turn is finished by the next.
 */
import { BatchGetItemCommand, type DynamoDBClient, PutItemCommand, paginateQuery, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { Entry } from "../../core/ledger/entry.ts";
import { paymentIds } from "../../core/ledger/payment-ids.ts";
import { copiesFor, isAbout, mostIds, newLink, type PaymentLink, unlinked } from "../../core/ledger/payment-link.ts";
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

  /** Those of these entries that are in the table. */
  const present = async (wanted: readonly Entry[]): Promise<readonly Entry[]> => {
    const found = new Set<string>();
    const keyOf = (entry: Entry) => ({
      pk: { S: contractPartition(entry.source, entry.contract) },
      sk: { S: entrySortKey(entry.event.id) },
    });
    const nameOf = ({ pk, sk }: Item) => JSON.stringify([pk?.S, sk?.S]);
    for (let at = 0; at < wanted.length; at += keysAtATime) {
      let missing: Item[] = wanted.slice(at, at + keysAtATime).map(keyOf);
      while (missing.length > 0) {
        const { Responses, UnprocessedKeys } = await client.send(
          new BatchGetItemCommand({ RequestItems: { [table]: { Keys: missing, ProjectionExpression: "pk, sk", ConsistentRead: true } } }),
        );
        for (const item of Responses?.[table] ?? []) found.add(nameOf(item));
        missing = UnprocessedKeys?.[table]?.Keys ?? [];
      }
    }
    return wanted.filter((entry) => found.has(nameOf(keyOf(entry))));
  };

  /** What stands in the lines of several contracts about a payment that belongs to all of them. */
  const inContracts = async (source: string, { ids, contracts }: JoinedPayment): Promise<readonly Entry[]> =>
    contracts.size < 2
      ? []
      : (await Promise.all([...contracts].map((contract) => line(source, contract))))
          .flatMap(({ entries }) => entries)
          .filter(({ event }) => isAbout(event, ids));

  const joinOne = async (entry: Entry): Promise<void> => {
    const { source, event } = entry;
    const ids = paymentIds(event);
    if (ids.length === 0) return;
    const read = async (some: readonly string[]) =>
      new Map(await Promise.all(some.map(async (id) => [id, await line(source, id)] as const)));
    const before = await read(ids);
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
    const there = new Set(await present(others));
    for (const copy of copies.filter((one) => !there.has(one)))
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

    /** The payment with that id: what stands in the lines of its ids, and of its contracts. */
    async payment(source: string, id: string, known: LinkedLine): Promise<JoinedPayment> {
      const payment = await follow(source, [id], new Map([[id, known]]));
      const lines = await Promise.all([...payment.contracts].map((contract) => line(source, contract)));
      const elsewhere = lines.flatMap(({ entries }) => entries).filter(({ event }) => isAbout(event, payment.ids));
      return { ...payment, entries: [...payment.entries, ...elsewhere] };
    },
  };
};

const linkFromItem = ({ ids, contracts }: Item): PaymentLink => ({ ids: ids?.SS ?? [], contracts: contracts?.SS ?? [] });
