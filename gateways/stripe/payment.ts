/**
 * What Stripe says about payments, by the object that an event is about: an invoice, a payment intent, a charge. What is paid is reported of the
 * invoice as a whole, and of each payment intent as a part of it.
 */
import type { EventType } from "../../core/event.ts";
import { at, listAt, numberAt, textAt } from "../../core/formats/json.ts";
import { type EventDraft, omitUndefined } from "../kit/kit.ts";
import { idAt, intentNames, invoiceNames, invoiceOf, invoicePaymentNames, paymentOf } from "./names.ts";
import { amountAt, type Reading } from "./reading.ts";

/** Paid by transfer, in cash, or to another processor, and only marked as paid here. */
const isPaidElsewhere = (invoice: unknown): boolean => {
  const payments = listAt(invoice, "payments", "data");
  return (
    at(invoice, "paid_out_of_band") === true ||
    (payments.length > 0 && payments.every((payment) => textAt(payment, "payment", "type") === "payment_record"))
  );
};

/** Nothing to pay (a trial, a credit) is not a charge, nor is what was paid elsewhere. */
export const invoicePaid: Reading = (invoice) =>
  numberAt(invoice, "amount_paid") === 0 || isPaidElsewhere(invoice)
    ? [{ type: "notice", ...invoiceNames(invoice) }]
    : [{ type: "charge.succeeded", ...invoiceNames(invoice), ...amountAt(invoice, "amount_paid"), ...prorated(invoice) }];

/** What a change of plan adds to a renewal, or takes from it. */
const prorated = (invoice: unknown): Pick<EventDraft, "isProrated"> =>
  listAt(invoice, "lines", "data").some(
    (line) =>
      at(line, "proration") === true ||
      at(line, "parent", "subscription_item_details", "proration") === true ||
      at(line, "parent", "invoice_item_details", "proration") === true,
  )
    ? { isProrated: true }
    : {};

/** Only this event reports the renewal: its twin `invoice.payment_succeeded` is sent for the same one. */
export const invoicePaidAndRenewed: Reading = (invoice, before) => {
  if (textAt(invoice, "billing_reason") !== "subscription_cycle") return invoicePaid(invoice, before);
  const { charge: _, alsoKnownAs: __, ...parties } = invoiceNames(invoice);
  const renewed: EventDraft = { type: "contract.renewed", ...parties };
  return [...invoicePaid(invoice, before).filter(({ type }) => type !== "notice"), renewed];
};

/**
 * One payment intent's share of an invoice: the link between the two, and a part of what was paid. A payment record is money that did not come
 * through Stripe: since API 2025-03-31 the invoice itself does not say so, and its `amount_paid` contains it (M).
 */
export const invoicePayment: Reading = (object) => {
  const payment = at(object, "payment");
  const part = idAt(payment, "payment_intent") ?? idAt(payment, "charge");
  const names = invoicePaymentNames(object);
  if (textAt(payment, "type") === "payment_record")
    return [
      {
        type: "notice",
        ...names,
        ...omitUndefined({ part: textAt(object, "id") }),
        ...amountAt(object, "amount_paid"),
        paidElsewhere: true,
      },
    ];
  if (part === undefined) return [{ type: "notice", ...names }];
  return [{ type: "charge.succeeded", ...names, part, ...amountAt(object, "amount_paid") }];
};

export const intent =
  (type: EventType, ...amountNames: readonly string[]): Reading =>
  (object) => {
    const reason = textAt(object, "last_payment_error", "message") ?? textAt(object, "last_payment_error", "code");
    return [
      {
        type,
        ...intentNames(object),
        ...omitUndefined({ part: textAt(object, "id") }),
        ...amountAt(object, ...amountNames),
        ...(type === "charge.failed" && omitUndefined({ reason })),
        ...(invoiceOf(object) !== undefined && { incomplete: ["contract"] }),
      },
    ];
  };

/** Sent for every change of what can be captured; when nothing can be any more, other events say what became of it. */
export const capturable: Reading = (object, before) =>
  numberAt(object, "amount_capturable") === 0
    ? [{ type: "notice", ...intentNames(object) }]
    : intent("charge.authorized", "amount_capturable", "amount")(object, before);

/** What was captured before the rest was released stays, and other events say how much that was. Nothing is released of what was taken whole. */
const isPartlyTaken = (object: unknown, taken: string): boolean => {
  const [amount = 0, some = 0] = [numberAt(object, "amount"), numberAt(object, taken)];
  return some > 0 && some < amount;
};

export const intentCanceled: Reading = (object, before) =>
  isPartlyTaken(object, "amount_received")
    ? [{ type: "notice", ...intentNames(object) }]
    : intent("charge.voided", "amount")(object, before);

export const chargeExpired: Reading = (object, before) =>
  isPartlyTaken(object, "amount_captured")
    ? [{ type: "notice", ...paymentOf(object, textAt(object, "id")) }]
    : charge("charge.voided", "amount")(object, before);

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

export const invoiceFailed: Reading = (invoice) => [
  { type: "charge.failed", ...invoiceNames(invoice), ...amountAt(invoice, "amount_due") },
];
