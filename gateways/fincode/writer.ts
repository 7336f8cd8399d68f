/** fincode: payments, cards and contracts by name; renewals by card only as the shop's counts of the day, to be read back. */
import type { EventType } from "../../core/event.ts";
import type { Moment } from "../moment.ts";
import type { Writer, Written } from "../writer.ts";
import { json, prefixed, taxed } from "../writing.ts";

/** `2026/11/20 15:30:00.000`, in Japan. */
const japanMoment = (at: number): string => new Date(at + 9 * 3_600_000).toISOString().slice(0, 23).replace("T", " ").replaceAll("-", "/");

const payment =
  (event: string, reports: EventType, more: Readonly<Record<string, unknown>> = {}) =>
  (moment: Moment): readonly Written[] => {
    const { net, tax } = taxed(moment.amount);
    const body = {
      shop_id: "s_22051612345",
      order_id: moment.charge,
      access_id: `a_${moment.order}`,
      pay_type: "Card",
      status: "CAPTURED",
      job_code: "CAPTURE",
      customer_id: moment.customer,
      amount: String(net),
      tax: String(tax),
      currency: "JPY",
      subscription_id: null,
      transaction_id: moment.id,
      transaction_date: japanMoment(moment.at),
      error_code: null,
      ...more,
      event,
    };
    return [{ body: json(body), reports: [reports] }];
  };

const subscription =
  (event: string, status: string, reports: EventType) =>
  (moment: Moment): readonly Written[] => {
    const { contract: subscription_id, customer: customer_id, at } = moment;
    const body = { shop_id: "s_22051612345", pay_type: "Card", subscription_id, plan_id: "pl_1", customer_id, status };
    return [{ body: json({ ...body, process_date: japanMoment(at), event }), reports: [reports] }];
  };

/** It does not say whose payments these were. */
const batch =
  (counts: { readonly succeeded: string; readonly failed: string }) =>
  ({ at }: Moment): readonly Written[] => {
    const process_date = japanMoment(at);
    const body = {
      shop_id: "s_22051612345",
      pay_type: "Card",
      ...counts,
      total: "1",
      process_date,
      charge_date: process_date.slice(0, 10),
    };
    return [{ body: json({ ...body, event: "recurring.card.batch" }), reports: [] }];
  };

const check = { job_code: "CHECK", amount: "0", tax: "0" };
const cancel = payment("payments.card.cancel", "charge.voided", { status: "CANCELED" });

export const writer: Writer = {
  ids: prefixed({ contract: "su_", customer: "c_", charge: "o_", part: "r_" }),
  scenes: {
    "card checked": payment("payments.card.exec", "card.verified", { ...check, status: "CHECKED" }),
    "card declined": payment("payments.card.exec", "card.verification_failed", {
      ...check,
      status: "UNPROCESSED",
      error_code: "E92000001",
    }),
    started: subscription("subscription.card.regist", "ACTIVE", "contract.started"),
    paid: payment("payments.card.exec", "charge.succeeded"),
    renewed: batch({ succeeded: "1", failed: "0" }),
    failed: batch({ succeeded: "0", failed: "1" }),
    recovered: batch({ succeeded: "1", failed: "0" }),
    refunded: (moment) => (moment.refund?.isWhole ? cancel(moment) : []),
    authorized: payment("payments.card.exec", "charge.authorized", { status: "AUTHORIZED", job_code: "AUTH" }),
    captured: payment("payments.card.capture", "charge.succeeded"),
    voided: cancel,
    cancelled: subscription("subscription.card.delete", "CANCELED", "contract.cancelled"),
  },
};
