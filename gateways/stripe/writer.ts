/**
 * Stripe, as it speaks to endpoints of API version 2025-02-24: there an invoice names its payment intent, so that a refund or a
 * dispute finds the payment it is about. One payment is reported by several events, as Stripe does.
 */
import type { EventType } from "../../core/event.ts";
import type { Moment } from "../moment.ts";
import type { Writer, Written } from "../writer.ts";
import { isLive, prefixed, seconds } from "../writing.ts";

interface Said {
  readonly type: string;
  readonly object: Readonly<Record<string, unknown>>;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly reports?: readonly EventType[];
}

/** As Stripe writes it. */
const indented = (value: object): Uint8Array => Buffer.from(JSON.stringify(value, null, 2));

const event = (moment: Moment, { type, object, before, reports = [] }: Said): Written => ({
  reports,
  body: indented({
    id: `evt_${moment.id}${type.replace(/\W/g, "")}`,
    object: "event",
    api_version: "2025-02-24.acacia",
    created: seconds(moment.at),
    data: { object, ...(before && { previous_attributes: before }) },
    livemode: isLive(moment),
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  }),
});

const money = ({ amount }: Moment) => ({ amount: amount.minor, currency: amount.currency.toLowerCase() });

const intent = (moment: Moment, status: string, more: Readonly<Record<string, unknown>> = {}) => ({
  id: moment.charge,
  object: "payment_intent",
  ...money(moment),
  customer: moment.customer,
  invoice: null,
  status,
  ...more,
});

const charge = (moment: Moment, more: Readonly<Record<string, unknown>> = {}) => ({
  id: moment.charge.replace("pi_", "ch_"),
  object: "charge",
  ...money(moment),
  amount_captured: moment.amount.minor,
  amount_refunded: 0,
  captured: true,
  customer: moment.customer,
  invoice: moment.contract ? moment.charge.replace("pi_", "in_") : null,
  payment_intent: moment.charge,
  ...more,
});

const invoice = (moment: Moment, reason: string, paid: boolean) => ({
  id: moment.charge.replace("pi_", "in_"),
  object: "invoice",
  amount_due: moment.amount.minor,
  amount_paid: paid ? moment.amount.minor : 0,
  billing_reason: reason,
  charge: moment.charge.replace("pi_", "ch_"),
  currency: moment.amount.currency.toLowerCase(),
  customer: moment.customer,
  payment_intent: moment.charge,
  status: paid ? "paid" : "open",
  subscription: moment.contract,
});

const subscription = ({ contract, customer }: Moment, status: string) => ({ id: contract, object: "subscription", customer, status });

const paidInvoice = (moment: Moment, reason: string): readonly Written[] => [
  event(moment, { type: "charge.succeeded", object: charge(moment), reports: ["charge.succeeded"] }),
  event(moment, {
    type: "invoice.paid",
    object: invoice(moment, reason, true),
    reports: reason === "subscription_cycle" ? ["charge.succeeded", "contract.renewed"] : ["charge.succeeded"],
  }),
  event(moment, { type: "invoice.payment_succeeded", object: invoice(moment, reason, true), reports: ["charge.succeeded"] }),
];

const stateChange =
  (type: string, status: string, reports: EventType, was?: string) =>
  (moment: Moment): readonly Written[] => [
    event(moment, { type, object: subscription(moment, status), ...(was && { before: { status: was } }), reports: [reports] }),
  ];

const endAnnounced = (moment: Moment): readonly Written[] => {
  const ends = {
    cancel_at: null,
    cancel_at_period_end: true,
    ...(moment.endsAt !== undefined && { current_period_end: seconds(moment.endsAt) }),
  };
  const object = { ...subscription(moment, "active"), ...ends };
  return [event(moment, { type: "customer.subscription.updated", object, before: { cancel_at_period_end: false } })];
};

const setup =
  (type: string, reports: EventType) =>
  (moment: Moment): readonly Written[] => [
    event(moment, { type, object: { id: `seti_${moment.id}`, object: "setup_intent", customer: moment.customer }, reports: [reports] }),
  ];

const dispute =
  (type: string, status: string, reports: EventType) =>
  (moment: Moment): readonly Written[] => [
    event(moment, {
      type,
      object: {
        id: moment.part.replace("re_", "dp_"),
        object: "dispute",
        ...money(moment),
        charge: moment.charge.replace("pi_", "ch_"),
        payment_intent: moment.charge,
        reason: "fraudulent",
        status,
      },
      reports: [reports],
    }),
  ];

export const writer: Writer = {
  ids: prefixed({ contract: "sub_", customer: "cus_", charge: "pi_", order: "order_", part: "re_" }),
  scenes: {
    "card checked": setup("setup_intent.succeeded", "card.verified"),
    "card declined": setup("setup_intent.setup_failed", "card.verification_failed"),
    started: stateChange("customer.subscription.created", "active", "contract.started"),
    paid: (moment) =>
      moment.contract
        ? paidInvoice(moment, "subscription_create")
        : [
            event(moment, { type: "charge.succeeded", object: charge(moment), reports: ["charge.succeeded"] }),
            event(moment, { type: "payment_intent.succeeded", object: intent(moment, "succeeded"), reports: ["charge.succeeded"] }),
          ],
    renewed: (moment) => paidInvoice(moment, "subscription_cycle"),
    failed: (moment) => [
      event(moment, { type: "invoice.payment_failed", object: invoice(moment, "subscription_cycle", false), reports: ["charge.failed"] }),
      ...stateChange("customer.subscription.updated", "past_due", "contract.past_due", "active")(moment),
    ],
    recovered: (moment) => [
      ...paidInvoice(moment, "subscription_cycle"),
      ...stateChange("customer.subscription.updated", "active", "contract.resumed", "past_due")(moment),
    ],
    refunded: (moment) => [
      event(moment, {
        type: "refund.created",
        object: {
          id: moment.part,
          object: "refund",
          amount: moment.refund?.amount.minor,
          charge: moment.charge.replace("pi_", "ch_"),
          currency: moment.amount.currency.toLowerCase(),
          payment_intent: moment.charge,
          status: "succeeded",
        },
        reports: ["charge.refunded"],
      }),
      event(moment, {
        type: "charge.refunded",
        object: charge(moment, { amount_refunded: moment.refund?.soFar.minor }),
        reports: ["charge.refunded"],
      }),
    ],
    authorized: (moment) => [
      event(moment, {
        type: "payment_intent.amount_capturable_updated",
        object: intent(moment, "requires_capture", { amount_capturable: moment.amount.minor }),
        reports: ["charge.authorized"],
      }),
    ],
    captured: (moment) => [
      event(moment, { type: "charge.captured", object: charge(moment), reports: ["charge.succeeded"] }),
      event(moment, { type: "payment_intent.succeeded", object: intent(moment, "succeeded"), reports: ["charge.succeeded"] }),
    ],
    voided: (moment) => [
      event(moment, { type: "payment_intent.canceled", object: intent(moment, "canceled"), reports: ["charge.voided"] }),
    ],
    paused: stateChange("customer.subscription.paused", "paused", "contract.paused"),
    resumed: stateChange("customer.subscription.resumed", "active", "contract.resumed"),
    "end announced": endAnnounced,
    cancelled: stateChange("customer.subscription.deleted", "canceled", "contract.cancelled"),
    disputed: dispute("charge.dispute.created", "needs_response", "dispute.opened"),
    "dispute won": dispute("charge.dispute.closed", "won", "dispute.won"),
    "dispute lost": dispute("charge.dispute.closed", "lost", "dispute.lost"),
  },
};
