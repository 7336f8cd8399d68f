/** What an operator says was given back by hand: by a transfer, or at the gateway's own pages. No gateway has said it, or not yet. */
import type { Millis } from "../callback.ts";
import { dayMs } from "../durations.ts";
import type { Money } from "../formats/money.ts";
import type { Charge } from "../ledger/payment/charge.ts";
import { refundedOf } from "../ledger/payment/refunds.ts";
import { compareText } from "../ledger/text-order.ts";

export interface HandRefund {
  /** Of the same statement always the same, so that a file that is read twice says it once. */
  readonly id: string;
  readonly amount: Money;
  /** The first moment of the day on which it was given back, in the deployment's zone. */
  readonly at: Millis;
  /** Of an estimated charge: the day on which it was due, `2023-04-05`. */
  readonly due?: string;
  readonly by: string;
  readonly saidAt: Millis;
  readonly note?: string;
}

/** A desk may write down the day on which it noted what it did. */
const earlierMs = 7 * dayMs;

/**
 * How much of it no gateway has reported, in minor units of the payment's currency; what a gateway has reported is in the payment's refunds, and
 * must not be deducted twice. A refund of exactly that amount is the same money if it is not more than a week older than what was said; what is left
 * is explained by any refunds from that day on, in parts or together with others. Each refund explains its amount once.
 */
export const unreported = (refunds: readonly HandRefund[], charge: Pick<Charge, "amount" | "refunds">): number => {
  const currency = charge.amount?.currency;
  const own = distinct(refunds).filter(({ amount }) => amount.currency === currency);
  const reported = reportedOf(charge.refunds, currency);
  const rest = own.filter(({ amount, at }) => {
    const same = reported.find((refund) => refund.left === amount.minor && refund.at >= at - earlierMs);
    if (same) same.left = 0;
    return !same;
  });
  return rest.reduce((sum, { amount, at }) => {
    let open = amount.minor;
    for (const refund of reported) {
      if (refund.at < at) continue;
      const explained = Math.min(open, refund.left);
      refund.left -= explained;
      open -= explained;
    }
    return sum + open;
  }, 0);
};

/** In the order of time, each once. */
export const distinct = (refunds: readonly HandRefund[]): readonly HandRefund[] =>
  [...new Map(refunds.map((one) => [one.id, one])).values()].sort((one, other) => one.at - other.at || compareText(one.id, other.id));

interface Reported {
  /** What of it explains nothing yet. */
  left: number;
  readonly at: Millis;
}

/** What came back by the gateway's word: each refund that it names, and of its running totals what these do not explain. */
const reportedOf = (refunds: Charge["refunds"], currency: string | undefined): Reported[] => {
  const done = refunds.filter(({ state, amount }) => state === "done" && amount !== undefined && amount.currency === currency);
  const named = done.flatMap(({ id, amount, at }) => (id !== undefined && amount ? [{ left: amount.minor, at }] : []));
  const rest = (refundedOf(refunds, currency)?.minor ?? 0) - named.reduce((sum, { left }) => sum + left, 0);
  const totals = done.filter(({ id }) => id === undefined).map(({ at }) => at);
  return [...named, { left: rest, at: Math.max(...totals) }].sort((one, other) => one.at - other.at);
};
