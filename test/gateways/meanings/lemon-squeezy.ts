import * as meaning from "../../../gateways/lemon-squeezy/meaning.ts";
import { writer } from "../../../gateways/lemon-squeezy/writer.ts";
import { json, now } from "../conformance/conformance.ts";
import { changed } from "./change.ts";
import { byKey, each, type Meanings, type Row, refund, row, scenesOf, sentAt, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "7", customer: "3", charge: "invoice-5", order: "9", part: "1" });
const contract = { contract: "7", customer: "3" };
const paid = { ...contract, charge: "invoice-5", part: "invoice-5", amount: yen };
const { part: _, ...givenBack } = paid;
/** The first payment, by which an invoice and an order are joined. */
const first = { charge: "invoice-5", alsoKnownAs: ["subscription-7-first"] };
const named = (name: string) => changed(scene("started"), "meta/event_name", name);
const updated = (status: string) => changed(named("subscription_updated"), "data/attributes/status", status);
/** An invoice that neither begins nor renews a contract, as after a change of its plan. */
const invoice = (name: string, reason = "updated") =>
  changed(changed(scene("renewed"), "meta/event_name", name), "data/attributes/billing_reason", reason);
const refunded = scene("refunded", 0, { refund });

/** The writer writes no orders. */
const order = (event_name: string, more: object = {}) => ({
  body: json({
    meta: { event_name },
    data: {
      type: "orders",
      id: "5",
      attributes: {
        customer_id: 3,
        order_number: 9,
        currency: "JPY",
        total: 1980,
        refunded_amount: 0,
        status: "paid",
        created_at: new Date(sentAt).toISOString(),
        ...more,
      },
    },
  }),
});
const ofOrder = { charge: "order-5", customer: "3", order: "9" };
const notCounting = (given: Row): Row => ({ ...given, options: { orders: "notices" } });
const counting = (given: Row): Row => ({ ...given, options: { orders: "charges" } });

export const meanings: Meanings = {
  modules: [meaning],
  at: sentAt,
  tables: {
    subscriptionMeanings: byKey(
      {
        subscription_created: "contract.started",
        subscription_cancelled: "contract.cancelled",
        subscription_resumed: "contract.resumed",
        subscription_expired: "contract.expired",
        subscription_paused: "contract.paused",
        subscription_unpaused: "contract.resumed",
        subscription_plan_changed: "notice",
      },
      (name, type) => row(named(name), { type, ...contract }),
    ),
    statusMeanings: byKey(
      {
        on_trial: "contract.resumed",
        active: "contract.resumed",
        past_due: "contract.past_due",
        unpaid: "contract.past_due",
        paused: "contract.paused",
        cancelled: "contract.cancelled",
        expired: "contract.expired",
      },
      (status, type) => row(updated(status), { type, ...contract }),
    ),
    paymentMeanings: byKey(
      {
        subscription_payment_success: "charge.succeeded",
        subscription_payment_recovered: "charge.succeeded",
        subscription_payment_failed: "charge.failed",
        subscription_payment_refunded: "charge.refunded",
      },
      (name, type) => row(invoice(name), { type, ...(type === "charge.refunded" ? givenBack : paid) }),
    ),
    orderMeanings: {
      order_created: row(order("order_created"), { type: "charge.succeeded", ...ofOrder, amount: yen }),
      order_refunded: row(order("order_refunded", { refunded_amount: 990 }), {
        type: "charge.refunded",
        ...ofOrder,
        amount: refund.soFar,
      }),
    },
  },
  others: {
    "a first invoice": {
      ...row(scene("paid"), { type: "charge.succeeded", ...paid, ...first }, { type: "contract.started", ...contract }),
      gatewayType: "subscription_payment_success",
    },
    "a first invoice, where orders count": counting(
      row(invoice("subscription_payment_success", "initial"), { type: "contract.started", ...contract, ...first }),
    ),
    "a first invoice that is refunded": row(invoice("subscription_payment_refunded", "initial"), {
      type: "charge.refunded",
      ...givenBack,
      ...first,
    }),
    "a subscription that names its order": row(changed(named("subscription_created"), "data/attributes/order_id", 5), {
      type: "contract.started",
      ...contract,
      charge: "order-5",
      alsoKnownAs: ["subscription-7-first"],
    }),
    "an update that names its order": row(changed(updated("past_due"), "data/attributes/order_id", 5), {
      type: "contract.past_due",
      ...contract,
      charge: "order-5",
      alsoKnownAs: ["subscription-7-first"],
    }),
    "a first invoice that fails, where orders count": counting(
      row(invoice("subscription_payment_failed", "initial"), { type: "notice", ...contract, ...first }),
    ),
    "a renewal": row(scene("renewed"), { type: "charge.succeeded", ...paid }, { type: "contract.renewed", ...contract }),
    "a renewal, where orders count": counting(
      row(
        invoice("subscription_payment_success", "renewal"),
        { type: "charge.succeeded", ...paid },
        { type: "contract.renewed", ...contract },
      ),
    ),
    "a renewal that fails": row(scene("failed"), { type: "charge.failed", ...paid }, { type: "contract.past_due", ...contract }),
    "a renewal that is recovered": row(
      scene("recovered"),
      { type: "charge.succeeded", ...paid },
      { type: "contract.renewed", ...contract },
    ),
    "an invoice over nothing": row(changed(invoice("subscription_payment_success"), "data/attributes/total", 0), {
      type: "notice",
      ...contract,
    }),
    "a renewal over nothing": row(changed(scene("renewed"), "data/attributes/total", 0), { type: "contract.renewed", ...contract }),
    "an invoice without an amount": row(changed(invoice("subscription_payment_success"), "data/attributes/total", undefined), {
      type: "charge.succeeded",
      ...contract,
      charge: "invoice-5",
      part: "invoice-5",
      incomplete: ["amount"],
    }),
    "a refund in part": row(refunded, { type: "charge.refunded", ...givenBack, amount: refund.soFar }),
    "a refund in an older payload": row(changed(refunded, "data/attributes/refunded_amount", undefined), {
      type: "charge.refunded",
      ...givenBack,
    }),
    "an order, where orders do not count": notCounting(row(order("order_created"), { type: "notice", ...ofOrder })),
    "an order that is given back, where orders do not count": notCounting(row(order("order_refunded"), { type: "notice", ...ofOrder })),
    "an order, where orders count": counting(row(order("order_created"), { type: "charge.succeeded", ...ofOrder, amount: yen })),
    "an order over nothing": row(order("order_created", { total: 0 }), { type: "notice", ...ofOrder }),
    "an order that fails": row(order("order_created", { status: "failed" }), { type: "charge.failed", ...ofOrder, amount: yen }),
    "an order that is pending": row(order("order_created", { status: "pending" }), { type: "notice", ...ofOrder, amount: yen }),
    "an order without an amount": row(order("order_created", { total: null }), {
      type: "charge.succeeded",
      ...ofOrder,
      incomplete: ["amount"],
    }),
    "an update to another status": row(updated("asleep"), { type: "unknown", ...contract }),
    "an update without a status": row(changed(named("subscription_updated"), "data/attributes/status", undefined), {
      type: "unknown",
      ...contract,
    }),
    "what was updated after it was made": row(changed(order("order_created"), "data/attributes/updated_at", new Date(now).toISOString()), {
      type: "charge.succeeded",
      ...ofOrder,
      amount: yen,
      occurredAt: now,
    }),
    "no time": row(changed(order("order_created"), "data/attributes/created_at", undefined), {
      type: "charge.succeeded",
      ...ofOrder,
      amount: yen,
      occurredAt: now,
    }),
    "no ids": row(
      { body: json({ meta: { event_name: "subscription_payment_success" }, data: { attributes: { total: 1980, currency: "JPY" } } }) },
      {
        type: "charge.succeeded",
        amount: yen,
        occurredAt: now,
      },
    ),
    "an order without an id": row(
      { body: json({ meta: { event_name: "order_created" }, data: { attributes: { total: 1980, currency: "JPY" } } }) },
      {
        type: "charge.succeeded",
        amount: yen,
        occurredAt: now,
      },
    ),
    subscription_new: row(named("subscription_new"), { type: "unknown", ...contract }),
    ...each(["license_key_created", "affiliate_activated", "customer_updated"], (name) => row(named(name), { type: "notice" })),
    ...each(["something_new", "my_customer_updated"], (name) => row(named(name), { type: "unknown" })),
  },
};
