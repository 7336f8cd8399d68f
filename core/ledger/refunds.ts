/** What went back of one payment. Each refund is a register of its own, because one that was announced can still fail. */
import type { PaymentEvent } from "../event.ts";
import type { Money } from "../formats/money.ts";
import { total } from "./sums.ts";

export interface Refund {
  /** Absent for the running total that some gateways report without naming a refund. */
  readonly id?: string;
  /** Of a running total: the part of the payment that it is about, where it is not about the whole. */
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
      const { refund: id, part } = last;
      // Any of its events may carry the amount; a reversal can be reported as a refund of zero.
      const reported = about.findLast(({ amount }) => amount !== undefined && amount.minor !== 0)?.amount;
      const isReversed = last.type === "charge.refunded" && last.amount?.minor === 0;
      const amount = reported ?? (isReversed ? last.amount : charged);
      return {
        ...(id === undefined ? part !== undefined && { part } : { id }),
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
  const unnamed = refunds.filter(({ id, state, amount }) => id === undefined && state === "done" && amount !== undefined);
  const counted = currency ?? unnamed[0]?.amount?.currency;
  const sum = (some: readonly Refund[]) =>
    total(
      some.map(({ amount }) => amount),
      counted,
    );
  const done = sum(named.filter(({ state }) => state === "done"));
  // A total of the whole contains those of its parts.
  const [ofParts, ofWhole] = [sum(unnamed.filter(({ part }) => part !== undefined)), sum(unnamed.filter(({ part }) => part === undefined))];
  const running = ofParts && ofWhole ? { ...ofParts, minor: Math.max(ofParts.minor, ofWhole.minor) } : (ofParts ?? ofWhole);
  if (!running) return done;
  const since = Math.max(...unnamed.map(({ at }) => at));
  const explained = sum(named.filter(({ state, at }) => state !== "failed" || at >= since));
  const rest = Math.max(0, running.minor - (explained?.minor ?? 0));
  return { minor: (done?.minor ?? 0) + rest, currency: running.currency };
};
