import * as meaning from "../../../gateways/paddle/meaning.ts";
import { writer } from "../../../gateways/paddle/writer.ts";
import { now } from "../conformance/conformance.ts";
import { changed } from "./change.ts";
import { byKey, each, type Meanings, refund, row, scenesOf, sentAt, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "sub_1", customer: "ctm_1", charge: "txn_1", order: "", part: "adj_1" });
const contract = { contract: "sub_1", customer: "ctm_1" };
const paid = { ...contract, charge: "txn_1", amount: yen };
const transaction = (type: string) => changed(scene("paid"), "event_type", type);
const free = (type: string) => changed(scene("card checked"), "event_type", type);
const untried = (type: string) => changed(free(type), "data/payments", []);
const nothing = { ...contract, charge: "txn_1", amount: { minor: 0, currency: "JPY" } };
const subscription = (type: string, status = "active") => changed(changed(scene("started"), "event_type", type), "data/status", status);
const refunded = scene("refunded", 0, { refund });
const adjusted = { ...contract, charge: "txn_1", reason: "asked for", amount: refund.amount };
const adjustment = (action: string) => changed(refunded, "data/action", action);

export const meanings: Meanings = {
  modules: [meaning],
  at: sentAt,
  tables: {
    transactionMeanings: byKey(
      {
        "transaction.completed": "charge.succeeded",
        "transaction.paid": "charge.succeeded",
        "transaction.payment_failed": "charge.failed",
        "transaction.canceled": "charge.voided",
        "transaction.billed": "notice",
        "transaction.created": "notice",
        "transaction.past_due": "notice",
        "transaction.ready": "notice",
        "transaction.revised": "notice",
        "transaction.updated": "notice",
      },
      (key, type) => row(transaction(key), { type, ...paid }),
    ),
    // The status says otherwise in each: the event's own name counts.
    subscriptionEvents: byKey(
      {
        "subscription.activated": "contract.started",
        "subscription.canceled": "contract.cancelled",
        "subscription.past_due": "contract.past_due",
        "subscription.paused": "contract.paused",
        "subscription.resumed": "contract.resumed",
        "subscription.trialing": "contract.started",
      },
      (key, type) => row(subscription(key, "another"), { type, ...contract }),
    ),
    subscriptionStatuses: byKey(
      {
        active: "contract.resumed",
        trialing: "contract.started",
        past_due: "contract.past_due",
        paused: "contract.paused",
        canceled: "contract.cancelled",
      },
      (status, type) => row(subscription("subscription.updated", status), { type, ...contract }),
    ),
    refundStatuses: {
      pending_approval: row(changed(refunded, "data/status", "pending_approval"), { type: "refund.pending", ...adjusted, refund: "adj_1" }),
      approved: row(refunded, { type: "charge.refunded", ...adjusted, refund: "adj_1" }),
      rejected: row(changed(refunded, "data/status", "rejected"), {
        type: "refund.failed",
        ...adjusted,
        refund: "adj_1",
        reason: "refund rejected",
      }),
      reversed: row(changed(refunded, "data/status", "reversed"), {
        type: "refund.failed",
        ...adjusted,
        refund: "adj_1",
        reason: "refund reversed",
      }),
    },
    adjustmentMeanings: byKey(
      {
        chargeback: "dispute.lost",
        chargeback_reverse: "dispute.won",
        chargeback_warning: "notice",
        chargeback_warning_reverse: "notice",
        credit: "notice",
        credit_reverse: "notice",
      },
      (action, type) => row(adjustment(action), { type, ...adjusted }),
    ),
  },
  others: {
    "subscription.created, by a transaction": row(changed(subscription("subscription.created"), "data/transaction_id", "txn_1"), {
      type: "contract.started",
      ...contract,
      charge: "txn_1",
    }),
    "transaction.completed, recurring": {
      ...row(scene("renewed"), { type: "charge.succeeded", ...paid }, { type: "contract.renewed", ...contract }),
      gatewayType: "transaction.completed",
    },
    "transaction.paid, recurring": row(changed(scene("renewed"), "event_type", "transaction.paid"), { type: "charge.succeeded", ...paid }),
    "transaction.payment_failed, for a reason": row(scene("failed"), { type: "charge.failed", ...paid, reason: "declined" }),
    "transaction.completed, with the reason of an attempt before": row(
      changed(scene("paid", 1), "data/payments/0/error_code", "declined"),
      {
        type: "charge.succeeded",
        ...paid,
      },
    ),
    "transaction.completed, of no contract": row(scene("paid", 1, { single: true }), {
      type: "charge.succeeded",
      customer: "ctm_1",
      charge: "txn_1",
      amount: yen,
    }),
    "transaction.completed, without an amount": row(changed(scene("paid", 1), "data/details", undefined), {
      type: "charge.succeeded",
      ...contract,
      charge: "txn_1",
      incomplete: ["amount"],
    }),
    "transaction.completed of nothing, by a card": row(scene("card checked"), { type: "card.verified", ...nothing }),
    "transaction.payment_failed of nothing, by a card": row(scene("card declined"), { type: "card.verification_failed", ...nothing }),
    "transaction.paid of nothing, by a card": row(free("transaction.paid"), { type: "notice", ...nothing }),
    "transaction.new of nothing, by a card": row(free("transaction.new"), { type: "unknown", ...nothing }),
    "transaction.completed of nothing, by nothing": row(untried("transaction.completed"), { type: "notice", ...nothing }),
    "transaction.payment_failed of nothing, by nothing": row(untried("transaction.payment_failed"), { type: "notice", ...nothing }),
    "transaction.new of nothing, by nothing": row(untried("transaction.new"), { type: "unknown", ...nothing }),
    "transaction.new": row(transaction("transaction.new"), { type: "unknown", ...paid }),
    "subscription.created, active": row(subscription("subscription.created"), { type: "contract.started", ...contract }),
    "subscription.created, paused": row(subscription("subscription.created", "paused"), { type: "contract.paused", ...contract }),
    "subscription.imported, active": row(subscription("subscription.imported"), { type: "contract.started", ...contract }),
    "subscription.imported, past due": row(subscription("subscription.imported", "past_due"), { type: "contract.past_due", ...contract }),
    "subscription.updated, of another status": row(subscription("subscription.updated", "another"), { type: "unknown", ...contract }),
    "subscription.new": row(subscription("subscription.new"), { type: "unknown", ...contract }),
    "adjustment.created": row(changed(refunded, "event_type", "adjustment.created"), {
      type: "charge.refunded",
      ...adjusted,
      refund: "adj_1",
    }),
    "a chargeback that is reversed": row(changed(adjustment("chargeback"), "data/status", "reversed"), { type: "notice", ...adjusted }),
    "a refund of another status": row(changed(refunded, "data/status", "another"), { type: "unknown", ...adjusted, refund: "adj_1" }),
    "an adjustment of another action": row(adjustment("another"), { type: "unknown", ...adjusted }),
    "an adjustment without an amount": row(changed(refunded, "data/totals", undefined), {
      type: "charge.refunded",
      ...contract,
      charge: "txn_1",
      refund: "adj_1",
      reason: "asked for",
      incomplete: ["amount"],
    }),
    "no time": row(changed(transaction("transaction.paid"), "occurred_at", undefined), {
      type: "charge.succeeded",
      ...paid,
      occurredAt: now,
    }),
    ...each(
      [
        ...["address.created", "api_key.created", "api_key_exposure.created", "business.created", "client_token.created"],
        ...["customer.created", "discount.created", "discount_group.created", "payment_method.saved", "payment_method.deleted"],
        ...["payout.created", "price.created", "product.created", "report.created"],
      ],
      (type) => row(transaction(type), { type: "notice" }),
    ),
    ...each(["something.new", "my.customer.created", "adjustment.new"], (type) => row(transaction(type), { type: "unknown" })),
  },
};
