/** What went back of one payment. Each refund is a register of its own, because one that was announced can still fail. */
import type { PaymentEvent } from "../event.ts";
import type { Money } from "../formats/money.ts";
import { total } from "./sums.ts";

export interface Refund {
  /** Absent for the running total that some gateways report without naming a refund. */
  readonly id?: string;
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
  const byId = Map.groupBy(events.filter(isRefund), ({ refund }) => refund);
  return [...byId]
    .map(([id, about]): Refund => {
      const last = about.at(-1) as (typeof about)[number];
      // Any of its events may carry the amount; a reversal can be reported as a refund of zero.
      const reported = about.findLast(({ amount }) => amount !== undefined && amount.minor !== 0)?.amount;
      const isReversed = last.type === "charge.refunded" && last.amount?.minor === 0;
      const amount = reported ?? (isReversed ? last.amount : charged);
      return {
        ...(id !== undefined && { id }),
        state: isReversed ? "failed" : states[last.type],
        ...(amount && { amount }),
        at: last.occurredAt,
        ...(last.reason !== undefined && { reason: last.reason }),
      };
    })
    .sort((one, other) => one.at - other.at || (one.id ?? "").localeCompare(other.id ?? "", "en"));
};

/**
 * The amount that went back, in one currency: refunds in another are never added. A running total counts only for what no named refund
 * explains, whatever has become of that refund since; one that had failed before is not in it. Undefined when nothing is known to have gone
 * back in that currency.
 */
export const refundedOf = (refunds: readonly Refund[], currency: string | undefined): Money | undefined => {
  const named = refunds.filter(({ id }) => id !== undefined);
  const unnamed = refunds.find(({ id, state }) => id === undefined && state === "done");
  const running = unnamed?.amount;
  const done = total(
    named.filter(({ state }) => state === "done").map(({ amount }) => amount),
    currency ?? running?.currency,
  );
  if (!unnamed || !running || (currency !== undefined && running.currency !== currency)) return done;
  const explained = total(
    named.filter(({ state, at }) => state !== "failed" || at >= unnamed.at).map(({ amount }) => amount),
    running.currency,
  );
  const rest = Math.max(0, running.minor - (explained?.minor ?? 0));
  return { minor: (done?.minor ?? 0) + rest, currency: running.currency };
};
