/** The states of a subscription, by Stripe's word for each: in its callbacks and in its list of subscriptions. */
import type { ContractState } from "../../core/event.ts";

export const contractStateOf: Readonly<Record<string, ContractState>> = {
  active: "active",
  trialing: "active",
  past_due: "past_due",
  unpaid: "past_due",
  paused: "paused",
  canceled: "cancelled",
  incomplete_expired: "expired",
};
