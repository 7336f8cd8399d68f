import * as meaning from "../../../gateways/square/meaning.ts";
import * as payments from "../../../gateways/square/payment.ts";
import { writer } from "../../../gateways/square/writer.ts";
import { now } from "../conformance/conformance.ts";
import { changed } from "./change.ts";
import { byKey, each, type Meanings, refund, row, scenesOf, sentAt, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "sub_1", customer: "cus_1", charge: "pay_1", order: "order_1", part: "ref_1" });
const known = { charge: "pay_1", alsoKnownAs: ["order:order_1"], customer: "cus_1", order: "order_1", amount: yen };
const paid = { ...known, part: "pay_1" };
const payment = (status: string) => changed(scene("paid", 1), "data/object/payment/status", status);
const refunded = scene("refunded", 0, { refund });
const given = { charge: "pay_1", refund: "ref_1", order: "order_1", amount: refund.amount };
const contract = { contract: "sub_1", customer: "cus_1" };
const invoiced = { ...contract, alsoKnownAs: ["order:order_1"], order: "order_1" };
const subscription = (status: string) => changed(scene("resumed"), "data/object/subscription/status", status);
const disputed = { charge: "pay_1", dispute: "ref_1", reason: "NO_KNOWLEDGE", amount: yen };
const dispute = (state: string) => changed(scene("dispute won"), "data/object/dispute/state", state);
const typed = (type: string) => changed(scene("paid", 1), "type", type);

export const meanings: Meanings = {
  modules: [meaning, payments],
  at: sentAt,
  tables: {
    paymentMeanings: {
      PENDING: row(payment("PENDING"), { type: "notice", ...known }),
      ...byKey(
        { APPROVED: "charge.authorized", COMPLETED: "charge.succeeded", CANCELED: "charge.voided", FAILED: "charge.failed" },
        (status, type) => row(payment(status), { type, ...paid }),
      ),
    },
    refundMeanings: byKey(
      { PENDING: "refund.pending", COMPLETED: "charge.refunded", REJECTED: "refund.failed", FAILED: "refund.failed" },
      (status, type) => row(changed(refunded, "data/object/refund/status", status), { type, ...given }),
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
        INQUIRY_CLOSED: "dispute.won",
        EVIDENCE_REQUIRED: "dispute.opened",
        PROCESSING: "dispute.opened",
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
    "payment.updated, with a tip": row(changed(scene("paid", 1), "data/object/payment/total_money/amount", 2180), {
      type: "charge.succeeded",
      ...paid,
      amount: { minor: 2180, currency: "JPY" },
    }),
    "payment.updated, without a total": row(changed(scene("paid", 1), "data/object/payment/total_money", undefined), {
      type: "charge.succeeded",
      ...paid,
    }),
    "payment.updated, with the shop's own reference": row(changed(scene("paid", 1), "data/object/payment/reference_id", "mine-1"), {
      type: "charge.succeeded",
      ...paid,
      order: "mine-1",
    }),
    "payment.updated, failed for a reason": row(
      changed(payment("FAILED"), "data/object/payment/card_details", { errors: [{ code: "CARD_DECLINED" }] }),
      { type: "charge.failed", ...paid, reason: "CARD_DECLINED" },
    ),
    "payment.updated, of another status": row(payment("SOMETHING_NEW"), { type: "unknown", ...known }),
    "refund.created": row(changed(refunded, "type", "refund.created"), { type: "charge.refunded", ...given }),
    "refund.updated, for a reason": row(changed(refunded, "data/object/refund/reason", "asked for"), {
      type: "charge.refunded",
      ...given,
      reason: "asked for",
    }),
    "refund.updated, of another status": row(changed(refunded, "data/object/refund/status", "NEW"), { type: "unknown", ...given }),
    "payment.updated, of an order that is not named": row(changed(scene("paid", 1), "data/object/payment/order_id", undefined), {
      type: "charge.succeeded",
      charge: "pay_1",
      part: "pay_1",
      customer: "cus_1",
      amount: yen,
    }),
    ...Object.fromEntries(
      ["CASH", "EXTERNAL"].flatMap((kind) => [
        [`payment.updated, ${kind}`, row(changed(scene("paid", 1), "data/object/payment/source_type", kind), { type: "notice", ...known })],
        [`refund.updated, ${kind}`, row(changed(refunded, "data/object/refund/destination_type", kind), { type: "notice", ...given })],
      ]),
    ),
    "payment.updated, CARD": row(changed(scene("paid", 1), "data/object/payment/source_type", "CARD"), {
      type: "charge.succeeded",
      ...paid,
    }),
    "invoice.payment_made": row(scene("renewed", 1), { type: "contract.renewed", ...invoiced }),
    "invoice.payment_made, of no contract": row(changed(scene("renewed", 1), "data/object/invoice/subscription_id", undefined), {
      type: "notice",
      alsoKnownAs: ["order:order_1"],
      customer: "cus_1",
      order: "order_1",
    }),
    "invoice.scheduled_charge_failed": row(scene("failed"), { type: "charge.failed", ...invoiced, incomplete: ["charge"] }),
    ...each(
      ["created", "published", "updated", "refunded", "canceled"].map((step) => `invoice.${step}`),
      (type) => row(changed(scene("renewed", 1), "type", type), { type: "notice", ...invoiced }),
    ),
    "subscription.created, ACTIVE": row(scene("started"), { type: "contract.started", ...contract }),
    "subscription.created, PAUSED": row(changed(scene("started"), "data/object/subscription/status", "PAUSED"), {
      type: "contract.paused",
      ...contract,
    }),
    "subscription.updated, of another status": row(subscription("NEW"), { type: "unknown", ...contract }),
    "dispute.created": row(scene("disputed"), { type: "dispute.opened", ...disputed }),
    "dispute.created, that is over": row(changed(dispute("LOST"), "type", "dispute.created"), { type: "dispute.lost", ...disputed }),
    "dispute.created, of another state": row(changed(dispute("NEW"), "type", "dispute.created"), { type: "dispute.opened", ...disputed }),
    "dispute.state.updated, by the former name of its id": row(
      changed(changed(dispute("LOST"), "data/object/dispute/id", undefined), "data/object/dispute/dispute_id", "ref_1"),
      { type: "dispute.lost", ...disputed },
    ),
    "dispute.state.changed": row(changed(dispute("LOST"), "type", "dispute.state.changed"), { type: "dispute.lost", ...disputed }),
    "dispute.state.updated, of another state": row(dispute("NEW"), { type: "unknown", ...disputed }),
    "dispute.created, without an amount": row(changed(scene("disputed"), "data/object/dispute/amount_money", undefined), {
      type: "dispute.opened",
      charge: "pay_1",
      dispute: "ref_1",
      reason: "NO_KNOWLEDGE",
      incomplete: ["amount"],
    }),
    "no time": row(changed(scene("paid", 1), "created_at", undefined), { type: "charge.succeeded", ...paid, occurredAt: now }),
    ...each(
      [
        ...["bank_account.verified", "booking.created", "card.created", "card.disabled", "catalog.version.updated", "customer.created"],
        ...["device.paired", "dispute.evidence.created", "gift_card.created", "inventory.count.updated", "job.created"],
        ...["invoice.new", "labor.shift.created", "location.created", "loyalty.account.created", "merchant.settings.updated"],
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
