/** Square: payments, refunds, invoices, subscriptions and disputes, each as the object it is about now. */
import type { EventType } from "../../core/event.ts";
import type { Moment } from "../moment.ts";
import type { Writer, Written } from "../writer.ts";
import { iso, json, prefixed } from "../writing.ts";

const event = (moment: Moment, said: { type: string; name: string; object: object; reports: readonly EventType[] }): Written => ({
  body: json({
    merchant_id: "SIMULATED",
    type: said.type,
    event_id: `${moment.id}-${said.type}`,
    created_at: iso(moment.at),
    data: { type: said.name, id: moment.id, object: { [said.name]: said.object } },
  }),
  reports: said.reports,
});

const moneyOf = ({ minor, currency }: Moment["amount"]) => ({ amount: minor, currency });

const payment =
  (status: string, reports: EventType) =>
  (moment: Moment): readonly Written[] => {
    const money = moneyOf(moment.amount);
    const ids = { id: moment.charge, customer_id: moment.customer, order_id: moment.order };
    return [
      event(moment, {
        type: "payment.updated",
        name: "payment",
        object: { ...ids, status, amount_money: money, total_money: money },
        reports: [reports],
      }),
    ];
  };

const invoice =
  (type: string, reports: readonly EventType[]) =>
  (moment: Moment): readonly Written[] => {
    const object = {
      id: `inv_${moment.charge}`,
      subscription_id: moment.contract,
      order_id: moment.order,
      primary_recipient: { customer_id: moment.customer },
    };
    return [event(moment, { type: `invoice.${type}`, name: "invoice", object, reports })];
  };

const subscription =
  (status: string, reports: EventType, type = "subscription.updated") =>
  (moment: Moment): readonly Written[] => [
    event(moment, {
      type,
      name: "subscription",
      object: { id: moment.contract, customer_id: moment.customer, status },
      reports: [reports],
    }),
  ];

const dispute =
  (state: string, reports: EventType, type = "dispute.state.updated") =>
  (moment: Moment): readonly Written[] => {
    const about = { disputed_payment: { payment_id: moment.charge }, amount_money: moneyOf(moment.amount) };
    return [
      event(moment, { type, name: "dispute", object: { id: moment.part, state, reason: "NO_KNOWLEDGE", ...about }, reports: [reports] }),
    ];
  };

const completed = payment("COMPLETED", "charge.succeeded");
const paidInvoice = invoice("payment_made", ["contract.renewed"]);

export const writer: Writer = {
  ids: prefixed({ contract: "sub_", customer: "cus_", charge: "pay_", order: "order_", part: "ref_" }),
  ownPayment: ["failed", "recovered"],
  scenes: {
    started: subscription("ACTIVE", "contract.started", "subscription.created"),
    // The subscription's first invoice, before it is paid, is what links the payment with it.
    paid: (moment) => (moment.contract ? [...invoice("published", [])(moment), ...completed(moment)] : completed(moment)),
    renewed: (moment) => [...completed(moment), ...paidInvoice(moment)],
    failed: invoice("scheduled_charge_failed", ["charge.failed"]),
    recovered: (moment) => [...completed(moment), ...paidInvoice(moment)],
    refunded: (moment) => {
      const amount_money = moneyOf(moment.refund?.amount ?? moment.amount);
      const object = { id: moment.part, payment_id: moment.charge, order_id: moment.order, status: "COMPLETED", amount_money };
      return [event(moment, { type: "refund.updated", name: "refund", object, reports: ["charge.refunded"] })];
    },
    authorized: payment("APPROVED", "charge.authorized"),
    captured: completed,
    voided: payment("CANCELED", "charge.voided"),
    paused: subscription("PAUSED", "contract.paused"),
    resumed: subscription("ACTIVE", "contract.resumed"),
    cancelled: subscription("CANCELED", "contract.cancelled"),
    expired: subscription("COMPLETED", "contract.expired"),
    disputed: dispute("EVIDENCE_REQUIRED", "dispute.opened", "dispute.created"),
    "dispute won": dispute("WON", "dispute.won"),
    "dispute lost": dispute("LOST", "dispute.lost"),
  },
};
