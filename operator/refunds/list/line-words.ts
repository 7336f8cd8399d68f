/** A line of the list in words, for people: in a table, and in a file for the payment desk. */
import { formatMoney, type Money } from "../../../core/formats/money.ts";
import type { RefundLine } from "../../../core/refunds/payment-line.ts";
import type { RefundSum } from "../../../core/refunds/refund-sums.ts";

export const moneyOf = ({ currency }: Pick<RefundLine, "currency">, minor: number): Money => ({ minor, currency });

/** What has gone back already, by whatever way. */
export const goneBack = ({ refunded, chargedBack, byHand }: RefundLine): number => refunded + chargedBack + byHand;

/** What whoever pays it has to know. */
export const remarkOf = (line: RefundLine): string => {
  const { isEstimated, ids, pending, otherwise = [], isDisputed, byHand, chargedBack } = line;
  return [
    isEstimated && "estimated",
    isEstimated && ids.length > 0 && `less what was given back of ${ids.join(", ")}`,
    byHand > 0 && `${formatMoney(moneyOf(line, byHand))} given back by hand`,
    chargedBack > 0 && `${formatMoney(moneyOf(line, chargedBack))} taken back by the bank`,
    ...otherwise.map(
      ({ currency, refunded, chargedBack: taken }) =>
        `${formatMoney({ minor: refunded + taken, currency })} went back in that currency: find out how much of this that is`,
    ),
    pending !== undefined && `the gateway has announced a refund of ${formatMoney(moneyOf(line, pending))}: wait for it`,
    isDisputed && "the bank disputes it: do not give it back as well",
  ]
    .filter(Boolean)
    .join("; ");
};

/** `12,300 JPY, of which 3,000 JPY are estimated`. */
export const sumText = (sum: RefundSum): string => {
  const { currency, left, estimated, isEstimated } = sum;
  const whole = formatMoney({ minor: left, currency });
  return isEstimated ? `${whole}, of which ${formatMoney({ minor: estimated, currency })} is estimated` : whole;
};
