/** Standard Webhooks, as Polar uses them: orders, refunds and every state of a subscription. A failed payment is reported as past due only. */
import type { EventType } from "../../core/event.ts";
import type { Moment } from "../moment.ts";
import type { Writer, Written } from "../writer.ts";
import { iso, json, prefixed } from "../writing.ts";

const event = ({ at }: Moment, type: string, data: object, reports: readonly EventType[]): Written => ({
  body: json({ type, timestamp: iso(at), data }),
  reports,
});

const order =
  (type: string, reason: string, reports: readonly EventType[]) =>
  (moment: Moment): readonly Written[] => {
    const data = {
      id: moment.charge,
      status: type === "order.refunded" ? "refunded" : "paid",
      billing_reason: reason,
      total_amount: moment.amount.minor,
      refunded_amount: moment.refund?.soFar.minor ?? 0,
      refunded_tax_amount: 0,
      currency: moment.amount.currency.toLowerCase(),
      customer_id: moment.customer,
      subscription_id: moment.contract ?? null,
    };
    return [event(moment, type, data, reports)];
  };

const refund = (moment: Moment): readonly Written[] => {
  const data = {
    id: moment.part,
    status: "succeeded",
    reason: "customer_request",
    amount: moment.refund?.amount.minor,
    tax_amount: 0,
    currency: moment.amount.currency.toLowerCase(),
    order_id: moment.charge,
    subscription_id: moment.contract ?? null,
    customer_id: moment.customer,
  };
  return [event(moment, "refund.created", data, ["charge.refunded"])];
};

const subscription =
  (name: string, status: string, reports: EventType) =>
  (moment: Moment): readonly Written[] => [
    event(moment, `subscription.${name}`, { id: moment.contract, status, customer_id: moment.customer }, [reports]),
  ];

const renewed = order("order.paid", "subscription_cycle", ["charge.succeeded", "contract.renewed"]);

export const writer: Writer = {
  ids: prefixed({ contract: "sub-", customer: "cus-", charge: "ord-", part: "ref-" }),
  scenes: {
    started: subscription("active", "active", "contract.started"),
    paid: (moment) => order("order.paid", moment.contract ? "subscription_create" : "purchase", ["charge.succeeded"])(moment),
    renewed,
    failed: subscription("past_due", "past_due", "contract.past_due"),
    recovered: renewed,
    refunded: (moment) => [...refund(moment), ...order("order.refunded", "subscription_cycle", ["charge.refunded"])(moment)],
    paused: subscription("paused", "paused", "contract.paused"),
    resumed: subscription("resumed", "active", "contract.resumed"),
    cancelled: subscription("revoked", "canceled", "contract.cancelled"),
  },
};
