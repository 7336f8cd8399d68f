/** `unknown`: no event has said. The last three are ends. */
export const contractStates = ["unknown", "active", "past_due", "paused", "cancelled", "expired", "replaced"] as const;
export type ContractState = (typeof contractStates)[number];

const endStates: ReadonlySet<ContractState> = new Set(["cancelled", "expired", "replaced"]);

/** An ended contract stays ended, unless its gateway says that it has started or resumed (R-STATE-1). */
export const isEndState = (state: ContractState): boolean => endStates.has(state);
