/** The gateway's side of the ledger: what a contract adds up to is a pure function of the set of its entries (promise P5). */
import type { Millis } from "../callback.ts";
import type { ContractState, PaymentEvent } from "../event.ts";
import { ledgerId } from "../ledger-id.ts";
import { stateOf } from "./contract-state.ts";
import type { Entry } from "./entry.ts";
import { byEventTime } from "./event-order.ts";
import { type CardCheck, checksOf } from "./payment/card-check.ts";
import { type Charge, chargeOf } from "./payment/charge.ts";
import { looseDisputes } from "./payment/disputes.ts";
import { paymentIds, paymentsOf } from "./payment/payment-ids.ts";
import { type Sums, sumsOf } from "./sums.ts";
import { compareText } from "./text-order.ts";

export interface Contract {
  readonly source: string;
  readonly id: string;
  readonly state: ContractState;
  /** When the gateway says that state began. */
  readonly since?: Millis;
  readonly customer?: string;
  readonly replacedBy?: string;
  /** Of a payment that was asked for by one of its ids: the contracts in which it is counted. */
  readonly belongsTo?: readonly string[];
  readonly charges: readonly Charge[];
  /** What the charges add up to, one for each currency. */
  readonly sums: readonly Sums[];
  readonly cardChecks: readonly CardCheck[];
  readonly disputes: number;
  /** Events of unknown types. */
  readonly unknownEvents: number;
  readonly entries: readonly Entry[];
}

/** What a set of entries of one contract, or of one payment without a contract, adds up to. */
export const balance = (source: string, id: string, entries: readonly Entry[]): Contract => {
  const ordered = [...new Map(entries.map((entry) => [entry.event.id, entry])).values()].sort((one, other) =>
    byEventTime(one.event, other.event),
  );
  const events = ordered.map((entry) => entry.event);
  // A payment can belong to two contracts, and its events stand in both lines; what they say about a contract concerns that one.
  const register = stateOf(events.filter(({ contract }) => contract === undefined || ledgerId(contract) === id));
  const customer = events.findLast((event) => event.customer !== undefined)?.customer;
  const outcomes = paymentsOf(events).map(chargeOf);
  const charges = outcomes.flatMap((one) => (one.kind === "charge" ? [one.charge] : [])).sort(byTime);
  return {
    source,
    id,
    state: register?.state ?? "unknown",
    ...(register && { since: register.by.occurredAt }),
    ...(customer !== undefined && { customer }),
    ...(register?.by.replacedBy !== undefined && { replacedBy: register.by.replacedBy }),
    charges,
    sums: sumsOf(charges),
    cardChecks: checksOf(
      outcomes.flatMap((one) => (one.kind === "check" ? [one.check] : [])),
      events,
    ),
    disputes: charges.reduce((count, { disputes }) => count + disputes.length, 0) + looseDisputes(events.filter(isLoose)),
    unknownEvents: events.filter((event) => event.type === "unknown").length,
    entries: ordered,
  };
};

const isLoose = (event: PaymentEvent): boolean => paymentIds(event).length === 0;

const byTime = (one: Charge, other: Charge): number => one.at - other.at || compareText(one.id, other.id);
