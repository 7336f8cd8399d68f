/** Whether what an operator says was given back can be, is recorded already, or has been reported by the gateway: then it is not recorded again. */
import type { PaymentSide } from "../findings/sides/payment-side.ts";
import { formatMoney } from "../formats/money.ts";
import { digest } from "../signature.ts";
import type { DoneRow } from "./done-row.ts";
import { distinct, type HandRefund, unreported } from "./hand-refund.ts";
import { type Party, paymentBack, type RefundLine } from "./payment-line.ts";

export type Verdict =
  | { readonly kind: "record"; readonly refund: HandRefund }
  /** The same amount of the same day is recorded already: by this file, or an earlier one. */
  | { readonly kind: "known" }
  /** The gateway has reported that refund, so that it is deducted anyway. */
  | { readonly kind: "reported" }
  | { readonly kind: "problem"; readonly why: string };

interface Operator {
  readonly by: string;
  readonly saidAt: number;
}

/** @param known all that was recorded of this payment before, also by earlier lines of the file */
export const doneOfPayment = (row: DoneRow, party: Party, payment: PaymentSide, known: readonly HandRefund[], who: Operator): Verdict => {
  const { charge } = payment;
  const refund = refundOf(row, `${party.source}/${charge.id}`, who);
  if (isKnown(refund, known)) return { kind: "known" };
  if (charge.amount && charge.amount.currency !== row.amount.currency)
    return { kind: "problem", why: `the payment is of ${formatMoney(charge.amount)}, and not in ${row.amount.currency}` };
  if (charge.amount && unreported([...known, refund], charge) === unreported(known, charge)) return { kind: "reported" };
  const before = paymentBack(party, payment, known);
  return fits(refund, before.kind === "line" ? before.line.left : 0);
};

/** @param line of that day, as it stands */
export const doneOfEstimate = (
  row: DoneRow,
  due: string,
  line: RefundLine | undefined,
  known: readonly HandRefund[],
  who: Operator,
): Verdict => {
  const refund = { ...refundOf(row, row.payment, who), due };
  if (isKnown(refund, known)) return { kind: "known" };
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

const refundOf = ({ amount, at, note }: DoneRow, of: string, { by, saidAt }: Operator): HandRefund => ({
  id: digest("sha256", [JSON.stringify([of, amount.minor, amount.currency, at])]).slice(0, 32),
  amount,
  at,
  by,
  saidAt,
  ...(note !== undefined && { note }),
});

const isKnown = ({ amount, at, due }: HandRefund, known: readonly HandRefund[]): boolean =>
  distinct(known).some(
    (one) => one.amount.minor === amount.minor && one.amount.currency === amount.currency && one.at === at && one.due === due,
  );
