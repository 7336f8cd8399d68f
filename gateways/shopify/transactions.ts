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

/** Ways to pay that a merchant only writes down: the mark as paid, cash, and those that Shopify suggests (M: the latter by their English names). */
export const byHand: ReadonlySet<string> = new Set(["manual", "cash", "cash on delivery (cod)", "money order", "bank deposit"]);

/** Shopify says so of each transaction since API 2025-01. https://shopify.dev/changelog/manualpaymentgateway-field-added-to-ordertransaction-object */
const isByHand = (transaction: unknown): boolean =>
  at(transaction, "manual_payment_gateway") === true || byHand.has((textAt(transaction, "gateway") ?? "").toLowerCase());

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
  const [id, charge] = [textAt(transaction, "id"), textAt(transaction, "order_id")];
  const type = transactionType(meaning, status, amount);
  if (isByHand(transaction)) return paidByHand(type, { charge, part: id, amount });
  return {
    type,
    ...omitUndefined({
      charge,
      part: partOf(type, id, textAt(transaction, "parent_id")),
      refund: meaning === "charge.refunded" ? id : undefined,
      reason: failed ? (textAt(transaction, "error_code") ?? textAt(transaction, "message")) : undefined,
    }),
    ...amountFrom(amount),
  };
};

/** No money of the gateway's, neither when it comes in nor when it goes back; the order's total contains it. */
const paidByHand = (
  type: EventType,
  fields: Partial<Record<"charge" | "part", string | undefined>> & { amount: Money | undefined },
): EventDraft => {
  const { charge } = fields;
  if (type === "unknown") return { type, ...omitUndefined({ charge }) };
  return type === "charge.succeeded"
    ? { type: "notice", ...omitUndefined(fields), paidElsewhere: true }
    : { type: "notice", ...omitUndefined({ charge }) };
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
