import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { writer } from "../../gateways/lemon-squeezy/writer.ts";
import { arrived, describeGateway, json, verifiedCallback } from "./conformance/conformance.ts";

const { "lemon-squeezy": lemonSqueezy } = gateways;

const settings = { secrets: ["a signing secret of the shop"] };

const event = (name: string, type: string, id: string, attributes: Readonly<Record<string, unknown>>) =>
  json({
    meta: { test_mode: false, event_name: name, custom_data: { user_id: "42" }, webhook_id: "5d4c4b0e-0f3c-4e7a-9a05-1d2f3c4b5a69" },
    data: { type, id, attributes: { store_id: 1, test_mode: false, ...attributes } },
  });

const invoice = (name: string, attributes: Readonly<Record<string, unknown>> = {}) =>
  event(name, "subscription-invoices", "7", {
    subscription_id: 3,
    customer_id: 9,
    billing_reason: "renewal",
    currency: "USD",
    status: "paid",
    refunded: false,
    total: 999,
    refunded_amount: 0,
    created_at: "2026-11-18T12:16:24.000000Z",
    updated_at: "2026-11-18T12:16:30.000000Z",
    ...attributes,
  });

const subscription = (name: string, attributes: Readonly<Record<string, unknown>> = {}) =>
  event(name, "subscriptions", "3", {
    customer_id: 9,
    order_id: 5,
    status: "active",
    cancelled: false,
    created_at: "2026-10-18T12:16:20.000000Z",
    updated_at: "2026-11-18T12:16:31.000000Z",
    ...attributes,
  });

const order = (name: string, attributes: Readonly<Record<string, unknown>> = {}) =>
  event(name, "orders", "7", {
    customer_id: 9,
    order_number: 12,
    currency: "JPY",
    total: 1980,
    status: "paid",
    refunded: null,
    created_at: "2026-11-18T12:26:23.000000Z",
    updated_at: "2026-11-18T12:26:23.000000Z",
    ...attributes,
  });

const charge = { contract: "3", customer: "9", charge: "invoice-7" } as const;
const tenDollars = { minor: 999, currency: "USD" };

describeGateway(lemonSqueezy, {
  settings,
  proofHeader: "x-signature",
  ack: { status: 200, contentType: "text/plain; charset=utf-8", body: "" },
  nack: { status: 500, contentType: "text/plain; charset=utf-8", body: "" },
  samples: [
    {
      name: "a renewal paid",
      body: invoice("subscription_payment_success"),
      means: [
        { type: "charge.succeeded", ...charge, amount: tenDollars, occurredAt: Date.UTC(2026, 10, 18, 12, 16, 30) },
        { type: "contract.renewed", contract: "3", customer: "9" },
      ],
    },
    {
      name: "the first payment of a subscription",
      body: invoice("subscription_payment_success", { billing_reason: "initial" }),
      means: [
        { type: "charge.succeeded", ...charge },
        { type: "contract.started", contract: "3" },
      ],
    },
    {
      name: "a renewal that failed",
      body: invoice("subscription_payment_failed", { status: "pending" }),
      means: [
        { type: "charge.failed", ...charge },
        { type: "contract.past_due", contract: "3" },
      ],
    },
    {
      name: "the same renewal recovered",
      body: invoice("subscription_payment_recovered"),
      means: [
        { type: "charge.succeeded", ...charge },
        { type: "contract.renewed", contract: "3" },
      ],
    },
    {
      name: "a partial refund",
      body: invoice("subscription_payment_refunded", { status: "partial_refund", refunded: true, refunded_amount: 300 }),
      means: [{ type: "charge.refunded", ...charge, amount: { minor: 300, currency: "USD" } }],
    },
    {
      name: "a refund without its amount",
      body: invoice("subscription_payment_refunded", { status: "refunded", refunded: true, refunded_amount: undefined }),
      means: [{ type: "charge.refunded", ...charge, amount: tenDollars }],
    },
    {
      name: "a change of plan charged at once",
      body: invoice("subscription_payment_success", { billing_reason: "updated" }),
      means: [{ type: "charge.succeeded", ...charge }],
    },
    {
      name: "a trial that cost nothing",
      body: invoice("subscription_payment_success", { billing_reason: "initial", total: 0 }),
      means: [{ type: "contract.started", contract: "3" }],
    },
    { name: "a new subscription", body: subscription("subscription_created"), means: [{ type: "contract.started", contract: "3" }] },
    { name: "a cancellation", body: subscription("subscription_cancelled"), means: [{ type: "contract.cancelled", contract: "3" }] },
    { name: "a second thought", body: subscription("subscription_resumed"), means: [{ type: "contract.resumed", contract: "3" }] },
    { name: "the end", body: subscription("subscription_expired"), means: [{ type: "contract.expired", contract: "3" }] },
    { name: "a pause", body: subscription("subscription_paused"), means: [{ type: "contract.paused", contract: "3" }] },
    { name: "the end of a pause", body: subscription("subscription_unpaused"), means: [{ type: "contract.resumed", contract: "3" }] },
    {
      name: "an update that tells of arrears",
      body: subscription("subscription_updated", { status: "past_due" }),
      means: [{ type: "contract.past_due", contract: "3" }],
    },
    { name: "an order", body: order("order_created"), means: [{ type: "charge.succeeded", charge: "order-7", order: "12" }] },
    {
      name: "an order refunded",
      body: order("order_refunded", { status: "refunded" }),
      means: [{ type: "charge.refunded", charge: "order-7" }],
    },
    { name: "a licence key", body: event("license_key_created", "license-keys", "1", {}), means: [{ type: "notice" }] },
    {
      name: "something new",
      body: event("dispute_created", "disputes", "1", {}),
      means: [{ type: "unknown", gatewayType: "dispute_created" }],
    },
  ],
});

describe("Lemon Squeezy", () => {
  test("verifies a signature made by nothing but node:crypto, and only with its own secret", () => {
    const body = invoice("subscription_payment_success");
    const signature = createHmac("sha256", settings.secrets[0] ?? "")
      .update(body)
      .digest("hex");
    expect(arrived(lemonSqueezy, body, settings).headers["x-signature"]).toBe(signature);
    const raw = { ...arrived(lemonSqueezy, body, settings), headers: { "x-signature": signature } };
    expect(verifyCallback(lemonSqueezy, raw, settings).kind).toBe("verified");
    expect(verifyCallback(lemonSqueezy, raw, { secrets: ["another"] }).kind).toBe("refused");
  });

  test("refuses a signature made with an empty secret, which anybody could make", () => {
    const empty = { secrets: [""] };
    expect(verifyCallback(lemonSqueezy, arrived(lemonSqueezy, invoice("subscription_payment_success"), empty), empty).kind).toBe("refused");
  });

  test("joins a first invoice with its order by the subscription, which names the one and is named by the other", () => {
    const idsIn = (body: Uint8Array) => {
      const [said] = lemonSqueezy.parse(verifiedCallback(lemonSqueezy, body, settings));
      return [said?.charge, ...(said?.alsoKnownAs ?? [])];
    };
    const bought = subscription("subscription_created", { order_id: 7 });
    expect(idsIn(order("order_created"))).toEqual(["order-7"]);
    expect(idsIn(bought)).toEqual(["order-7", "subscription-3-first"]);
    expect(idsIn(invoice("subscription_payment_success", { billing_reason: "initial" }))).toEqual(["invoice-7", "subscription-3-first"]);
    expect(idsIn(invoice("subscription_payment_success"))).toEqual(["invoice-7"]);
  });

  test("counts a first payment as its invoice only or as its order only, where the source says so", () => {
    const money = (body: Uint8Array, orders: string) =>
      lemonSqueezy
        .parse(verifiedCallback(lemonSqueezy, body, settings), { options: { orders } })
        .filter(({ type }) => type.startsWith("charge."))
        .map(({ charge }) => charge);
    const first = invoice("subscription_payment_success", { billing_reason: "initial" });
    const told = [first, order("order_created"), order("order_refunded"), invoice("subscription_payment_success")];
    expect(told.map((body) => money(body, "notices"))).toEqual([["invoice-7"], [], [], ["invoice-7"]]);
    expect(told.map((body) => money(body, "charges"))).toEqual([[], ["order-7"], ["order-7"], ["invoice-7"]]);
  });

  test("is rehearsed with a payment's name as its invoice gives it", () => {
    const charge = writer.ids.charge({ text: "a7", digits: "7" });
    const body = invoice("subscription_payment_success");
    expect(lemonSqueezy.parse(verifiedCallback(lemonSqueezy, body, settings))).toContainEqual(expect.objectContaining({ charge }));
  });

  test("names the option that is wrong, its value and the remedy", () => {
    expect(lemonSqueezy.checkSettings?.({ options: { orders: "yes" } })).toEqual([
      'options.orders is "yes"; write "charges" to count orders instead of first invoices, "notices" to count no order, or leave it out',
    ]);
    expect(lemonSqueezy.checkSettings?.({ options: { orders: "charges" } })).toEqual([]);
    expect(lemonSqueezy.checkSettings?.({})).toEqual([]);
  });

  test.each([
    ["on_trial", "contract.resumed"],
    ["active", "contract.resumed"],
    ["unpaid", "contract.past_due"],
    ["paused", "contract.paused"],
    ["cancelled", "contract.cancelled"],
    ["expired", "contract.expired"],
    ["dreaming", "unknown"],
  ])("reads an update to %s as %s", (status, type) => {
    const [event] = lemonSqueezy.parse(verifiedCallback(lemonSqueezy, subscription("subscription_updated", { status }), settings));
    expect(event?.type).toBe(type);
  });
});
