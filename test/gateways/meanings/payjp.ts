import * as meaning from "../../../gateways/payjp/meaning.ts";
import { writer } from "../../../gateways/payjp/writer.ts";
import { now } from "../conformance/conformance.ts";
import { changed } from "./change.ts";
import { byKey, each, type Meanings, refund, row, scenesOf, sentAt, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "sub_1", customer: "cus_1", charge: "ch_1", order: "", part: "" });
const contract = { contract: "sub_1", customer: "cus_1" };
const charge = { charge: "ch_1", ...contract };
const typed = (type: string) => changed(scene("started"), "type", type);
const updated = (status: string) => changed(typed("subscription.updated"), "data/status", status);

export const meanings: Meanings = {
  modules: [meaning],
  at: sentAt,
  tables: {
    subscriptionMeanings: byKey(
      {
        "subscription.created": "contract.started",
        "subscription.renewed": "contract.renewed",
        "subscription.paused": "contract.paused",
        "subscription.resumed": "contract.resumed",
        "subscription.canceled": "contract.cancelled",
        "subscription.deleted": "contract.cancelled",
      },
      (type, means) => row(typed(type), { type: means, ...contract }),
    ),
    statusMeanings: byKey(
      { trial: "contract.resumed", active: "contract.resumed", paused: "contract.paused", canceled: "contract.cancelled" },
      (status, means) => row(updated(status), { type: means, ...contract }),
    ),
  },
  others: {
    "charge.succeeded": { ...row(scene("paid"), { type: "charge.succeeded", ...charge, amount: yen }), gatewayType: "charge.succeeded" },
    "charge.succeeded, of no contract": row(scene("paid", 0, { single: true }), {
      type: "charge.succeeded",
      charge: "ch_1",
      customer: "cus_1",
      amount: yen,
    }),
    "charge.succeeded, to be captured": row(scene("authorized"), { type: "charge.authorized", ...charge, amount: yen }),
    "charge.succeeded, without an amount": row(changed(scene("paid"), "data/amount", undefined), {
      type: "charge.succeeded",
      ...charge,
      incomplete: ["amount"],
    }),
    "charge.captured": row(scene("captured"), { type: "charge.succeeded", ...charge, amount: yen }),
    "charge.captured, less than was authorised": row(
      changed(scene("captured"), "data/amount_refunded", 980),
      { type: "charge.succeeded", ...charge, amount: yen },
      { type: "charge.refunded", ...charge, amount: { minor: 980, currency: "JPY" } },
    ),
    "charge.failed": row(scene("failed"), { type: "charge.failed", ...charge, amount: yen, reason: "card_declined" }),
    "charge.failed, without a code": row(changed(scene("failed"), "data/failure_code", null), {
      type: "charge.failed",
      ...charge,
      amount: yen,
      reason: "Card declined",
    }),
    "charge.refunded": row(changed(scene("refunded", 0, { refund }), "data/refund_reason", "asked for"), {
      type: "charge.refunded",
      ...charge,
      amount: refund.soFar,
      reason: "asked for",
    }),
    "charge.refunded, without an amount": row(changed(scene("refunded"), "data/amount_refunded", undefined), {
      type: "charge.refunded",
      ...charge,
      incomplete: ["amount"],
    }),
    "charge.refunded, never captured": row(scene("voided"), { type: "charge.voided", ...charge, amount: yen }),
    "charge.updated": row(changed(scene("paid"), "type", "charge.updated"), { type: "notice", ...charge }),
    "charge.disputed": row(changed(scene("paid"), "type", "charge.disputed"), { type: "unknown" }),
    "subscription.updated, of another status": row(updated("asleep"), { type: "unknown" }),
    "subscription.updated, without a status": row(changed(typed("subscription.updated"), "data/status", undefined), { type: "unknown" }),
    "subscription.other": row(typed("subscription.other"), { type: "unknown" }),
    "another time": row(changed(scene("paid"), "created", 1.5), {
      type: "charge.succeeded",
      ...charge,
      amount: yen,
      occurredAt: 1_500,
    }),
    "no time": row(changed(scene("paid"), "created", undefined), { type: "charge.succeeded", ...charge, amount: yen, occurredAt: now }),
    "a time that is none": row(changed(scene("paid"), "created", 1e300), {
      type: "charge.succeeded",
      ...charge,
      amount: yen,
      occurredAt: now,
    }),
    ...each(
      ["customer.created", "customer.card.created", "plan.created", "transfer.succeeded", "token.created", "tenant.updated"].concat([
        "statement.created",
        "balance.created",
        "term.created",
      ]),
      (type) => row(typed(type), { type: "notice" }),
    ),
    ...each(["charge.updated.again", "a.customer.created", "customers", "something.new"], (type) => row(typed(type), { type: "unknown" })),
  },
};
