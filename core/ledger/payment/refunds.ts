/** What went back of one payment. Each refund is a register of its own, because one that was announced can still fail. */
import type { PaymentEvent } from "../../event.ts";
import type { Money } from "../../formats/money.ts";
import { total } from "../sums.ts";

export interface Refund {
  /** Absent for the running total that some gateways report without naming a refund. */
  readonly id?: string;
  /** The part of the payment that it is about, where that is said. */
  readonly part?: string;
  readonly state: "pending" | "done" | "failed";
  readonly amount?: Money;
  readonly at: number;
  readonly reason?: string;
}

const states = { "refund.pending": "pending", "charge.refunded": "done", "refund.failed": "failed" } as const;

const isRefund = (event: PaymentEvent): event is PaymentEvent & { readonly type: keyof typeof states } => Object.hasOwn(states, event.type);

/**
 * The refunds of a payment, in the order of time.
 * @param events of one payment, in the order of time
 * @param charged what a refund without an amount gives back: all
 */
export const refundsOf = (events: readonly PaymentEvent[], charged: Money | undefined): readonly Refund[] => {
  const byName = Map.groupBy(events.filter(isRefund), ({ refund, part }) => JSON.stringify(refund === undefined ? [null, part] : [refund]));
  return [...byName.values()]
    .map((about): Refund => {
      const last = about.at(-1) as (typeof about)[number];
      const id = last.refund;
      const part = about.findLast((event) => event.part !== undefined)?.part;
      // Any of its events may carry the amount; a reversal can be reported as a refund of zero.
      const reported = about.findLast(({ amount }) => amount !== undefined && amount.minor !== 0)?.amount;
      const isReversed = last.type === "charge.refunded" && last.amount?.minor === 0;
      const amount = reported ?? (isReversed ? last.amount : charged);
      return {
        ...(id !== undefined && { id }),
        ...(part !== undefined && { part }),
        state: isReversed ? "failed" : states[last.type],
        ...(amount && { amount }),
        at: last.occurredAt,
        ...(last.reason !== undefined && { reason: last.reason }),
      };
    })
    .sort((one, other) => one.at - other.at || (one.id ?? "").localeCompare(other.id ?? "", "en"));
};

/**
 * The amount that went back, in one currency: refunds in another are never added. Running totals count only for what no named refund
 * explains, whatever has become of that refund since; one that had failed before is not in them. Undefined when nothing is known to have gone
 * back in that currency.
 */
export const refundedOf = (refunds: readonly Refund[], currency: string | undefined): Money | undefined => {
  const named = refunds.filter(({ id }) => id !== undefined);
  const done = named.filter(({ state }) => state === "done");
  const totals = refunds.filter(({ id, state }) => id === undefined && state === "done");
  const known = sum([...totals, ...done], currency);
  if (!known) return undefined;
  const minorOf = (some: readonly Refund[]): number => sum(some, known.currency)?.minor ?? 0;
  /** Of that total. */
  const explained = (total: readonly Refund[], some: readonly Refund[]): number => {
    const since = Math.max(...total.map(({ at }) => at));
    return minorOf(some.filter(({ state, at }) => state !== "failed" || at >= since));
  };
  const unexplained = (total: readonly Refund[], some: readonly Refund[]): number => Math.max(0, minorOf(total) - explained(total, some));
  const [ofParts, ofWhole] = [totals.filter(({ part }) => part !== undefined), totals.filter(({ part }) => part === undefined)];
  const ofNoPart = named.filter(({ part }) => part === undefined);
  const inParts = ofParts.reduce(
    (rest, total) =>
      rest +
      unexplained(
        [total],
        named.filter(({ part }) => part === total.part),
      ),
    0,
  );
  // One that names no part may be of any, and a total of the whole contains those of its parts.
  const rest = Math.max(0, inParts - explained(ofParts, ofNoPart), unexplained(ofWhole, named));
  return { minor: minorOf(done) + rest, currency: known.currency };
};

const sum = (some: readonly Refund[], currency: string | undefined): Money | undefined =>
  total(
    some.map(({ amount }) => amount),
    currency,
  );
