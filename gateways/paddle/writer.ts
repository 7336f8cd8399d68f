/** Paddle: transactions, adjustments and the states of subscriptions. A card is checked by a transaction of zero. */
import type { EventType } from "../../core/event.ts";
import type { Money } from "../../core/formats/money.ts";
import type { Moment } from "../moment.ts";
import type { Writer, Written } from "../writer.ts";
import { iso, json, prefixed, taxed } from "../writing.ts";

const event = (moment: Moment, type: string, data: object, reports: readonly EventType[]): Written => ({
  body: json({
    event_id: `evt_${moment.id}${type.replace(".", "")}`,
    event_type: type,
    occurred_at: iso(moment.at),
    notification_id: `ntf_${moment.id}`,
    data,
  }),
  reports,
});

const totals = (amount: Money) => {
  const { net, tax } = taxed(amount);
  return { subtotal: String(net), tax: String(tax), total: String(amount.minor), currency_code: amount.currency };
};

interface Transaction {
  readonly status: string;
  readonly origin?: string;
  readonly isFree?: boolean;
  readonly attempt?: "captured" | "error";
}

const transaction =
  (type: string, said: Transaction, reports: readonly EventType[]) =>
  (moment: Moment): readonly Written[] => {
    const amount = said.isFree ? { ...moment.amount, minor: 0 } : moment.amount;
    const total = String(amount.minor);
    const failed = said.attempt === "error";
    const data = {
      id: moment.charge,
      status: said.status,
      customer_id: moment.customer,
      subscription_id: moment.contract ?? null,
      origin: said.origin ?? "web",
      currency_code: amount.currency,
      details: { totals: { ...totals(amount), grand_total: total } },
      payments: [{ amount: total, status: said.attempt ?? "captured", error_code: failed ? "declined" : null }],
    };
    return [event(moment, type, data, reports)];
  };

const subscription =
  (type: string, status: string, reports: EventType) =>
  (moment: Moment): readonly Written[] => [
    event(moment, type, { id: moment.contract, status, customer_id: moment.customer, currency_code: moment.amount.currency }, [reports]),
  ];

const adjustment =
  (action: string, reports: EventType) =>
  (moment: Moment): readonly Written[] => {
    const amount = moment.refund?.amount ?? moment.amount;
    const data = {
      id: moment.part,
      action,
      status: "approved",
      transaction_id: moment.charge,
      subscription_id: moment.contract ?? null,
      customer_id: moment.customer,
      reason: "asked for",
      currency_code: amount.currency,
      totals: totals(amount),
    };
    return [event(moment, action === "refund" ? "adjustment.updated" : "adjustment.created", data, [reports])];
  };

const recurring = transaction("transaction.completed", { status: "completed", origin: "subscription_recurring" }, [
  "charge.succeeded",
  "contract.renewed",
]);

export const writer: Writer = {
  ids: prefixed({ contract: "sub_", customer: "ctm_", charge: "txn_", part: "adj_" }),
  scenes: {
    "card checked": transaction("transaction.completed", { status: "completed", isFree: true }, ["card.verified"]),
    "card declined": transaction("transaction.payment_failed", { status: "ready", isFree: true, attempt: "error" }, [
      "card.verification_failed",
    ]),
    started: subscription("subscription.activated", "active", "contract.started"),
    paid: (moment) => [
      ...transaction("transaction.paid", { status: "paid" }, ["charge.succeeded"])(moment),
      ...transaction("transaction.completed", { status: "completed" }, ["charge.succeeded"])(moment),
    ],
    renewed: recurring,
    failed: (moment) => [
      ...transaction("transaction.payment_failed", { status: "past_due", origin: "subscription_recurring", attempt: "error" }, [
        "charge.failed",
      ])(moment),
      ...subscription("subscription.past_due", "past_due", "contract.past_due")(moment),
    ],
    recovered: (moment) => [...recurring(moment), ...subscription("subscription.updated", "active", "contract.resumed")(moment)],
    refunded: adjustment("refund", "charge.refunded"),
    paused: subscription("subscription.paused", "paused", "contract.paused"),
    resumed: subscription("subscription.resumed", "active", "contract.resumed"),
    cancelled: subscription("subscription.canceled", "canceled", "contract.cancelled"),
    "dispute lost": adjustment("chargeback", "dispute.lost"),
    "dispute won": adjustment("chargeback_reverse", "dispute.won"),
  },
};
