/** KOMOJU: payments and subscriptions. A refund lists all refunds so far; a chargeback is such a refund, not an event of its own. */
import type { EventType } from "../../core/event.ts";
import type { Moment } from "../moment.ts";
import type { Writer, Written } from "../writer.ts";
import { iso, json, prefixed, taxed } from "../writing.ts";

const event = (moment: Moment, type: string, data: object, reports: EventType, reason: string | null = null): Written => ({
  body: json({ id: `${moment.id}-${type}`, type, resource: "event", data, created_at: iso(moment.at), reason }),
  reports: [reports],
});

const payment =
  (type: string, status: string, reports: EventType, reason?: string) =>
  (moment: Moment): readonly Written[] => {
    const { minor, currency } = moment.amount;
    const { net, tax } = taxed(moment.amount);
    const refund = moment.refund && {
      id: moment.part,
      resource: "refund",
      amount: moment.refund.amount.minor,
      currency,
      chargeback: false,
      created_at: iso(moment.at),
    };
    const data = {
      id: moment.charge,
      resource: "payment",
      status,
      amount: net,
      tax,
      total: minor,
      currency,
      customer: moment.customer,
      external_order_num: moment.order,
      amount_refunded: moment.refund?.soFar.minor ?? 0,
      refunds: refund ? [refund] : [],
    };
    return [event(moment, type, data, reports, reason)];
  };

const subscription =
  (type: string, status: string, reports: EventType) =>
  (moment: Moment): readonly Written[] => [
    event(moment, type, { id: moment.contract, resource: "subscription", customer: moment.customer, status }, reports),
  ];

const captured = payment("payment.captured", "captured", "charge.succeeded");
const renewed = subscription("subscription.captured", "active", "contract.renewed");

export const writer: Writer = {
  ids: prefixed({ contract: "sub_", customer: "cus_", charge: "pay_", order: "order-", part: "ref_" }),
  ownPayment: ["failed", "recovered"],
  scenes: {
    started: subscription("subscription.created", "active", "contract.started"),
    paid: captured,
    renewed: (moment) => [...captured(moment), ...renewed(moment)],
    failed: (moment) => [
      ...payment("payment.failed", "failed", "charge.failed", "insufficient_funds")(moment),
      ...subscription("subscription.failed", "retrying", "contract.past_due")(moment),
    ],
    recovered: (moment) => [...captured(moment), ...renewed(moment)],
    refunded: (moment) =>
      moment.refund?.isWhole
        ? payment("payment.refunded", "refunded", "charge.refunded")(moment)
        : payment("payment.refund.created", "captured", "charge.refunded")(moment),
    authorized: payment("payment.authorized", "authorized", "charge.authorized"),
    captured,
    voided: payment("payment.cancelled", "cancelled", "charge.voided"),
    paused: subscription("subscription.suspended", "suspended", "contract.paused"),
    cancelled: subscription("subscription.deleted", "deleted", "contract.cancelled"),
  },
};
