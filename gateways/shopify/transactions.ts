/** What Shopify says of the transactions of an order: what took money, what gave it back, and what came to nothing. */
import type { Millis } from "../../core/callback.ts";
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { at, listAt, textAt } from "../../core/formats/json.ts";
import { fromMajor, type Money } from "../../core/formats/money.ts";
import { amountFrom, type EventDraft, omitUndefined, parseInstant } from "../kit/kit.ts";

/** What a successful transaction of each kind means; a failed one failed to charge or to give back, or changes nothing. */
export const transactionKinds = new Map<string, EventType>([
  ["authorization", "charge.authorized"],
  ["capture", "charge.succeeded"],
  ["sale", "charge.succeeded"],
  ["refund", "charge.refunded"],
  ["void", "charge.voided"],
  ["change", "notice"],
]);

/** Some say when they happened, apart from the callback. */
export type Draft = EventDraft & Partial<Pick<PaymentEvent, "occurredAt">>;

/** The time that a body says itself, the latest of those it has. */
export const ownTime = (body: unknown): Millis | undefined =>
  ["updated_at", "processed_at", "created_at", "finalized_on", "initiated_at"]
    .map((field) => parseInstant(at(body, field)))
    .find((instant) => instant !== undefined);

export const aboutTransaction = (transaction: unknown): EventDraft => {
  const amount = fromMajor(at(transaction, "amount"), at(transaction, "currency"));
  const meaning = transactionKinds.get(textAt(transaction, "kind") ?? "") ?? "unknown";
  const status = textAt(transaction, "status");
  const failed = status === "failure" || status === "error";
  const id = textAt(transaction, "id");
  const type = transactionType(meaning, status, amount);
  return {
    type,
    ...omitUndefined({
      charge: textAt(transaction, "order_id"),
      part: partOf(type, id, textAt(transaction, "parent_id")),
      refund: meaning === "charge.refunded" ? id : undefined,
      reason: failed ? (textAt(transaction, "error_code") ?? textAt(transaction, "message")) : undefined,
    }),
    ...amountFrom(amount),
  };
};

const transactionType = (meaning: EventType, status: string | undefined, amount: Money | undefined): EventType => {
  const failed = status === "failure" || status === "error";
  if (meaning === "unknown") return meaning;
  if (meaning === "charge.refunded") {
    if (failed) return "refund.failed";
    return status === "success" ? meaning : "refund.pending";
  }
  const takes = meaning === "charge.authorized" || meaning === "charge.succeeded";
  if (status !== "success" && !(failed && takes)) return "notice";
  if (takes && amount?.minor === 0) return failed ? "card.verification_failed" : "card.verified";
  return failed ? "charge.failed" : meaning;
};

/** A void is about the transaction before it; one that names none is about the payment, of which nothing may have been taken. */
const partOf = (type: EventType, id: string | undefined, parent: string | undefined): string | undefined => {
  if (type === "charge.voided") return parent;
  return type.startsWith("charge.") && type !== "charge.refunded" ? id : undefined;
};

/** One event per transaction that gives money back, under the id and with the time that `order_transactions/create` gives it too. */
export const aboutRefund = (refund: unknown): readonly Draft[] => {
  const charge = textAt(refund, "order_id");
  const given = listAt(refund, "transactions").filter((one) => textAt(one, "kind") === "refund");
  if (given.length === 0) return [{ type: "notice", ...omitUndefined({ charge }) }];
  return given.map((one) => ({ ...aboutTransaction(one), ...omitUndefined({ charge, occurredAt: ownTime(one) }) }));
};
