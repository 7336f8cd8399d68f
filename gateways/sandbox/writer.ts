/** The sandbox gateway names its events as we do: one callback for each. */
import type { EventType } from "../../core/event.ts";
import type { Moment } from "../moment.ts";
import type { Writer, Written } from "../writer.ts";
import { json, prefixed, seconds } from "../writing.ts";

const event = (moment: Moment, type: EventType): Written => {
  const { minor, currency } = moment.refund?.amount ?? moment.amount;
  const aboutMoney = type.startsWith("charge.");
  const body = {
    id: `evt_${moment.id}_${type}`,
    type,
    created: seconds(moment.at),
    contract: moment.contract,
    customer: moment.customer,
    ...(aboutMoney && { charge: moment.charge, order: moment.order, amount: minor, currency }),
    ...(type === "charge.refunded" && { refund: moment.part }),
    ...(type === "charge.failed" && { reason: "insufficient_funds" }),
  };
  return { body: json(body), reports: [type] };
};

const saying =
  (...types: readonly EventType[]) =>
  (moment: Moment): readonly Written[] =>
    types.map((type) => event(moment, type));

export const writer: Writer = {
  ids: prefixed({ contract: "contract_", customer: "customer_", charge: "charge_", order: "order_", part: "refund_" }),
  scenes: {
    "card checked": saying("card.verified"),
    started: saying("contract.started"),
    paid: saying("charge.succeeded"),
    renewed: saying("charge.succeeded", "contract.renewed"),
    failed: saying("charge.failed", "contract.past_due"),
    recovered: saying("charge.succeeded", "contract.renewed"),
    refunded: saying("charge.refunded"),
    authorized: saying("charge.authorized"),
    captured: saying("charge.succeeded"),
    voided: saying("charge.voided"),
    paused: saying("contract.paused"),
    resumed: saying("contract.resumed"),
    cancelled: saying("contract.cancelled"),
    expired: saying("contract.expired"),
  },
};
