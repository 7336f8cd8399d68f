import Stripe from "stripe";
import { describe, expect, test } from "vitest";
import type { RawCallback } from "../../core/callback.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, now, type Sample, utf8, verifiedCallback } from "./conformance/conformance.ts";

const { stripe } = gateways;

const secret = "whsec_3kWpXGf0Qn2vYtR8dLmZ5sHcJ1bA7eUo";
const settings = { secrets: [secret] };
const created = 1_795_175_990;

let count = 0;
/** An event as Stripe prints it, two spaces deep. */
const event = (type: string, object: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}, before?: unknown) => {
  count += 1;
  const data = { object, ...(before !== undefined && { previous_attributes: before }) };
  const envelope = { id: `evt_1Q${count}`, object: "event", api_version: "2026-10-28.dahlia", created, data, livemode: true };
  return utf8(JSON.stringify({ ...envelope, pending_webhooks: 1, request: { id: null, idempotency_key: null }, type, ...more }, null, 2));
};

const invoice = {
  id: "in_1",
  object: "invoice",
  amount_due: 1980,
  amount_paid: 1980,
  billing_reason: "subscription_cycle",
  currency: "jpy",
  customer: "cus_1",
  parent: { type: "subscription_details", subscription_details: { metadata: {}, subscription: "sub_1" } },
  status: "paid",
};
/** As it was before API 2025-03-31. */
const { parent: _, ...formerInvoice } = { ...invoice, subscription: "sub_1", payment_intent: "pi_1", charge: "ch_1" };
const intent = {
  id: "pi_1",
  object: "payment_intent",
  amount: 1980,
  amount_capturable: 0,
  amount_received: 1980,
  currency: "jpy",
  customer: "cus_1",
  description: "Subscription update",
  latest_charge: "ch_1",
  payment_details: { customer_reference: null, order_reference: "in_1" },
};
const oneOff = { ...intent, description: "Mug", payment_details: null };
const charge = {
  id: "ch_1",
  object: "charge",
  amount: 1980,
  amount_captured: 1980,
  amount_refunded: 0,
  captured: true,
  currency: "jpy",
  customer: "cus_1",
  description: "Mug",
  failure_code: null,
  failure_message: null,
  payment_intent: "pi_1",
};
const refund = { id: "re_1", object: "refund", amount: 500, charge: "ch_1", currency: "jpy", payment_intent: "pi_1", status: "succeeded" };
const dispute = {
  id: "dp_1",
  object: "dispute",
  amount: 1980,
  charge: "ch_1",
  currency: "jpy",
  payment_intent: "pi_1",
  reason: "fraudulent",
};
const subscription = { id: "sub_1", object: "subscription", customer: "cus_1", status: "active", cancellation_details: { reason: null } };

const yen = (minor: number) => ({ minor, currency: "JPY" });

const sample = (name: string, body: Uint8Array, ...means: Sample["means"]): Sample => ({ name, body, means });

describeGateway(stripe, {
  settings,
  samples: [
    {
      name: "a renewal that was paid",
      body: event("invoice.paid", invoice, { id: "evt_1RENEWAL" }),
      means: [
        {
          id: "evt_1RENEWAL",
          type: "charge.succeeded",
          gatewayType: "invoice.paid",
          contract: "sub_1",
          charge: "in_1",
          customer: "cus_1",
          amount: yen(1980),
          occurredAt: created * 1000,
        },
        { id: "evt_1RENEWAL#2", type: "contract.renewed", contract: "sub_1", customer: "cus_1" },
      ],
      key: "evt_1RENEWAL",
    },
    sample("its twin", event("invoice.payment_succeeded", invoice), { type: "charge.succeeded", contract: "sub_1", charge: "in_1" }),
    sample(
      "a renewal as it was told before API 2025-03-31",
      event("invoice.paid", formerInvoice, { api_version: "2024-06-20" }),
      { type: "charge.succeeded", contract: "sub_1", charge: "pi_1", amount: yen(1980) },
      { type: "contract.renewed", contract: "sub_1" },
    ),
    sample("a first payment", event("invoice.paid", { ...invoice, billing_reason: "subscription_create" }), { type: "charge.succeeded" }),
    sample("a trial's invoice over nothing", event("invoice.paid", { ...invoice, billing_reason: "subscription_create", amount_paid: 0 }), {
      type: "notice",
    }),
    sample("a renewal paid by a credit", event("invoice.paid", { ...invoice, amount_paid: 0 }), {
      type: "contract.renewed",
      contract: "sub_1",
    }),
    sample(
      "a renewal in dollars and cents",
      event("invoice.paid", { ...invoice, billing_reason: "manual", amount_paid: 1230, currency: "usd" }),
      {
        type: "charge.succeeded",
        amount: { minor: 1230, currency: "USD" },
      },
    ),
    sample("a failed renewal", event("invoice.payment_failed", { ...invoice, amount_paid: 0, status: "open" }), {
      type: "charge.failed",
      contract: "sub_1",
      charge: "in_1",
      amount: yen(1980),
    }),
    sample("an invoice that needs the customer", event("invoice.payment_action_required", invoice), { type: "notice" }),
    sample("an invoice's payment", event("payment_intent.succeeded", intent), {
      type: "charge.succeeded",
      charge: "pi_1",
      alsoKnownAs: expect.arrayContaining(["in_1"]),
      amount: yen(1980),
      incomplete: ["contract"],
    }),
    sample("a one-off payment", event("payment_intent.succeeded", oneOff), { type: "charge.succeeded", charge: "pi_1" }),
    sample(
      "a payment to be captured",
      event("payment_intent.amount_capturable_updated", { ...oneOff, amount_capturable: 1980, amount_received: 0 }),
      {
        type: "charge.authorized",
        charge: "pi_1",
        amount: yen(1980),
      },
    ),
    sample(
      "a declined payment",
      event("payment_intent.payment_failed", {
        ...oneOff,
        last_payment_error: { code: "card_declined", message: "Your card was declined." },
      }),
      { type: "charge.failed", charge: "pi_1", reason: "Your card was declined." },
    ),
    sample("a payment given up", event("payment_intent.canceled", oneOff), { type: "charge.voided", charge: "pi_1", amount: yen(1980) }),
    sample("a charge", event("charge.succeeded", charge), { type: "charge.succeeded", charge: "pi_1", amount: yen(1980) }),
    sample("a charge without a payment intent", event("charge.succeeded", { ...charge, payment_intent: null }), {
      charge: "ch_1",
      type: "charge.succeeded",
    }),
    sample("an uncaptured charge", event("charge.succeeded", { ...charge, captured: false }), {
      type: "charge.authorized",
      charge: "pi_1",
    }),
    sample("a capture of a part", event("charge.captured", { ...charge, amount_captured: 980 }), {
      type: "charge.succeeded",
      charge: "pi_1",
      amount: yen(980),
    }),
    sample("a failed charge", event("charge.failed", { ...charge, failure_message: "Insufficient funds." }), {
      type: "charge.failed",
      reason: "Insufficient funds.",
    }),
    sample("an expired charge", event("charge.expired", { ...charge, captured: false }), { type: "charge.voided", charge: "pi_1" }),
    sample("a charge refunded", event("charge.refunded", { ...charge, amount_refunded: 500 }), {
      type: "charge.refunded",
      charge: "pi_1",
      amount: yen(500),
    }),
    sample("a refund", event("refund.created", refund), { type: "charge.refunded", charge: "pi_1", refund: "re_1", amount: yen(500) }),
    sample("a refund under way", event("refund.updated", { ...refund, status: "pending" }), { type: "refund.pending", refund: "re_1" }),
    sample("a refund that came back", event("refund.failed", { ...refund, status: "failed", failure_reason: "expired_or_canceled_card" }), {
      type: "refund.failed",
      refund: "re_1",
      amount: yen(500),
      reason: "refund failed: expired_or_canceled_card",
    }),
    sample("a chargeback", event("charge.dispute.created", dispute), {
      type: "dispute.opened",
      charge: "pi_1",
      amount: yen(1980),
      reason: "fraudulent",
    }),
    sample("a chargeback lost", event("charge.dispute.closed", { ...dispute, status: "lost" }), { type: "dispute.lost" }),
    sample("a chargeback won", event("charge.dispute.closed", { ...dispute, status: "won" }), { type: "dispute.won" }),
    sample("an inquiry closed", event("charge.dispute.closed", { ...dispute, status: "warning_closed" }), { type: "dispute.won" }),
    sample("a card verified", event("setup_intent.succeeded", { id: "seti_1", customer: "cus_1" }), {
      type: "card.verified",
      customer: "cus_1",
    }),
    sample(
      "a card not verified",
      event("setup_intent.setup_failed", { id: "seti_1", customer: "cus_1", last_setup_error: { message: "Declined." } }),
      {
        type: "card.verification_failed",
        reason: "Declined.",
      },
    ),
    sample("a new subscription", event("customer.subscription.created", subscription), {
      type: "contract.started",
      contract: "sub_1",
      customer: "cus_1",
    }),
    sample(
      "a subscription whose first payment is open",
      event("customer.subscription.created", { ...subscription, status: "incomplete" }),
      {
        type: "notice",
        contract: "sub_1",
      },
    ),
    sample("its first payment made", event("customer.subscription.updated", subscription, {}, { status: "incomplete" }), {
      type: "contract.started",
    }),
    sample("its first payment never made", event("customer.subscription.updated", { ...subscription, status: "incomplete_expired" }), {
      type: "contract.expired",
    }),
    sample(
      "a subscription past due",
      event("customer.subscription.updated", { ...subscription, status: "past_due" }, {}, { status: "active" }),
      {
        type: "contract.past_due",
        contract: "sub_1",
      },
    ),
    sample("a subscription recovered", event("customer.subscription.updated", subscription, {}, { status: "past_due" }), {
      type: "contract.resumed",
    }),
    sample("a trial over", event("customer.subscription.updated", subscription, {}, { status: "trialing" }), { type: "notice" }),
    sample("a subscription to end later", event("customer.subscription.updated", { ...subscription, cancel_at_period_end: true }), {
      type: "notice",
    }),
    sample(
      "a subscription ended",
      event("customer.subscription.deleted", { ...subscription, status: "canceled", cancellation_details: { reason: "payment_failed" } }),
      { type: "contract.cancelled", contract: "sub_1", reason: "payment_failed" },
    ),
    sample("a subscription paused", event("customer.subscription.paused", { ...subscription, status: "paused" }), {
      type: "contract.paused",
    }),
    sample("a subscription resumed", event("customer.subscription.resumed", subscription), { type: "contract.resumed" }),
    sample("a type without effect", event("customer.created", { id: "cus_1", object: "customer" }), { type: "notice" }),
    sample("a type nobody knows yet", event("subscription.teleported", { subscription: "sub_1" }), { type: "unknown", contract: "sub_1" }),
    sample(
      "a thin event",
      utf8(
        JSON.stringify({
          id: "evt_test_65R1",
          object: "v2.core.event",
          type: "v1.billing.meter.error_report_triggered",
          created: "2026-11-20T11:59:50.123Z",
          livemode: true,
          related_object: { id: "mtr_1", type: "billing.meter", url: "/v1/billing/meters/mtr_1" },
        }),
      ),
      { type: "unknown", id: "evt_test_65R1", occurredAt: Date.UTC(2026, 10, 20, 11, 59, 50, 123) },
    ),
    sample("a thin event about an account", utf8('{"id":"evt_test_2","object":"v2.core.event","type":"v2.core.account.updated"}'), {
      type: "notice",
    }),
  ],
  proofHeader: "stripe-signature",
  toleranceSeconds: 300,
  acceptsFuture: true,
  ack: { status: 200, contentType: "application/json", body: '{"received":true}' },
  nack: { status: 500, contentType: "application/json", body: '{"received":false}' },
});

describe("one payment of Stripe's", () => {
  const chargeIn = (...body: Parameters<typeof event>) => stripe.parse(verifiedCallback(stripe, event(...body), settings))[0]?.charge;

  test("has one id in every event that reports it, before API 2025-03-31", () => {
    const former = { ...charge, invoice: "in_1", description: "Subscription update" };
    const told = [
      chargeIn("invoice.paid", formerInvoice),
      chargeIn("invoice.payment_succeeded", formerInvoice),
      chargeIn("payment_intent.succeeded", { ...intent, invoice: "in_1", payment_details: undefined }),
      chargeIn("charge.succeeded", former),
      chargeIn("charge.refunded", former),
      chargeIn("refund.created", refund),
      chargeIn("charge.dispute.created", dispute),
    ];
    expect(new Set(told)).toEqual(new Set(["pi_1"]));
  });

  test("is joined with an invoice by whichever event names both", () => {
    const idsIn = (type: string, object: Readonly<Record<string, unknown>>) => {
      const [event_] = stripe.parse(verifiedCallback(stripe, event(type, object), settings));
      return [event_?.charge, ...(event_?.alsoKnownAs ?? [])];
    };
    expect(idsIn("invoice.paid", invoice)).toEqual(["in_1"]);
    expect(idsIn("payment_intent.succeeded", intent)).toEqual(expect.arrayContaining(["pi_1", "in_1"]));
    expect(idsIn("charge.succeeded", { ...charge, description: "Subscription update" })).toEqual(expect.arrayContaining(["pi_1", "ch_1"]));
    const share = {
      id: "inpay_1",
      object: "invoice_payment",
      invoice: "in_1",
      payment: { type: "payment_intent", payment_intent: "pi_1" },
    };
    expect(idsIn("invoice_payment.paid", share)).toEqual(["pi_1", "in_1"]);
  });

  test("is found when the customer and the payment are written out", () => {
    const written = { ...charge, customer: { id: "cus_1", object: "customer" }, payment_intent: { id: "pi_1", object: "payment_intent" } };
    expect(stripe.parse(verifiedCallback(stripe, event("charge.succeeded", written), settings))).toMatchObject([
      { charge: "pi_1", customer: "cus_1" },
    ]);
  });
});

describe("Stripe's own library, as the judge,", () => {
  const judge = new Stripe("sk_test_nobody").webhooks;
  const body = event("invoice.paid", { ...invoice, customer_name: "山田太郎 ☕" });
  const payload = Buffer.from(body).toString("utf8");
  const accepts = (raw: RawCallback, key = secret): boolean => {
    try {
      judge.constructEvent(Buffer.from(raw.body), raw.headers["stripe-signature"] ?? "", key, undefined, undefined, raw.receivedAt);
      return true;
    } catch {
      return false;
    }
  };
  const sentBySdk = (timestamp: number): RawCallback => ({
    ...arrived(stripe, body, settings),
    headers: { "stripe-signature": judge.generateTestHeaderString({ payload, secret, timestamp }) },
  });
  const verifies = (raw: RawCallback): boolean => verifyCallback(stripe, raw, settings).kind === "verified";

  test("accepts what we sign, and we accept what it signs", () => {
    expect(accepts(arrived(stripe, body, settings))).toBe(true);
    expect(verifies(sentBySdk(now / 1000))).toBe(true);
  });

  test.each([-100_000, -301, -300, -299, 0, 299, 300, 301, 100_000])("agrees about a timestamp %d seconds from receipt", (seconds) => {
    const raw = { ...sentBySdk(now / 1000 + seconds), receivedAt: now + 999 };
    expect(verifies(raw)).toBe(accepts(raw));
    expect(verifies(raw)).toBe(seconds >= -300);
  });

  test("refuses what we refuse: another secret, another body, another scheme", () => {
    const raw = sentBySdk(now / 1000);
    const changed = [
      { ...raw, body: utf8(payload.replace("1980", "1")) },
      {
        ...raw,
        headers: { "stripe-signature": judge.generateTestHeaderString({ payload, secret: "whsec_other", timestamp: now / 1000 }) },
      },
      { ...raw, headers: { "stripe-signature": judge.generateTestHeaderString({ payload, secret, timestamp: now / 1000, scheme: "v0" }) } },
      { ...raw, headers: { "stripe-signature": (raw.headers["stripe-signature"] ?? "").toUpperCase() } },
    ];
    for (const one of changed) expect([verifies(one), accepts(one)]).toEqual([false, false]);
  });

  test("agrees that any one of several v1 signatures will do, and that v0 does not count", () => {
    const raw = sentBySdk(now / 1000);
    const [t, v1] = (raw.headers["stripe-signature"] ?? "").split(",");
    const wrong = `v1=${"0".repeat(64)}`;
    for (const [header, good] of [
      [`${t},${wrong},${v1}`, true],
      [`${t},${v1},${wrong},v0=${"1".repeat(64)}`, true],
      [`${t},${wrong},v0=${v1?.slice(3)}`, false],
      [`t=1,${t},${v1}`, true],
      [`${t},t=1,${v1}`, false],
    ] as const) {
      const one = { ...raw, headers: { "stripe-signature": header } };
      expect([header, verifies(one), accepts(one)]).toEqual([header, good, good]);
    }
  });

  test("agrees that a blank secret proves nothing", () => {
    for (const blank of ["", " ", "\n"]) {
      const raw = arrived(stripe, body, { secrets: [blank] });
      expect(verifyCallback(stripe, raw, { secrets: [blank] }).kind).toBe("refused");
      expect(accepts(raw, blank)).toBe(false);
    }
  });
});

test("its bus in EventBridge is that of Stripe's documents", () => {
  expect(stripe.partner).toBe("stripe.com");
});
