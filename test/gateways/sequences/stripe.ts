/** Stripe tells one payment by its invoice, its intent and its charge, and no event names all three. */
import type { Callback, Sequence } from "./sequence.ts";

const start = 1_767_225_600;
let count = 0;

/** One event, so many seconds after the start. */
const event = (seconds: number, type: string, object: object, before?: object): Callback => ({
  body: {
    id: `evt_${++count}`,
    object: "event",
    type,
    created: start + seconds,
    livemode: true,
    data: { object, ...(before && { previous_attributes: before }) },
  },
});

const source = { gateway: "stripe" };
const jpy = { currency: "jpy", customer: "cus_1" };

const invoice = (type: string, fields: object) =>
  event(20, type, {
    id: "in_1",
    object: "invoice",
    amount_paid: 1980,
    amount_due: 1980,
    billing_reason: "subscription_cycle",
    parent: { subscription_details: { subscription: "sub_1" } },
    ...jpy,
    ...fields,
  });
const invoicePayment = event(21, "invoice_payment.paid", {
  id: "inpay_1",
  object: "invoice_payment",
  amount_paid: 1980,
  currency: "jpy",
  invoice: "in_1",
  payment: { type: "payment_intent", payment_intent: "pi_1" },
});
const charge = (seconds: number, type: string, fields: object = {}) =>
  event(seconds, type, {
    id: "ch_1",
    object: "charge",
    amount: 1980,
    amount_captured: 1980,
    captured: true,
    payment_intent: "pi_1",
    ...jpy,
    ...fields,
  });
const refund = (seconds: number, type: string, id: string, fields: object) =>
  event(seconds, type, {
    id,
    object: "refund",
    amount: 980,
    charge: "ch_1",
    payment_intent: "pi_1",
    status: "succeeded",
    currency: "jpy",
    ...fields,
  });

export const sequences: readonly Sequence[] = [
  {
    what: "a renewal is refunded, and only invoice_payment.paid ties the payment to the invoice",
    source,
    callbacks: [
      invoice("invoice.paid", {}),
      invoicePayment,
      charge(10, "charge.succeeded"),
      refund(500, "refund.created", "re_1", {}),
      charge(501, "charge.refunded", { amount_refunded: 980 }),
    ],
    contract: "sub_1",
    adds: { state: "active", charged: 1980, refunded: 980 },
    currency: "JPY",
  },
  {
    what: "a refund fails after it was announced",
    source,
    callbacks: [
      charge(10, "charge.succeeded"),
      refund(500, "refund.created", "re_1", { status: "pending" }),
      refund(600, "refund.failed", "re_1", { status: "failed", failure_reason: "lost_or_stolen_card" }),
    ],
    contract: "pi_1",
    adds: { charged: 1980, refunded: 0 },
    currency: "JPY",
  },
  {
    what: "an authorisation is released",
    source,
    callbacks: [
      charge(10, "charge.succeeded", { captured: false, amount_captured: 0 }),
      charge(900, "charge.refunded", { captured: false, amount_captured: 0, amount_refunded: 1980 }),
    ],
    contract: "pi_1",
    adds: { charged: 0, refunded: 0 },
    currency: "JPY",
  },
];
