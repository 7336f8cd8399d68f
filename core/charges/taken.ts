/** Who was charged in a period: the payments that stand, each once, and what they add up to (R-BETWEEN). */
import type { Millis } from "../callback.ts";
import { type PaymentSide, paymentSidesOf } from "../findings/sides/payment-side.ts";
import type { Entry } from "../ledger/entry.ts";
import { balance } from "../ledger/ledger.ts";
import type { Charge } from "../ledger/payment/charge.ts";
import { compareText } from "../ledger/text-order.ts";
import { ledgerId } from "../ledger-id.ts";

/** From its first moment to its last, which is not in it: two that follow each other share nothing (R-TIME-4). */
export interface Interval {
  readonly from: Millis;
  readonly to: Millis;
}

export const isIn = ({ from, to }: Interval, at: Millis): boolean => at >= from && at < to;

/** A line of the ledger in which payments are counted: a contract's, or that of a single payment. */
export interface CountedLine {
  readonly source: string;
  readonly id: string;
  readonly isContract: boolean;
  readonly entries: readonly Entry[];
  /** Accounts that the application has named with it. */
  readonly accounts: readonly string[];
}

/** One successful payment, in one currency; amounts in its minor units. */
export interface Taken {
  readonly source: string;
  /** Absent for a single purchase. */
  readonly contract?: string;
  readonly id: string;
  readonly ids: readonly string[];
  readonly order?: string;
  readonly customer?: string;
  readonly accounts: readonly string[];
  /** When the money was taken, by the gateway's own time. */
  readonly at: Millis;
  readonly state: Charge["state"];
  /** Absent where the gateway has not said how much. */
  readonly money?: { readonly currency: string; readonly gross: number; readonly net: number };
}

/** What failed, was voided, or checked a card, is no charge; and of nothing, nobody was charged. */
export const takenIn = (line: CountedLine, interval: Interval): readonly Taken[] => {
  const { charges, entries, customer } = balance(line.source, line.id, line.entries);
  return paymentSidesOf(charges, entries)
    .filter(({ isGood, at, charge }) => isGood && isIn(interval, at) && charge.amount?.minor !== 0)
    .map((payment) => takenOf(line, payment, customer));
};

/** @param lineCustomer the customer of the payment's line, who counts where the payment itself names none */
const takenOf = ({ source, id, isContract, accounts }: CountedLine, payment: PaymentSide, lineCustomer: string | undefined): Taken => {
  const { charge, at, net, orders, entries } = payment;
  const [order] = orders;
  const customer = entries.findLast(({ event }) => event.customer !== undefined)?.event.customer ?? lineCustomer;
  return {
    source,
    ...(isContract && { contract: id }),
    id: charge.id,
    ids: charge.ids,
    ...(order !== undefined && { order }),
    ...(customer !== undefined && { customer: ledgerId(customer) }),
    accounts,
    at,
    state: charge.state,
    ...(charge.amount && net && { money: { currency: charge.amount.currency, gross: charge.amount.minor, net: net.minor } }),
  };
};

export interface TakenSum {
  readonly currency: string;
  readonly charges: number;
  readonly gross: number;
  /** As of now: less what has gone back since, by refunds and lost disputes. */
  readonly net: number;
}

/** Adds payment after payment, so that a list may be longer than memory. */
export const createTakenSums = () => {
  const sums = new Map<string, TakenSum>();
  let unknown = 0;
  return {
    add({ money }: Pick<Taken, "money">): void {
      if (!money) unknown++;
      else {
        const { currency, gross, net } = money;
        const before = sums.get(currency) ?? { charges: 0, gross: 0, net: 0 };
        sums.set(currency, { currency, charges: before.charges + 1, gross: before.gross + gross, net: before.net + net });
      }
    },
    /** By currency; amounts in two currencies have no sum. */
    all: (): readonly TakenSum[] => [...sums.values()].sort((one, other) => compareText(one.currency, other.currency)),
    /** Those of which nobody knows how much was taken. */
    unknown: (): number => unknown,
  };
};
