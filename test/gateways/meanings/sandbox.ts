import * as meaning from "../../../gateways/sandbox/meaning.ts";
import { writer } from "../../../gateways/sandbox/writer.ts";
import { now } from "../conformance/conformance.ts";
import { changed } from "./change.ts";
import { byKey, type Meanings, refund, row, scenesOf, sentAt, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "contract_1", customer: "customer_1", charge: "charge_1", order: "order_1", part: "refund_1" });
const contract = { contract: "contract_1", customer: "customer_1" };
const paid = { ...contract, charge: "charge_1", order: "order_1", amount: yen };
const typed = (type: string) => changed(scene("paid"), "type", type);

export const meanings: Meanings = {
  modules: [meaning],
  at: sentAt,
  tables: {
    meanings: {
      ...byKey(
        {
          "charge.authorized": "charge.authorized",
          "charge.succeeded": "charge.succeeded",
          "charge.voided": "charge.voided",
          "refund.pending": "refund.pending",
          "refund.failed": "refund.failed",
          "dispute.opened": "dispute.opened",
          "dispute.won": "dispute.won",
          "dispute.lost": "dispute.lost",
          ping: "notice",
        },
        (key, type) => row(typed(key), { type, ...paid }),
      ),
      "charge.failed": row(scene("failed"), { type: "charge.failed", ...paid, reason: "insufficient_funds" }),
      "charge.refunded": row(scene("refunded", 0, { refund }), {
        type: "charge.refunded",
        ...paid,
        refund: "refund_1",
        amount: refund.amount,
      }),
      ...byKey(
        {
          "card.verified": "card.verified",
          "contract.started": "contract.started",
          "contract.renewed": "contract.renewed",
          "contract.past_due": "contract.past_due",
          "contract.paused": "contract.paused",
          "contract.resumed": "contract.resumed",
          "contract.cancelled": "contract.cancelled",
          "contract.expired": "contract.expired",
        },
        (key, type) => row(changed(scene("started"), "type", key), { type, ...contract }),
      ),
    },
  },
  others: {
    "a type of another name": { ...row(typed("toString"), { type: "unknown", ...paid }), gatewayType: "toString" },
    "other names": row(changed(scene("paid"), "also_known_as", ["order 1", 7, "bill_1"]), {
      type: "charge.succeeded",
      ...paid,
      alsoKnownAs: ["order 1", "bill_1"],
    }),
    "one other name": row(changed(scene("paid"), "also_known_as", ["bill_1"]), {
      type: "charge.succeeded",
      ...paid,
      alsoKnownAs: ["bill_1"],
    }),
    "no other name": row(changed(scene("paid"), "also_known_as", []), { type: "charge.succeeded", ...paid }),
    "a part of a payment": row(changed(scene("paid"), "part", "part_1"), { type: "charge.succeeded", ...paid, part: "part_1" }),
    "a dispute by its id": row(changed(typed("dispute.opened"), "dispute", "dispute_1"), {
      type: "dispute.opened",
      ...paid,
      dispute: "dispute_1",
    }),
    "no time": row(changed(scene("paid"), "created", undefined), { type: "charge.succeeded", ...paid, occurredAt: now }),
  },
};
