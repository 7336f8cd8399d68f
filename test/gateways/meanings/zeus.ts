import * as meaning from "../../../gateways/zeus/meaning.ts";
import { writer } from "../../../gateways/zeus/writer.ts";
import { form, now } from "../conformance/conformance.ts";
import { withFields } from "./change.ts";
import { byKey, type Meanings, row, scenesOf, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "member-1", customer: "member-1", charge: "ordd-1", order: "order-1", part: "part-1" });
const member = { contract: "member-1", customer: "member-1" };
const card = { ...member, charge: "ordd-1" };

/** The writer writes no slips and no transfers. */
const slip = (status: string, more: Readonly<Record<string, string>> = {}) => ({
  body: form({ clientip: "2012001234", order_no: "order-1", sendid: "member-1", money: "1980", status, ...more }),
});
const ofOrder = { ...member, charge: "order-1" };

export const meanings: Meanings = {
  modules: [meaning],
  at: now,
  tables: {
    slipMeanings: {
      "01": row(slip("01"), { type: "notice", ...ofOrder }),
      ...byKey(
        {
          "02": "charge.failed",
          "03": "charge.failed",
          "04": "charge.succeeded",
          "05": "charge.succeeded",
          "06": "charge.voided",
          "11": "charge.succeeded",
          "12": "charge.succeeded",
          "13": "charge.voided",
        },
        (status, type) => row(slip(status), { type, ...ofOrder, amount: yen, ...(type !== "charge.failed" && { part: "paid" }) }),
      ),
    },
    transferMeanings: {
      "01": row(slip("01", { tracking_no: "t1" }), { type: "notice", ...ofOrder }),
      "02": row(slip("02", { tracking_no: "t1" }), { type: "notice", ...ofOrder }),
      ...byKey({ "03": "charge.succeeded", "04": "charge.failed", "05": "charge.failed" }, (status, type) =>
        row(slip(status, { tracking_no: "t1" }), { type, ...ofOrder, amount: yen, ...(type === "charge.succeeded" && { part: "paid" }) }),
      ),
    },
  },
  others: {
    "a card that is charged": { ...row(scene("paid"), { type: "charge.succeeded", ...card, amount: yen }), gatewayType: "result=OK" },
    "a card that is refused": row(scene("failed"), { type: "charge.failed", ...card, amount: yen }),
    "a card that is checked": row(scene("card checked"), { type: "card.verified", ...card }),
    "a card that fails its check": row(scene("card declined"), { type: "card.verification_failed", ...card }),
    "a result of another name": row(withFields(scene("paid"), { result: "XX" }), { type: "unknown", ...card, amount: yen }),
    "no amount": row(withFields(scene("paid"), { money: undefined }), { type: "charge.succeeded", ...card, incomplete: ["amount"] }),
    "no member": row(withFields(scene("paid"), { sendid: "" }), { type: "charge.succeeded", charge: "ordd-1", amount: yen }),
    "a slip whose failure has a code": row(slip("02", { error_code: "E1", error_message: "text" }), {
      type: "charge.failed",
      ...ofOrder,
      amount: yen,
      reason: "E1",
    }),
    "a slip whose failure has a text": row(slip("02", { error_code: "", error_message: "text" }), {
      type: "charge.failed",
      ...ofOrder,
      amount: yen,
      reason: "text",
    }),
    "a slip whose failure is not explained": row(slip("02", { error_code: "", error_message: "" }), {
      type: "charge.failed",
      ...ofOrder,
      amount: yen,
    }),
    "a slip without an amount": row(withFields(slip("04"), { money: undefined }), {
      type: "charge.succeeded",
      ...ofOrder,
      part: "paid",
      incomplete: ["amount"],
    }),
    "a status of another name": { ...row(slip("99"), { type: "unknown", ...ofOrder }), gatewayType: "status=99" },
    "a transfer's status of another name": row(slip("06", { tracking_no: "t1" }), { type: "unknown", ...ofOrder }),
  },
};
