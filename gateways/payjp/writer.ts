/** PAY.JP: charges and subscriptions. Card checks, expiries and disputes are never reported. */
import type { EventType } from "../../core/event.ts";
import type { Moment } from "../moment.ts";
import type { Writer, Written } from "../writer.ts";
import { isLive, json, prefixed, seconds } from "../writing.ts";

const event = (moment: Moment, type: string, data: object, reports: EventType): Written => ({
  body: json({
    id: `evnt_${moment.id}${type.replace(".", "")}`,
    object: "event",
    type,
    created: seconds(moment.at),
    livemode: isLive(moment),
    pending_webhooks: 1,
    data,
  }),
  reports: [reports],
});

const charge =
  (type: string, reports: EventType, more: Readonly<Record<string, unknown>> = {}) =>
  (moment: Moment): readonly Written[] => {
    const data = {
      id: moment.charge,
      object: "charge",
      amount: moment.amount.minor,
      amount_refunded: moment.refund?.soFar.minor ?? 0,
      captured: true,
      currency: moment.amount.currency.toLowerCase(),
      customer: moment.customer,
      paid: reports !== "charge.failed",
      refunded: moment.refund?.isWhole ?? false,
      subscription: moment.contract ?? null,
      ...more,
    };
    return [event(moment, type, data, reports)];
  };

const subscription =
  (type: string, status: string, reports: EventType) =>
  (moment: Moment): readonly Written[] => [
    event(moment, type, { id: moment.contract, object: "subscription", customer: moment.customer, status }, reports),
  ];

const paid = charge("charge.succeeded", "charge.succeeded");
const renewed = subscription("subscription.renewed", "active", "contract.renewed");

export const writer: Writer = {
  ids: prefixed({ contract: "sub_", customer: "cus_", charge: "ch_" }),
  ownPayment: ["failed", "recovered"],
  scenes: {
    started: subscription("subscription.created", "active", "contract.started"),
    paid,
    renewed: (moment) => [...paid(moment), ...renewed(moment)],
    failed: charge("charge.failed", "charge.failed", { failure_code: "card_declined", failure_message: "Card declined" }),
    recovered: (moment) => [...paid(moment), ...subscription("subscription.resumed", "active", "contract.resumed")(moment)],
    refunded: charge("charge.refunded", "charge.refunded"),
    authorized: charge("charge.succeeded", "charge.authorized", { captured: false }),
    captured: charge("charge.captured", "charge.succeeded"),
    voided: charge("charge.refunded", "charge.voided", { captured: false }),
    paused: subscription("subscription.paused", "paused", "contract.paused"),
    resumed: subscription("subscription.resumed", "active", "contract.resumed"),
    cancelled: subscription("subscription.canceled", "canceled", "contract.cancelled"),
  },
};
