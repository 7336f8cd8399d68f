import * as meaning from "../../../gateways/telecom-credit/meaning.ts";
import { writer } from "../../../gateways/telecom-credit/writer.ts";
import { now } from "../conformance/conformance.ts";
import { withFields } from "./change.ts";
import { type Meanings, row, scenesOf, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "member-1", customer: "member-1", charge: "uuid-1", order: "order-1", part: "part-1" });
const member = { contract: "member-1", customer: "member-1" };
const check = { ...member, charge: "uuid-1", order: "order-1" };
const paid = { ...check, amount: yen };

export const meanings: Meanings = {
  modules: [meaning],
  at: now,
  tables: {},
  others: {
    "a payment": { ...row(scene("paid"), { type: "charge.succeeded", ...paid }), gatewayType: "rel=yes" },
    "a renewal": row(scene("renewed"), { type: "charge.succeeded", ...paid }, { type: "contract.renewed", ...member }),
    "a renewal that fails": {
      ...row(scene("failed"), { type: "charge.failed", ...paid }, { type: "contract.past_due", ...member }),
      gatewayType: "rel=no",
    },
    "a payment that does not say whether it continues": row(withFields(scene("paid"), { cont: undefined }), {
      type: "charge.succeeded",
      ...paid,
    }),
    "a payment that fails": row(withFields(scene("paid"), { rel: "no" }), { type: "charge.failed", ...paid }),
    "a card that is checked": row(scene("card checked"), { type: "card.verified", ...check }),
    "a card that fails its check": row(scene("card declined"), { type: "card.verification_failed", ...check }),
    "the end of a contract": { ...row(scene("cancelled"), { type: "contract.cancelled", ...member }), gatewayType: "member_id" },
    "an older contract": row(withFields(scene("paid"), { settle_uuid: undefined, credit_id: "c1", settle_count: "3" }), {
      type: "charge.succeeded",
      ...paid,
      charge: "c1-3",
    }),
    "no amount": row(withFields(scene("paid"), { money: undefined }), { type: "charge.succeeded", ...check, incomplete: ["amount"] }),
    "no member and no option": row(
      withFields(scene("renewed"), { sendid: "", option: "" }),
      {
        type: "charge.succeeded",
        charge: "uuid-1",
        amount: yen,
      },
      { type: "contract.renewed" },
    ),
    "a rel of another name": row(withFields(scene("renewed"), { rel: "maybe" }), { type: "unknown", ...check }),
    "no rel": { ...row(withFields(scene("paid"), { rel: undefined }), { type: "unknown", ...check }), gatewayType: "rel=" },
  },
};
