/** Where the application stands about a contract and an account: registers that its own events set, the latest by its own time. */
import type { Millis } from "../callback.ts";
import type { ContractName, Entry } from "../ledger/entry.ts";
import { type ApplicationEntry, contractsNamedBy } from "./both-sides.ts";
import { byEventOrder, type EntitlementGranted, type EntitlementRevoked } from "./event.ts";

export interface Standing {
  /** `silent`: it never granted or revoked it. */
  readonly state: "entitled" | "revoked" | "silent";
  readonly since?: Millis;
  /** The grant in force, or the last one: plan, price, interval. */
  readonly grant?: EntitlementGranted;
  readonly revocation?: EntitlementRevoked;
  /** When the customer cancelled, if no grant has followed. */
  readonly cancelledAt?: Millis;
}

/** The application events of a contract, in the order of time: what names it, or an order that turned out to be it. */
export const applicationEventsOf = (
  { source, contract }: ContractName,
  applicationEvents: readonly ApplicationEntry[],
  events: readonly Entry[],
): readonly ApplicationEntry[] =>
  applicationEvents
    .filter(({ event }) => {
      if (event.type === "contract.linked") return event.contracts.some((one) => one.source === source && one.contract === contract);
      return "source" in event && contractsNamedBy(event, events).some((one) => one.source === source && one.contract === contract);
    })
    .toSorted((one, other) => byEventOrder(one.event, other.event));

/** @param applicationEvents of one contract, in the order of time */
export const standingOf = (applicationEvents: readonly ApplicationEntry[]): Standing => {
  const events = applicationEvents.map(({ event }) => event);
  const last = events.findLast((event) => event.type === "entitlement.granted" || event.type === "entitlement.revoked");
  const grant = events.findLast((event) => event.type === "entitlement.granted");
  const request = events.findLast((event) => event.type === "cancellation.requested" || event.type === "entitlement.granted");
  return {
    state: last === undefined ? "silent" : last.type === "entitlement.granted" ? "entitled" : "revoked",
    ...(last && { since: last.occurredAt }),
    ...(grant && { grant }),
    ...(last?.type === "entitlement.revoked" && { revocation: last }),
    ...(request?.type === "cancellation.requested" && { cancelledAt: request.occurredAt }),
  };
};

/** When the account was closed, if it has not been reopened since. */
export const closedSince = (account: string, applicationEvents: readonly ApplicationEntry[]): Millis | undefined => {
  const last = applicationEvents
    .map(({ event }) => event)
    .filter((event) => (event.type === "account.closed" || event.type === "account.reopened") && event.account === account)
    .toSorted(byEventOrder)
    .at(-1);
  return last?.type === "account.closed" ? last.occurredAt : undefined;
};
