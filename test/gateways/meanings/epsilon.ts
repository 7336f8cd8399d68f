import * as meaning from "../../../gateways/epsilon/meaning.ts";
import { writer } from "../../../gateways/epsilon/writer.ts";
import { now } from "../conformance/conformance.ts";
import { withFields } from "./change.ts";
import { type Meanings, row, scenesOf, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "c1", customer: "member-1", charge: "1234567", order: "order1", part: "p1" });
const about = { charge: "1234567", customer: "member-1", order: "order1" };

export const meanings: Meanings = {
  modules: [meaning],
  at: now,
  tables: {},
  others: {
    "paid=1": { ...row(scene("paid"), { type: "charge.succeeded", ...about, amount: yen }), gatewayType: "paid=1" },
    "paid=0": { ...row(withFields(scene("paid"), { paid: "0" }), { type: "unknown", ...about }), gatewayType: "paid=0" },
    "no paid at all": { ...row(withFields(scene("paid"), { paid: undefined }), { type: "unknown", ...about }), gatewayType: "paid=" },
    "no amount": row(withFields(scene("paid"), { item_price: undefined }), { type: "charge.succeeded", ...about, incomplete: ["amount"] }),
    "a customer without a number": row(withFields(scene("paid"), { user_id: "-" }), {
      type: "charge.succeeded",
      charge: "1234567",
      order: "order1",
      amount: yen,
    }),
    "no customer, and no order": row(withFields(scene("paid"), { user_id: "", order_number: "" }), {
      type: "charge.succeeded",
      charge: "1234567",
      amount: yen,
    }),
    "no transaction code": row(withFields(scene("paid"), { trans_code: "" }), {
      type: "charge.succeeded",
      ...about,
      charge: "order1",
      amount: yen,
    }),
  },
};
