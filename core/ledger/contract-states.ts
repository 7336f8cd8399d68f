/** `unknown`: no event has said. The last three are ends. */
export const contractStates = ["unknown", "active", "past_due", "paused", "cancelled", "expired", "replaced"] as const;
export type ContractState = (typeof contractStates)[number];
