/** The two sides of contracts that have to do with one another, as two sets: what the ledger and findings are computed from. */
import type { ContractName, Entry } from "../ledger/entry.ts";
import { ledgerId } from "../ledger-id.ts";
import type { RecordKey } from "../record.ts";
import type { ApplicationEvent } from "./event.ts";

/** One event of the application, with its ids as the ledger has them, once. */
export interface ApplicationEntry {
  readonly event: ApplicationEvent;
  /** The record it came from, which has its bytes. */
  readonly record: RecordKey;
}

/** Sets: neither order nor repetition counts (promise P5). */
export interface BothSides {
  /**
   * The gateways' side, of every line among these contracts: `entry.contract` is the line, and one event of a payment can stand in several.
   * What one contract adds up to is `balance(source, contract, those of its line)`.
   */
  readonly events: readonly Entry[];
  /** The application's side. */
  readonly applicationEvents: readonly ApplicationEntry[];
  /** Records that the application has accepted, of sources where that means that entitlement follows (R-APP-3). */
  readonly accepted?: ReadonlySet<RecordKey>;
}

/** The parts of an event that say which contract it is about. */
interface Naming {
  readonly source: string;
  readonly contract?: string;
  readonly order?: string;
}

/**
 * The contracts an event of the application is about: the one it names, or those that its order turned out to be (R-APP-5). None while
 * the gateway has not reported that order, and for a single purchase, which has no contract.
 */
export const contractsNamedBy = ({ source, contract, order }: Naming, events: readonly Entry[]): readonly ContractName[] => {
  if (contract !== undefined) return [{ source, contract: ledgerId(contract) }];
  if (order === undefined) return [];
  const id = ledgerId(order);
  const own = events.filter((entry) => entry.source === source);
  const lines = new Set(own.filter((entry) => isOrder(entry, id)).map((entry) => entry.contract));
  const contracts = new Set(own.filter(isOfItsContract).map((entry) => entry.contract));
  return [...lines].filter((line) => contracts.has(line)).map((line) => ({ source, contract: line }));
};

const isOrder = ({ event }: Entry, order: string): boolean => event.order !== undefined && ledgerId(event.order) === order;

/** Else its line is a payment's or a customer's. */
const isOfItsContract = ({ event, contract }: Entry): boolean => event.contract !== undefined && ledgerId(event.contract) === contract;
