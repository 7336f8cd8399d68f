/** What three sides say of each contract, in columns: the gateway's list, the ledger, and the application. From them, which contracts are to be looked at. */
import { byEventOrder, type EntitlementGranted, type EntitlementRevoked } from "../../application/event.ts";
import type { Millis } from "../../callback.ts";
import { type ContractState, contractStates, isEndState } from "../../event.ts";
import { statesOf } from "../../ledger/contract-state.ts";
import type { Entry } from "../../ledger/entry.ts";
import { ledgerId } from "../../ledger-id.ts";
import type { ContractLine } from "../export-line.ts";
import { type Column, codes, exact, none, rows } from "../sides/numbers.ts";
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
  /** Behind the last contract of which any side knows. */
  let length = 0;
  const put = (values: Column, id: number, value: number): void => {
    values.set(id, value);
    length = Math.max(length, id + 1);
  };
  const words = new Map<number, EntitlementGranted | EntitlementRevoked>();
  const ofOrders: { readonly order: string; readonly event: EntitlementGranted | EntitlementRevoked }[] = [];
  const contractOfOrder = rows();

  const word = (id: number, event: EntitlementGranted | EntitlementRevoked): void => {
    const known = words.get(id);
    if (known && byEventOrder(known, event) > 0) return;
    words.set(id, event);
    put(column.application, id, event.type === "entitlement.granted" ? 1 : 2);
  };

  return {
    list(line) {
      const id = texts.add(ledgerId(line.contract));
      // What ended afterwards lived then; whether it was paused, or past due, nobody knows.
      const endsLater = isEndState(line.state) && line.endedAt !== undefined && line.endedAt >= asOf;
      const state = endsLater ? "active" : line.state;
      const code = contractStates.indexOf(state) + 1;
      const before = column.listed.get(id);
      if (before !== 0 && before !== code) column.listedTwice.set(id, 1);
      // Of two states the one that lives stands: what is to be ended is worse left out than looked at.
      if (before !== 0 && isEndState(state)) return;
      put(column.listed, id, code);
      if (line.endedAt !== undefined && !endsLater) column.endedAt.set(id, line.endedAt);
      if (line.at !== undefined) column.startedAt.set(id, line.at);
      if (line.customer !== undefined) column.customer.set(id, texts.add(ledgerId(line.customer)));
    },
    record(contract, entries) {
      const known = entries.filter(({ event }) => event.occurredAt < asOf);
      if (known.length === 0) return;
      const id = texts.add(contract);
      const own = known.map(({ event }) => event).filter((event) => event.contract === undefined || ledgerId(event.contract) === contract);
      const state = statesOf(own.toSorted((one, other) => one.occurredAt - other.occurredAt)).at(-1)?.state ?? "unknown";
      put(column.recorded, id, contractStates.indexOf(state) + 1);
      for (const { order } of own) if (order !== undefined) contractOfOrder.set(texts.add(ledgerId(order)), id);
    },
    say(event) {
      if (event.occurredAt >= asOf) return;
      if (event.contract !== undefined) word(texts.add(ledgerId(event.contract)), event);
      else if (event.order !== undefined) ofOrders.push({ order: event.order, event });
    },
    settle() {
      for (const { order, event } of ofOrders) {
        const contract = contractOfOrder.get(texts.add(ledgerId(order)));
        if (contract !== none) word(contract, event);
      }
    },
    *views() {
      for (let id = 0; id < length; id++) {
        const [listed, recorded, application] = [column.listed.get(id), column.recorded.get(id), column.application.get(id)];
        if (listed + recorded + application === 0) continue;
        const [ended, started, customer] = [column.endedAt.get(id), column.startedAt.get(id), column.customer.get(id)];
        yield {
          contract: texts.text(id),
          ...(listed !== 0 && {
            listed: {
              state: contractStates[listed - 1] as ContractState,
              ...(!Number.isNaN(ended) && { endedAt: ended }),
              ...(!Number.isNaN(started) && { startedAt: started }),
              ...(customer !== none && { customer: texts.text(customer) }),
              ...(column.listedTwice.get(id) === 1 && { isTwice: true as const }),
            },
          }),
          ...(recorded !== 0 && { recorded: { state: contractStates[recorded - 1] as ContractState } }),
          ...(application !== 0 && { application: application === 1 ? ("entitled" as const) : ("revoked" as const) }),
        };
      }
    },
  };
};
