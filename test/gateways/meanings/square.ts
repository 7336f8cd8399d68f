import * as meaning from "../../../gateways/square/meaning.ts";
import { writer } from "../../../gateways/square/writer.ts";
import { now } from "../conformance.ts";
import { changed } from "./change.ts";
import { byKey, each, type Meanings, refund, row, scenesOf, sentAt, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "sub_1", customer: "cus_1", charge: "pay_1", order: "order_1", part: "ref_1" });
const paid = { charge: "pay_1", customer: "cus_1", order: "order_1", amount: yen };
const payment = (status: string) => changed(scene("paid"), "data/object/payment/status", status);
const refunded = scene("refunded", 0, { refund });
const given = { charge: "pay_1", refund: "ref_1", order: "order_1", amount: refund.amount };
const contract = { contract: "sub_1", customer: "cus_1" };
const subscription = (status: string) => changed(scene("resumed"), "data/object/subscription/status", status);
const disputed = { charge: "pay_1", reason: "NO_KNOWLEDGE", amount: yen };
const dispute = (state: string) => changed(scene("dispute won"), "data/object/dispute/state", state);
const typed = (type: string) => changed(scene("paid"), "type", type);

export const meanings: Meanings = {
  modules: [meaning],
  at: sentAt,
  tables: {
    paymentMeanings: byKey(
      {
        PENDING: "notice",
        APPROVED: "charge.authorized",
        COMPLETED: "charge.succeeded",
        CANCELED: "charge.voided",
        FAILED: "charge.failed",
      },
      (status, type) => row(payment(status), { type, ...paid }),
    ),
    // A refund that fails later was never COMPLETED: money given back stays given back.
    refundMeanings: byKey({ PENDING: "notice", COMPLETED: "charge.refunded", REJECTED: "notice", FAILED: "notice" }, (status, type) =>
      row(changed(refunded, "data/object/refund/status", status), { type, ...given }),
    ),
    subscriptionMeanings: byKey(
      {
        PENDING: "notice",
        ACTIVE: "contract.resumed",
        PAUSED: "contract.paused",
        CANCELED: "contract.cancelled",
        DEACTIVATED: "contract.cancelled",
        COMPLETED: "contract.expired",
      },
      (status, type) => row(subscription(status), { type, ...contract }),
    ),
    disputeMeanings: byKey(
      {
        INQUIRY_EVIDENCE_REQUIRED: "notice",
        INQUIRY_PROCESSING: "notice",
        INQUIRY_CLOSED: "notice",
        EVIDENCE_REQUIRED: "notice",
        PROCESSING: "notice",
        WON: "dispute.won",
        LOST: "dispute.lost",
        ACCEPTED: "dispute.lost",
      },
      (state, type) => row(dispute(state), { type, ...disputed }),
    ),
  },
  others: {
    "payment.created": {
      ...row(changed(typed("payment.created"), "x", 1), { type: "charge.succeeded", ...paid }),
      gatewayType: "payment.created",
    },
    "payment.updated, with a tip": row(changed(scene("paid"), "data/object/payment/total_money/amount", 2180), {
      type: "charge.succeeded",
      ...paid,
      amount: { minor: 2180, currency: "JPY" },
    }),
    "payment.updated, without a total": row(changed(scene("paid"), "data/object/payment/total_money", undefined), {
      type: "charge.succeeded",
      ...paid,
    }),
    "payment.updated, with the shop's own reference": row(changed(scene("paid"), "data/object/payment/reference_id", "mine-1"), {
      type: "charge.succeeded",
      ...paid,
      order: "mine-1",
    }),
    "payment.updated, failed for a reason": row(
      changed(payment("FAILED"), "data/object/payment/card_details", { errors: [{ code: "CARD_DECLINED" }] }),
      { type: "charge.failed", ...paid, reason: "CARD_DECLINED" },
    ),
    "payment.updated, of another status": row(payment("SOMETHING_NEW"), { type: "unknown", ...paid }),
    "refund.created": row(changed(refunded, "type", "refund.created"), { type: "charge.refunded", ...given }),
    "refund.updated, for a reason": row(changed(refunded, "data/object/refund/reason", "asked for"), {
      type: "charge.refunded",
      ...given,
      reason: "asked for",
    }),
    "refund.updated, of another status": row(changed(refunded, "data/object/refund/status", "NEW"), { type: "unknown", ...given }),
    "invoice.payment_made": row(scene("renewed", 1), { type: "contract.renewed", ...contract, order: "order_1", incomplete: ["charge"] }),
    "invoice.payment_made, of no contract": row(changed(scene("renewed", 1), "data/object/invoice/subscription_id", undefined), {
      type: "notice",
      customer: "cus_1",
      order: "order_1",
      incomplete: ["charge"],
    }),
    "invoice.scheduled_charge_failed": row(scene("failed"), {
      type: "charge.failed",
      ...contract,
      order: "order_1",
      incomplete: ["charge"],
    }),
    "subscription.created, ACTIVE": row(scene("started"), { type: "contract.started", ...contract }),
    "subscription.created, PAUSED": row(changed(scene("started"), "data/object/subscription/status", "PAUSED"), {
      type: "contract.paused",
      ...contract,
    }),
    "subscription.updated, of another status": row(subscription("NEW"), { type: "unknown", ...contract }),
    "dispute.created": row(scene("disputed"), { type: "dispute.opened", ...disputed }),
    "dispute.state.changed": row(changed(dispute("LOST"), "type", "dispute.state.changed"), { type: "dispute.lost", ...disputed }),
    "dispute.state.updated, of another state": row(dispute("NEW"), { type: "unknown", ...disputed }),
    "dispute.created, without an amount": row(changed(scene("disputed"), "data/object/dispute/amount_money", undefined), {
      type: "dispute.opened",
      charge: "pay_1",
      reason: "NO_KNOWLEDGE",
      incomplete: ["amount"],
    }),
    "no time": row(changed(scene("paid"), "created_at", undefined), { type: "charge.succeeded", ...paid, occurredAt: now }),
    ...each(
      [
        ...["bank_account.verified", "booking.created", "card.created", "card.disabled", "catalog.version.updated", "customer.created"],
        ...["device.paired", "dispute.evidence.created", "gift_card.created", "inventory.count.updated", "invoice.created", "job.created"],
        ...["invoice.refunded", "labor.shift.created", "location.created", "loyalty.account.created", "merchant.settings.updated"],
        ...["oauth.authorization.revoked", "online_checkout.location_settings.updated", "order.created", "payout.paid"],
        ...["team_member.created", "terminal.checkout.created", "transfer_order.created", "vendor.created"],
      ],
      (type) => row(typed(type), { type: "notice" }),
    ),
    ...each(["something.new", "payment.new", "dispute.new", "an.order.created", "orders.created"], (type) =>
      row(typed(type), { type: "unknown" }),
    ),
  },
};
