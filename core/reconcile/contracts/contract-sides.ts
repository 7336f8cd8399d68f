/** What three sides say of each contract, in columns: the gateway's list, the ledger, and the application. From them, which contracts are to be looked at. */
import { byEventOrder, type EntitlementGranted, type EntitlementRevoked } from "../../application/event.ts";
import type { Millis } from "../../callback.ts";
import { statesOf } from "../../ledger/contract-state.ts";
import { type ContractState, contractStates, isEndState } from "../../ledger/contract-states.ts";
import type { Entry } from "../../ledger/entry.ts";
import { ledgerId } from "../../ledger/ledger-id.ts";
import type { ContractLine } from "../export-line.ts";
import { codes, exact, none, rows } from "../sides/numbers.ts";
import type { Texts } from "../sides/texts.ts";

/** What one contract's sides say. */
export interface ContractView {
  readonly contract: string;
  readonly listed?: {
    readonly state: ContractState;
    readonly endedAt?: Millis;
    readonly startedAt?: Millis;
    readonly customer?: string;
    readonly isTwice?: true;
  };
  /** The ledger knows it; `unknown`: of charges alone. */
  readonly recorded?: { readonly state: ContractState };
  readonly application?: "entitled" | "revoked";
}

export interface ContractSides {
  list(line: ContractLine): void;
  /** A contract's line of the ledger. */
  record(contract: string, entries: readonly Entry[]): void;
  /** What the application says of this source. */
  say(event: EntitlementGranted | EntitlementRevoked): void;
  /** Orders that the application granted turn out to be contracts. Called when all is there. */
  settle(): void;
  /** Every contract of which any side knows, in no order. */
  views(): Iterable<ContractView>;
}

/** @param asOf what happened then or later is as if it had not been reported (R-REC-2) */
export const createContractSides = (texts: Texts, asOf: Millis): ContractSides => {
  const column = {
    listed: codes(),
    listedTwice: codes(),
    endedAt: exact(),
    startedAt: exact(),
    customer: rows(),
    recorded: codes(),
    application: codes(),
  };
  /** By the number of the contract's text, where that is anything but the usual. */
  const at = (values: { get(row: number): number; readonly length: number }, id: number, usual: number): number =>
    id < values.length ? values.get(id) : usual;
  const put = (
    values: { push(value: number): number; set(row: number, value: number): void; readonly length: number },
    id: number,
    value: number,
    usual: number,
  ): void => {
    while (values.length <= id) values.push(usual);
    values.set(id, value);
  };
  const words = new Map<number, EntitlementGranted | EntitlementRevoked>();
  const ofOrders: (EntitlementGranted | EntitlementRevoked)[] = [];
  const contractOfOrder = rows();

  const word = (id: number, event: EntitlementGranted | EntitlementRevoked): void => {
    const known = words.get(id);
    if (known && byEventOrder(known, event) > 0) return;
    words.set(id, event);
    put(column.application, id, event.type === "entitlement.granted" ? 1 : 2, 0);
  };

  return {
    list(line) {
      const id = texts.add(ledgerId(line.contract));
      const code = contractStates.indexOf(line.state) + 1;
      const before = at(column.listed, id, 0);
      if (before !== 0 && before !== code) put(column.listedTwice, id, 1, 0);
      // Of two states the one that lives stands: what is to be ended is worse left out than looked at.
      if (before !== 0 && isEndState(line.state)) return;
      put(column.listed, id, code, 0);
      if (line.endedAt !== undefined) put(column.endedAt, id, line.endedAt, Number.NaN);
      if (line.at !== undefined) put(column.startedAt, id, line.at, Number.NaN);
      if (line.customer !== undefined) put(column.customer, id, texts.add(ledgerId(line.customer)), none);
    },
    record(contract, entries) {
      const known = entries.filter(({ event }) => event.occurredAt < asOf);
      if (known.length === 0) return;
      const id = texts.add(contract);
      const own = known.map(({ event }) => event).filter((event) => event.contract === undefined || ledgerId(event.contract) === contract);
      const state = statesOf(own.toSorted((one, other) => one.occurredAt - other.occurredAt)).at(-1)?.state ?? "unknown";
      put(column.recorded, id, contractStates.indexOf(state) + 1, 0);
      for (const { order } of own) if (order !== undefined) put(contractOfOrder, texts.add(ledgerId(order)), id, none);
    },
    say(event) {
      if (event.occurredAt >= asOf) return;
      if (event.contract !== undefined) word(texts.add(ledgerId(event.contract)), event);
      else if (event.order !== undefined) ofOrders.push(event);
    },
    settle() {
      for (const event of ofOrders) {
        const contract = at(contractOfOrder, texts.find(ledgerId(event.order ?? "")), none);
        if (contract !== none) word(contract, event);
      }
      ofOrders.length = 0;
    },
    *views() {
      const length = Math.max(column.listed.length, column.recorded.length, column.application.length);
      for (let id = 0; id < length; id++) {
        const [listed, recorded, application] = [at(column.listed, id, 0), at(column.recorded, id, 0), at(column.application, id, 0)];
        if (listed + recorded + application === 0) continue;
        const [ended, started, customer] = [
          at(column.endedAt, id, Number.NaN),
          at(column.startedAt, id, Number.NaN),
          at(column.customer, id, none),
        ];
        yield {
          contract: texts.text(id),
          ...(listed !== 0 && {
            listed: {
              state: contractStates[listed - 1] as ContractState,
              ...(!Number.isNaN(ended) && { endedAt: ended }),
              ...(!Number.isNaN(started) && { startedAt: started }),
              ...(customer !== none && { customer: texts.text(customer) }),
              ...(at(column.listedTwice, id, 0) === 1 && { isTwice: true as const }),
            },
          }),
          ...(recorded !== 0 && { recorded: { state: contractStates[recorded - 1] as ContractState } }),
          ...(application !== 0 && { application: application === 1 ? ("entitled" as const) : ("revoked" as const) }),
        };
      }
    },
  };
};
