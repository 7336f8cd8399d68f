/** The state of a contract: a register that the gateway's own events set, the latest by the gateway's own time. */
import type { Millis } from "../callback.ts";
import { type ContractState, type EventType, isEndState, type PaymentEvent } from "../event.ts";

/** Which state an event puts its contract in. Events that are not here leave it alone. */
const stateAfter: Partial<Record<EventType, ContractState>> = {
  "contract.started": "active",
  "contract.renewed": "active",
  "contract.past_due": "past_due",
  "contract.paused": "paused",
  "contract.resumed": "active",
  "contract.cancelled": "cancelled",
  "contract.expired": "expired",
  "contract.replaced": "replaced",
};

/** An ended contract stays ended (R-STATE-1): a late payment or a renewal does not revive it, and a second end does not move the first. */
const leavesAnEnd = (type: EventType): boolean =>
  type === "contract.started" || type === "contract.resumed" || type === "contract.replaced";

export interface Standing {
  readonly state: ContractState;
  readonly by: PaymentEvent;
}

/** What the contract's states were, each with the event that put it there, in the order of time. */
export const statesOf = (ordered: readonly PaymentEvent[]): readonly Standing[] => {
  const stated = ordered.filter(({ type }) => stateAfter[type] !== undefined);
  const states: Standing[] = [];
  for (const together of Map.groupBy(stated, ({ occurredAt }) => occurredAt).values())
    for (const rest = [...together]; rest.length > 0; ) {
      const now = states.at(-1);
      const next = after(now, takeNext(rest, now?.state));
      if (next !== now) states.push(next);
    }
  return states;
};

/** The event that put the contract in the state it is in, and that state; undefined when no event has one. */
export const stateOf = (ordered: readonly PaymentEvent[]): Standing | undefined => statesOf(ordered).at(-1);

/** A time in which the gateway had ended the contract: until it was started or resumed again, or to this day. */
export interface EndedPeriod {
  readonly from: Millis;
  readonly to?: Millis;
}

export const endedPeriodsOf = (states: readonly Standing[]): readonly EndedPeriod[] => {
  const periods: EndedPeriod[] = [];
  let from: Millis | undefined;
  for (const { state, by } of states) {
    if (isEndState(state)) from ??= by.occurredAt;
    else if (from !== undefined) {
      periods.push({ from, to: by.occurredAt });
      from = undefined;
    }
  }
  return from === undefined ? periods : [...periods, { from }];
};

const after = (now: Standing | undefined, by: PaymentEvent): Standing => {
  const state = stateAfter[by.type] ?? "unknown";
  return now && isEndState(now.state) && !leavesAnEnd(by.type) ? now : { state, by };
};

/** Of several in one moment the one that left the state the contract is in comes first, where the gateway says which it left. */
const takeNext = (rest: PaymentEvent[], state: ContractState | undefined): PaymentEvent => {
  const follows = rest.findIndex(({ previousState }) => previousState !== undefined && previousState === state);
  const [next] = rest.splice(Math.max(0, follows), 1);
  return next as PaymentEvent;
};
