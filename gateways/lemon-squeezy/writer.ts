/** Lemon Squeezy: subscriptions and their invoices, whose ids are plain numbers. Single orders are charges only where the source says so. */
import type { EventType } from "../../core/event.ts";
import type { Moment } from "../moment.ts";
import type { Options, Writer, Written } from "../writer.ts";
import { isLive, iso, json } from "../writing.ts";

const event = (moment: Moment, name: string, data: object, reports: readonly EventType[]): Written => ({
  body: json({ meta: { test_mode: !isLive(moment), event_name: name, webhook_id: moment.id }, data }),
  reports,
});

const subscription =
  (name: string, status: string, reports: EventType) =>
  (moment: Moment): readonly Written[] => {
    const attributes = {
      store_id: 1,
      customer_id: Number(moment.customer),
      status,
      created_at: iso(moment.at),
      updated_at: iso(moment.at),
    };
    return [event(moment, name, { type: "subscriptions", id: moment.contract, attributes }, [reports])];
  };

const invoice =
  (name: string, said: { readonly reason: string; readonly status: string; readonly reports: readonly EventType[] }) =>
  (moment: Moment): readonly Written[] => {
    if (!moment.contract) return [];
    const attributes = {
      store_id: 1,
      subscription_id: Number(moment.contract),
      customer_id: Number(moment.customer),
      billing_reason: said.reason,
      currency: moment.amount.currency,
      status: said.status,
      total: moment.amount.minor,
      refunded_amount: moment.refund?.soFar.minor ?? 0,
      created_at: iso(moment.at),
      updated_at: iso(moment.at),
    };
    return [event(moment, name, { type: "subscription-invoices", id: moment.charge.replace("invoice-", ""), attributes }, said.reports)];
  };

const first = invoice("subscription_payment_success", {
  reason: "initial",
  status: "paid",
  reports: ["charge.succeeded", "contract.started"],
});

/** Where orders count, the first payment of a contract is reported by its order, which cannot name the invoice. */
const countsOrders = ({ orders }: Options): boolean => orders === "charges";

export const writer: Writer = {
  ids: {
    contract: ({ digits }) => digits,
    customer: ({ digits }) => digits,
    charge: ({ digits }) => `invoice-${digits}`,
    order: ({ digits }) => digits,
    part: ({ digits }) => digits,
  },
  scenes: {
    started: subscription("subscription_created", "active", "contract.started"),
    paid: (moment, options) => (countsOrders(options) ? [] : first(moment)),
    renewed: invoice("subscription_payment_success", {
      reason: "renewal",
      status: "paid",
      reports: ["charge.succeeded", "contract.renewed"],
    }),
    failed: invoice("subscription_payment_failed", {
      reason: "renewal",
      status: "pending",
      reports: ["charge.failed", "contract.past_due"],
    }),
    recovered: invoice("subscription_payment_recovered", {
      reason: "renewal",
      status: "paid",
      reports: ["charge.succeeded", "contract.renewed"],
    }),
    refunded: invoice("subscription_payment_refunded", { reason: "renewal", status: "refunded", reports: ["charge.refunded"] }),
    paused: subscription("subscription_paused", "paused", "contract.paused"),
    resumed: subscription("subscription_unpaused", "active", "contract.resumed"),
    cancelled: subscription("subscription_cancelled", "cancelled", "contract.cancelled"),
    expired: subscription("subscription_expired", "expired", "contract.expired"),
  },
};
