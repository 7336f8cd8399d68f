/** One payment as findings see it: when the money was taken, what of it is still with the merchant, and who said so. */
import type { Millis } from "../../callback.ts";
import { dayMs } from "../../durations.ts";
import type { Money } from "../../formats/money.ts";
import type { Entry } from "../../ledger/entry.ts";
import type { Charge } from "../../ledger/payment/charge.ts";
import { paymentIds } from "../../ledger/payment/payment-ids.ts";
import { tookNothing } from "../../ledger/sums.ts";
import { ledgerId } from "../../ledger-id.ts";
import { countBelow } from "../sorted.ts";

export interface PaymentSide {
  readonly charge: Charge;
  /** When the money was first taken, or an attempt first failed. */
  readonly at: Millis;
  /** When an attempt first failed; undefined when none did. */
  readonly failedAt?: Millis;
  /** It was taken and not undone by a void, whatever was given back of it since. */
  readonly isGood: boolean;
  /** Some of it has not gone back, or nobody knows how much was taken. */
  readonly isKept: boolean;
  /** Taken, less what refunds and lost disputes gave back. Undefined where the amount is not known. */
  readonly net?: Money;
  /** A month's or a year's regular charge, and nothing else. */
  readonly isRenewal: boolean;
  /** It is not, or not only, a regular charge, but what a change of plan adds. */
  readonly isProrated: boolean;
  readonly orders: readonly string[];
  readonly entries: readonly Entry[];
}

/** @param charges of one line @param entries of that line, in the order of time */
export const paymentSidesOf = (charges: readonly Charge[], entries: readonly Entry[]): readonly PaymentSide[] => {
  const byId = new Map(charges.flatMap((charge) => charge.ids.map((id) => [id, charge] as const)));
  const about = Map.groupBy(entries, ({ event }) =>
    paymentIds(event)
      .map((id) => byId.get(id))
      .find((charge) => charge !== undefined),
  );
  const paying = new Set(entries.flatMap(({ event, record }) => (paymentIds(event).length > 0 ? [record] : [])));
  const renewals = entries.filter(({ event }) => event.type === "contract.renewed");
  const renewing = new Set(renewals.map(({ record }) => record));
  const sides = charges.map((charge) => sideOf(charge, about.get(charge) ?? [], renewing));
  const nearest = nearestOf(sides);
  const alone = new Set(renewals.filter(({ record }) => !paying.has(record)).map(({ event }) => nearest(event.occurredAt)));
  return sides.map((side) => (alone.has(side) && !side.isProrated ? { ...side, isRenewal: true } : side));
};

/** Some gateways report in one callback that money was taken, and in another one that the contract is renewed. */
const nearestOf = (sides: readonly PaymentSide[]) => {
  const good = sides.filter(({ isGood }) => isGood);
  const places = new Map(good.map((side, place) => [side, place]));
  const sorted = good.toSorted((one, other) => one.at - other.at);
  const moments = sorted.map(({ at }) => at);
  return (renewedAt: Millis): PaymentSide | undefined => {
    const next = countBelow(moments, renewedAt);
    // Of those at one moment the first.
    const before = countBelow(moments, moments[next - 1] ?? renewedAt);
    const apart = (side: PaymentSide) => Math.abs(side.at - renewedAt);
    const [nearest] = [sorted[before], sorted[next]]
      .filter((side) => side !== undefined && apart(side) <= apartMs)
      .map((side) => side as PaymentSide)
      .sort((one, other) => apart(one) - apart(other) || (places.get(one) ?? 0) - (places.get(other) ?? 0));
    return nearest;
  };
};

/** By so much at most. */
export const apartMs = dayMs;

const isProrated = (entries: readonly Entry[]): boolean => entries.some(({ event }) => event.isProrated);

const sideOf = (charge: Charge, entries: readonly Entry[], renewing: ReadonlySet<string>): PaymentSide => {
  const first = (type: string): Millis | undefined => entries.find(({ event }) => event.type === type)?.event.occurredAt;
  const failedAt = first("charge.failed");
  const isGood = !tookNothing.has(charge.state) && charge.state !== "unknown";
  const net = isGood ? netOf(charge) : undefined;
  const taken = isGood ? first("charge.succeeded") : undefined;
  return {
    charge,
    at: taken ?? failedAt ?? charge.at,
    ...(failedAt !== undefined && { failedAt }),
    isGood,
    isKept: isGood && (net ? net.minor > 0 : charge.state !== "refunded"),
    ...(net && { net }),
    isRenewal: entries.some(({ record }) => renewing.has(record)) && !isProrated(entries),
    isProrated: isProrated(entries),
    orders: [...new Set(entries.flatMap(({ event }) => (event.order === undefined ? [] : [ledgerId(event.order)])))],
    entries,
  };
};

const netOf = ({ amount, refunded, chargedBack }: Charge): Money | undefined => {
  if (!amount) return undefined;
  const back = [refunded, chargedBack].reduce((sum, money) => sum + (money?.currency === amount.currency ? money.minor : 0), 0);
  return { minor: Math.max(0, amount.minor - back), currency: amount.currency };
};
