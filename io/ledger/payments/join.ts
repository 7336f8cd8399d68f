/**
 * Joins a payment's events with the contract it belongs to, in whatever order they come. Every event stands in the line of its own contract or
 * payment; each id of a payment has an item that says which others it has, and which contracts; and a contract's line has a copy of what
 * stands elsewhere about its payments. A turn that enters an event writes it first and then reads the links; one that learns a
 * link writes that first and then reads the lines: the later of the two sees what the other wrote. Repeating a turn undoes nothing, so an
 * interrupted one is finished by the next.
 */
import { type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { ContractName, Entry } from "../../../core/ledger/entry.ts";
import { paymentIds } from "../../../core/ledger/payment/payment-ids.ts";
import { copiesFor, isAbout } from "../../../core/ledger/payment/payment-link.ts";
import { ledgerId } from "../../../core/ledger-id.ts";
import { inGroups } from "../../../core/sequences.ts";
import type { Relate } from "../application/relate.ts";
import { entryToItem } from "../ledger-item.ts";
import { pastConflicts } from "../transact.ts";
import { isNew, type TurnReads } from "../turn-reads.ts";
import { type JoinedPayment, type PaymentLines, placeOf } from "./payment-lines.ts";
import { createPaymentLinks } from "./payment-links.ts";

/** A callback can have thousands of events. */
const joinedTogether = 16;

/**
 * @param reads of the turn, where it goes on with what is read here
 * @returns the payments' lines beside which findings are kept
 */
export type Join = (entries: readonly Entry[], reads?: TurnReads) => Promise<readonly ContractName[]>;

/**
 * The entries have been written. Afterwards each stands in the line of every contract that its payment is known to belong to, and so does what
 * was known of that payment before. Throws when that is not certain; repeating it finishes it.
 */
export const createJoin = ({
  client,
  table,
  lines,
  relate,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly lines: PaymentLines;
  readonly relate: Relate;
}): Join => {
  const links = createPaymentLinks({ client, table });

  /** Whether it is the first of its payment in the line of the contract that it names: then hardly anybody has written the payment's links. */
  const isFirst = async ({ source, contract, event, record }: Entry, ids: readonly string[], reads: TurnReads): Promise<boolean> => {
    if (event.contract === undefined) return false;
    const payment = new Set(ids);
    const { entries, isTooLong } = await reads.line(source, contract);
    return !isTooLong && !entries.some((one) => one.record !== record && isAbout(one.event, payment));
  };

  /** What the turn needs later. Of a customer who did not have the contract before, all would have to be read again. */
  const readAhead = async ({ source, contract, event, record }: Entry, reads: TurnReads): Promise<void> => {
    const customer = event.customer === undefined ? contract : ledgerId(event.customer);
    if (customer === contract || (await isNew(reads, { source, contract }, record))) return;
    const { contracts } = await reads.customer(source, customer);
    if (contracts.includes(contract)) await reads.line(source, customer);
  };

  const joinOne = async (entry: Entry, reads?: TurnReads): Promise<readonly ContractName[]> => {
    const ids = paymentIds(entry.event);
    if (ids.length === 0) {
      await relate(entry, { contracts: new Set(), accounts: new Set(), entries: [] }, reads);
      return [];
    }
    // One that fails does so again where it is needed.
    const ahead = reads && readAhead(entry, reads).catch(() => {});
    try {
      return await joinPayment(entry, ids, reads);
    } finally {
      await ahead;
    }
  };

  const joinPayment = async (entry: Entry, ids: readonly string[], reads?: TurnReads): Promise<readonly ContractName[]> => {
    const { source, event } = entry;
    const isLinked = reads !== undefined && (await isFirst(entry, ids, reads)) && (await links.addUnseen(source, event, ids));
    const before = new Map(isLinked ? [] : await Promise.all(ids.map(async (id) => [id, await lines.line(source, id)] as const)));
    const hasChanged = isLinked || (await links.addTo(source, event, before));
    // Only what is read after the links have been written is sure to show what others entered before they could see them.
    const payment = await lines.follow(source, ids, hasChanged ? new Map() : before);
    if (payment.contracts.size > 0) await copyTo(entry, payment, reads);
    await relate(entry, payment, reads);
    return payment.found.map((contract) => ({ source, contract }));
  };

  const copyTo = async (entry: Entry, payment: JoinedPayment, reads: TurnReads | undefined): Promise<void> => {
    const { source, event } = entry;
    // A contract that is the only one has what stands in its own line.
    const elsewhere = payment.contracts.size < 2 ? [] : await lines.inContracts(source, payment);
    const found = [...payment.entries, ...elsewhere, entry];
    const copies = copiesFor(payment.contracts, found);
    // The event itself is put again: what a gateway's new version reads in it replaces what stands there.
    const others = copies.filter((copy) => copy.event.id !== event.id);
    const there = new Set((await lines.read(others)).map(placeOf));
    for (const copy of copies.filter((one) => !there.has(placeOf(one)))) {
      await pastConflicts(() => client.send(new PutItemCommand({ TableName: table, Item: entryToItem(copy) })));
      reads?.forget();
    }
  };

  return async (entries, reads) => {
    const found: ContractName[] = [];
    for (const some of inGroups(entries, joinedTogether))
      found.push(...(await Promise.all(some.map((entry) => joinOne(entry, reads)))).flat());
    return found;
  };
};
