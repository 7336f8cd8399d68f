/**
 * The ledger table in our verbs. Every change of a record's progress names the revision it was decided on, so that of two
 * concurrent decisions one learns that it was overtaken, and a slow one undoes nothing.
 */
import { type DynamoDBClient, GetItemCommand, PutItemCommand, type TransactWriteItem } from "@aws-sdk/client-dynamodb";
import type { ContractName, Entry } from "../../core/ledger/entry.ts";
import { balance, type Contract } from "../../core/ledger/ledger.ts";
import { ledgerId } from "../../core/ledger-id.ts";
import type { Progress } from "../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../core/record.ts";
import { createReadBackPages } from "../read-back/pages.ts";
import { contractPartition, lineSortKey, progressItemKey } from "../table.ts";
import { createCheckApplicationEvents } from "./application/check-events.ts";
import { createCheckRelate } from "./application/check-relate.ts";
import { createEnterApplicationEvents } from "./application/enter-events.ts";
import { createRelate } from "./application/relate.ts";
import { bounds, createRelated } from "./application/related.ts";
import { createRelations } from "./application/relations.ts";
import { createSides } from "./application/sides.ts";
import { createFormerKeys } from "./former-keys.ts";
import { entryToItem, progressFromItem, progressToItem } from "./ledger-item.ts";
import { createLine, type LineEntry } from "./line.ts";
import { createCountedLine } from "./payments/counted-line.ts";
import { createJoin, type Join } from "./payments/join.ts";
import { createPaymentLines, type Room } from "./payments/payment-lines.ts";
import { createRecordEntries } from "./payments/record-entries.ts";
import { type Change, saveAll } from "./save-all.ts";
import type { Saved } from "./saved.ts";
import { itemsPerTransaction, pastConflicts, transact } from "./transact.ts";
import { createTurnReads, type TurnReads } from "./turn-reads.ts";

export type Ledger = ReturnType<typeof createLedger>;

export const createLedger = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const line = createLine({ client, table });
  const lines = createPaymentLines({ client, table });
  const relations = createRelations({ client, table });
  const sides = createSides({ client, table });
  const readsIn = (room?: Room) => ({
    ...(room && { room }),
    line: (source: string, id: string) => lines.line(source, id, room),
    customer: (source: string, id: string) => relations.customer(source, id, bounds.ofCustomer),
  });
  const join = createJoin({ client, table, lines, relate: createRelate(relations, lines) });
  /**
   * What does not fit into one transaction is written before it, under the same conditions: repeating it changes nothing, and the
   * progress, which says that it is done, comes last.
   */
  const transactInTurn = async <Next extends Progress>(
    ahead: readonly TransactWriteItem[],
    { next, known }: { readonly next: Next; readonly known: Progress | undefined },
    conditions: readonly TransactWriteItem[] = [],
  ): Promise<Saved<Next>> => {
    const progress = keyed(progressItemKey(next.key));
    const last = putProgress(next, known);
    const early = Math.max(0, ahead.length + 1 + conditions.length - itemsPerTransaction);
    const step = itemsPerTransaction - 1 - conditions.length;
    for (let at = 0; at < early; at += step) {
      const some = ahead.slice(at, Math.min(at + step, early));
      const unmoved = { ConditionCheck: { TableName: table, Key: progress, ...isUnmoved(known) } };
      if ((await transact(client, [...some, unmoved, ...conditions])) === "overtaken") return { kind: "overtaken" };
    }
    const written = await transact(client, [...ahead.slice(early), last, ...conditions]);
    return written === "written" ? { kind: "saved", progress: next } : { kind: "overtaken" };
  };
  const putEntries = (entries: readonly Entry[]): TransactWriteItem[] =>
    entries.map((entry) => ({ Put: { TableName: table, Item: entryToItem(entry) } }));
  const lineItems = (progress: Progress): TransactWriteItem[] =>
    progress.contracts.map((contract) => {
      const at = lineKey(progress.source, contract, progress.order);
      return progress.inLine
        ? { Put: { TableName: table, Item: { ...at, key: { S: progress.key } } } }
        : { Delete: { TableName: table, Key: at } };
    });

  const putProgress = (next: Progress, known: Progress | undefined): TransactWriteItem => ({
    Put: { TableName: table, Item: progressToItem(next), ...isUnmoved(known) },
  });
  const linesAhead = (next: Progress, known: Progress | undefined): TransactWriteItem[] => {
    const linesChange = next.inLine !== (known?.inLine ?? false) || next.contracts.length !== (known?.contracts.length ?? 0);
    return linesChange ? lineItems(next) : [];
  };
  /** The progress, and its entries in its contracts' lines made or removed as `inLine` says, together or not at all. */
  const save = async <Next extends Progress>(progress: Next, known: Progress | undefined, onlyBehind?: LineEntry): Promise<Saved<Next>> => {
    const stillBlocked: TransactWriteItem[] = onlyBehind
      ? [
          {
            ConditionCheck: {
              TableName: table,
              Key: lineKey(progress.source, onlyBehind.contract, onlyBehind.order),
              ConditionExpression: "attribute_exists(pk)",
            },
          },
        ]
      : [];
    const next = revised(progress, known);
    return transactInTurn(linesAhead(next, known), { next, known }, stillBlocked);
  };

  return {
    pages: createReadBackPages({ client, table }),

    formerKeys: createFormerKeys({ client, table }),

    async progress(key: RecordKey): Promise<Progress | undefined> {
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: keyed(progressItemKey(key)), ConsistentRead: true }));
      return Item && progressFromItem(Item);
    },

    /**
     * The ledger's entries alone, for a record whose progress is written once, when its turn is over; and what they say about which payments
     * belong to which contracts. Repeating this changes nothing, so a turn that is interrupted before the progress begins again. Throws when not
     * all of it could be written.
     */
    async enter(entries: readonly Entry[], reads?: TurnReads): ReturnType<Join> {
      for (const entry of entries)
        await pastConflicts(() => client.send(new PutItemCommand({ TableName: table, Item: entryToItem(entry) })));
      return join(entries, reads);
    },

    /** Repeating it changes nothing; throws when not all of it could be written. */
    enterApplicationEvents: createEnterApplicationEvents({ client, table, lines, relations, sides }),

    /** What the ledger lacks of application events, or has otherwise. */
    checkApplicationEvents: createCheckApplicationEvents({ client, table, lines, relations }),
    /** The lines in which events name that order. */
    ofOrder: async (source: string, order: string): Promise<readonly string[]> => (await relations.order(source, ledgerId(order))).lines,

    /** Whether an application event has ever named a source (R-APP-2). */
    hasSide: sides.has,

    /** Both sides of all that has to do with a contract or an account. */
    related: createRelated({ client, table, relations, sides, readsIn }),

    /** For a turn that enters a few events and then looks at what they belong to. */
    turnReads: (): TurnReads => createTurnReads(readsIn({ left: bounds.ofTurn })),

    /** What entries that have been written say about payments and contracts: the second half of `enter`, after a `commit`, and again at each turn. */
    join,

    /** What a record's entries are to be, and are. */
    ...createRecordEntries({ client, table, lines, isRelated: createCheckRelate({ client, table }, relations, lines) }),

    /** The ledger's entries and the record's progress, together or not at all. Existing entries are replaced. */
    async commit<Next extends Progress>(progress: Next, known: Progress | undefined, entries: readonly Entry[]): Promise<Saved<Next>> {
      return transactInTurn(putEntries(entries), { next: revised(progress, known), known });
    },

    save,

    /** Many at once, in a hundredth to a twentieth of the calls and at twice the price; each is saved, overtaken or fails on its own. */
    saveAll: (changes: readonly Change[]): Promise<readonly PromiseSettledResult<Saved>[]> =>
      saveAll(
        {
          prepare({ next: progress, known }) {
            const next = revised(progress, known);
            return { saved: { kind: "saved", progress: next }, items: [...linesAhead(next, known), putProgress(next, known)] };
          },
          together: (items) => transact(client, items),
          alone: ({ next, known }) => save(next, known),
        },
        changes,
      ),

    /** The first in the line of a contract. */
    async firstInLine(name: ContractName): Promise<LineEntry | undefined> {
      const [first] = await line(name, 1);
      return first;
    },

    /** A line as payments are counted, without what it adds up to. */
    countedLine: createCountedLine(lines),

    /**
     * A contract with all of its events and those of its payments, or a payment by any of its ids; undefined when there are none. What a payment
     * adds up to is counted in the contract it belongs to.
     */
    async contract(source: string, id: string): Promise<Contract | undefined> {
      const known = await lines.line(source, id);
      const isContract = known.entries.some(({ event }) => event.contract !== undefined && ledgerId(event.contract) === id);
      if (!known.link || isContract) return known.entries.length > 0 ? balance(source, id, known.entries) : undefined;
      const { entries, contracts } = await lines.payment(source, id, known);
      return { ...balance(source, id, entries), ...(contracts.size > 0 && { belongsTo: [...contracts].sort() }) };
    },
  };
};

const revised = <Next extends Progress>(progress: Next, known: Progress | undefined): Next => ({
  ...progress,
  revision: (known?.revision ?? 0) + 1,
});

const keyed = ({ pk, sk }: { readonly pk: string; readonly sk: string }) => ({ pk: { S: pk }, sk: { S: sk } });

const lineKey = (source: string, contract: string, order: string) =>
  keyed({ pk: contractPartition(source, contract), sk: lineSortKey(order) });

/** The record has not changed since it was read. A progress of revision 0 was made in this turn, and is in no table yet. */
const isUnmoved = (known: Progress | undefined) =>
  known && known.revision > 0
    ? { ConditionExpression: "revision = :known", ExpressionAttributeValues: { ":known": { N: String(known.revision) } } }
    : { ConditionExpression: "attribute_not_exists(pk)" };
