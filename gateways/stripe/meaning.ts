/**
 * What Stripe's events say, by their type.
 *
 * Which id a payment has: the payment intent's, from whatever event. Since API 2025-03-31 an invoice no longer names its payment
 * intent; there the invoice's id is the payment's, and a payment intent that names its invoice (`payment_details.order_reference`:
 * in recorded traffic, but not documented; M) gets it too. A charge of such an invoice can name neither invoice nor subscription,
 * only Stripe's own description gives it away (L): it is reported without a charge id, because the invoice's events already count it.
 * Thin events (`v2.core.event`) carry no data: what they are about has to be read back.
 * https://docs.stripe.com/api/events/types https://docs.stripe.com/changelog/basil
 */

import type { EventType } from "../../core/event.ts";
import { at, listAt, numberAt, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMinor } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { type EventDraft, omitUndefined, parseInstant, withEventIds } from "../kit.ts";
import { front } from "./front.ts";

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

/** What Stripe writes on the payments that its own invoices make. */
const descriptionOfInvoicePayment = /^(Subscription creation|Subscription update|Payment for Invoice)\b/;

/** What an event of one type says about its object; `before` holds the former values of what changed. */
type Reading = (object: unknown, before: unknown) => readonly EventDraft[];

/** What the event of that type says, one entry for each event of ours. */
export const readStripeEvent = (type: string, body: unknown): readonly EventDraft[] => {
  if (at(body, "object") === "v2.core.event") return thinEvent(type);
  const object = at(body, "data", "object");
  const reading = readings.get(type);
  if (reading) return reading(object, at(body, "data", "previous_attributes"));
  return [{ type: withoutEffect.some((pattern) => pattern.test(type)) ? "notice" : "unknown", ...partiesOf(object) }];
};

/** Accounts and destinations are not payments. Of anything else a thin event says only that it happened. */
const thinEvent = (type: string): readonly EventDraft[] =>
  type.startsWith("v2.core.") ? [{ type: "notice" }] : [{ type: "unknown", incomplete: ["contract", "charge", "customer", "amount"] }];

const idAt = (object: unknown, name: string): string | undefined => textAt(object, name) ?? textAt(object, name, "id");

const partiesOf = (object: unknown): Partial<EventDraft> =>
  omitUndefined({ contract: idAt(object, "subscription"), customer: idAt(object, "customer") });

const amountAt = (object: unknown, ...names: readonly string[]): Partial<EventDraft> => {
  const minor = names.map((name) => numberAt(object, name)).find((value) => value !== undefined);
  return omitUndefined({ amount: fromMinor(minor, textAt(object, "currency")) });
};

const invoiceFacts = (invoice: unknown, amountName: string): Partial<EventDraft> => {
  const payments = listAt(invoice, "payments", "data").map((payment) => at(payment, "payment"));
  const named = payments.map((payment) => idAt(payment, "payment_intent") ?? idAt(payment, "charge")).find((id) => id !== undefined);
  return {
    ...omitUndefined({
      contract:
        idAt(at(invoice, "parent", "subscription_details"), "subscription") ??
        idAt(invoice, "subscription") ??
        idAt(at(invoice, "lines", "data", 0, "parent", "subscription_item_details"), "subscription"),
      charge: idAt(invoice, "payment_intent") ?? idAt(invoice, "charge") ?? named ?? textAt(invoice, "id"),
      customer: idAt(invoice, "customer"),
    }),
    ...amountAt(invoice, amountName),
  };
};

/** Nothing to pay (a trial, a credit) is not a charge. */
const invoicePaid: Reading = (invoice) =>
  numberAt(invoice, "amount_paid") === 0
    ? [{ type: "notice", ...partiesOf(invoice) }]
    : [{ type: "charge.succeeded", ...invoiceFacts(invoice, "amount_paid") }];

/** Only this event reports the renewal: its twin `invoice.payment_succeeded` is sent for the same one. */
const invoicePaidAndRenewed: Reading = (invoice, before) => {
  if (textAt(invoice, "billing_reason") !== "subscription_cycle") return invoicePaid(invoice, before);
  const { charge: _, amount: __, ...parties } = invoiceFacts(invoice, "amount_paid");
  const renewed: EventDraft = { type: "contract.renewed", ...parties };
  return [...invoicePaid(invoice, before).filter(({ type }) => type !== "notice"), renewed];
};

const intent =
  (type: EventType, ...amountNames: readonly string[]): Reading =>
  (object) => {
    const invoice = textAt(object, "payment_details", "order_reference");
    const ofInvoice = invoice?.startsWith("in_") && at(object, "invoice") === undefined;
    const reason = textAt(object, "last_payment_error", "message") ?? textAt(object, "last_payment_error", "code");
    return [
      {
        type,
        ...partiesOf(object),
        ...omitUndefined({ charge: ofInvoice ? invoice : textAt(object, "id") }),
        ...amountAt(object, ...amountNames),
        ...(type === "charge.failed" && omitUndefined({ reason })),
        ...((ofInvoice || idAt(object, "invoice")) && { incomplete: ["contract"] }),
      },
    ];
  };

/** The payment a charge, a refund or a dispute belongs to. */
const paymentOf = (object: unknown): Partial<EventDraft> =>
  omitUndefined({ charge: idAt(object, "payment_intent") ?? idAt(object, "charge"), customer: idAt(object, "customer") });

const charge =
  (type: EventType, ...amountNames: readonly string[]): Reading =>
  (object) => {
    const ofInvoice = at(object, "invoice") === undefined && descriptionOfInvoicePayment.test(textAt(object, "description") ?? "");
    const { charge: id = textAt(object, "id"), customer } = paymentOf(object);
    return [
      {
        type: type === "charge.succeeded" && at(object, "captured") === false ? "charge.authorized" : type,
        ...omitUndefined({ charge: ofInvoice ? undefined : id, customer }),
        ...amountAt(object, ...amountNames),
        ...(type === "charge.failed" && omitUndefined({ reason: textAt(object, "failure_message") ?? textAt(object, "failure_code") })),
        ...(ofInvoice && { incomplete: ["charge", "contract"] }),
      },
    ];
  };

/** The amount refunded so far, without a refund's id. */
const chargeRefunded: Reading = (object) => [
  {
    type: "charge.refunded",
    ...omitUndefined({ charge: textAt(object, "id") }),
    ...paymentOf(object),
    ...amountAt(object, "amount_refunded"),
  },
];

/** A pending refund has given nothing back yet. One that failed after it had succeeded is reported again, with nothing given back. */
const refund: Reading = (object) => {
  const [id, status] = [textAt(object, "id"), textAt(object, "status")];
  const about = { ...paymentOf(object), ...omitUndefined({ refund: id }) };
  if (status === "failed" || status === "canceled") {
    const reason = `refund ${status}: ${textAt(object, "failure_reason") ?? "no reason given"}`;
    return [{ type: "charge.refunded", ...about, ...omitUndefined({ amount: fromMinor(0, textAt(object, "currency")) }), reason }];
  }
  const underWay = status === "pending" || status === "requires_action";
  return [{ type: underWay ? "notice" : "charge.refunded", ...about, ...amountAt(object, "amount") }];
};

const dispute =
  (type: EventType): Reading =>
  (object) => [{ type, ...paymentOf(object), ...amountAt(object, "amount"), ...omitUndefined({ reason: textAt(object, "reason") }) }];

/** An inquiry that was closed without a chargeback is won: the money stays. */
const disputeClosed: Reading = (object, before) =>
  dispute(textAt(object, "status") === "lost" ? "dispute.lost" : "dispute.won")(object, before);

const cardCheck =
  (type: EventType): Reading =>
  (object) => [{ type, ...omitUndefined({ customer: idAt(object, "customer"), reason: textAt(object, "last_setup_error", "message") }) }];

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

/** Sent for every change, most of which leave the state alone. */
const subscriptionUpdated: Reading = (object, before) => {
  const [status = "", was = ""] = [textAt(object, "status"), textAt(before, "status")];
  if (Object.hasOwn(stateOfStatus, status)) return subscription(stateOfStatus[status] as EventType)(object, before);
  const runs = status === "active" || status === "trialing";
  if (runs && was === "incomplete") return subscription("contract.started")(object, before);
  return subscription(runs && Object.hasOwn(stateOfStatus, was) ? "contract.resumed" : "notice")(object, before);
};

const readings: ReadonlyMap<string, Reading> = new Map([
  ["invoice.paid", invoicePaidAndRenewed],
  ["invoice.payment_succeeded", invoicePaid],
  ["invoice.payment_failed", (invoice) => [{ type: "charge.failed", ...invoiceFacts(invoice, "amount_due") }]],
  ["payment_intent.succeeded", intent("charge.succeeded", "amount_received", "amount")],
  ["payment_intent.amount_capturable_updated", intent("charge.authorized", "amount_capturable", "amount")],
  ["payment_intent.payment_failed", intent("charge.failed", "amount")],
  ["payment_intent.canceled", intent("charge.voided", "amount")],
  ["charge.succeeded", charge("charge.succeeded", "amount")],
  ["charge.captured", charge("charge.succeeded", "amount_captured", "amount")],
  ["charge.failed", charge("charge.failed", "amount")],
  ["charge.expired", charge("charge.voided", "amount")],
  ["charge.refunded", chargeRefunded],
  ["refund.created", refund],
  ["refund.updated", refund],
  ["refund.failed", refund],
  ["charge.refund.updated", refund],
  ["charge.dispute.created", dispute("dispute.opened")],
  ["charge.dispute.closed", disputeClosed],
  ["setup_intent.succeeded", cardCheck("card.verified")],
  ["setup_intent.setup_failed", cardCheck("card.verification_failed")],
  ["customer.subscription.created", subscriptionCreated],
  ["customer.subscription.updated", subscriptionUpdated],
  ["customer.subscription.deleted", subscription("contract.cancelled")],
  ["customer.subscription.paused", subscription("contract.paused")],
  ["customer.subscription.resumed", subscription("contract.resumed")],
]);

/** Known, and either reported by another event too or not about a payment. `invoice_payment.paid` is one part of `invoice.paid`. */
const withoutEffect: readonly RegExp[] = [
  /^(account|application_fee|balance|billing_portal|capability|cash_balance|checkout|coupon|credit_note|file|invoiceitem|mandate)\./,
  /^(payment_link|payment_method|payout|person|plan|price|product|promotion_code|quote|radar|reporting|review|setup_intent)\./,
  /^(invoice_payment|subscription_schedule|tax|tax_rate|test_helpers|topup|transfer)\./,
  /^customer\.(created|updated|deleted|(discount|source|tax_id)\..+)$/,
  /^customer\.subscription\.(trial_will_end|pending_update_applied|pending_update_expired)$/,
  /^invoice\.(created|deleted|finalized|finalization_failed|marked_uncollectible|overdue|overpaid|payment_action_required)$/,
  /^invoice\.(payment_attempt_required|sent|upcoming|updated|voided|will_be_due)$/,
  /^charge\.(pending|updated|dispute\.(updated|funds_reinstated|funds_withdrawn))$/,
  /^payment_intent\.(created|partially_funded|processing|requires_action)$/,
];
