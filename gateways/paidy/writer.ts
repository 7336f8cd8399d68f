/** Paidy: what happened to a payment or a token, without amounts. It does not say whose token paid. */
import type { EventType } from "../../core/event.ts";
import type { Moment } from "../moment.ts";
import type { Writer, Written } from "../writer.ts";
import { iso, json, prefixed } from "../writing.ts";

const payment =
  (status: string, reports: readonly EventType[], parts: (moment: Moment) => object = () => ({})) =>
  (moment: Moment): readonly Written[] => {
    const body = { payment_id: moment.charge, event_type: "payment", status, order_ref: moment.order, timestamp: iso(moment.at) };
    return [{ body: json({ ...body, ...parts(moment) }), reports }];
  };

const token =
  (status: string, reports: EventType) =>
  (moment: Moment): readonly Written[] => [
    { body: json({ token_id: moment.contract, event_type: "token", status, timestamp: iso(moment.at) }), reports: [reports] },
  ];

const captureOf = ({ charge }: Moment) => ({ capture_id: charge.replace("pay_", "cap_") });
const captured = payment("capture_success", ["charge.succeeded"], captureOf);

export const writer: Writer = {
  ids: prefixed({ contract: "tok_", charge: "pay_", order: "order-", part: "ref_" }),
  ownPayment: ["recovered"],
  scenes: {
    started: token("activate_success", "contract.started"),
    paid: captured,
    renewed: captured,
    recovered: captured,
    refunded: payment("refund_success", ["charge.refunded"], (moment) => ({ ...captureOf(moment), refund_id: moment.part })),
    authorized: payment("authorize_success", ["charge.authorized"]),
    captured,
    voided: payment("close_success", []),
    paused: token("suspend_success", "contract.paused"),
    resumed: token("resume_success", "contract.resumed"),
    cancelled: token("delete_success", "contract.cancelled"),
  },
};
