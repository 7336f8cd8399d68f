import * as clerk from "../../../gateways/standard-webhooks/clerk.ts";
import * as polar from "../../../gateways/standard-webhooks/polar.ts";
import { writer } from "../../../gateways/standard-webhooks/writer.ts";
import { json, now } from "../conformance/conformance.ts";
import { changed } from "./change.ts";
import { byKey, each, type Input, type Meanings, refund, row, scenesOf, sentAt, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "sub-1", customer: "cus-1", charge: "ord-1", order: "", part: "ref-1" });
const contract = { contract: "sub-1", customer: "cus-1" };
const order = { ...contract, charge: "ord-1" };
const paid = { ...order, amount: yen };
const data = (input: Input, fields: Readonly<Record<string, unknown>>): Input =>
  Object.entries(fields).reduce((made, [name, value]) => changed(made, `data/${name}`, value), input);
const subscription = (type: string, status = "active") => data(changed(scene("started"), "type", type), { status });
const refunded = scene("refunded", 0, { refund });
const given = { ...order, refund: "ref-1", reason: "customer_request", amount: refund.amount };

/** Clerk has no writer. */
const event = (type: string, more: object = {}): Input => ({
  body: json({ object: "event", type, timestamp: sentAt, data: { id: "item_1", payer: { user_id: "user_1" }, ...more } }),
});
const item = { contract: "item_1", customer: "user_1" };
const attempt = (status: string, more: object = {}) =>
  event("paymentAttempt.updated", {
    id: "attempt_1",
    payment_id: "pay_1",
    status,
    charge_type: "checkout",
    subscription_items: [{ id: "item_1" }],
    totals: { grand_total: { amount: 1980, currency: "JPY" } },
    ...more,
  });
const named = { charge: "pay_1", alsoKnownAs: ["attempt_1"], part: "attempt_1" };
const attempted = { ...item, ...named, amount: yen };

export const meanings: Meanings = {
  modules: [polar, clerk],
  at: sentAt,
  tables: {
    stateOfStatus: byKey(
      {
        past_due: "contract.past_due",
        unpaid: "contract.past_due",
        paused: "contract.paused",
        canceled: "contract.cancelled",
        incomplete_expired: "contract.expired",
      },
      (status, type) => row(subscription("subscription.updated", status), { type, ...contract }),
    ),
    subscriptionMeanings: {
      // A cancellation at the end of the period leaves it active until it is revoked.
      "subscription.canceled": row(subscription("subscription.canceled"), { type: "notice", ...contract }),
      "subscription.created": row(subscription("subscription.created"), { type: "notice", ...contract }),
      "subscription.updated": row(subscription("subscription.updated"), { type: "notice", ...contract }),
      ...byKey(
        {
          "subscription.active": "contract.started",
          "subscription.uncanceled": "notice",
          "subscription.cycled": "notice",
          "subscription.past_due": "contract.past_due",
          "subscription.paused": "contract.paused",
          "subscription.resumed": "contract.resumed",
          "subscription.revoked": "contract.cancelled",
        },
        (key, type) => row(subscription(key, "paused"), { type, ...contract }),
      ),
    },
    meanings: byKey(
      {
        "subscription.created": "notice",
        "subscription.updated": "notice",
        "subscription.active": "contract.started",
        "subscription.pastDue": "contract.past_due",
        "subscription.past_due": "contract.past_due",
        "subscriptionItem.created": "notice",
        "subscriptionItem.updated": "notice",
        "subscriptionItem.active": "contract.started",
        "subscriptionItem.canceled": "notice",
        "subscriptionItem.ended": "contract.cancelled",
        "subscriptionItem.pastDue": "contract.past_due",
        "subscriptionItem.past_due": "contract.past_due",
        "subscriptionItem.upcoming": "notice",
        "subscriptionItem.abandoned": "notice",
        "subscriptionItem.incomplete": "notice",
        "subscriptionItem.freeTrialEnding": "notice",
      },
      (key, type) => ({ ...row(event(key), { type, ...item }), gatewayType: key }),
    ),
  },
  others: {
    "Polar: the first payment": { ...row(scene("paid"), { type: "charge.succeeded", ...paid }), gatewayType: "order.paid" },
    "Polar: a payment of no contract": row(scene("paid", 0, { single: true }), {
      type: "charge.succeeded",
      customer: "cus-1",
      charge: "ord-1",
      amount: yen,
    }),
    "Polar: a renewal": row(scene("renewed"), { type: "charge.succeeded", ...paid }, { type: "contract.renewed", ...contract }),
    "Polar: a renewal of nothing": row(data(scene("renewed"), { total_amount: 0 }), { type: "contract.renewed", ...contract }),
    "Polar: a payment of nothing": row(data(scene("paid"), { total_amount: 0 }), { type: "notice", ...contract }),
    "Polar: a payment without an amount": row(data(scene("paid"), { total_amount: undefined }), { type: "charge.succeeded", ...order }),
    "Polar: a payment that a balance covers in part": row(data(scene("paid"), { due_amount: 980, applied_balance_amount: -1000 }), {
      type: "charge.succeeded",
      ...order,
      amount: { minor: 980, currency: "JPY" },
    }),
    "Polar: a payment that a balance covers in part, without what is due": row(data(scene("paid"), { applied_balance_amount: -1000 }), {
      type: "charge.succeeded",
      ...order,
      amount: { minor: 980, currency: "JPY" },
    }),
    "Polar: a payment that says only what is due": row(data(scene("paid"), { due_amount: 500 }), {
      type: "charge.succeeded",
      ...order,
      amount: { minor: 500, currency: "JPY" },
    }),
    "Polar: a payment of one who owed": row(data(scene("paid"), { applied_balance_amount: 20 }), {
      type: "charge.succeeded",
      ...order,
      amount: { minor: 2000, currency: "JPY" },
    }),
    "Polar: a payment that a balance covers": row(data(scene("paid"), { applied_balance_amount: -2500 }), { type: "notice", ...contract }),
    "Polar: a renewal that a balance covers": row(data(scene("renewed"), { applied_balance_amount: -1980 }), {
      type: "contract.renewed",
      ...contract,
    }),
    "Polar: a payment in Stripe's units": row(data(scene("paid"), { total_amount: 200_000, currency: "ugx" }), {
      type: "charge.succeeded",
      ...order,
      amount: { minor: 2000, currency: "UGX" },
    }),
    "Polar: order.voided": row(changed(scene("paid"), "type", "order.voided"), { type: "notice", ...order }),
    "Polar: order.refunded": row(data(scene("refunded", 1, { refund }), { refunded_tax_amount: 99 }), {
      type: "charge.refunded",
      ...order,
      amount: { minor: 1089, currency: "JPY" },
    }),
    "Polar: refund.created": row(refunded, { type: "charge.refunded", ...given }),
    "Polar: refund.updated, with its tax": row(data(changed(refunded, "type", "refund.updated"), { tax_amount: 66 }), {
      type: "charge.refunded",
      ...given,
      amount: { minor: 726, currency: "JPY" },
    }),
    "Polar: a refund without an amount": row(data(refunded, { amount: undefined }), {
      type: "charge.refunded",
      ...order,
      refund: "ref-1",
      reason: "customer_request",
    }),
    "Polar: a refund that is pending": row(data(refunded, { status: "pending" }), { type: "refund.pending", ...given }),
    ...Object.fromEntries(
      ["failed", "canceled"].map((status) => [
        `Polar: a refund that is ${status}`,
        row(data(refunded, { status }), { type: "refund.failed", ...given, reason: `refund ${status}` }),
      ]),
    ),
    "Polar: order.created": row(changed(scene("paid"), "type", "order.created"), { type: "notice", ...order }),
    "Polar: order.updated": row(changed(scene("paid"), "type", "order.updated"), { type: "notice", ...order }),
    "Polar: a contract that ended for a reason": row(data(scene("cancelled"), { customer_cancellation_reason: "too_expensive" }), {
      type: "contract.cancelled",
      ...contract,
      reason: "too_expensive",
    }),
    "Polar: subscription.canceled, at once": row(subscription("subscription.canceled", "canceled"), {
      type: "contract.cancelled",
      ...contract,
    }),
    "Polar: subscription.created, unpaid": row(subscription("subscription.created", "unpaid"), { type: "contract.past_due", ...contract }),
    "Polar: subscription.updated, of another status": row(subscription("subscription.updated", "toString"), {
      type: "notice",
      ...contract,
    }),
    "Polar: subscription.updated, without a status": row(subscription("subscription.updated", ""), { type: "notice", ...contract }),
    "Polar: subscription.new": row(subscription("subscription.new"), { type: "unknown", ...contract }),
    ...each(
      [
        ...["benefit.created", "benefit_grant.created", "checkout.created", "customer.created", "customer_seat.assigned"],
        ...["member.created", "organization.updated", "product.created"],
      ],
      (type) => row(changed(scene("paid"), "type", type), { type: "notice" }),
    ),
    ...each(["something.new", "my.customer.created", "order.new"], (type) =>
      row(changed(scene("paid"), "type", type), { type: "unknown" }),
    ),
    "Clerk: an attempt that is paid": row(attempt("paid"), { type: "charge.succeeded", ...attempted }),
    "Clerk: an attempt that is paid as it is made": row(changed(attempt("paid"), "type", "paymentAttempt.created"), {
      type: "charge.succeeded",
      ...attempted,
    }),
    "Clerk: a renewal": row(
      attempt("paid", { charge_type: "recurring" }),
      { type: "charge.succeeded", ...attempted },
      { type: "contract.renewed", ...item },
    ),
    "Clerk: a renewal of two items at once": row(
      attempt("paid", { charge_type: "recurring", subscription_items: [{ id: "item_1" }, { id: "item_2" }] }),
      { type: "charge.succeeded", customer: "user_1", ...named, amount: yen, incomplete: ["contract"] },
    ),
    "Clerk: an attempt for no item": row(attempt("paid", { subscription_items: [] }), {
      type: "charge.succeeded",
      customer: "user_1",
      ...named,
      amount: yen,
      incomplete: ["contract"],
    }),
    "Clerk: an attempt that has its payment's id": row(attempt("paid", { payment_id: "attempt_1" }), {
      type: "charge.succeeded",
      ...item,
      charge: "attempt_1",
      part: "attempt_1",
      amount: yen,
    }),
    "Clerk: an attempt without its payment": row(attempt("paid", { payment_id: undefined }), {
      type: "charge.succeeded",
      ...item,
      charge: "attempt_1",
      part: "attempt_1",
      amount: yen,
    }),
    "Clerk: an attempt in Stripe's units": row(attempt("paid", { totals: { grand_total: { amount: 200_000, currency: "UGX" } } }), {
      type: "charge.succeeded",
      ...attempted,
      amount: { minor: 2000, currency: "UGX" },
    }),
    "Clerk: an attempt without an amount": row(attempt("paid", { totals: undefined }), {
      type: "charge.succeeded",
      ...item,
      ...named,
    }),
    "Clerk: an attempt that fails": row(attempt("failed", { failed_reason: { decline_code: "no_funds", code: "card_declined" } }), {
      type: "charge.failed",
      ...attempted,
      reason: "no_funds",
    }),
    "Clerk: an attempt that fails, with a code": row(attempt("failed", { failed_reason: { code: "card_declined" } }), {
      type: "charge.failed",
      ...attempted,
      reason: "card_declined",
    }),
    "Clerk: a renewal that fails": row(attempt("failed", { charge_type: "recurring" }), { type: "charge.failed", ...attempted }),
    "Clerk: an attempt that is pending": row(attempt("pending"), { type: "notice", ...attempted }),
    "Clerk: an attempt of another type": row(changed(attempt("paid"), "type", "paymentAttempt.new"), { type: "unknown", ...attempted }),
    "Clerk: an organisation": row(event("subscriptionItem.active", { payer: { organization_id: "org_1", id: "payer_1" } }), {
      type: "contract.started",
      contract: "item_1",
      customer: "org_1",
    }),
    "Clerk: a payer by its id": row(event("subscriptionItem.active", { payer_id: "payer_1", payer: { id: "payer_2" } }), {
      type: "contract.started",
      contract: "item_1",
      customer: "payer_1",
    }),
    "Clerk: a payer by the id in it": row(event("subscriptionItem.active", { payer: { id: "payer_2" } }), {
      type: "contract.started",
      contract: "item_1",
      customer: "payer_2",
    }),
    ...each(["user.created", "session.ended", "organizationMembership.deleted", "waitlistEntry.created"], (type) =>
      row(event(type), { type: "notice" }),
    ),
    ...each(["users.created", "a.user.created", "organization_created"], (type) => row(event(type), { type: "unknown" })),
    "Clerk: something.new": row(event("something.new"), { type: "unknown" }),
    "a time that is none": row(changed(event("something.new"), "timestamp", 1.5), { type: "unknown", occurredAt: now }),
    "no time": row(changed(event("something.new"), "timestamp", undefined), { type: "unknown", occurredAt: now }),
  },
};
