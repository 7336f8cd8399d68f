import * as meaning from "../../../gateways/paidy/meaning.ts";
import { writer } from "../../../gateways/paidy/writer.ts";
import { changed } from "./change.ts";
import { byKey, type Meanings, refund, row, scenesOf, sentAt } from "./row.ts";

const scene = scenesOf(writer, { contract: "tok_1", customer: "", charge: "pay_1", order: "order-1", part: "ref_1" });
const about = { charge: "pay_1", order: "order-1" };

export const meanings: Meanings = {
  modules: [meaning],
  at: sentAt,
  tables: {
    paymentMeanings: {
      authorize_success: row(scene("authorized"), { type: "charge.authorized", ...about, incomplete: ["amount"] }),
      capture_success: row(scene("paid"), { type: "charge.succeeded", ...about, part: "cap_1", incomplete: ["amount"] }),
      refund_success: row(scene("refunded", 0, { refund }), { type: "charge.refunded", ...about, refund: "ref_1", incomplete: ["amount"] }),
      // Of a payment that was captured it changes nothing: whether it was a void has to be read back.
      close_success: row(scene("voided"), { type: "notice", ...about, incomplete: ["type"] }),
      update_success: row(changed(scene("paid"), "status", "update_success"), { type: "notice", ...about }),
    },
    tokenMeanings: byKey(
      {
        activate_success: "contract.started",
        suspend_success: "contract.paused",
        resume_success: "contract.resumed",
        delete_success: "contract.cancelled",
      },
      (status, type) => row(changed(scene("started"), "status", status), { type, contract: "tok_1" }),
    ),
  },
  others: {
    "a capture that carries a refund's id": row(changed(scene("paid"), "refund_id", "ref_9"), {
      type: "charge.succeeded",
      ...about,
      part: "cap_1",
      incomplete: ["amount"],
    }),
    "a token's payment": row(changed(scene("paid"), "token_id", "tok_1"), {
      type: "charge.succeeded",
      ...about,
      part: "cap_1",
      contract: "tok_1",
      incomplete: ["amount"],
    }),
    "a capture that names none": row(changed(scene("paid"), "capture_id", undefined), {
      type: "charge.succeeded",
      ...about,
      incomplete: ["amount"],
    }),
    "an authorisation that names a capture": row(changed(scene("authorized"), "capture_id", "cap_1"), {
      type: "charge.authorized",
      ...about,
      incomplete: ["amount"],
    }),
    "the test of the URL": row(changed(scene("paid"), "payment_id", "pay_0000000000000001"), {
      type: "notice",
      charge: "pay_0000000000000001",
      order: "order-1",
    }),
    "a payment's status of another name": row(changed(scene("paid"), "status", "activate_success"), { type: "unknown", ...about }),
    "a token's status of another name": row(changed(scene("started"), "status", "capture_success"), { type: "unknown", contract: "tok_1" }),
  },
};
