/**
 * What Stripe says about payments, by the object that an event is about: an invoice, a payment intent, a charge, a refund, a dispute.
 *
 * A payment goes by the ids of its payment intent, its charge and its invoice, and no event names all of them: each names those it
 * knows, and the ledger joins them (R-JOIN-1). Since API 2025-03-31 an invoice no longer names its payment intent; `invoice_payment.paid`
 * names both, and some payment intents name their invoice (`payment_details.order_reference`: in recorded traffic, but not documented; M).
 * What is paid is told of the invoice as a whole, and of each payment intent as a part of it. https://docs.stripe.com/changelog/basil
 */
import type { EventType } from "../../core/event.ts";
import { at, listAt, numberAt, textAt } from "../../core/formats/json.ts";
import { type EventDraft, omitUndefined } from "../kit.ts";
import { fromStripe } from "./amounts.ts";

/** What an event of one type says about its object; `before` holds the former values of what changed. */
export type Reading = (object: unknown, before: unknown) => readonly EventDraft[];

export const idAt = (object: unknown, name: string): string | undefined => textAt(object, name) ?? textAt(object, name, "id");

export const partiesOf = (object: unknown): Partial<EventDraft> =>
  omitUndefined({ contract: idAt(object, "subscription"), customer: idAt(object, "customer") });

const amountAt = (object: unknown, ...names: readonly string[]): Partial<EventDraft> => {
  const minor = names.map((name) => numberAt(object, name)).find((value) => value !== undefined);
  return omitUndefined({ amount: fromStripe(minor, textAt(object, "currency")) });
};

/** The first is the payment's, the others are its names besides. */
const named = (ids: readonly (string | undefined)[]): Pick<EventDraft, "charge" | "alsoKnownAs"> => {
  const [charge, ...others] = new Set(ids.filter((id) => id !== undefined));
  return omitUndefined({ charge, alsoKnownAs: others.length > 0 ? others : undefined });
};

const invoiceFacts = (invoice: unknown, amountName: string): Partial<EventDraft> => {
  const payments = listAt(invoice, "payments", "data").map((payment) => at(payment, "payment"));
  return {
    ...omitUndefined({
      contract:
        idAt(at(invoice, "parent", "subscription_details"), "subscription") ??
        idAt(invoice, "subscription") ??
        idAt(at(invoice, "lines", "data", 0, "parent", "subscription_item_details"), "subscription"),
      customer: idAt(invoice, "customer"),
    }),
    ...named([
      idAt(invoice, "payment_intent"),
      idAt(invoice, "charge"),
      ...payments.flatMap((payment) => [idAt(payment, "payment_intent"), idAt(payment, "charge")]),
      textAt(invoice, "id"),
    ]),
    ...amountAt(invoice, amountName),
  };
};

/** Nothing to pay (a trial, a credit) is not a charge, nor is what was paid elsewhere and only marked as paid here. */
export const invoicePaid: Reading = (invoice) =>
  numberAt(invoice, "amount_paid") === 0 || at(invoice, "paid_out_of_band") === true
    ? [{ type: "notice", ...partiesOf(invoice) }]
    : [{ type: "charge.succeeded", ...invoiceFacts(invoice, "amount_paid") }];

/** Only this event reports the renewal: its twin `invoice.payment_succeeded` is sent for the same one. */
export const invoicePaidAndRenewed: Reading = (invoice, before) => {
  if (textAt(invoice, "billing_reason") !== "subscription_cycle") return invoicePaid(invoice, before);
  const { charge: _, alsoKnownAs: __, amount: ___, ...parties } = invoiceFacts(invoice, "amount_paid");
  const renewed: EventDraft = { type: "contract.renewed", ...parties };
  return [...invoicePaid(invoice, before).filter(({ type }) => type !== "notice"), renewed];
};

/** One payment intent's share of an invoice: the link between the two, and a part of what was paid. */
export const invoicePayment: Reading = (object) => {
  const payment = at(object, "payment");
  const part = idAt(payment, "payment_intent") ?? idAt(payment, "charge");
  const names = named([part, idAt(payment, "charge"), idAt(object, "invoice")]);
  // Paid elsewhere.
  if (part === undefined) return [{ type: "notice", ...names }];
  return [{ type: "charge.succeeded", ...names, part, ...amountAt(object, "amount_paid") }];
};

export const intent =
  (type: EventType, ...amountNames: readonly string[]): Reading =>
  (object) => {
    const reference = textAt(object, "payment_details", "order_reference");
    const invoice = idAt(object, "invoice") ?? (reference?.startsWith("in_") ? reference : undefined);
    const reason = textAt(object, "last_payment_error", "message") ?? textAt(object, "last_payment_error", "code");
    const id = textAt(object, "id");
    return [
      {
        type,
        ...partiesOf(object),
        ...named([id, idAt(object, "latest_charge"), invoice]),
        ...omitUndefined({ part: id }),
        ...amountAt(object, ...amountNames),
        ...(type === "charge.failed" && omitUndefined({ reason })),
        ...(invoice !== undefined && { incomplete: ["contract"] }),
      },
    ];
  };

/** The payment a charge, a refund or a dispute belongs to. */
const paymentOf = (object: unknown, own?: string): Partial<EventDraft> => ({
  ...named([idAt(object, "payment_intent"), own, idAt(object, "charge"), idAt(object, "invoice")]),
  ...omitUndefined({ customer: idAt(object, "customer") }),
});

/** What Stripe writes on the payments that its own invoices make: the only trace of the invoice on a charge since API 2025-03-31 (L). */
const descriptionOfInvoicePayment = /^(Subscription creation|Subscription update|Payment for Invoice)\b/;

export const charge =
  (type: EventType, ...amountNames: readonly string[]): Reading =>
  (object) => {
    const ofInvoice = at(object, "invoice") === undefined && descriptionOfInvoicePayment.test(textAt(object, "description") ?? "");
    const payment = paymentOf(object, textAt(object, "id"));
    return [
      {
        type: type === "charge.succeeded" && at(object, "captured") === false ? "charge.authorized" : type,
        ...payment,
        ...omitUndefined({ part: payment.charge }),
        ...amountAt(object, ...amountNames),
        ...(type === "charge.failed" && omitUndefined({ reason: textAt(object, "failure_message") ?? textAt(object, "failure_code") })),
        ...(ofInvoice && { incomplete: ["contract"] }),
      },
    ];
  };

/**
 * The amount refunded so far, without a refund's id. Stripe counts as refunded what was never taken as well: the whole of an authorisation that
 * was released, and what a partial capture left.
 */
export const chargeRefunded: Reading = (object) => {
  const payment = paymentOf(object, textAt(object, "id"));
  if (at(object, "captured") === false)
    return [{ type: "charge.voided", ...payment, ...omitUndefined({ part: payment.charge }), ...amountAt(object, "amount") }];
  const [amount, captured, refunded] = ["amount", "amount_captured", "amount_refunded"].map((name) => numberAt(object, name));
  const neverTaken = amount !== undefined && captured !== undefined ? Math.max(0, amount - captured) : 0;
  const back = refunded === undefined ? undefined : refunded - neverTaken;
  if (back !== undefined && back <= 0 && neverTaken > 0) return [{ type: "notice", ...payment }];
  return [{ type: "charge.refunded", ...payment, ...omitUndefined({ amount: fromStripe(back, textAt(object, "currency")) }) }];
};

const stateOfRefund: Readonly<Record<string, EventType>> = {
  pending: "refund.pending",
  requires_action: "refund.pending",
  failed: "refund.failed",
  canceled: "refund.failed",
};

/** A refund is reported at each of its steps; one that has succeeded can still fail. */
export const refund: Reading = (object) => {
  const status = textAt(object, "status") ?? "succeeded";
  const type = Object.hasOwn(stateOfRefund, status) ? (stateOfRefund[status] as EventType) : "charge.refunded";
  const reason = `refund ${status}: ${textAt(object, "failure_reason") ?? "no reason given"}`;
  return [
    {
      type,
      ...paymentOf(object),
      ...omitUndefined({ refund: textAt(object, "id") }),
      ...amountAt(object, "amount"),
      ...(type === "refund.failed" && { reason }),
    },
  ];
};

export const dispute =
  (type: EventType): Reading =>
  (object) => [
    {
      type,
      ...paymentOf(object),
      ...omitUndefined({ dispute: textAt(object, "id"), reason: textAt(object, "reason") }),
      ...amountAt(object, "amount"),
    },
  ];

/** An inquiry that was closed without a chargeback is won: the money stays. */
export const disputeClosed: Reading = (object, before) =>
  dispute(textAt(object, "status") === "lost" ? "dispute.lost" : "dispute.won")(object, before);

export const invoiceFailed: Reading = (invoice) => [{ type: "charge.failed", ...invoiceFacts(invoice, "amount_due") }];
