/**
 * What the application sends to a source of the gateway `app`: Standard Webhooks' `type`, `timestamp` and `data`. Applications rely on it
 * (docs/application.md): fields and types may be added, and none changes its meaning. read-message.ts reads it.
 */
import type { Interval } from "../event.ts";
import type { ApplicationEventType, RevocationReason } from "./event.ts";

/** An amount of money. */
export interface MoneyMessage {
  /** A whole number of minor units: cents for USD, yen for JPY. */
  readonly minor: number;
  /** ISO 4217, in upper case: `JPY`. */
  readonly currency: string;
}

/** A contract at a gateway. */
export interface ContractMessage {
  /** The source in Holdfast's configuration at which the contract is. */
  readonly source: string;
  /** The gateway's id of the contract. */
  readonly contract: string;
}

export interface GrantedData {
  /** The application's own id of the customer's account, the same at every source. */
  readonly account: string;
  /** The source in Holdfast's configuration at which it is paid. */
  readonly source: string;
  /** The gateway's id of the contract. Without it, name the order, or say that it is `complimentary`. */
  readonly contract?: string;
  /** The merchant's order number, where the gateway gives the contract's id later: the grant belongs to the contract that this order turns out to be. */
  readonly order?: string;
  /** The gateway's id of the customer. */
  readonly customer?: string;
  /** What the account is entitled to, in the application's words. Two contracts of one account for one plan are a double. */
  readonly plan: string;
  /** What each interval costs, with tax. May be left out only where nothing is paid. */
  readonly price?: MoneyMessage;
  /** How often it is charged: `month` or `year`. May be left out only where nothing is paid. */
  readonly interval?: Interval;
  /** No charge is due before this moment, for a free month: ISO 8601 with a zone. */
  readonly freeUntil?: string;
  /** On what it rests. `complimentary` is a gift, which nobody pays for; any other text is for people. */
  readonly basis?: string;
}

export interface RevokedData {
  /** The application's own id of the customer's account. */
  readonly account: string;
  /** The source at which it was paid. */
  readonly source: string;
  /** The gateway's id of the contract. Name this or the order. */
  readonly contract?: string;
  /** The merchant's order number, as the grant named it. */
  readonly order?: string;
  /** Why: `cancelled`, `paused`, `non_payment`, `plan_change` or `account_closed`. */
  readonly reason: RevocationReason;
}

export interface CancellationData {
  /** The application's own id of the customer's account. */
  readonly account: string;
  /** The source at which the contract is. */
  readonly source: string;
  /** The gateway's id of the contract that is to end. */
  readonly contract: string;
}

export interface AccountData {
  /** The application's own id of the customer's account. */
  readonly account: string;
}

export interface LinkedData {
  /** Two contracts that customers think of as one, also of two sources. */
  readonly contracts: readonly [ContractMessage, ContractMessage];
}

export interface RefundData {
  /** The application's own id of the customer's account. */
  readonly account: string;
  /** The source at which it was paid. */
  readonly source: string;
  /** The gateway's id of the contract; left out for a single purchase. */
  readonly contract?: string;
  /** Any id by which the gateway names the payment. */
  readonly charge: string;
  /** What is to come back, more than 0. */
  readonly amount: MoneyMessage;
}

/** The `data` of each type. */
export interface ApplicationData {
  readonly "entitlement.granted": GrantedData;
  readonly "entitlement.revoked": RevokedData;
  readonly "cancellation.requested": CancellationData;
  readonly "account.closed": AccountData;
  readonly "account.reopened": AccountData;
  readonly "contract.linked": LinkedData;
  readonly "refund.requested": RefundData;
}

/** The body. The event's id is in the header `webhook-id`. */
export interface ApplicationMessage<Type extends ApplicationEventType = ApplicationEventType> {
  /** What happened. */
  readonly type: Type;
  /** When it happened, also years ago: ISO 8601 with a zone, `2026-11-20T12:00:00Z`. Not when it is sent. */
  readonly timestamp: string;
  /** What is said about it. */
  readonly data: ApplicationData[Type];
}
