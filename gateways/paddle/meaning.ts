/** What the callbacks of Paddle Billing mean. */
import type { EventType } from "../../core/event.ts";
import { at, listAt, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMinor } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { amountFrom, type EventDraft, omitUndefined, parseInstant, withEventIds } from "../kit/kit.ts";
import { front } from "./front.ts";

export const transactionMeanings = new Map<string, EventType>([
  ["transaction.completed", "charge.succeeded"],
  ["transaction.paid", "charge.succeeded"],
  ["transaction.payment_failed", "charge.failed"],
  ["transaction.canceled", "charge.voided"],
  ["transaction.billed", "notice"],
  ["transaction.created", "notice"],
  ["transaction.past_due", "notice"],
  ["transaction.ready", "notice"],
  ["transaction.revised", "notice"],
  ["transaction.updated", "notice"],
]);

export const subscriptionEvents = new Map<string, EventType>([
  ["subscription.activated", "contract.started"],
  ["subscription.canceled", "contract.cancelled"],
  ["subscription.past_due", "contract.past_due"],
  ["subscription.paused", "contract.paused"],
  ["subscription.resumed", "contract.resumed"],
  ["subscription.trialing", "contract.started"],
]);

/** For events that say only that something about the subscription changed: its status says what it is now. */
export const subscriptionStatuses = new Map<string, EventType>([
  ["active", "contract.resumed"],
  ["trialing", "contract.started"],
  ["past_due", "contract.past_due"],
  ["paused", "contract.paused"],
  ["canceled", "contract.cancelled"],
]);

/** What an adjustment that counts (approved) does; a refund's status decides. Credits lower a bill that is still open: no money goes back. */
export const adjustmentMeanings = new Map<string, EventType>([
  // Reported once the money is gone; Paddle contests it afterwards, and reverses it when that succeeds.
  ["chargeback", "dispute.lost"],
  ["chargeback_reverse", "dispute.won"],
  ["chargeback_warning", "notice"],
  ["chargeback_warning_reverse", "notice"],
  ["credit", "notice"],
  ["credit_reverse", "notice"],
]);

const noticed =
  /^(address|api_key|api_key_exposure|business|client_token|customer|discount|discount_group|payment_method|payout|price|product|report)\./;

export const parse: Parse = (callback) => {
  const body = parseJson(callback.body);
  const gatewayType = textAt(body, "event_type");
  if (!gatewayType) throw new Error("the body is not a Paddle event: it has no event_type");
  const id = front.identify(callback);
  const occurredAt = parseInstant(at(body, "occurred_at")) ?? callback.receivedAt;
  return withEventIds(
    id,
    draftsOf(gatewayType, at(body, "data")).map((event) => ({ gatewayType, occurredAt, ...event })),
  );
};

const draftsOf = (gatewayType: string, data: unknown): readonly EventDraft[] => {
  if (gatewayType.startsWith("transaction.")) return aboutTransaction(gatewayType, data);
  if (gatewayType.startsWith("subscription.")) return [aboutSubscription(gatewayType, data)];
  if (gatewayType === "adjustment.created" || gatewayType === "adjustment.updated") return [aboutAdjustment(data)];
  return [{ type: noticed.test(gatewayType) ? "notice" : "unknown" }];
};

const aboutTransaction = (gatewayType: string, data: unknown): readonly EventDraft[] => {
  const amount = fromMinor(textAt(data, "details", "totals", "grand_total"), textAt(data, "currency_code"));
  const meaning = transactionMeanings.get(gatewayType) ?? "unknown";
  const type = amount?.minor === 0 ? withoutMoney(gatewayType, data) : meaning;
  const whose = omitUndefined({ contract: textAt(data, "subscription_id"), customer: textAt(data, "customer_id") });
  const event: EventDraft = {
    type,
    ...whose,
    ...omitUndefined({
      charge: textAt(data, "id"),
      reason: type === "charge.failed" ? textAt(data, "payments", 0, "error_code") : undefined,
    }),
    ...amountFrom(amount),
  };
  const renewed = gatewayType === "transaction.completed" && textAt(data, "origin") === "subscription_recurring";
  return renewed ? [event, { type: "contract.renewed", ...whose }] : [event];
};

/** Only `completed` counts as the check: `paid` reports the same one a moment earlier. */
const withoutMoney = (gatewayType: string, data: unknown): EventType => {
  if (listAt(data, "payments").length === 0) return transactionMeanings.has(gatewayType) ? "notice" : "unknown";
  if (gatewayType === "transaction.completed") return "card.verified";
  if (gatewayType === "transaction.payment_failed") return "card.verification_failed";
  return transactionMeanings.has(gatewayType) ? "notice" : "unknown";
};

/** A new subscription names the transaction that paid for it, which may have been reported before there was one. */
const aboutSubscription = (gatewayType: string, data: unknown): EventDraft => {
  const status = subscriptionStatuses.get(textAt(data, "status") ?? "") ?? "unknown";
  const isNew = gatewayType === "subscription.created" || gatewayType === "subscription.imported";
  const type = isNew && status === "contract.resumed" ? "contract.started" : status;
  return {
    type: subscriptionEvents.get(gatewayType) ?? (isNew || gatewayType === "subscription.updated" ? type : "unknown"),
    ...omitUndefined({
      contract: textAt(data, "id"),
      customer: textAt(data, "customer_id"),
      charge: textAt(data, "transaction_id"),
    }),
  };
};

/** What becomes of a refund. */
export const refundStatuses = new Map<string, EventType>([
  ["pending_approval", "refund.pending"],
  ["approved", "charge.refunded"],
  ["rejected", "refund.failed"],
  ["reversed", "refund.failed"],
]);

/**
 * A refund has an id of its own and changes its status. A chargeback and its reversal are two adjustments, which name only the transaction that
 * they have in common; that the first is then `reversed` says nothing new.
 */
const aboutAdjustment = (data: unknown): EventDraft => {
  const [action, status] = [textAt(data, "action") ?? "", textAt(data, "status") ?? ""];
  const isRefund = action === "refund";
  const type = isRefund ? refundStatuses.get(status) : status === "approved" ? adjustmentMeanings.get(action) : "notice";
  return {
    type: type ?? "unknown",
    ...omitUndefined({
      contract: textAt(data, "subscription_id"),
      customer: textAt(data, "customer_id"),
      charge: textAt(data, "transaction_id"),
      refund: isRefund ? textAt(data, "id") : undefined,
      reason: type === "refund.failed" ? `refund ${status}` : textAt(data, "reason"),
    }),
    ...amountFrom(fromMinor(textAt(data, "totals", "total"), textAt(data, "currency_code"))),
  };
};
