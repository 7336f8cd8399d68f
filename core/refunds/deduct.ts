/** What went back of payments from before the records, taken off their estimate and shown beside it (R-EST 8). */
import type { Millis } from "../callback.ts";
import type { PaymentSide } from "../findings/sides/payment-side.ts";
import { localDateText } from "../formats/local-time.ts";
import type { Zone } from "../formats/zone.ts";
import type { HandRefund } from "./hand-refund.ts";
import type { RefundLine } from "./payment-line.ts";

interface Deduction {
  readonly kind: "refunded" | "chargedBack" | "byHand";
  readonly at: Millis;
  readonly minor: number;
  readonly currency: string;
  /** The payment that it is of. */
  readonly payment?: string;
  /** The day for which it was said to be. */
  readonly due?: string | undefined;
}

/**
 * Which of the estimated charges a refund was of, nobody knows: it is put to the day that is named, else to the last one before it that it pays
 * back in full, else to those before it, the last first. The sum is the same, and never below nothing.
 * @param lines of one contract, in the order of time @param before payments of that contract that were taken before the records
 */
export const deduct = (
  lines: readonly RefundLine[],
  before: readonly PaymentSide[],
  byHand: readonly HandRefund[],
  zone: Zone,
): readonly RefundLine[] => {
  const after = lines.map((line) => ({ ...line }));
  for (const deduction of [...before.flatMap(ofPayment), ...byHand.map(ofHand)]) {
    let open = deduction.minor;
    for (const line of inTurn(after, deduction, zone)) {
      const part = Math.min(open, line.left);
      if (part === 0) continue;
      line[deduction.kind] += part;
      line.left -= part;
      open -= part;
      if (deduction.payment !== undefined) line.ids = [...line.ids, deduction.payment];
    }
  }
  return after;
};

type Mutable = { -readonly [Name in keyof RefundLine]: RefundLine[Name] };

const inTurn = (lines: readonly Mutable[], { at, minor, currency, due }: Deduction, zone: Zone): readonly Mutable[] => {
  const own = lines.filter((line) => line.currency === currency);
  const earlier = own.filter((line) => line.at <= at).toReversed();
  const named = own.find((line) => localDateText(line.at, zone) === due);
  const first = named ?? earlier.find(({ left }) => left === minor);
  // Some come again, with nothing left.
  return [...(first ? [first] : []), ...earlier, ...own];
};

const ofPayment = ({ charge }: PaymentSide): readonly Deduction[] => {
  const { id: payment, at, refunded, chargedBack } = charge;
  return [
    ...(refunded ? [{ kind: "refunded" as const, at, payment, ...refunded }] : []),
    ...(chargedBack ? [{ kind: "chargedBack" as const, at, payment, ...chargedBack }] : []),
  ];
};

const ofHand = ({ at, amount, due }: HandRefund): Deduction => ({ kind: "byHand", at, ...amount, due });
