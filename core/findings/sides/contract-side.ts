/** One contract as both sides know it, or an order that the application has granted and no contract is known of yet. */

import type { ApplicationEntry } from "../../application/both-sides.ts";
import { byEventOrder, type EntitlementGranted, type EntitlementRevoked, isGift } from "../../application/event.ts";
import type { Millis } from "../../callback.ts";
import type { ContractState, Interval } from "../../event.ts";
import type { Money } from "../../formats/money.ts";
import type { Zone } from "../../formats/zone.ts";
import { onceFor } from "../../lazy.ts";
import type { EndedPeriod } from "../../ledger/contract-state.ts";
import type { ContractName, Entry } from "../../ledger/entry.ts";
import { paymentIds } from "../../ledger/payment/payment-ids.ts";
import { dueAt, intervalOf, nextDue } from "../calendar.ts";
import type { Subject } from "../finding.ts";
import { isAnyNear } from "../sorted.ts";
import { apartMs, type PaymentSide } from "./payment-side.ts";

export interface ContractSide extends ContractName {
  readonly subject: Subject & { readonly kind: "contract" | "order" };
  /** The gateway has said something of it. */
  readonly isTold: boolean;
  readonly state: ContractState;
  /** When the gateway had ended it, in the order of time. */
  readonly ended: readonly EndedPeriod[];
  /** In the order of time. */
  readonly payments: readonly PaymentSide[];
  /** In the order of time. */
  readonly entries: readonly Entry[];
  /** In the order of time. */
  readonly applicationEvents: readonly ApplicationEntry[];
  /** What it has accepted says in its place (R-APP-3), in the order of time. Nothing, once the application says itself who is entitled. */
  readonly implied: readonly Standing[];
  /** Whose it is, by the application's last word. */
  readonly account?: string;
  readonly customers: readonly string[];
}

type Standing = EntitlementGranted | EntitlementRevoked;

// Rules ask with every payment, of which a contract can have thousands: what is worked out from all of them is worked out once.

const standingsOf = onceFor(({ applicationEvents, implied }: ContractSide): readonly Standing[] => {
  const own = applicationEvents.flatMap(({ event }) =>
    event.type === "entitlement.granted" || event.type === "entitlement.revoked" ? [event] : [],
  );
  return own.length > 0 ? own : implied;
});

export const grantsOf = onceFor((contract: ContractSide): readonly EntitlementGranted[] =>
  standingsOf(contract).flatMap((event) => (event.type === "entitlement.granted" ? [event] : [])),
);

/**
 * What the application says now: its last grant, with the first of those that followed each other without a revocation between, and without a
 * gift between where it is none; undefined when it does not entitle.
 */
export const entitlementOf = (
  contract: ContractSide,
): { readonly last: EntitlementGranted; readonly since: Millis; readonly isGift: boolean } | undefined => {
  const standings = standingsOf(contract);
  const last = standings.at(-1);
  if (last?.type !== "entitlement.granted") return undefined;
  const gift = isGift(last);
  const before = standings.findLastIndex((one) => one.type === "entitlement.revoked" || isGift(one) !== gift);
  return { last, since: (standings[before + 1] as Standing).occurredAt, isGift: gift };
};

/** The last word at a moment, that moment's own included; undefined when nothing was said by then. */
export const standingAt = (contract: ContractSide, moment: Millis): Standing | undefined =>
  standingsOf(contract).findLast(({ occurredAt }) => occurredAt <= moment);

/** The grant that sets the price of a charge of that moment: the last before it, or the first of all where it came later (R-APP-6). */
export const grantAt = (contract: ContractSide, moment: Millis): EntitlementGranted | undefined => {
  const grants = grantsOf(contract);
  return grants.findLast(({ occurredAt }) => occurredAt <= moment) ?? grants[0];
};

export const isEnded = ({ ended }: ContractSide): boolean => endedAt({ ended }) !== undefined;

/** Since when the gateway has ended it; undefined when it has not, or it began again. */
export const endedAt = ({ ended }: Pick<ContractSide, "ended">): Millis | undefined => {
  const last = ended.at(-1);
  return last && last.to === undefined ? last.from : undefined;
};

/** The gateway knows it, and has not ended it. */
export const isAlive = (contract: ContractSide): boolean => contract.isTold && !isEnded(contract);

/** The gateway had ended it before that moment and not begun it again by then. */
export const endBefore = ({ ended }: ContractSide, moment: Millis): Millis | undefined =>
  ended.find(({ from, to }) => from < moment && (to === undefined || to > moment))?.from;

/** When the gateway ends it without anybody doing more, as far as it has said so. */
export const announcedEnd = ({ entries }: ContractSide): Millis | undefined =>
  entries.findLast(({ event }) => event.endsAt !== undefined)?.event.endsAt ?? undefined;

/** Until when nothing is charged, by either side. */
export const freeUntilOf = onceFor((contract: ContractSide): Millis | undefined => {
  const granted = grantsOf(contract).flatMap(({ freeUntil }) => freeUntil ?? []);
  const reported = contract.entries.flatMap(({ event }) => event.freeUntil ?? []);
  const all = [...granted, ...reported];
  return all.length > 0 ? all.reduce((last, one) => Math.max(last, one)) : undefined;
});

export const intervalIn = onceFor(
  (contract: ContractSide): Interval | undefined =>
    grantsOf(contract).findLast(({ interval }) => interval !== undefined)?.interval ??
    contract.entries.findLast(({ event }) => event.interval !== undefined)?.event.interval ??
    intervalOf(contract.payments.filter(({ isGood }) => isGood).map(({ at }) => at)),
);

export const priceAt = (contract: ContractSide, moment: Millis): Money | undefined => grantAt(contract, moment)?.price;

/** When it was paid for, or renewed for nothing. Sorted. */
export const paidAt = onceFor(({ payments, entries }: ContractSide): readonly Millis[] => {
  const charged = payments.filter(({ charge }) => charge.amount?.minor !== 0);
  const charging = new Set(charged.flatMap((payment) => payment.entries.map(({ record }) => record)));
  const chargedAt = charged.map(({ at }) => at).sort((one, other) => one - other);
  // One that is reported apart from its payment is worth what became of that.
  const isPaidFor = (renewedAt: Millis) => isAnyNear(chargedAt, renewedAt, apartMs);
  const free = entries.flatMap(({ event, record }) =>
    event.type === "contract.renewed" && !charging.has(record) && !isPaidFor(event.occurredAt) ? [event.occurredAt] : [],
  );
  const paid = charged.filter(({ isGood }) => isGood).map(({ at }) => at);
  return [...new Set([...paid, ...free])].sort((one, other) => one - other);
});

/**
 * The end of what was paid for, or of the free time: when the next renewal is due. Undefined when it was never paid and is not free, or nobody
 * knows how often it is charged.
 */
export const paidUntil = (contract: ContractSide, zone: Zone): Millis | undefined => dueAfterPaid(contract, zone, 0);

/**
 * The renewals that are due from then on: 0 is the first, and each counts from the anchor of those before (R-TIME-3). Where nobody knows how often
 * it is charged, there is none after the first.
 */
export const dueAfterPaid = (contract: ContractSide, zone: Zone, count: number): Millis | undefined => {
  const interval = intervalIn(contract);
  const free = freeUntilOf(contract);
  const paid = interval && nextDue(paidAt(contract), interval, zone);
  if (paid === undefined || (free !== undefined && free > paid)) {
    if (count === 0 || free === undefined) return free;
    return interval && dueAt(free, interval, count, zone);
  }
  return nextDue(paidAt(contract), interval as Interval, zone, { further: count });
};

/**
 * When it was tried to charge it and nothing came in, in the order of time: a payment that failed or was voided, and a failure of a payment
 * to which the gateway gives no id.
 */
export const failuresOf = onceFor(({ payments, entries }: ContractSide): readonly Millis[] =>
  [
    ...payments.flatMap(({ charge, at }) => (charge.state === "failed" || charge.state === "voided" ? [at] : [])),
    ...entries.flatMap(({ event }) => (event.type === "charge.failed" && paymentIds(event).length === 0 ? [event.occurredAt] : [])),
  ].sort((one, other) => one - other),
);

export const byEntryOrder = (one: ApplicationEntry, other: ApplicationEntry): number => byEventOrder(one.event, other.event);
