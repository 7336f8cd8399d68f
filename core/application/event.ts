/**
 * Application events, by which the application says what it knows of its own side: who is entitled to what, which accounts are closed, which
 * contracts belong together. They are signed (gateways/app), about contracts of any source, and years late where somebody installs Holdfast today.
 */
import type { Millis } from "../callback.ts";
import type { Interval } from "../event.ts";
import type { Money } from "../formats/money.ts";
import { compareText } from "../ledger/text-order.ts";

export const applicationEventTypes = [
  "entitlement.granted",
  "entitlement.revoked",
  "cancellation.requested",
  "account.closed",
  "account.reopened",
  "contract.linked",
  "refund.requested",
] as const;
export type ApplicationEventType = (typeof applicationEventTypes)[number];

export const revocationReasons = ["cancelled", "paused", "non_payment", "plan_change", "account_closed"] as const;
export type RevocationReason = (typeof revocationReasons)[number];

/** The `basis` of a grant that nobody pays for. */
export const complimentary = "complimentary";

interface Reported<Type extends ApplicationEventType> {
  /** The event's own id, chosen by the application and stable under redelivery. Decides between two events of one moment. */
  readonly id: string;
  readonly type: Type;
  /** When it happened, by the application's own word: the body's `timestamp`. Orders everything; may lie years before `receivedAt`. */
  readonly occurredAt: Millis;
  /** When Holdfast received it. Says how late it was reported, and nothing else. */
  readonly receivedAt: Millis;
}

interface OfAccount {
  /** The application's own id of the customer's account, the same at every source. */
  readonly account: string;
}

interface AtSource {
  /** The configured source at which the contract is: ids of contracts, orders, customers and charges are unique within it. */
  readonly source: string;
}

/** From now on the account is entitled. For a contract that is granted already: plan, price and interval from now on (R-APP-6). */
export interface EntitlementGranted extends Reported<"entitlement.granted">, OfAccount, AtSource {
  /** The gateway's id of the contract. Absent: the order says which it is, or it is a gift. */
  readonly contract?: string;
  /** The merchant's own order number; the grant belongs to the contract that this order turns out to be (R-APP-5). */
  readonly order?: string;
  /** The gateway's id of the customer. */
  readonly customer?: string;
  readonly plan: string;
  /** What each interval costs, with tax. Of a gift it may be absent. */
  readonly price?: Money;
  /** How often it is charged. Of a gift it may be absent. */
  readonly interval?: Interval;
  /** No charge is due before this moment. */
  readonly freeUntil?: Millis;
  /** On what it rests. `complimentary` is a gift; one that names neither contract nor order always is (R-APP-4). Any other text is for people. */
  readonly basis?: string;
}

/** From now on the account is no longer entitled by that contract. Names a contract, an order or both. */
export interface EntitlementRevoked extends Reported<"entitlement.revoked">, OfAccount, AtSource {
  readonly contract?: string;
  readonly order?: string;
  readonly reason: RevocationReason;
}

/** The customer has cancelled; the entitlement may go on to the end of what is paid. */
export interface CancellationRequested extends Reported<"cancellation.requested">, OfAccount, AtSource {
  readonly contract: string;
}

export interface AccountClosed extends Reported<"account.closed">, OfAccount {}

export interface AccountReopened extends Reported<"account.reopened">, OfAccount {}

/** A contract, by the gateway's id at its source. */
export interface NamedContract extends AtSource {
  readonly contract: string;
}

/** Two contracts that customers think of as one. Never taken back. */
export interface ContractLinked extends Reported<"contract.linked"> {
  readonly contracts: readonly [NamedContract, NamedContract];
}

/** The application has asked the gateway to give money back. */
export interface RefundRequested extends Reported<"refund.requested">, OfAccount, AtSource {
  /** Absent for a single purchase. */
  readonly contract?: string;
  /** Any id by which the gateway names the payment. */
  readonly charge: string;
  /** What is to come back, more than 0 minor units. */
  readonly amount: Money;
}

export type ApplicationEvent =
  | EntitlementGranted
  | EntitlementRevoked
  | CancellationRequested
  | AccountClosed
  | AccountReopened
  | ContractLinked
  | RefundRequested;

/** Of one moment, what takes away comes before what gives: a change of plan revokes and grants at once. */
const gives = (event: ApplicationEvent): number => Number(event.type === "entitlement.granted" || event.type === "account.reopened");

/** By the application's own time, then by what it means, then by id: the same for every reader. */
export const byEventOrder = (one: ApplicationEvent, other: ApplicationEvent): number =>
  one.occurredAt - other.occurredAt || gives(one) - gives(other) || compareText(one.id, other.id);

/** A grant that no contract can be found for, because none is meant (R-APP-4). */
export const isGift = ({ contract, order, basis }: EntitlementGranted): boolean =>
  basis === complimentary || (contract === undefined && order === undefined);
