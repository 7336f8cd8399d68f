/** What Square says of payments and refunds, as they are now. https://developer.squareup.com/reference/square/objects/Payment */
import type { EventType } from "../../core/event.ts";
import { at, textAt } from "../../core/formats/json.ts";
import { fromMinor, type Money } from "../../core/formats/money.ts";
import { amountFrom, type EventDraft, omitUndefined } from "../kit/kit.ts";

export const paymentMeanings = new Map<string, EventType>([
  ["PENDING", "notice"],
  ["APPROVED", "charge.authorized"],
  ["COMPLETED", "charge.succeeded"],
  ["CANCELED", "charge.voided"],
  ["FAILED", "charge.failed"],
]);

export const refundMeanings = new Map<string, EventType>([
  ["PENDING", "refund.pending"],
  ["COMPLETED", "charge.refunded"],
  ["REJECTED", "refund.failed"],
  ["FAILED", "refund.failed"],
]);

/** A payment by this name is of its order; an order is no payment's own id. */
export const orderIdAt = (object: unknown): readonly string[] | undefined => {
  const order = textAt(object, "order_id");
  return order === undefined ? undefined : [`order:${order}`];
};

/** Cash, and what was paid elsewhere, is only written down at Square. */
const paidElsewhere = new Set(["CASH", "EXTERNAL"]);

/** The amount taken includes the tip: `total_money`. */
export const aboutPayment = (payment: unknown): EventDraft => {
  const id = textAt(payment, "id");
  const status = paymentMeanings.get(textAt(payment, "status") ?? "") ?? "unknown";
  const type = paidElsewhere.has(textAt(payment, "source_type") ?? "") ? "notice" : status;
  return {
    type,
    ...omitUndefined({
      charge: id,
      alsoKnownAs: orderIdAt(payment),
      part: type.startsWith("charge.") ? id : undefined,
      customer: textAt(payment, "customer_id"),
      order: textAt(payment, "reference_id") ?? textAt(payment, "order_id"),
      reason: textAt(payment, "card_details", "errors", 0, "code"),
    }),
    ...amountFrom(moneyAt(payment, "total_money") ?? moneyAt(payment, "amount_money")),
  };
};

export const aboutRefund = (refund: unknown): EventDraft => ({
  type: paidElsewhere.has(textAt(refund, "destination_type") ?? "")
    ? "notice"
    : (refundMeanings.get(textAt(refund, "status") ?? "") ?? "unknown"),
  ...omitUndefined({
    charge: textAt(refund, "payment_id"),
    refund: textAt(refund, "id"),
    order: textAt(refund, "order_id"),
    reason: textAt(refund, "reason"),
  }),
  ...amountFrom(moneyAt(refund, "amount_money")),
});

export const moneyAt = (object: unknown, field: string): Money | undefined =>
  fromMinor(at(object, field, "amount"), at(object, field, "currency"));
