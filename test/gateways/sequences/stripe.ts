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

/** An attempt is announced, and nothing is paid yet. */
const announced = event(9, "payment_intent.created", { id: "pi_1", object: "payment_intent", invoice: "in_1", amount: 1980, ...jpy });
const share = (payment_intent: string, amount_paid: number) =>
  event(21, "invoice_payment.paid", {
    id: `inpay_${payment_intent}`,
    object: "invoice_payment",
    amount_paid,
    currency: "jpy",
    invoice: "in_1",
    payment: { type: "payment_intent", payment_intent },
  });
const recorded = (amount_paid: number) =>
  event(21, "invoice_payment.paid", {
    id: "inpay_2",
    object: "invoice_payment",
    amount_paid,
    currency: "jpy",
    invoice: "in_1",
    payment: { type: "payment_record", payment_record: "pr_1" },
  });
const intent = (seconds: number, type: string, fields: object) =>
  event(seconds, type, { id: "pi_1", object: "payment_intent", amount: 1980, ...jpy, ...fields });
const dispute = (seconds: number, step: string, status: string, fields: object = {}) =>
  event(seconds, `charge.dispute.${step}`, {
    id: "dp_1",
    object: "dispute",
    amount: 1980,
    currency: "jpy",
    charge: "ch_1",
    payment_intent: "pi_1",
    status,
    ...fields,
  });
const subscription = (seconds: number, status: string, before: object, pause_collection: object | null = null) =>
  event(
    seconds,
    "customer.subscription.updated",
    { id: "sub_1", object: "subscription", customer: "cus_1", status, pause_collection },
    before,
  );
const session = (fields: object) =>
  event(22, "checkout.session.completed", { id: "cs_1", object: "checkout.session", customer: "cus_1", ...fields });

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
  {
    what: "an invoice is paid by two intents, of which one is given back",
    source,
    callbacks: [
      share("pi_1", 1000),
      share("pi_2", 980),
      invoice("invoice.paid", {}),
      refund(500, "refund.created", "re_1", { amount: 980, charge: "ch_2", payment_intent: "pi_2" }),
    ],
    contract: "sub_1",
    adds: { state: "active", charged: 1980, refunded: 980 },
    currency: "JPY",
  },
  {
    what: "a part is paid here, and the rest elsewhere",
    source,
    callbacks: [share("pi_1", 1000), invoice("invoice.updated", {}), invoice("invoice.paid", { paid_out_of_band: true })],
    contract: "sub_1",
    adds: { state: "active", charged: 1000, refunded: 0 },
    currency: "JPY",
  },
  {
    what: "an attempt fails, its invoice is voided, and no money was taken",
    source,
    callbacks: [
      intent(10, "payment_intent.payment_failed", {}),
      invoice("invoice.payment_failed", { amount_paid: 0 }),
      announced,
      intent(80, "payment_intent.canceled", {}),
      invoice("invoice.voided", { amount_paid: 0 }),
    ],
    contract: "sub_1",
    adds: { charged: 0, refunded: 0 },
    currency: "JPY",
  },
  {
    what: "Checkout makes a subscription, and only its session names the invoice and the subscription of the intent that refers to it",
    source,
    callbacks: [
      intent(10, "payment_intent.succeeded", { payment_details: { order_reference: "cs_1" } }),
      charge(11, "charge.updated"),
      invoice("invoice.paid", { billing_reason: "subscription_create", parent: undefined }),
      session({ subscription: "sub_1", invoice: "in_1", payment_intent: null }),
      refund(500, "refund.created", "re_1", {}),
    ],
    contract: "sub_1",
    adds: { charged: 1980, refunded: 980 },
    currency: "JPY",
  },
  {
    what: "a dispute is opened, its money withdrawn, and it is lost",
    source,
    callbacks: [
      charge(10, "charge.succeeded"),
      dispute(100, "created", "needs_response"),
      dispute(100, "funds_withdrawn", "needs_response"),
      dispute(900, "closed", "lost"),
    ],
    contract: "pi_1",
    adds: { charged: 1980, refunded: 0, chargedBack: 1980 },
    currency: "JPY",
  },
  {
    what: "a dispute was lost, and its money comes back after all",
    source,
    callbacks: [
      charge(10, "charge.succeeded"),
      dispute(100, "created", "needs_response"),
      dispute(900, "closed", "lost"),
      dispute(1900, "updated", "won"),
      dispute(1901, "funds_reinstated", "won"),
    ],
    contract: "pi_1",
    adds: { charged: 1980, refunded: 0 },
    currency: "JPY",
  },
  {
    what: "a payment that was refunded in part is disputed as a whole, lost, and what was refunded comes back",
    source,
    callbacks: [
      charge(10, "charge.succeeded"),
      refund(50, "refund.created", "re_1", {}),
      dispute(100, "created", "needs_response"),
      dispute(900, "closed", "lost"),
      dispute(901, "funds_reinstated", "lost", {
        balance_transactions: [
          { amount: -1980, currency: "jpy" },
          { amount: 980, currency: "jpy" },
        ],
      }),
    ],
    contract: "pi_1",
    adds: { charged: 1980, refunded: 980, chargedBack: 1000 },
    currency: "JPY",
  },
  {
    what: "an inquiry is closed without a chargeback",
    source,
    callbacks: [
      charge(10, "charge.succeeded"),
      dispute(100, "created", "warning_needs_response"),
      dispute(900, "closed", "warning_closed"),
    ],
    contract: "pi_1",
    adds: { charged: 1980, refunded: 0 },
    currency: "JPY",
  },
  {
    what: "an authorisation is captured in part, which Stripe calls a refund of the rest, and some of it is given back",
    source,
    callbacks: [
      charge(10, "charge.succeeded", { captured: false, amount_captured: 0 }),
      intent(11, "payment_intent.amount_capturable_updated", { amount_capturable: 1980 }),
      charge(20, "charge.captured", { amount_captured: 1500, amount_refunded: 480 }),
      intent(21, "payment_intent.succeeded", { amount_received: 1500, latest_charge: "ch_1" }),
      charge(22, "charge.refunded", { amount_captured: 1500, amount_refunded: 480 }),
      charge(90, "charge.refunded", { amount_captured: 1500, amount_refunded: 580 }),
    ],
    contract: "ch_1",
    adds: { charged: 1500, refunded: 100 },
    currency: "JPY",
  },
  {
    what: "the first card is declined and the second is not",
    source,
    callbacks: [
      charge(10, "charge.failed", { id: "ch_0" }),
      intent(10, "payment_intent.payment_failed", { latest_charge: "ch_0" }),
      charge(20, "charge.succeeded"),
      intent(20, "payment_intent.succeeded", { latest_charge: "ch_1" }),
    ],
    contract: "pi_1",
    adds: { charged: 1980, refunded: 0 },
    currency: "JPY",
  },
  {
    what: "an ended subscription's open invoice is paid, and the end makes one over nothing",
    source,
    callbacks: [
      event(30, "customer.subscription.deleted", { id: "sub_1", status: "canceled", customer: "cus_1" }),
      event(31, "invoice.paid", { id: "in_2", subscription: "sub_1", amount_paid: 0, billing_reason: "subscription_cycle", ...jpy }),
      event(40, "invoice.paid", { id: "in_3", subscription: "sub_1", amount_paid: 500, billing_reason: "subscription_cycle", ...jpy }),
    ],
    contract: "sub_1",
    adds: { state: "cancelled", charged: 500, refunded: 0 },
    currency: "JPY",
  },
  {
    what: "an amount is in Stripe's own units",
    source,
    callbacks: [
      intent(10, "payment_intent.succeeded", { amount: 200_000, currency: "ugx" }),
      refund(50, "refund.created", "re_1", { amount: 50_000, currency: "ugx" }),
    ],
    contract: "pi_1",
    adds: { charged: 2000, refunded: 500 },
    currency: "UGX",
  },
  {
    what: "of two refunds that are told as a sum one fails, and a third makes a new sum",
    source,
    callbacks: [
      charge(10, "charge.succeeded"),
      charge(50, "charge.refunded", { amount_refunded: 300 }),
      charge(60, "charge.refunded", { amount_refunded: 500 }),
      refund(70, "charge.refund.updated", "re_2", { amount: 200, status: "failed" }),
      charge(80, "charge.refunded", { amount_refunded: 400 }),
    ],
    contract: "pi_1",
    adds: { charged: 1980, refunded: 400 },
    currency: "JPY",
  },
  {
    what: "a part is captured, and the rest of the authorisation expires",
    source,
    callbacks: [
      charge(10, "charge.succeeded", { captured: false, amount_captured: 0 }),
      charge(20, "charge.captured", { amount_captured: 600 }),
      charge(900, "charge.expired", { amount_captured: 600 }),
      intent(900, "payment_intent.canceled", { amount_received: 600 }),
    ],
    contract: "pi_1",
    adds: { charged: 600, refunded: 0 },
    currency: "JPY",
  },
  {
    what: "a dispute is lost by the time it is told",
    source,
    callbacks: [charge(10, "charge.succeeded"), dispute(100, "created", "lost", { amount: 500 })],
    contract: "pi_1",
    adds: { charged: 1980, refunded: 0, chargedBack: 500 },
    currency: "JPY",
  },
  {
    what: "an old invoice is paid while the collection of new ones is paused",
    source,
    callbacks: [
      subscription(1, "past_due", { status: "active" }),
      subscription(2, "past_due", { pause_collection: null }, { behavior: "void" }),
      subscription(3, "active", { status: "past_due" }, { behavior: "void" }),
    ],
    contract: "sub_1",
    adds: { state: "paused", charged: 0, refunded: 0 },
    currency: "JPY",
  },
  {
    what: "collection goes on, and an invoice is still open",
    source,
    callbacks: [
      subscription(1, "past_due", { status: "active" }),
      subscription(2, "past_due", { pause_collection: null }, { behavior: "void" }),
      subscription(3, "past_due", { pause_collection: { behavior: "void" } }),
    ],
    contract: "sub_1",
    adds: { state: "past_due", charged: 0, refunded: 0 },
    currency: "JPY",
  },
  {
    what: "an invoice is paid by two intents, of both of which something goes back, and only sums are told",
    source,
    callbacks: [
      share("pi_1", 1000),
      share("pi_2", 980),
      charge(30, "charge.refunded", { amount: 1000, amount_captured: 1000, amount_refunded: 500 }),
      charge(40, "charge.refunded", { id: "ch_2", payment_intent: "pi_2", amount: 980, amount_captured: 980, amount_refunded: 300 }),
    ],
    contract: "in_1",
    adds: { charged: 1980, refunded: 800 },
    currency: "JPY",
  },
  {
    what: "of two intents of one invoice the refund of one is told as a sum only, and that of the other by its name only",
    source,
    callbacks: [
      share("pi_1", 1000),
      share("pi_2", 980),
      charge(30, "charge.refunded", { amount: 1000, amount_captured: 1000, amount_refunded: 300 }),
      refund(40, "refund.created", "re_2", { payment_intent: "pi_2", charge: "ch_2", amount: 500 }),
    ],
    contract: "in_1",
    adds: { charged: 1980, refunded: 800 },
    currency: "JPY",
  },
  {
    what: "collection is paused and goes on within one second",
    source,
    callbacks: [
      subscription(1, "active", { status: "past_due" }),
      subscription(50, "active", { pause_collection: null }, { behavior: "void" }),
      subscription(50, "active", { pause_collection: { behavior: "void" } }),
    ],
    contract: "sub_1",
    adds: { state: "active", charged: 0, refunded: 0 },
    currency: "JPY",
  },
  {
    what: "an invoice is paid by money that did not come through Stripe, which only its payment says",
    source,
    callbacks: [subscription(9, "active", { status: "past_due" }), invoice("invoice.paid", {}), recorded(1980)],
    contract: "sub_1",
    adds: { state: "active", charged: 0, refunded: 0 },
    currency: "JPY",
  },
  {
    what: "an invoice is paid half by an intent and half by money that did not come through Stripe",
    source,
    callbacks: [invoice("invoice.paid", {}), share("pi_1", 1000), intent(20, "payment_intent.succeeded", { amount: 1000 }), recorded(980)],
    contract: "sub_1",
    adds: { charged: 1000, refunded: 0 },
    currency: "JPY",
  },
  {
    what: "an older intent lists its attempts, of which the second is disputed",
    source,
    callbacks: [
      intent(20, "payment_intent.succeeded", { charges: { data: [{ id: "ch_1" }, { id: "ch_0" }] } }),
      dispute(30, "closed", "lost", { payment_intent: null }),
    ],
    contract: "pi_1",
    adds: { charged: 1980, refunded: 0, chargedBack: 1980 },
    currency: "JPY",
  },
  {
    what: "a dispute is prevented, and its money refunded",
    source,
    callbacks: [
      charge(10, "charge.succeeded"),
      dispute(20, "created", "prevented"),
      dispute(20, "closed", "prevented"),
      refund(20, "refund.created", "re_1", { amount: 1980 }),
      charge(20, "charge.refunded", { amount_refunded: 1980 }),
    ],
    contract: "pi_1",
    adds: { charged: 1980, refunded: 1980 },
    currency: "JPY",
  },
  {
    what: "of two disputes of one charge one is won and the other lost",
    source,
    callbacks: [
      charge(10, "charge.succeeded"),
      dispute(20, "created", "needs_response", { amount: 1000 }),
      dispute(21, "created", "needs_response", { id: "dp_2", amount: 980 }),
      dispute(30, "closed", "won", { amount: 1000 }),
      dispute(31, "closed", "lost", { id: "dp_2", amount: 980 }),
    ],
    contract: "pi_1",
    adds: { charged: 1980, refunded: 0, chargedBack: 980 },
    currency: "JPY",
  },
  {
    what: "an authorisation is raised, and captured in steps that repeat their sum",
    source,
    callbacks: [
      charge(10, "charge.succeeded", { captured: false, amount: 1000, amount_captured: 0 }),
      intent(15, "payment_intent.amount_capturable_updated", { amount: 1500, amount_capturable: 1500 }),
      charge(20, "charge.captured", { amount: 1500, amount_captured: 300 }),
      charge(30, "charge.captured", { amount: 1500, amount_captured: 700 }),
      intent(30, "payment_intent.succeeded", { amount: 1500, amount_received: 700 }),
    ],
    contract: "pi_1",
    adds: { charged: 700, refunded: 0 },
    currency: "JPY",
  },
  {
    what: "a refund waits for the customer and is cancelled, and a bank's debit is pending before it succeeds",
    source,
    callbacks: [
      charge(9, "charge.pending"),
      charge(10, "charge.succeeded"),
      refund(20, "refund.created", "re_1", { status: "requires_action" }),
      refund(30, "refund.updated", "re_1", { status: "canceled" }),
    ],
    contract: "pi_1",
    adds: { charged: 1980, refunded: 0 },
    currency: "JPY",
  },
];
