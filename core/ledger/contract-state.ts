/** The state of a contract: a register that the gateway's own events set, the latest by the gateway's own time. */
import type { EventType, PaymentEvent } from "../event.ts";
import type { ContractState } from "./contract-states.ts";

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

const isEnd = (state: ContractState): boolean => state === "cancelled" || state === "expired" || state === "replaced";

/** An ended contract stays ended (R-STATE-1): a late payment or a renewal does not revive it, and a second end does not move the first. */
const leavesAnEnd = (type: EventType): boolean =>
  type === "contract.started" || type === "contract.resumed" || type === "contract.replaced";

interface Standing {
  readonly state: ContractState;
  readonly by: PaymentEvent;
}

/** The event that put the contract in the state it is in, and that state; undefined when no event has one. */
export const stateOf = (ordered: readonly PaymentEvent[]): Standing | undefined => {
  const stated = ordered.filter(({ type }) => stateAfter[type] !== undefined);
  let now: Standing | undefined;
  for (const together of Map.groupBy(stated, ({ occurredAt }) => occurredAt).values())
    for (const rest = [...together]; rest.length > 0; ) now = after(now, takeNext(rest, now?.state));
  return now;
};

const after = (now: Standing | undefined, by: PaymentEvent): Standing => {
  const state = stateAfter[by.type] ?? "unknown";
  return now && isEnd(now.state) && !leavesAnEnd(by.type) ? now : { state, by };
};

/** Of several in one moment the one that left the state the contract is in comes first, where the gateway says which it left. */
const takeNext = (rest: PaymentEvent[], state: ContractState | undefined): PaymentEvent => {
  const follows = rest.findIndex(({ previousState }) => previousState !== undefined && previousState === state);
  const [next] = rest.splice(Math.max(0, follows), 1);
  return next as PaymentEvent;
};
