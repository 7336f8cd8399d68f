import * as meaning from "../../../gateways/komoju/meaning.ts";
import { writer } from "../../../gateways/komoju/writer.ts";
import { now } from "../conformance/conformance.ts";
import { changed } from "./change.ts";
import { byKey, each, type Meanings, refund, row, scenesOf, sentAt, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "sub_1", customer: "cus_1", charge: "pay_1", order: "order-1", part: "ref_1" });
const about = { charge: "pay_1", customer: "cus_1", order: "order-1" };
const paid = { ...about, amount: yen };
const payment = (type: string) => changed(scene("paid"), "type", type);
const given = { ...about, refund: "ref_1", amount: refund.amount };
const refunded = scene("refunded", 0, { refund });

export const meanings: Meanings = {
  modules: [meaning],
  at: sentAt,
  tables: {
    paymentMeanings: {
      ...byKey(
        {
          "payment.authorized": "charge.authorized",
          "payment.failed": "charge.failed",
          "payment.expired": "charge.voided",
          "payment.cancelled": "charge.voided",
        },
        (type, means) => row(payment(type), { type: means, ...paid }),
      ),
      "payment.captured": row(payment("payment.captured"), { type: "charge.succeeded", ...paid, part: "captured" }),
      "payment.refund.created": row(refunded, { type: "charge.refunded", ...given }),
      "payment.refunded": row(scene("refunded", 0, { refund: { ...refund, isWhole: true } }), { type: "charge.refunded", ...given }),
      "payment.updated": row(payment("payment.updated"), { type: "notice", ...about }),
      "payment.marked.as.fraud": row(payment("payment.marked.as.fraud"), { type: "notice", ...about }),
    },
    subscriptionMeanings: byKey(
      {
        "subscription.created": "contract.started",
        "subscription.captured": "contract.renewed",
        "subscription.failed": "contract.past_due",
        "subscription.suspended": "contract.paused",
        "subscription.deleted": "contract.cancelled",
      },
      (type, means) =>
        row(changed(scene("started"), "type", type), {
          type: means,
          contract: "sub_1",
          customer: "cus_1",
          ...((means === "contract.started" || means === "contract.renewed") && { isPaidApart: true }),
        }),
    ),
  },
  others: {
    "payment.failed, with a reason": {
      ...row(scene("failed"), { type: "charge.failed", ...paid, reason: "insufficient_funds" }),
      gatewayType: "payment.failed",
    },
    "payment.failed, with a reason in the payment": row(
      changed(payment("payment.failed"), "data/payment_details", { failure_reason: "expired" }),
      { type: "charge.failed", ...paid, reason: "expired" },
    ),
    "subscription.failed, with a reason": row(changed(scene("failed", 1), "reason", "insufficient_funds"), {
      type: "contract.past_due",
      contract: "sub_1",
      customer: "cus_1",
      reason: "insufficient_funds",
    }),
    "payment.captured, without an amount": row(changed(payment("payment.captured"), "data/total", undefined), {
      type: "charge.succeeded",
      ...about,
      part: "captured",
      incomplete: ["amount"],
    }),
    "payment.refunded, without a list": row(
      changed(changed(payment("payment.refunded"), "data/refunds", []), "data/amount_refunded", 990),
      {
        type: "charge.refunded",
        ...about,
        amount: refund.soFar,
      },
    ),
    "payment.refunded, two of them at times of their own": row(
      changed(payment("payment.refunded"), "data/refunds", [
        { id: "ref_1", amount: 660, created_at: "2026-11-20T11:00:00Z", description: "first" },
        { id: "ref_2", amount: 330, currency: "USD" },
      ]),
      { type: "charge.refunded", ...given, reason: "first", occurredAt: now - 3_600_000 },
      { type: "charge.refunded", ...about, refund: "ref_2", amount: { minor: 330, currency: "USD" } },
    ),
    "payment.refunded, a chargeback": row(changed(changed(refunded, "type", "payment.refunded"), "data/refunds/0/chargeback", true), {
      type: "dispute.lost",
      ...about,
      dispute: "ref_1",
      amount: refund.amount,
    }),
    "payment.refund.created, a chargeback": row(changed(refunded, "data/refunds/0/chargeback", true), {
      type: "dispute.lost",
      ...about,
      dispute: "ref_1",
      amount: refund.amount,
    }),
    ...each(["customer.created", "customer.updated", "customer.deleted", "settlement.created", "refund_request.updated", "ping"], (type) =>
      row(payment(type), { type: "notice" }),
    ),
    "no time": row(changed(payment("ping"), "created_at", undefined), { type: "notice", occurredAt: now }),
    ...each(["submerchant.payment.captured", "submerchant.application.accepted"], (type) => row(payment(type), { type: "notice" })),
    ...each(["something.new", "a.submerchant.new", "submerchants.new"], (type) => row(payment(type), { type: "unknown" })),
  },
};
