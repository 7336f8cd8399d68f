/** Callbacks as Stripe sends them: JSON printed two spaces deep, one to two kilobytes, signed, as HTTP API hands them over. */

import { randomBytes } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { gateways } from "../gateways/index.ts";
import { toEvent } from "../local/front/http-event.ts";

const { stripe } = gateways;

/** The name of the source in the benchmark's configuration. */
export const source = "stripe";

/** As random as Stripe's ids: what is stored compressed is compressed with them. */
const id = (prefix: string): string => `${prefix}_1Q${randomBytes(16).toString("base64url").replace(/[-_]/g, "x")}`;

const paymentIntent = (created: number) => ({
  id: id("pi"),
  object: "payment_intent",
  amount: 1980,
  amount_capturable: 0,
  amount_received: 1980,
  automatic_payment_methods: { allow_redirects: "always", enabled: true },
  capture_method: "automatic_async",
  client_secret: null,
  confirmation_method: "automatic",
  created,
  currency: "jpy",
  customer: id("cus"),
  description: "Subscription update",
  latest_charge: id("ch"),
  livemode: true,
  payment_method: id("pm"),
  payment_method_types: ["card"],
  status: "succeeded",
});

const subscription = (created: number) => ({
  id: id("sub"),
  object: "subscription",
  billing_cycle_anchor: created,
  cancel_at_period_end: false,
  collection_method: "charge_automatically",
  created,
  currency: "jpy",
  customer: id("cus"),
  default_payment_method: id("pm"),
  items: {
    object: "list",
    data: [
      {
        id: id("si"),
        object: "subscription_item",
        current_period_end: created + 2_678_400,
        current_period_start: created,
        metadata: {},
        price: {
          id: id("price"),
          object: "price",
          currency: "jpy",
          product: id("prod"),
          recurring: { interval: "month" },
          unit_amount: 1980,
        },
        quantity: 1,
      },
    ],
    has_more: false,
    total_count: 1,
  },
  latest_invoice: id("in"),
  livemode: true,
  metadata: { member: "118204", plan: "premium" },
  status: "active",
});

const body = (index: number, now: number): Buffer => {
  const created = Math.floor(now / 1000);
  const [type, object] =
    index % 2 === 0
      ? (["payment_intent.succeeded", paymentIntent(created)] as const)
      : (["customer.subscription.updated", subscription(created)] as const);
  const envelope = { id: id("evt"), object: "event", api_version: "2026-10-28.dahlia", created, data: { object }, livemode: true };
  return Buffer.from(JSON.stringify({ ...envelope, pending_webhooks: 1, request: { id: null, idempotency_key: null }, type }, null, 2));
};

/** That many callbacks, each with an id of its own, signed as of now. */
export const callbacks = (count: number, secret: string): APIGatewayProxyEventV2[] => {
  const now = Date.now();
  return Array.from({ length: count }, (_, index) => signedEvent(body(index, now), secret, now));
};

/** A body as Stripe signs it and HTTP API hands it over. */
export const signedEvent = (bytes: Buffer, secret: string, now: number): APIGatewayProxyEventV2 => {
  const signed = stripe.sign(bytes, { secrets: [secret] }, now);
  const headers = {
    accept: "*/*; q=0.5, application/xml",
    "cache-control": "no-cache",
    "content-length": String(signed.body.length),
    host: "callbacks.example.com",
    "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
    "x-amzn-trace-id": "Root=1-691f3a10-3a7d0f2f1c6be47d20b6a1f5",
    "x-forwarded-port": "443",
    ...signed.headers,
  };
  return toEvent(
    {
      method: "POST",
      target: `/callbacks/${source}`,
      rawHeaders: Object.entries(headers).flat(),
      body: Buffer.from(signed.body),
      sourceIp: "198.51.100.7",
      protocol: "HTTP/1.1",
      now,
    },
    { key: "POST /callbacks/{source}", parameters: { source }, functionName: "receive", timeoutMs: 10_000 },
  );
};
