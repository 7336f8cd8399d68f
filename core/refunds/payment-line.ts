/** What is to be given back of one payment: what was taken, less what has gone back by refunds, by lost disputes and by hand (R-BACK-1). */
import type { Millis } from "../callback.ts";
import type { EventType } from "../event.ts";
import type { PaymentSide } from "../findings/sides/payment-side.ts";
import type { Charge } from "../ledger/payment/charge.ts";
import type { GoneBack } from "../ledger/sums.ts";
import { type HandRefund, unreported } from "./hand-refund.ts";

/** Whose line it is. */
export interface Party {
  readonly source: string;
  readonly contract?: string;
  readonly account?: string;
  readonly customer?: string;
}

/** One payment, or one estimated charge, in one currency; amounts in its minor units. */
export interface RefundLine extends Party {
  /** The payment's id, or that of the estimate: what `refunds done` takes. */
  readonly id: string;
  /** Every id by which it goes; of an estimate those of the payments whose refunds were deducted. */
  readonly ids: readonly string[];
  readonly order?: string;
  /** Before the records begin: it was due then, and nobody knows whether it was charged (R-EST). */
  readonly isEstimated: boolean;
  /** When it was charged, or due. */
  readonly at: Millis;
  readonly currency: string;
  readonly charged: number;
  readonly refunded: number;
  /** What lost disputes took back. */
  readonly chargedBack: number;
  /** What an operator gave back, and no gateway has reported. */
  readonly byHand: number;
  /** To give back. Never negative, and never more than was charged. */
  readonly left: number;
  /** Of that, what the gateway has announced and not done yet. */
  readonly pending?: number;
  /** What went back in other currencies: nobody can say how much of `left` that is, so an operator has to look. */
  readonly otherwise?: readonly GoneBack[];
  /** The bank asks for it: who gives it back as well may lose it twice. */
  readonly isDisputed?: true;
}

/** Why there is nothing to give back. */
export type Nothing =
  | "failed"
  | "voided"
  | "authorized"
  | "check"
  | "refunded"
  | "charged back"
  | "given back by hand"
  | "free"
  | "taken before the records"
  | "amount unknown";

export type PaymentBack = { readonly kind: "line"; readonly line: RefundLine } | { readonly kind: "nothing"; readonly why: Nothing };

/** @param most at most so much of it, in minor units, of which what was given back by hand is a part */
export const paymentBack = (
  party: Party,
  payment: PaymentSide,
  handRefunds: readonly HandRefund[],
  most = Number.POSITIVE_INFINITY,
): PaymentBack => {
  const { charge, at, orders } = payment;
  const untaken = notTaken(payment);
  if (untaken || !charge.amount) return { kind: "nothing", why: untaken ?? "amount unknown" };
  const { minor: charged, currency } = charge.amount;
  const inCurrency = (money: Charge["amount"]): number => (money?.currency === currency ? money.minor : 0);
  const [refunded, chargedBack, byHand] = [inCurrency(charge.refunded), inCurrency(charge.chargedBack), unreported(handRefunds, charge)];
  const left = Math.max(0, Math.min(most, charged - refunded - chargedBack) - byHand);
  if (left === 0) return { kind: "nothing", why: byHand > 0 ? "given back by hand" : chargedBack > 0 ? "charged back" : "refunded" };
  const [order] = orders;
  const pending = charge.refunds.reduce((sum, { state, amount }) => sum + (state === "pending" ? inCurrency(amount) : 0), 0);
  return {
    kind: "line",
    line: {
      ...party,
      id: charge.id,
      ids: charge.ids,
      ...(order !== undefined && { order }),
      isEstimated: false,
      at,
      currency,
      charged,
      refunded,
      chargedBack,
      byHand,
      left,
      ...(charge.otherwise && { otherwise: charge.otherwise }),
      ...(pending > 0 && { pending: Math.min(pending, left) }),
      ...(charge.disputes.some(({ state }) => state === "opened") && { isDisputed: true }),
    },
  };
};

const takes: ReadonlySet<EventType> = new Set<EventType>(["charge.authorized", "charge.succeeded", "charge.failed", "charge.voided"]);

/** Nothing of its taking is in the records: only that it was refunded or disputed, so it was taken before they begin. */
export const isFromBefore = ({ entries }: Pick<PaymentSide, "entries">): boolean => !entries.some(({ event }) => takes.has(event.type));

const notTaken = (payment: PaymentSide): Nothing | undefined => {
  if (isFromBefore(payment)) return "taken before the records";
  const { state, amount } = payment.charge;
  if (amount?.minor === 0) return "free";
  return state === "failed" || state === "voided" || state === "authorized" ? state : undefined;
};
