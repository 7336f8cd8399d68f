import fc from "fast-check";
import { WebhooksHelper } from "square";
import { describe, expect, test } from "vitest";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, json, now, verifiedCallback } from "./conformance/conformance.ts";

const { square } = gateways;

const settings = { secrets: ["p7Q1xW0sSgnatureKey-_A"], publicUrl: "https://hooks.example/callbacks/square-jp?shop=1" };
const createdAt = "2026-11-20T11:59:58.123Z";
const header = "x-square-hmacsha256-signature";

const event = (id: string, type: string, object: object) =>
  json({
    merchant_id: "6SSW7HV8K2ST5",
    location_id: "S8GWD5R9QB376",
    type,
    event_id: id,
    created_at: createdAt,
    data: { type: type.split(".")[0], id: "x", object },
  });

const payment = (status: string, more: object = {}) => ({
  payment: {
    id: "hYy9pRFVxpDsO1FB05SunFWUe9JZY",
    status,
    amount_money: { amount: 1800, currency: "JPY" },
    total_money: { amount: 1980, currency: "JPY" },
    tip_money: { amount: 180, currency: "JPY" },
    order_id: "03O3USaPaAaFnI6kkwB1JxGgBsUZY",
    customer_id: "RDX9Z4XTIZR7MRZJUXNY9HUK6I",
    version: 1,
    ...more,
  },
});

const subscription = (status: string) => ({
  subscription: { id: "8151fc89-da15-4eb9-a685-1a70883cebfc", customer_id: "CHFGVKYY8RSV93M5KCYTG4PN0G", status, plan_variation_id: "6JH" },
});

const refund = (status: string) => ({
  refund: {
    id: "hYy9pRFVxpDsO1FB05SunFWUe9JZY_lrE",
    payment_id: "hYy9pRFVxpDsO1FB05SunFWUe9JZY",
    amount_money: { amount: 980, currency: "JPY" },
    status,
    reason: "returned",
  },
});

const dispute = (state: string) => ({
  dispute: {
    id: "XDgyFu7yo1E2S5lQGGpYn",
    amount_money: { amount: 8801, currency: "USD" },
    reason: "NO_KNOWLEDGE",
    state,
    disputed_payment: { payment_id: "hYy9pRFVxpDsO1FB05SunFWUe9JZY" },
  },
});

const invoice = (more: object = {}) => ({
  invoice: {
    id: "inv:0-ChCHu2mZEabLeeHahQnXDjZQECY",
    order_id: "CAISENgvlJ6jLWAzERDzjyHVybY",
    subscription_id: "8151fc89-da15-4eb9-a685-1a70883cebfc",
    primary_recipient: { customer_id: "JDKYHBWT1D4F8MFH63DBMEN8Y4" },
    status: "PAID",
    ...more,
  },
});

const charge = "hYy9pRFVxpDsO1FB05SunFWUe9JZY";
const contract = "8151fc89-da15-4eb9-a685-1a70883cebfc";

describeGateway(square, {
  settings,
  samples: [
    {
      name: "a payment that was completed",
      body: event("13b867cf-db3d-4b1c-90b6-2f32a9d78124", "payment.updated", payment("COMPLETED")),
      means: [
        {
          type: "charge.succeeded",
          charge,
          amount: { minor: 1980, currency: "JPY" },
          customer: "RDX9Z4XTIZR7MRZJUXNY9HUK6I",
          order: "03O3USaPaAaFnI6kkwB1JxGgBsUZY",
          occurredAt: now - 1_877,
        },
      ],
      key: "13b867cf-db3d-4b1c-90b6-2f32a9d78124",
    },
    {
      name: "a payment on hold",
      body: event("e1", "payment.created", payment("APPROVED")),
      means: [{ type: "charge.authorized", charge }],
    },
    { name: "a payment under way", body: event("e2", "payment.created", payment("PENDING")), means: [{ type: "notice", charge }] },
    { name: "a payment let go", body: event("e3", "payment.updated", payment("CANCELED")), means: [{ type: "charge.voided", charge }] },
    {
      name: "a payment that failed",
      body: event("e4", "payment.updated", payment("FAILED", { card_details: { errors: [{ code: "CVV_FAILURE" }] } })),
      means: [{ type: "charge.failed", charge, reason: "CVV_FAILURE" }],
    },
    {
      name: "a refund that went through",
      body: event("e5", "refund.updated", refund("COMPLETED")),
      means: [{ type: "charge.refunded", charge, refund: `${charge}_lrE`, amount: { minor: 980, currency: "JPY" } }],
    },
    { name: "a refund under way", body: event("e6", "refund.created", refund("PENDING")), means: [{ type: "refund.pending", charge }] },
    { name: "a refund turned down", body: event("e7", "refund.updated", refund("REJECTED")), means: [{ type: "refund.failed", charge }] },
    {
      name: "a subscription's invoice paid",
      body: event("e8", "invoice.payment_made", invoice()),
      means: [
        { type: "contract.renewed", contract, order: "CAISENgvlJ6jLWAzERDzjyHVybY", alsoKnownAs: ["order:CAISENgvlJ6jLWAzERDzjyHVybY"] },
      ],
    },
    {
      name: "a single invoice paid",
      body: event("e9", "invoice.payment_made", invoice({ subscription_id: undefined })),
      means: [{ type: "notice" }],
    },
    {
      name: "a subscription's card declined",
      body: event("e10", "invoice.scheduled_charge_failed", invoice()),
      means: [{ type: "charge.failed", contract, incomplete: ["charge"] }],
    },
    { name: "an invoice refunded", body: event("e11", "invoice.refunded", invoice()), means: [{ type: "notice" }] },
    {
      name: "a subscription that begins",
      body: event("e12", "subscription.created", subscription("ACTIVE")),
      means: [{ type: "contract.started", contract, customer: "CHFGVKYY8RSV93M5KCYTG4PN0G" }],
    },
    { name: "one that waits to begin", body: event("e13", "subscription.created", subscription("PENDING")), means: [{ type: "notice" }] },
    {
      name: "one that runs",
      body: event("e14", "subscription.updated", subscription("ACTIVE")),
      means: [{ type: "contract.resumed", contract }],
    },
    { name: "one paused", body: event("e15", "subscription.updated", subscription("PAUSED")), means: [{ type: "contract.paused" }] },
    {
      name: "one cancelled",
      body: event("e16", "subscription.updated", subscription("CANCELED")),
      means: [{ type: "contract.cancelled" }],
    },
    {
      name: "one deactivated",
      body: event("e17", "subscription.updated", subscription("DEACTIVATED")),
      means: [{ type: "contract.cancelled" }],
    },
    { name: "one completed", body: event("e18", "subscription.updated", subscription("COMPLETED")), means: [{ type: "contract.expired" }] },
    {
      name: "a dispute opened",
      body: event("e19", "dispute.created", dispute("INQUIRY_EVIDENCE_REQUIRED")),
      means: [{ type: "dispute.opened", charge, amount: { minor: 8801, currency: "USD" }, reason: "NO_KNOWLEDGE" }],
    },
    {
      name: "a dispute under way",
      body: event("e20", "dispute.state.updated", dispute("PROCESSING")),
      means: [{ type: "dispute.opened", charge }],
    },
    { name: "a dispute won", body: event("e21", "dispute.state.updated", dispute("WON")), means: [{ type: "dispute.won", charge }] },
    { name: "a dispute lost", body: event("e22", "dispute.state.updated", dispute("LOST")), means: [{ type: "dispute.lost", charge }] },
    { name: "a dispute accepted", body: event("e23", "dispute.state.changed", dispute("ACCEPTED")), means: [{ type: "dispute.lost" }] },
    { name: "a card stored", body: event("e24", "card.created", { card: { id: "ccof:1" } }), means: [{ type: "notice" }] },
    { name: "a card disabled", body: event("e25", "card.disabled", { card: { id: "ccof:1" } }), means: [{ type: "notice" }] },
    { name: "a type that is new", body: event("e26", "teleport.created", {}), means: [{ type: "unknown" }] },
    { name: "a status that is new", body: event("e27", "payment.updated", payment("LIMBO")), means: [{ type: "unknown" }] },
  ],
  proofHeader: header,
  ack: { status: 200, contentType: "text/plain; charset=utf-8", body: "" },
  nack: { status: 500, contentType: "text/plain; charset=utf-8", body: "" },
});

test("uses the URL that was called where none is set", () => {
  const raw = arrived(square, event("e1", "payment.updated", payment("COMPLETED")), settings);
  const { publicUrl, ...withoutUrl } = settings;
  expect(verifyCallback(square, { ...raw, url: publicUrl }, withoutUrl).kind).toBe("verified");
  expect(verifyCallback(square, { ...raw, url: `${publicUrl}&x=1` }, withoutUrl).kind).toBe("refused");
  expect(verifyCallback(square, { ...raw, url: `${publicUrl}&x=1` }, settings).kind).toBe("verified");
});

test("refuses a URL that differs from the registered one by a slash", () => {
  const raw = arrived(square, event("e1", "payment.updated", payment("COMPLETED")), settings);
  expect(verifyCallback(square, raw, { ...settings, publicUrl: "https://hooks.example/callbacks/square-jp/?shop=1" }).kind).toBe("refused");
});

test("does not accept an empty secret as a key", () => {
  const raw = square.sign(event("e1", "payment.updated", payment("COMPLETED")), { ...settings, secrets: [""] }, now);
  expect(verifyCallback(square, raw, { ...settings, secrets: ["", " "] }).kind).toBe("refused");
});

test("asks for the public URL", () => {
  expect(square.checkSettings?.({})).toHaveLength(1);
  expect(square.checkSettings?.(settings)).toEqual([]);
});

test("reports a payment and its refund under the same charge", () => {
  const told = [event("e1", "payment.updated", payment("COMPLETED")), event("e2", "refund.updated", refund("COMPLETED"))];
  expect(told.flatMap((body) => square.parse(verifiedCallback(square, body, settings))).map((one) => one.charge)).toEqual([charge, charge]);
});

describe("compared with Square's own library", () => {
  const judge = (body: Uint8Array, signature: string | undefined, secret = settings.secrets[0] ?? "") =>
    WebhooksHelper.verifySignature({
      requestBody: Buffer.from(body).toString("utf8"),
      signatureHeader: signature ?? "",
      signatureKey: secret,
      notificationUrl: settings.publicUrl,
    });

  test("agrees on whatever is signed here, and on what was tampered with", async () => {
    const body = fc.string({ unit: "grapheme" }).map((text) => json({ event_id: "e1", type: "payment.updated", text }));
    await fc.assert(
      fc.asyncProperty(body, fc.nat(), async (bytes, place) => {
        const raw = arrived(square, bytes, settings);
        expect(await judge(raw.body, raw.headers[header])).toBe(true);
        expect(verifyCallback(square, raw, settings).kind).toBe("verified");
        const tampered = Uint8Array.from(raw.body);
        tampered[place % tampered.length] = (tampered[place % tampered.length] ?? 0) ^ 1;
        expect(await judge(tampered, raw.headers[header])).toBe(false);
        expect(verifyCallback(square, { ...raw, body: tampered }, settings).kind).toBe("refused");
        expect(await judge(raw.body, raw.headers[header], "another")).toBe(false);
        expect(verifyCallback(square, raw, { ...settings, secrets: ["another"] }).kind).toBe("refused");
      }),
      { seed: 1 },
    );
  });
});
