/**
 * What a turn has read of lines and of customers, so that its look for findings need not read it again. A turn writes what it knows and then reads
 * what others wrote, so that of several turns the last one sees all. So everything is forgotten when the turn writes where that leads others to what
 * it has read. Not after a payment's links: whoever follows them reads the contract's line itself.
 */
import type { ContractName } from "../../core/ledger/entry.ts";
import type { RecordKey } from "../../core/record.ts";
import type { CustomerLinks } from "./application/relations.ts";
import type { LinkedLine, Room } from "./payments/payment-lines.ts";

export interface TurnReads {
  line(source: string, id: string): Promise<LinkedLine>;
  customer(source: string, id: string): Promise<CustomerLinks>;
  /** For all that the turn reads of lines, and for what else there is to be read of accounts. */
  readonly room?: Room;
  /** After a write. One that fails ends the turn, and its memory with it. */
  forget(): void;
  /** Of several events of the turn that lead to the same, the first writes it. */
  once(name: string, write: () => Promise<void>): Promise<void>;
}

/** For the turn of a record that has few events: what is read stays in memory. */
export const createTurnReads = ({ room, ...read }: Pick<TurnReads, "line" | "customer" | "room">): TurnReads => {
  const known = { lines: new Map<string, Promise<LinkedLine>>(), customers: new Map<string, Promise<CustomerLinks>>() };
  const written = new Map<string, Promise<void>>();
  return {
    ...(room && { room }),
    line: (source, id) => remembered(known.lines, JSON.stringify([source, id]), () => read.line(source, id)),
    customer: (source, id) => remembered(known.customers, JSON.stringify([source, id]), () => read.customer(source, id)),
    forget() {
      for (const all of Object.values(known)) all.clear();
    },
    once: (name, write) => remembered(written, name, write),
  };
};

/** Whether a contract has nothing in its line but what this turn has entered: hardly anything leads to it yet. */
export const isNew = async (reads: Pick<TurnReads, "line">, { source, contract }: ContractName, record: RecordKey): Promise<boolean> =>
  isOnlyOf(await reads.line(source, contract), record);

const isOnlyOf = ({ entries, isTooLong }: LinkedLine, record: RecordKey): boolean =>
  !isTooLong && entries.every((one) => one.record === record);

const remembered = <Found>(known: Map<string, Promise<Found>>, name: string, read: () => Promise<Found>): Promise<Found> => {
  const found = known.get(name) ?? read();
  known.set(name, found);
  return found;
};
