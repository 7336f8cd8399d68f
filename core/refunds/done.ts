/** Whether what an operator says was given back can be, is said already, or has been reported by the gateway: then it is not said again. */
import type { PaymentSide } from "../findings/payment-side.ts";
import { formatMoney } from "../formats/money.ts";
import { digest } from "../signature.ts";
import type { DoneRow } from "./done-row.ts";
import { distinct, type HandRefund, unreported } from "./hand-refund.ts";
import { type Party, paymentBack, type RefundLine } from "./payment-line.ts";

export type Verdict =
  | { readonly kind: "record"; readonly refund: HandRefund }
  /** The same amount of the same day is said already: by this file, or an earlier one. */
  | { readonly kind: "known" }
  /** The gateway has reported that refund, so that it is deducted anyway. */
  | { readonly kind: "reported" }
  | { readonly kind: "problem"; readonly why: string };

interface Said {
  readonly by: string;
  readonly saidAt: number;
}

/** @param said all that was said of this payment before, also by earlier lines of the file */
export const doneOfPayment = (row: DoneRow, party: Party, payment: PaymentSide, said: readonly HandRefund[], who: Said): Verdict => {
  const { charge } = payment;
  const refund = refundOf(row, `${party.source}/${charge.id}`, who);
  if (isSaid(refund, said)) return { kind: "known" };
  if (charge.amount && charge.amount.currency !== row.amount.currency)
    return { kind: "problem", why: `the payment is of ${formatMoney(charge.amount)}, and not in ${row.amount.currency}` };
  if (charge.amount && unreported([...said, refund], charge) === unreported(said, charge)) return { kind: "reported" };
  const before = paymentBack(party, payment, said);
  return fits(refund, before.kind === "line" ? before.line.left : 0);
};

/** @param line of that day, as it stands */
export const doneOfEstimate = (
  row: DoneRow,
  due: string,
  line: RefundLine | undefined,
  said: readonly HandRefund[],
  who: Said,
): Verdict => {
  const refund = { ...refundOf(row, row.payment, who), due };
  if (isSaid(refund, said)) return { kind: "known" };
  if (!line) return { kind: "problem", why: `no charge is estimated for ${due}` };
  if (line.currency !== row.amount.currency)
    return { kind: "problem", why: `it is estimated in ${line.currency}, and not in ${row.amount.currency}` };
  return fits(refund, line.left);
};

const fits = (refund: HandRefund, left: number): Verdict =>
  refund.amount.minor <= left
    ? { kind: "record", refund }
    : {
        kind: "problem",
        why: `${formatMoney(refund.amount)} is more than is left to give back, ${formatMoney({ ...refund.amount, minor: left })}`,
      };

const refundOf = ({ amount, at, note }: DoneRow, of: string, { by, saidAt }: Said): HandRefund => ({
  id: digest("sha256", [JSON.stringify([of, amount.minor, amount.currency, at])]).slice(0, 32),
  amount,
  at,
  by,
  saidAt,
  ...(note !== undefined && { note }),
});

const isSaid = ({ amount, at, due }: HandRefund, said: readonly HandRefund[]): boolean =>
  distinct(said).some(
    (one) => one.amount.minor === amount.minor && one.amount.currency === amount.currency && one.at === at && one.due === due,
  );
