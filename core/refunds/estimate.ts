/** What a contract was probably charged before the records begin, from its first purchase on (R-EST). Each of it is an estimate, and says so. */
import type { EntitlementGranted } from "../application/event.ts";
import { isGift } from "../application/event.ts";
import type { Millis } from "../callback.ts";
import { dayMs } from "../durations.ts";
import { dueAt } from "../findings/calendar.ts";
import { type ContractSide, endBefore, grantsOf, intervalIn, standingAt } from "../findings/sides/contract-side.ts";
import type { PaymentSide } from "../findings/sides/payment-side.ts";
import { lastDayOf } from "../formats/civil-date.ts";
import { localDateOf, localDateText, midnightOf } from "../formats/local-time.ts";
import type { Zone } from "../formats/zone.ts";
import { deduct } from "./deduct.ts";
import { distinct, type HandRefund } from "./hand-refund.ts";
import { isFromBefore, type Party, type RefundLine } from "./payment-line.ts";

export interface Records {
  /** From this moment on every charge was recorded. */
  readonly from: Millis;
  readonly zone: Zone;
}

/** So many years ago, at midnight. Of 29 February: the 28th. */
export const recordsOf = (now: Millis, years: number, zone: Zone): Records => {
  const { year, month, day } = localDateOf(now, zone);
  const then = { year: year - years, month };
  return { from: midnightOf({ ...then, day: Math.min(day, lastDayOf(then)) }, zone), zone };
};

export interface Estimate {
  /** In the order of time. Of some nothing is left, because a refund is deducted: it is shown beside them (R-EST 8). */
  readonly lines: readonly RefundLine[];
  /** Due, and nobody has said what it cost or how often. */
  readonly isUnpriced: boolean;
}

/** @param isMeant which due moments are asked for: a finding may be about a part of them */
export const estimateOf = (
  contract: ContractSide,
  party: Party,
  records: Records,
  byHand: readonly HandRefund[],
  isMeant: (due: Millis) => boolean,
): Estimate => {
  const due = duesOf(contract, records).filter(({ at }) => isMeant(at));
  const priced = due.flatMap(({ at, price }) =>
    price ? [lineOf({ at, price, party, contract: contract.contract, zone: records.zone })] : [],
  );
  const lines = deduct(priced, contract.payments.filter(isFromBefore), distinct(byHand), records.zone);
  return { lines, isUnpriced: priced.length < due.length };
};

/** `estimate:stripe-jp/sub_1@2023-04-05` */
export const estimateId = ({ source, contract }: { readonly source: string; readonly contract: string }, due: string): string =>
  `estimate:${source}/${contract}@${due}`;

export const readEstimateId = (id: string): { readonly source: string; readonly contract: string; readonly due: string } | undefined => {
  const [, source, contract, due] = /^estimate:([^/]+)\/(.+)@(\d{4}-\d\d-\d\d)$/.exec(id) ?? [];
  return source === undefined || contract === undefined || due === undefined ? undefined : { source, contract, due };
};

interface Due {
  readonly at: Millis;
  readonly price: EntitlementGranted["price"] | undefined;
}

const duesOf = (contract: ContractSide, { from, zone }: Records): readonly Due[] => {
  const purchases = grantsOf(contract).filter((grant) => !isGift(grant));
  const [first] = purchases;
  if (!first) return [];
  const recorded = contract.payments.filter((payment) => !isFromBefore(payment));
  const dues: Due[] = [];
  for (let months = 0; ; ) {
    const at = dueAt(first.occurredAt, "month", months, zone);
    if (at >= from) return dues;
    const grant = purchases.findLast(({ occurredAt }) => occurredAt <= at) ?? first;
    const interval = grant.interval ?? intervalIn(contract);
    if (isOwed(contract, at) && !recorded.some((payment) => isOf(payment, at, zone))) dues.push({ at, price: interval && grant.price });
    months += interval === "year" ? 12 : 1;
  }
};

/** The application says that the customer was entitled then, and not for nothing; and no older record says that the gateway had ended it. */
const isOwed = (contract: ContractSide, at: Millis): boolean => {
  const standing = standingAt(contract, at);
  const isPaid = standing?.type === "entitlement.granted" && !isGift(standing) && standing.price?.minor !== 0;
  return isPaid && !isFree(contract, at) && endBefore(contract, at) === undefined;
};

/** In a free period, by either side: from when that was said on, or from the beginning where it was over by then. */
const isFree = (contract: ContractSide, at: Millis): boolean =>
  [...grantsOf(contract), ...contract.entries.map(({ event }) => event)].some(
    ({ occurredAt, freeUntil }) => freeUntil !== undefined && at < freeUntil && (occurredAt <= at || freeUntil <= occurredAt),
  );

/** How late a gateway may charge what is due. */
const lateMs = 3 * dayMs;
/** How early: the grant, from which the due dates are counted, may have followed the charge; and what was bought in the evening may be charged in the morning. */
const earlyMs = dayMs / 2;

/** It was charged, or known not to have been: what the ledger has counts, and not what could be guessed. */
const isOf = ({ at, failedAt = at }: PaymentSide, due: Millis, zone: Zone): boolean => {
  const earliest = Math.min(midnightOf(localDateOf(due, zone), zone), due - earlyMs);
  return [at, failedAt].some((moment) => moment >= earliest && moment <= due + lateMs);
};

const lineOf = ({
  at,
  price,
  party,
  contract,
  zone,
}: {
  readonly at: Millis;
  readonly price: NonNullable<Due["price"]>;
  readonly party: Party;
  readonly contract: string;
  readonly zone: Zone;
}): RefundLine => ({
  ...party,
  id: estimateId({ source: party.source, contract }, localDateText(at, zone)),
  ids: [],
  isEstimated: true,
  at,
  currency: price.currency,
  charged: price.minor,
  refunded: 0,
  chargedBack: 0,
  byHand: 0,
  left: price.minor,
});
