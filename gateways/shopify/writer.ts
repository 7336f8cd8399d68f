/** Shopify: one callback per topic, which travels in a header, as does the time of what has none in its body. */
import type { EventType } from "../../core/event.ts";
import type { Moment } from "../moment.ts";
import type { Writer, Written } from "../writer.ts";
import { iso, json, major } from "../writing.ts";

const event = (moment: Moment, topic: string, body: object, reports: readonly EventType[]): Written => ({
  body: json(body),
  headers: { "x-shopify-topic": topic, "x-shopify-triggered-at": iso(moment.at), "x-shopify-event-id": `${moment.id}-${topic}` },
  reports,
});

const globalId = (kind: string, id: string): string => `gid://shopify/${kind}/${id}`;
/** Ids are numbers in JSON. */
const number = Number;

const order = (moment: Moment, more: object = {}) => ({
  id: number(moment.charge),
  admin_graphql_api_id: globalId("Order", moment.charge),
  name: moment.order,
  total_price: major(moment.amount),
  currency: moment.amount.currency,
  customer: { id: number(moment.customer) },
  updated_at: iso(moment.at),
  ...more,
});

const paid = (moment: Moment): Written => event(moment, "orders/paid", order(moment, { financial_status: "paid" }), ["charge.succeeded"]);

const transaction = (moment: Moment, kind: string, { minor, currency } = moment.amount) => ({
  id: number(moment.part),
  admin_graphql_api_id: globalId("OrderTransaction", moment.part),
  order_id: number(moment.charge),
  kind,
  status: "success",
  gateway: "shopify_payments",
  amount: major({ minor, currency }),
  currency,
  created_at: iso(moment.at),
  parent_id: null,
  error_code: null,
});

const transacted =
  (kind: string, reports: EventType) =>
  (moment: Moment): readonly Written[] => [event(moment, "order_transactions/create", transaction(moment, kind), [reports])];

const contract =
  (topic: string, status: string, reports: EventType) =>
  (moment: Moment): readonly Written[] => {
    const { contract: id = "", customer } = moment;
    const body = { id: number(id), admin_graphql_api_id: globalId("SubscriptionContract", id), customer_id: number(customer), status };
    return [event(moment, `subscription_contracts/${topic}`, body, [reports])];
  };

const attempt = (moment: Moment, failure?: string) => ({
  id: number(moment.part),
  admin_graphql_api_id: globalId("SubscriptionBillingAttempt", moment.part),
  subscription_contract_id: number(moment.contract ?? ""),
  order_id: failure ? null : number(moment.charge),
  ready: true,
  error_code: failure ?? null,
  error_message: failure ?? null,
});

const renewed = (moment: Moment): readonly Written[] => [
  event(moment, "subscription_billing_attempts/success", attempt(moment), ["charge.succeeded", "contract.renewed"]),
  paid(moment),
];

const dispute =
  (topic: string, status: string, reports: EventType) =>
  (moment: Moment): readonly Written[] => {
    const money = { amount: major(moment.amount), currency: moment.amount.currency };
    const body = { id: number(moment.part), order_id: number(moment.charge), ...money, reason: "fraudulent", status };
    return [event(moment, `disputes/${topic}`, { ...body, initiated_at: iso(moment.at) }, [reports])];
  };

const digits = ({ digits: id }: { readonly digits: string }): string => id;

export const writer: Writer = {
  ids: { contract: digits, customer: digits, charge: digits, order: (key) => `#${key.digits}`, part: digits },
  scenes: {
    started: contract("create", "active", "contract.started"),
    paid: (moment) => [paid(moment)],
    renewed,
    failed: (moment) => [
      event(moment, "subscription_billing_attempts/failure", attempt(moment, "insufficient_funds"), ["charge.failed"]),
      ...contract("fail", "failed", "contract.past_due")(moment),
    ],
    recovered: renewed,
    refunded: (moment) => {
      const given = transaction(moment, "refund", moment.refund?.amount);
      const body = { id: number(moment.part), admin_graphql_api_id: globalId("Refund", moment.part), order_id: number(moment.charge) };
      return [event(moment, "refunds/create", { ...body, created_at: iso(moment.at), transactions: [given] }, ["charge.refunded"])];
    },
    authorized: transacted("authorization", "charge.authorized"),
    captured: transacted("capture", "charge.succeeded"),
    voided: (moment) => [event(moment, "orders/updated", order(moment, { financial_status: "voided" }), ["charge.voided"])],
    paused: contract("pause", "paused", "contract.paused"),
    resumed: contract("activate", "active", "contract.resumed"),
    cancelled: contract("cancel", "cancelled", "contract.cancelled"),
    expired: contract("expire", "expired", "contract.expired"),
    disputed: dispute("create", "needs_response", "dispute.opened"),
    "dispute won": dispute("update", "won", "dispute.won"),
    "dispute lost": dispute("update", "lost", "dispute.lost"),
  },
};
