/** PayPal: sales of subscriptions, captures of orders. A capture has an id of its own, and a failed payment none. */
import type { EventType } from "../../core/event.ts";
import type { Moment } from "../moment.ts";
import type { Writer, Written } from "../writer.ts";
import { isLive, iso, json, major, prefixed } from "../writing.ts";

const event = (moment: Moment, type: string, resource: object, reports: EventType): Written => {
  const id = `WH-${moment.id.toUpperCase()}-${type.replace(/\W/g, "")}`;
  const host = `api${isLive(moment) ? "" : ".sandbox"}.paypal.com`;
  return {
    body: json({
      id,
      event_version: "1.0",
      create_time: iso(moment.at),
      resource_type: type.split(".")[1]?.toLowerCase(),
      event_type: type,
      resource: { ...resource, create_time: iso(moment.at) },
      links: [{ href: `https://${host}/v1/notifications/webhooks-events/${id}`, rel: "self", method: "GET" }],
    }),
    reports: [reports],
  };
};

const sale = (moment: Moment): readonly Written[] => {
  const amount = { total: major(moment.amount), currency: moment.amount.currency };
  const resource = { id: moment.charge, state: "completed", amount, billing_agreement_id: moment.contract };
  return [event(moment, "PAYMENT.SALE.COMPLETED", resource, "charge.succeeded")];
};

/** Version 2 of the API, which orders use. */
const payment =
  (type: string, reports: EventType) =>
  (moment: Moment): readonly Written[] => {
    const amount = { value: major(moment.amount), currency_code: moment.amount.currency };
    return [event(moment, type, { id: moment.charge, status: type.split(".")[2], amount, invoice_id: moment.order }, reports)];
  };

const captured = payment("PAYMENT.CAPTURE.COMPLETED", "charge.succeeded");

const subscription =
  (type: string, status: string, reports: EventType, more: (moment: Moment) => object = () => ({})) =>
  (moment: Moment): readonly Written[] => {
    const resource = { id: moment.contract, status, subscriber: { payer_id: moment.customer }, ...more(moment) };
    return [event(moment, `BILLING.SUBSCRIPTION.${type}`, resource, reports)];
  };

const lastFailure = ({ amount, at }: Moment) => {
  const value = { currency_code: amount.currency, value: major(amount) };
  return { billing_info: { last_failed_payment: { amount: value, time: iso(at), reason_code: "PAYMENT_DENIED" } } };
};

/** A refund is a resource of its own, which names the sale or the capture. */
const refunded = (moment: Moment): readonly Written[] => {
  const { amount } = moment.refund ?? moment;
  if (moment.contract) {
    const resource = { id: moment.part, sale_id: moment.charge, amount: { total: major(amount), currency: amount.currency } };
    return [event(moment, "PAYMENT.SALE.REFUNDED", resource, "charge.refunded")];
  }
  const links = [{ href: `https://api.paypal.com/v2/payments/captures/${moment.charge}`, rel: "up", method: "GET" }];
  const resource = { id: moment.part, amount: { value: major(amount), currency_code: amount.currency }, invoice_id: moment.order, links };
  return [event(moment, "PAYMENT.CAPTURE.REFUNDED", resource, "charge.refunded")];
};

const dispute =
  (type: string, reports: EventType, outcome?: string) =>
  (moment: Moment): readonly Written[] => {
    const resource = {
      dispute_id: moment.part,
      disputed_transactions: [{ seller_transaction_id: moment.charge }],
      dispute_amount: { currency_code: moment.amount.currency, value: major(moment.amount) },
      reason: "UNAUTHORISED",
      ...(outcome && { dispute_outcome: { outcome_code: outcome } }),
    };
    return [event(moment, `CUSTOMER.DISPUTE.${type}`, resource, reports)];
  };

export const writer: Writer = {
  ids: prefixed({ contract: "I-", order: "order-", part: "R" }),
  ownPayment: ["failed", "recovered", "captured"],
  scenes: {
    started: subscription("ACTIVATED", "ACTIVE", "contract.started"),
    paid: (moment) => (moment.contract ? sale(moment) : captured(moment)),
    renewed: sale,
    failed: subscription("PAYMENT.FAILED", "ACTIVE", "charge.failed", lastFailure),
    recovered: sale,
    refunded,
    authorized: payment("PAYMENT.AUTHORIZATION.CREATED", "charge.authorized"),
    captured,
    voided: payment("PAYMENT.AUTHORIZATION.VOIDED", "charge.voided"),
    paused: subscription("SUSPENDED", "SUSPENDED", "contract.paused"),
    resumed: subscription("RE-ACTIVATED", "ACTIVE", "contract.resumed"),
    cancelled: subscription("CANCELLED", "CANCELLED", "contract.cancelled"),
    expired: subscription("EXPIRED", "EXPIRED", "contract.expired"),
    disputed: dispute("CREATED", "dispute.opened"),
    "dispute won": dispute("RESOLVED", "dispute.won", "RESOLVED_SELLER_FAVOUR"),
    "dispute lost": dispute("RESOLVED", "dispute.lost", "RESOLVED_BUYER_FAVOUR"),
  },
};
