/** One realistic body per gateway, for a first callback by hand: a payment that went through. Proofs are added by `gateway.sign`. */
import { json } from "../gateways/writing.ts";
import { hmac } from "./sample-hmac.ts";
import type { Sample } from "./sample-shape.ts";
import { japaneseSamples } from "./samples-japan.ts";

const iso = (now: number): string => new Date(now).toISOString();
const seconds = (now: number): number => Math.floor(now / 1000);

const sandbox: Sample = ({ id, now }) =>
  json({
    id: `evt_${id}`,
    type: "charge.succeeded",
    created: seconds(now),
    contract: "contract-1",
    charge: `ch_${id}`,
    amount: 1980,
    currency: "JPY",
  });

const stripe: Sample = ({ id, now }) =>
  json({
    id: `evt_${id}`,
    object: "event",
    api_version: "2026-10-28.dahlia",
    created: seconds(now),
    data: {
      object: {
        id: `in_${id}`,
        object: "invoice",
        amount_paid: 1980,
        billing_reason: "subscription_cycle",
        currency: "jpy",
        customer: "cus_1",
        parent: { type: "subscription_details", subscription_details: { metadata: {}, subscription: "sub_1" } },
        status: "paid",
      },
    },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: "invoice.paid",
  });

const standardWebhooks: Sample = ({ id, now }) =>
  json({
    type: "order.paid",
    timestamp: iso(now),
    data: {
      id: `ord_${id}`,
      status: "paid",
      billing_reason: "subscription_cycle",
      total_amount: 1980,
      currency: "jpy",
      customer_id: "cus_1",
      subscription_id: "sub_1",
    },
  });

const adyen: Sample = ({ id, now }) =>
  json({
    live: "false",
    notificationItems: [
      {
        NotificationRequestItem: {
          additionalData: {},
          amount: { currency: "JPY", value: 1980 },
          eventCode: "AUTHORISATION",
          eventDate: iso(now),
          merchantAccountCode: "LocalMerchant",
          merchantReference: `order-${id}`,
          operations: ["CANCEL", "CAPTURE", "REFUND"],
          paymentMethod: "visa",
          pspReference: id.toUpperCase().padStart(16, "0"),
          reason: "033899:1111:03/2030",
          success: "true",
        },
      },
    ],
  });

const braintree: Sample = ({ id, now }) =>
  Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<notification><kind>subscription_charged_successfully</kind><timestamp type="datetime">${iso(now)}</timestamp>` +
      '<subject><subscription><id>sub1</id><status>Active</status><current-billing-cycle type="integer">2</current-billing-cycle><transactions type="array">' +
      `<transaction><id>${id}</id><status>submitted_for_settlement</status><type>sale</type><currency-iso-code>JPY</currency-iso-code><amount>1980</amount>` +
      "<customer><id>cus1</id></customer></transaction></transactions></subscription></subject></notification>\n",
  );

const lemonSqueezy: Sample = ({ id, now }) =>
  json({
    meta: { test_mode: true, event_name: "subscription_payment_success", webhook_id: id },
    data: {
      type: "subscription-invoices",
      id: String(now),
      attributes: {
        store_id: 1,
        subscription_id: 3,
        customer_id: 9,
        billing_reason: "renewal",
        currency: "JPY",
        status: "paid",
        total: 1980,
        refunded_amount: 0,
        created_at: iso(now),
        updated_at: iso(now),
      },
    },
  });

const paddle: Sample = ({ id, now }) =>
  json({
    event_id: `evt_${id}`,
    event_type: "transaction.completed",
    occurred_at: iso(now),
    notification_id: `ntf_${id}`,
    data: {
      id: `txn_${id}`,
      status: "completed",
      customer_id: "ctm_1",
      subscription_id: "sub_1",
      origin: "subscription_recurring",
      currency_code: "JPY",
      details: { totals: { subtotal: "1800", tax: "180", total: "1980", grand_total: "1980", currency_code: "JPY" } },
      payments: [{ amount: "1980", status: "captured", error_code: null }],
    },
  });

const paypal: Sample = ({ id, now }) =>
  json({
    id: `WH-${id}`,
    event_version: "1.0",
    create_time: iso(now),
    resource_type: "sale",
    event_type: "PAYMENT.SALE.COMPLETED",
    resource: {
      id: id.toUpperCase(),
      state: "completed",
      amount: { total: "1980", currency: "JPY" },
      billing_agreement_id: "I-LOCAL1",
      create_time: iso(now),
    },
  });

const shopify: Sample = ({ now }) =>
  json({
    id: now,
    admin_graphql_api_id: `gid://shopify/OrderTransaction/${now}`,
    order_id: 5_820_982_911,
    kind: "sale",
    status: "success",
    gateway: "shopify_payments",
    amount: "1980.00",
    currency: "JPY",
    created_at: iso(now),
    parent_id: null,
    error_code: null,
  });

const square: Sample = ({ id, now }) =>
  json({
    merchant_id: "LOCAL",
    type: "payment.updated",
    event_id: id,
    created_at: iso(now),
    data: {
      type: "payment",
      id: `pay_${id}`,
      object: {
        payment: {
          id: `pay_${id}`,
          status: "COMPLETED",
          amount_money: { amount: 1980, currency: "JPY" },
          total_money: { amount: 1980, currency: "JPY" },
          order_id: `order_${id}`,
          customer_id: "cus_1",
        },
      },
    },
  });

/** By the gateway's name. A gateway without one has no curl to print; its callbacks come from the gateway itself. */
export const samples: Readonly<Record<string, Sample>> = {
  ...japaneseSamples,
  adyen,
  braintree,
  hmac,
  "lemon-squeezy": lemonSqueezy,
  paddle,
  paypal,
  sandbox,
  shopify,
  square,
  "standard-webhooks": standardWebhooks,
  stripe,
};
