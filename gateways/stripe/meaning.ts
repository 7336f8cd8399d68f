/**
 * What Stripe's events say, by their type; names.ts, payment.ts and given-back.ts read what they are about. Thin events (`v2.core.event`) carry no data: what they are
 * about has to be read back. https://docs.stripe.com/api/events/types
 */

import type { ContractState, EventType } from "../../core/event.ts";
import { at, listAt, numberAt, parseJson, textAt } from "../../core/formats/json.ts";
import type { Parse } from "../gateway.ts";
import { type EventDraft, omitUndefined, parseInstant, withEventIds } from "../kit/kit.ts";
import { front } from "./front.ts";
import { chargeRefunded, disputeBy, fundsReinstated, refund } from "./given-back.ts";
import { idAt, namesOf, partiesOf } from "./names.ts";
import {
  capturable,
  charge,
  chargeExpired,
  intent,
  intentCanceled,
  invoiceFailed,
  invoicePaid,
  invoicePaidAndRenewed,
  invoicePayment,
} from "./payment.ts";
import type { Reading } from "./reading.ts";
import { contractStateOf } from "./status.ts";

export const parse: Parse = (callback) => {
  const body = parseJson(callback.body);
  const gatewayType = textAt(body, "type");
  if (!gatewayType) throw new Error("the body is not a Stripe event: it has no type");
  const id = front.identify(callback);
  const created = (numberAt(body, "created") ?? Number.NaN) * 1000;
  const occurredAt = Number.isSafeInteger(created) ? created : (parseInstant(at(body, "created")) ?? callback.receivedAt);
  return withEventIds(
    id,
    readStripeEvent(gatewayType, body).map((draft) => ({ ...draft, gatewayType, occurredAt })),
  );
};

/** What the event of that type says, one entry for each event of ours. */
export const readStripeEvent = (type: string, body: unknown): readonly EventDraft[] => {
  if (at(body, "object") === "v2.core.event") return thinEvent(type);
  const object = at(body, "data", "object");
  const reading = readings.get(type);
  if (reading) return reading(object, at(body, "data", "previous_attributes"));
  return withoutEffect.some((pattern) => pattern.test(type))
    ? [{ type: "notice", ...namesOf(type, object) }]
    : [{ type: "unknown", ...partiesOf(object) }];
};

/** Accounts and destinations are not payments. Of anything else a thin event says only that it happened. */
const thinEvent = (type: string): readonly EventDraft[] =>
  type.startsWith("v2.core.") ? [{ type: "notice" }] : [{ type: "unknown", incomplete: ["contract", "charge", "customer", "amount"] }];

const cardCheck =
  (type: EventType): Reading =>
  (object) => [{ type, ...omitUndefined({ customer: idAt(object, "customer"), reason: textAt(object, "last_setup_error", "message") }) }];

const seconds = (object: unknown, name: string): number | undefined => {
  const value = numberAt(object, name);
  return value === undefined ? undefined : value * 1000;
};

/** How often it is charged, from when on, and when it ends by itself. Since API 2025-03-31 the end of the period is its item's. */
const termsOf = (object: unknown): Partial<EventDraft> => {
  const [item] = listAt(object, "items", "data");
  const plan = at(item, "price", "recurring") ?? at(item, "plan") ?? at(object, "plan");
  const interval = textAt(plan, "interval");
  const isSingle = (numberAt(plan, "interval_count") ?? 1) === 1;
  const periodEnd = seconds(object, "current_period_end") ?? seconds(item, "current_period_end");
  const endsAt = seconds(object, "cancel_at") ?? (at(object, "cancel_at_period_end") === true ? periodEnd : undefined);
  const isSaid = at(object, "cancel_at_period_end") !== undefined || at(object, "cancel_at") !== undefined;
  return {
    ...(isSingle && (interval === "month" || interval === "year") && { interval }),
    ...omitUndefined({ freeUntil: seconds(object, "trial_end") }),
    ...(isSaid && { endsAt: endsAt ?? null }),
  };
};

const subscription =
  (type: EventType): Reading =>
  (object) => [
    {
      type,
      ...omitUndefined({
        contract: textAt(object, "id"),
        customer: idAt(object, "customer"),
        reason: type === "contract.cancelled" ? textAt(object, "cancellation_details", "reason") : undefined,
      }),
      ...termsOf(object),
    },
  ];

/** The states in which Stripe has not taken any money yet, or no longer needs any. */
export const stateOfStatus: Readonly<Record<string, EventType>> = {
  past_due: "contract.past_due",
  unpaid: "contract.past_due",
  paused: "contract.paused",
  canceled: "contract.cancelled",
  incomplete_expired: "contract.expired",
};

/** A first payment that is still open does not start a contract. */
const subscriptionCreated: Reading = (object, before) =>
  subscription(["active", "trialing"].includes(textAt(object, "status") ?? "active") ? "contract.started" : "notice")(object, before);

/** What it was before collection paused. */
const stateBefore = (object: unknown, before: unknown): ContractState | undefined => {
  const status = textAt(before, "status") ?? textAt(object, "status") ?? "";
  return Object.hasOwn(contractStateOf, status) ? contractStateOf[status] : undefined;
};

/** Sent for every change, most of which leave the state alone. While collection is paused the status stays as it was. */
const subscriptionUpdated: Reading = (object, before) => {
  const { pause_collection: wasPaused } = (before ?? {}) as { readonly pause_collection?: unknown };
  const isPaused = typeof at(object, "pause_collection") === "object" && at(object, "pause_collection") !== null;
  if (wasPaused === null && isPaused)
    return subscription("contract.paused")(object, before).map((draft) => ({
      ...draft,
      ...omitUndefined({ previousState: stateBefore(object, before) }),
    }));
  if (wasPaused !== undefined && wasPaused !== null && !isPaused)
    return subscription(stateOfStatus[textAt(object, "status") ?? ""] ?? "contract.resumed")(object, before).map((draft) => ({
      ...draft,
      previousState: "paused" as const,
    }));
  const was = textAt(before, "status") ?? "";
  const previousState = Object.hasOwn(contractStateOf, was) ? contractStateOf[was] : undefined;
  return statusChanged(object, before).map((draft) => ({
    ...draft,
    // An old invoice that is paid meanwhile resumes nothing.
    ...(isPaused && draft.type === "contract.resumed" && { type: "contract.paused" as const }),
    ...omitUndefined({ previousState }),
  }));
};

const statusChanged: Reading = (object, before) => {
  const [status = "", was = ""] = [textAt(object, "status"), textAt(before, "status")];
  if (Object.hasOwn(stateOfStatus, status)) return subscription(stateOfStatus[status] as EventType)(object, before);
  const runs = status === "active" || status === "trialing";
  if (runs && was === "incomplete") return subscription("contract.started")(object, before);
  return subscription(runs && Object.hasOwn(stateOfStatus, was) ? "contract.resumed" : "notice")(object, before);
};

const readings: ReadonlyMap<string, Reading> = new Map([
  ["invoice.paid", invoicePaidAndRenewed],
  ["invoice.payment_succeeded", invoicePaid],
  ["invoice.payment_failed", invoiceFailed],
  ["invoice_payment.paid", invoicePayment],
  ["payment_intent.succeeded", intent("charge.succeeded", "amount_received", "amount")],
  ["payment_intent.amount_capturable_updated", capturable],
  ["payment_intent.payment_failed", intent("charge.failed", "amount")],
  ["payment_intent.canceled", intentCanceled],
  ["charge.succeeded", charge("charge.succeeded", "amount")],
  ["charge.captured", charge("charge.succeeded", "amount_captured", "amount")],
  ["charge.failed", charge("charge.failed", "amount")],
  ["charge.expired", chargeExpired],
  ["charge.refunded", chargeRefunded],
  ["refund.created", refund],
  ["refund.updated", refund],
  ["refund.failed", refund],
  ["charge.refund.updated", refund],
  ["charge.dispute.created", disputeBy("dispute.opened")],
  ["charge.dispute.updated", disputeBy("notice")],
  ["charge.dispute.funds_withdrawn", disputeBy("dispute.opened")],
  ["charge.dispute.funds_reinstated", fundsReinstated],
  ["charge.dispute.closed", disputeBy("dispute.won")],
  ["setup_intent.succeeded", cardCheck("card.verified")],
  ["setup_intent.setup_failed", cardCheck("card.verification_failed")],
  ["customer.subscription.created", subscriptionCreated],
  ["customer.subscription.updated", subscriptionUpdated],
  ["customer.subscription.deleted", subscription("contract.cancelled")],
  ["customer.subscription.paused", subscription("contract.paused")],
  ["customer.subscription.resumed", subscription("contract.resumed")],
]);

/** Known, and either reported by another event too or not about a customer's payment. */
const withoutEffect: readonly RegExp[] = [
  /^(account|application_fee|apps|balance|balance_settings|billing|billing_portal|capability|cash_balance|checkout|climate|coupon)\./,
  /^(credit_note|customer_cash_balance_transaction|entitlements|file|financial_connections|identity|invoice_payment|invoiceitem)\./,
  /^(issuing_[a-z_]+|mandate|payment_link|payment_method|payout|person|plan|price|product|promotion_code|quote|radar|reporting)\./,
  /^(reserve|review|setup_intent|sigma|source|subscription_schedule|tax|tax_rate|terminal|test_helpers|three_d_secure|topup)\./,
  /^(transfer|treasury)\./,
  /^customer\.(created|updated|deleted|(discount|source|tax_id)\..+)$/,
  /^customer\.subscription\.(trial_will_end|pending_update_applied|pending_update_expired)$/,
  /^invoice\.(created|deleted|finalized|finalization_failed|marked_uncollectible|overdue|overpaid|payment_action_required)$/,
  /^invoice\.(payment_attempt_required|sent|upcoming|updated|voided|will_be_due)$/,
  /^charge\.(pending|updated)$/,
  /^payment_intent\.(created|partially_funded|processing|requires_action)$/,
];
