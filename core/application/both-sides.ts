/** The two sides of contracts that have to do with one another, as two sets: what the ledger and findings are computed from. */
import { onceFor } from "../lazy.ts";
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
  return contractsOfOrders(events).get(JSON.stringify([source, ledgerId(order)])) ?? [];
};

/** Worked out once: an account can have thousands of grants, and a contract thousands of events. */
const contractsOfOrders = onceFor((events: readonly Entry[]): ReadonlyMap<string, readonly ContractName[]> => {
  const nameOf = ({ source, contract }: ContractName) => JSON.stringify([source, contract]);
  const contracts = new Set(events.filter(isOfItsContract).map(nameOf));
  const lines = new Map<string, Map<string, ContractName>>();
  for (const { source, contract, event } of events) {
    if (event.order === undefined || !contracts.has(nameOf({ source, contract }))) continue;
    const order = JSON.stringify([source, ledgerId(event.order)]);
    const known = lines.get(order) ?? new Map<string, ContractName>();
    lines.set(order, known.set(contract, { source, contract }));
  }
  return new Map([...lines].map(([order, of]) => [order, [...of.values()]]));
});

/** Else its line is a payment's or a customer's. */
const isOfItsContract = ({ event, contract }: Entry): boolean => event.contract !== undefined && ledgerId(event.contract) === contract;
