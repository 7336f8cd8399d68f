import * as meaning from "../../../gateways/app/meaning.ts";
import { writer } from "../../../gateways/app/writer.ts";
import { type Meanings, refund, row, scenesOf, sentAt } from "./row.ts";

const scene = scenesOf(writer, { contract: "contract_1", customer: "customer_1", charge: "charge_1", order: "order_1", part: "refund_1" });
const nothing = { type: "notice" } as const;

/** What it says is in read-message.test.ts; to who knows payments only it is a notice. */
export const meanings: Meanings = {
  modules: [meaning],
  at: sentAt,
  tables: {},
  others: {
    granted: { ...row(scene("started"), nothing), gatewayType: "entitlement.granted" },
    revoked: { ...row(scene("cancelled"), nothing), gatewayType: "entitlement.revoked" },
    "a refund asked for": { ...row(scene("refunded", 0, { refund }), nothing), gatewayType: "refund.requested" },
  },
};
