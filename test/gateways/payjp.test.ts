import { describe, expect, test } from "vitest";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, json, verifiedCallback } from "./conformance/conformance.ts";

const { payjp } = gateways;

const settings = { secrets: ["whook_84de23b7b92d13ef04d9a8c83e4f6c7a"] };

const event = (id: string, type: string, data: Readonly<Record<string, unknown>>) =>
  json({ id, object: "event", type, created: 1_795_000_000, livemode: true, pending_webhooks: 1, data });

const charge = (id: string, type: string, data: Readonly<Record<string, unknown>> = {}) =>
  event(id, type, {
    id: "ch_fa990a4c10672a93053a774730b0a",
    object: "charge",
    amount: 3500,
    amount_refunded: 0,
    captured: true,
    currency: "jpy",
    customer: "cus_b92b879e60f62b532d6756ae12af",
    subscription: "sub_567a1e44562932ec1a7682d746e0",
    failure_code: null,
    failure_message: null,
    paid: true,
    refunded: false,
    refund_reason: null,
    ...data,
  });

const subscription = (id: string, type: string, status = "active") =>
  event(id, type, { id: "sub_567a1e44562932ec1a7682d746e0", object: "subscription", status, customer: "cus_b92b879e60f62b532d6756ae12af" });

const known = { charge: "ch_fa990a4c10672a93053a774730b0a", contract: "sub_567a1e44562932ec1a7682d746e0" };
const contract = known.contract;
const yen = (minor: number) => ({ minor, currency: "JPY" });

describeGateway(payjp, {
  settings,
  proofHeader: "x-payjp-webhook-token",
  covers: () => false,
  ack: { status: 200, contentType: "text/plain; charset=utf-8", body: "" },
  nack: { status: 500, contentType: "text/plain; charset=utf-8", body: "" },
  samples: [
    {
      name: "a charge",
      body: charge("evnt_1", "charge.succeeded"),
      key: "evnt_1",
      means: [{ type: "charge.succeeded", ...known, amount: yen(3500), occurredAt: 1_795_000_000_000 }],
    },
    {
      name: "an authorisation",
      body: charge("evnt_2", "charge.succeeded", { captured: false }),
      means: [{ type: "charge.authorized", ...known, amount: yen(3500) }],
    },
    { name: "its capture", body: charge("evnt_3", "charge.captured"), means: [{ type: "charge.succeeded", ...known, amount: yen(3500) }] },
    {
      name: "a capture of less",
      body: charge("evnt_4", "charge.captured", { amount_refunded: 500 }),
      means: [
        { type: "charge.succeeded", ...known, amount: yen(3500) },
        { type: "charge.refunded", ...known, amount: yen(500) },
      ],
    },
    {
      name: "a failure",
      body: charge("evnt_5", "charge.failed", { paid: false, failure_code: "card_declined" }),
      means: [{ type: "charge.failed", ...known, reason: "card_declined" }],
    },
    {
      name: "a refund in part",
      body: charge("evnt_6", "charge.refunded", { amount_refunded: 500, refunded: true, refund_reason: "too much" }),
      means: [{ type: "charge.refunded", ...known, amount: yen(500), reason: "too much" }],
    },
    {
      name: "an authorisation given up",
      body: charge("evnt_7", "charge.refunded", { captured: false, amount_refunded: 3500, refunded: true }),
      means: [{ type: "charge.voided", ...known, amount: yen(3500) }],
    },
    { name: "an update of a charge", body: charge("evnt_8", "charge.updated"), means: [{ type: "notice", ...known }] },
    { name: "a new subscription", body: subscription("evnt_9", "subscription.created"), means: [{ type: "contract.started", contract }] },
    { name: "a renewal", body: subscription("evnt_10", "subscription.renewed"), means: [{ type: "contract.renewed", contract }] },
    { name: "a pause", body: subscription("evnt_11", "subscription.paused", "paused"), means: [{ type: "contract.paused", contract }] },
    { name: "the end of a pause", body: subscription("evnt_12", "subscription.resumed"), means: [{ type: "contract.resumed", contract }] },
    {
      name: "a cancellation",
      body: subscription("evnt_13", "subscription.canceled", "canceled"),
      means: [{ type: "contract.cancelled", contract }],
    },
    { name: "a deletion", body: subscription("evnt_14", "subscription.deleted"), means: [{ type: "contract.cancelled", contract }] },
    { name: "an update", body: subscription("evnt_15", "subscription.updated", "paused"), means: [{ type: "contract.paused", contract }] },
    { name: "a card stored", body: event("evnt_16", "customer.card.created", { id: "car_1" }), means: [{ type: "notice" }] },
    { name: "a payout", body: event("evnt_17", "transfer.succeeded", { id: "tr_1" }), means: [{ type: "notice" }] },
    { name: "a token", body: event("evnt_18", "token.create", { id: "tok_1" }), means: [{ type: "notice" }] },
    { name: "something new", body: event("evnt_19", "dispute.opened", {}), means: [{ type: "unknown" }] },
  ],
});

describe("PAY.JP", () => {
  test("does not look at the body: the token is the only proof", () => {
    const raw = { ...arrived(payjp, charge("evnt_1", "charge.succeeded"), settings), body: json({}) };
    expect(verifyCallback(payjp, raw, settings).kind).toBe("verified");
  });

  test("refuses an empty token even where an empty secret is configured", () => {
    const empty = { secrets: [""] };
    expect(verifyCallback(payjp, arrived(payjp, charge("evnt_1", "charge.succeeded"), empty), empty).kind).toBe("refused");
  });

  test.each([
    ["active", "contract.resumed"],
    ["trial", "contract.resumed"],
    ["canceled", "contract.cancelled"],
    ["dreaming", "unknown"],
  ])("reads an update to %s as %s", (status, type) => {
    expect(payjp.parse(verifiedCallback(payjp, subscription("evnt_1", "subscription.updated", status), settings))[0]?.type).toBe(type);
  });
});
