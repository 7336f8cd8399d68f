/**
 * What Polar's events say, by their type. A payment is known by its order. `subscription.canceled` is a cancellation at the end of
 * the period as a rule: the contract ends with `subscription.revoked`. https://polar.sh/docs/integrate/webhooks/events
 */
import type { EventType } from "../../core/event.ts";
import { at, numberAt, textAt } from "../../core/formats/json.ts";
import { type EventDraft, omitUndefined } from "../kit/kit.ts";
import { fromOwnUnits, stripeUnits } from "../kit/own-units.ts";

/** What the event of that type says, one entry for each event of ours. */
export const readPolarEvent = (type: string, body: unknown): readonly EventDraft[] => {
  const data = at(body, "data");
  switch (type) {
    case "order.paid":
      return orderPaid(data);
    case "order.refunded":
      return [{ type: "charge.refunded", ...orderFacts(data), ...amountOf(data, "refunded_amount", "refunded_tax_amount") }];
    case "refund.created":
    case "refund.updated":
      return [refund(data)];
    case "order.created":
    case "order.updated":
    case "order.voided":
      return [{ type: "notice", ...orderFacts(data) }];
    default:
      if (type.startsWith("subscription.")) return [subscription(type, data)];
      return [{ type: withoutEffect.test(type) ? "notice" : "unknown" }];
  }
};

/** Nothing to pay (a trial, a full discount, a balance that covers all) is not a charge, but may be a renewal. */
const orderPaid = (order: unknown): readonly EventDraft[] => {
  const { charge: _, ...parties } = orderFacts(order);
  const due = dueAmount(order);
  const paid: EventDraft = { type: "charge.succeeded", ...orderFacts(order), ...moneyOf(due, order) };
  const renewed: EventDraft = { type: "contract.renewed", ...parties };
  if (textAt(order, "billing_reason") === "subscription_cycle") return due === 0 ? [renewed] : [paid, renewed];
  return [due === 0 ? { type: "notice", ...parties } : paid];
};

/** What was taken: of the total, what the customer's balance with Polar did not cover; one that owes pays more. */
const dueAmount = (order: unknown): number | undefined => {
  const [due, total] = [numberAt(order, "due_amount"), numberAt(order, "total_amount")];
  return due ?? (total === undefined ? undefined : Math.max(0, total + (numberAt(order, "applied_balance_amount") ?? 0)));
};

const orderFacts = (order: unknown): Partial<EventDraft> =>
  omitUndefined({ contract: textAt(order, "subscription_id"), charge: textAt(order, "id"), customer: textAt(order, "customer_id") });

const stateOfRefund: Readonly<Record<string, EventType>> = {
  pending: "refund.pending",
  failed: "refund.failed",
  canceled: "refund.failed",
};

/** A refund is reported at each of its steps; one that had succeeded can still fail, and then only this says so. */
const refund = (data: unknown): EventDraft => {
  const status = textAt(data, "status") ?? "";
  const type = Object.hasOwn(stateOfRefund, status) ? (stateOfRefund[status] as EventType) : "charge.refunded";
  return {
    type,
    ...orderFacts(data),
    ...omitUndefined({
      charge: textAt(data, "order_id"),
      refund: textAt(data, "id"),
      reason: type === "refund.failed" ? `refund ${status}` : textAt(data, "reason"),
    }),
    ...amountOf(data, "amount", "tax_amount"),
  };
};

/** With its tax, which Polar lists separately. */
const amountOf = (data: unknown, name: string, tax: string): Partial<EventDraft> => {
  const net = numberAt(data, name);
  return moneyOf(net === undefined ? undefined : net + (numberAt(data, tax) ?? 0), data);
};

/** Polar hands on Stripe's own units. */
const moneyOf = (minor: number | undefined, data: unknown): Partial<EventDraft> =>
  omitUndefined({ amount: fromOwnUnits(stripeUnits, minor, textAt(data, "currency")) });

export const stateOfStatus: Readonly<Record<string, EventType>> = {
  past_due: "contract.past_due",
  unpaid: "contract.past_due",
  paused: "contract.paused",
  canceled: "contract.cancelled",
  incomplete_expired: "contract.expired",
};

const subscription = (type: string, data: unknown): EventDraft => {
  const status = textAt(data, "status") ?? "";
  const byStatus = Object.hasOwn(stateOfStatus, status) ? (stateOfStatus[status] as EventType) : "notice";
  const reason = textAt(data, "customer_cancellation_reason");
  const meaning = subscriptionMeanings.get(type) ?? "unknown";
  return {
    type: meaning === "by status" ? byStatus : meaning,
    ...omitUndefined({ contract: textAt(data, "id"), customer: textAt(data, "customer_id"), reason }),
  };
};

export const subscriptionMeanings: ReadonlyMap<string, EventType | "by status"> = new Map([
  ["subscription.created", "by status"],
  ["subscription.active", "contract.started"],
  ["subscription.updated", "by status"],
  ["subscription.canceled", "by status"],
  ["subscription.uncanceled", "notice"],
  // A new period, before its order exists and whether or not that is paid.
  ["subscription.cycled", "notice"],
  ["subscription.past_due", "contract.past_due"],
  ["subscription.paused", "contract.paused"],
  ["subscription.resumed", "contract.resumed"],
  ["subscription.revoked", "contract.cancelled"],
]);

const withoutEffect = /^(benefit|benefit_grant|checkout|customer|customer_seat|member|organization|product)\./;
