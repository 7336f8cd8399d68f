/** One payment, added up from all events about it, in any order: what was taken, in which parts, and what went back. */
import type { Millis } from "../../callback.ts";
import { formatMoney, type Money } from "../../formats/money.ts";
import { type GoneBack, total } from "../sums.ts";
import { type CardCheck, isCardCheck, isOpenUnit, isUndoneUnit, openCheck } from "./card-check.ts";
import { type Dispute, disputesOf } from "./disputes.ts";
import type { Payment } from "./payment-ids.ts";
import { type Refund, refundedOf, refundsOf } from "./refunds.ts";
import { type Part, type Taking, takingsOf } from "./taking.ts";

export type ChargePart = Omit<Part, "by">;

export interface Charge {
  /** The id under which it was taken. */
  readonly id: string;
  /** All ids by which the gateway names it. */
  readonly ids: readonly string[];
  /** `unknown`: nothing is known of it but refunds that are not done, or disputes. */
  readonly state: Taking["state"] | "refunded" | "partly_refunded" | "unknown";
  /** What was taken; of one that was not, what was to be. */
  readonly amount?: Money;
  /** What went back in refunds that are done. */
  readonly refunded?: Money;
  /** What lost disputes took back. */
  readonly chargedBack?: Money;
  /** What went back in other currencies than it was taken in: nobody can say how much of the payment that is. */
  readonly otherwise?: readonly GoneBack[];
  readonly at: Millis;
  readonly order?: string;
  readonly reason?: string;
  readonly parts: readonly ChargePart[];
  readonly refunds: readonly Refund[];
  readonly disputes: readonly Dispute[];
}

export type PaymentOutcome =
  | { readonly kind: "charge"; readonly charge: Charge }
  | { readonly kind: "check"; readonly check: CardCheck }
  | { readonly kind: "nothing" };

/** @param payment its events in the order of time */
export const chargeOf = ({ ids, events }: Payment): PaymentOutcome => {
  const { parts, taking } = takingsOf(events);
  const refunds = refundsOf(events, taking?.amount);
  const disputes = disputesOf(events, taking?.amount, refunds);
  const lastRefund = events.findLast(({ type }) => type === "charge.refunded");
  const main = taking?.by ?? lastRefund ?? events.findLast(({ type }) => type.startsWith("refund.") || type.startsWith("dispute."));
  if (!main) return { kind: "nothing" };
  // The check itself was reported; that it was undone afterwards does not make it a charge.
  if (taking?.state === "voided" && taking.by.type === "charge.voided" && events.some(isCardCheck)) return { kind: "nothing" };
  const id = main.charge ?? (ids[0] as string);
  const refunded = refundedOf(refunds, taking?.amount?.currency);
  const currency = taking?.amount?.currency ?? refunded?.currency;
  if (taking && isUndoneUnit(taking, events, refunded)) return { kind: "check", check: { id, at: taking.at, passed: true } };
  if (taking && isOpenUnit(taking, events)) return { kind: "check", check: openCheck(id, taking, events) };
  const chargedBack = total(
    disputes.map(({ tookBack }) => tookBack),
    currency,
  );
  const otherwise = otherwiseOf(refunds, disputes, currency ?? chargedBack?.currency);
  return {
    kind: "charge",
    charge: {
      id,
      ids,
      state: stateOf(taking, refunds, refunded),
      at: main.occurredAt,
      ...(taking?.amount && { amount: taking.amount }),
      ...(refunded && { refunded }),
      ...(chargedBack && { chargedBack }),
      ...(otherwise.length > 0 && { otherwise }),
      ...(main.order !== undefined && { order: main.order }),
      ...(taking?.reason !== undefined && { reason: taking.reason }),
      parts: parts.map(({ by: _, ...part }) => part),
      refunds,
      disputes,
    },
  };
};

/** One for each currency but that of the payment, sorted by its code. */
const otherwiseOf = (refunds: readonly Refund[], disputes: readonly Dispute[], currency: string | undefined): readonly GoneBack[] => {
  const all = [...refunds.map(({ amount }) => amount), ...disputes.map(({ tookBack }) => tookBack)];
  const others = new Set(all.flatMap((money) => (money && money.currency !== currency ? money.currency : [])));
  return [...others].sort().flatMap((other) => {
    const refunded = refundedOf(refunds, other)?.minor;
    const chargedBack = total(
      disputes.map(({ tookBack }) => tookBack),
      other,
    )?.minor;
    return refunded || chargedBack ? [{ currency: other, refunded: refunded ?? 0, chargedBack: chargedBack ?? 0 }] : [];
  });
};

const stateOf = (taking: Taking | undefined, refunds: readonly Refund[], refunded: Money | undefined): Charge["state"] => {
  if (taking?.state === "voided") return "voided";
  const isRefunded = refunds.some(({ state }) => state === "done") && refunded?.minor !== 0;
  if (!isRefunded) return taking?.state ?? "unknown";
  const isPart = taking?.amount !== undefined && (refunded === undefined || refunded.minor < taking.amount.minor);
  return isPart ? "partly_refunded" : "refunded";
};

/** For people: "succeeded 1,980 JPY". */
export const describeCharge = (charge: Pick<Charge, "state" | "amount" | "refunded" | "chargedBack" | "otherwise">): string =>
  [
    charge.state,
    charge.amount && formatMoney(charge.amount),
    charge.refunded && `(refunded ${formatMoney(charge.refunded)})`,
    charge.chargedBack && `(charged back ${formatMoney(charge.chargedBack)})`,
    ...(charge.otherwise ?? []).flatMap(({ currency, refunded, chargedBack }) => [
      refunded > 0 && `(refunded ${formatMoney({ minor: refunded, currency })})`,
      chargedBack > 0 && `(charged back ${formatMoney({ minor: chargedBack, currency })})`,
    ]),
  ]
    .filter(Boolean)
    .join(" ");
