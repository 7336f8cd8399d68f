import { Paddle } from "@paddle/paddle-node-sdk";
import { afterEach, describe, expect, test, vi } from "vitest";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, json, now, verifiedCallback } from "./conformance/conformance.ts";

const { paddle } = gateways;

const secret = "pdl_ntfset_01gkpjp8bkm3tm53kdgkx6sms7_6h3qd3uFSi9YCD3OLYAShQI90XTI5vEI";
const settings = { secrets: [secret] };

const event = (id: string, type: string, data: object) =>
  json({
    event_id: id,
    event_type: type,
    occurred_at: "2026-11-20T11:59:59.390028Z",
    notification_id: "ntf_01h8bkrfe7w1vwf8xmytwn51e7",
    data,
  });

const transaction = (more: object = {}, total = "1980") => ({
  id: "txn_01h8bkrfe7w1vwf8xmytwn51e7",
  status: "completed",
  customer_id: "ctm_01h844p3h41s12zs5mn4axja51",
  subscription_id: "sub_01h04vsc0qhwtsbsxh3422wjs4",
  origin: "subscription_recurring",
  currency_code: "JPY",
  details: { totals: { subtotal: "1800", tax: "180", total: "1980", grand_total: total, currency_code: "JPY" } },
  payments: [{ amount: total, status: "captured", error_code: null }],
  ...more,
});

const subscription = (status: string) => ({
  id: "sub_01h04vsc0qhwtsbsxh3422wjs4",
  customer_id: "ctm_01h844p3h41s12zs5mn4axja51",
  status,
  currency_code: "JPY",
});

const adjustment = (action: string, status: string) => ({
  id: "adj_01h8c65c2ggq5nxswnwwv78e75",
  action,
  status,
  transaction_id: "txn_01h8bkrfe7w1vwf8xmytwn51e7",
  subscription_id: "sub_01h04vsc0qhwtsbsxh3422wjs4",
  customer_id: "ctm_01h844p3h41s12zs5mn4axja51",
  reason: "error",
  currency_code: "JPY",
  totals: { subtotal: "890", tax: "90", total: "980", currency_code: "JPY" },
});

const charge = "txn_01h8bkrfe7w1vwf8xmytwn51e7";
const contract = "sub_01h04vsc0qhwtsbsxh3422wjs4";
const customer = "ctm_01h844p3h41s12zs5mn4axja51";
const refund = "adj_01h8c65c2ggq5nxswnwwv78e75";

describeGateway(paddle, {
  settings,
  samples: [
    {
      name: "a renewal paid",
      body: event("evt_01h8bzakzx3hm2fmen703n5q45", "transaction.completed", transaction()),
      means: [
        {
          id: "evt_01h8bzakzx3hm2fmen703n5q45",
          type: "charge.succeeded",
          charge,
          contract,
          customer,
          amount: { minor: 1980, currency: "JPY" },
          occurredAt: now - 610,
        },
        { id: "evt_01h8bzakzx3hm2fmen703n5q45#2", type: "contract.renewed", contract, customer },
      ],
      key: "evt_01h8bzakzx3hm2fmen703n5q45",
    },
    {
      name: "the same payment, a moment earlier",
      body: event("e1", "transaction.paid", transaction()),
      means: [{ type: "charge.succeeded", charge }],
    },
    {
      name: "a first payment",
      body: event("e2", "transaction.completed", transaction({ origin: "web" })),
      means: [{ type: "charge.succeeded", charge, contract }],
    },
    {
      name: "a payment that failed",
      body: event(
        "e3",
        "transaction.payment_failed",
        transaction({ payments: [{ error_code: "declined" }, { error_code: "expired_card" }] }),
      ),
      means: [{ type: "charge.failed", charge, reason: "declined" }],
    },
    {
      name: "a card checked with nothing",
      body: event("e4", "transaction.completed", transaction({ origin: "subscription_payment_method_change" }, "0")),
      means: [{ type: "card.verified", customer }],
    },
    {
      name: "the same check, a moment earlier",
      body: event("e5", "transaction.paid", transaction({ origin: "web" }, "0")),
      means: [{ type: "notice" }],
    },
    {
      name: "a card that failed its check",
      body: event("e6", "transaction.payment_failed", transaction({ origin: "web" }, "0")),
      means: [{ type: "card.verification_failed" }],
    },
    {
      name: "a renewal for free",
      body: event("e7", "transaction.completed", transaction({ payments: [] }, "0")),
      means: [{ type: "notice" }, { type: "contract.renewed", contract }],
    },
    {
      name: "a bill",
      body: event("e8", "transaction.billed", transaction({ details: null })),
      means: [{ type: "notice", incomplete: ["amount"] }],
    },
    { name: "a bill overdue", body: event("e9", "transaction.past_due", transaction()), means: [{ type: "notice" }] },
    { name: "a bill withdrawn", body: event("e10", "transaction.canceled", transaction()), means: [{ type: "charge.voided", charge }] },
    {
      name: "a refund approved",
      body: event("e11", "adjustment.updated", adjustment("refund", "approved")),
      means: [{ type: "charge.refunded", charge, refund, contract, amount: { minor: 980, currency: "JPY" } }],
    },
    {
      name: "a refund asked for",
      body: event("e12", "adjustment.created", adjustment("refund", "pending_approval")),
      means: [{ type: "refund.pending", charge, refund }],
    },
    {
      name: "a refund turned down",
      body: event("e13", "adjustment.updated", adjustment("refund", "rejected")),
      means: [{ type: "refund.failed", charge, refund, reason: "refund rejected" }],
    },
    {
      name: "a refund taken back",
      body: event("e14", "adjustment.updated", adjustment("refund", "reversed")),
      means: [{ type: "refund.failed", charge, refund, amount: { minor: 980, currency: "JPY" } }],
    },
    { name: "a credit", body: event("e15", "adjustment.created", adjustment("credit", "approved")), means: [{ type: "notice" }] },
    {
      name: "a chargeback",
      body: event("e16", "adjustment.created", adjustment("chargeback", "approved")),
      means: [{ type: "dispute.lost", charge, amount: { minor: 980, currency: "JPY" } }],
    },
    {
      name: "a chargeback undone",
      body: event("e17", "adjustment.created", adjustment("chargeback_reverse", "approved")),
      means: [{ type: "dispute.won", charge }],
    },
    {
      name: "a warning",
      body: event("e18", "adjustment.created", adjustment("chargeback_warning", "approved")),
      means: [{ type: "notice" }],
    },
    {
      name: "a subscription that begins",
      body: event("e19", "subscription.created", subscription("active")),
      means: [{ type: "contract.started", contract, customer }],
    },
    { name: "a trial", body: event("e20", "subscription.created", subscription("trialing")), means: [{ type: "contract.started" }] },
    {
      name: "a trial that goes on",
      body: event("e21", "subscription.trialing", subscription("trialing")),
      means: [{ type: "contract.started" }],
    },
    {
      name: "a trial that ended well",
      body: event("e22", "subscription.activated", subscription("active")),
      means: [{ type: "contract.started" }],
    },
    {
      name: "an unpaid one",
      body: event("e23", "subscription.past_due", subscription("past_due")),
      means: [{ type: "contract.past_due" }],
    },
    {
      name: "one that recovered",
      body: event("e24", "subscription.updated", subscription("active")),
      means: [{ type: "contract.resumed" }],
    },
    { name: "one paused", body: event("e25", "subscription.paused", subscription("paused")), means: [{ type: "contract.paused" }] },
    { name: "one resumed", body: event("e26", "subscription.resumed", subscription("active")), means: [{ type: "contract.resumed" }] },
    {
      name: "one cancelled",
      body: event("e27", "subscription.canceled", subscription("canceled")),
      means: [{ type: "contract.cancelled" }],
    },
    {
      name: "one brought along",
      body: event("e28", "subscription.imported", subscription("active")),
      means: [{ type: "contract.started" }],
    },
    { name: "a card stored", body: event("e29", "payment_method.saved", { id: "paymtd_1" }), means: [{ type: "notice" }] },
    { name: "a card forgotten", body: event("e30", "payment_method.deleted", { id: "paymtd_1" }), means: [{ type: "notice" }] },
    { name: "a type that is new", body: event("e31", "transaction.teleported", transaction({}, "0")), means: [{ type: "unknown" }] },
  ],
  proofHeader: "paddle-signature",
  toleranceSeconds: 5,
  acceptsFuture: true,
  ack: { status: 200, contentType: "text/plain; charset=utf-8", body: "" },
  nack: { status: 500, contentType: "text/plain; charset=utf-8", body: "" },
});

const body = event("e1", "transaction.paid", transaction());

test("accepts either of two signatures while a secret is rolled", () => {
  const raw = arrived(paddle, body, settings);
  const old = raw.headers["paddle-signature"] ?? "";
  const other = "0".repeat(64);
  for (const header of [`${old};h1=${other}`, old.replace("h1=", `h1=${other};h1=`)])
    expect(verifyCallback(paddle, { ...raw, headers: { "paddle-signature": header } }, settings).kind).toBe("verified");
});

test("keeps to its five seconds from the receipt time, to the millisecond", () => {
  const raw = arrived(paddle, body, settings);
  expect(verifyCallback(paddle, { ...raw, receivedAt: now + 5_000 }, settings).kind).toBe("verified");
  expect(verifyCallback(paddle, { ...raw, receivedAt: now + 5_001 }, settings).kind).toBe("refused");
});

test("honours the addresses Paddle publishes, where they are set", () => {
  const addresses = ["34.232.58.13", "34.195.105.136"];
  const raw = arrived(paddle, body, { ...settings, addresses });
  expect(verifyCallback(paddle, raw, { ...settings, addresses }).kind).toBe("verified");
  expect(verifyCallback(paddle, { ...raw, sourceIp: "203.0.113.9" }, { ...settings, addresses }).kind).toBe("refused");
});

describe("compared with Paddle's own library", () => {
  afterEach(() => vi.useRealTimers());

  const judge = async (bytes: Uint8Array, header: string | undefined): Promise<boolean> =>
    new Paddle("a key").webhooks.isSignatureValid(Buffer.from(bytes).toString("utf8"), secret, header ?? "");

  test("agrees on what is signed here, and when it is too old", async () => {
    const raw = arrived(paddle, body, settings);
    for (const later of [-600_000, 0, 4_999, 5_000, 5_001, 60_000]) {
      vi.setSystemTime(now + later);
      const verdict = verifyCallback(paddle, { ...raw, receivedAt: now + later }, settings).kind === "verified";
      expect(await judge(raw.body, raw.headers["paddle-signature"]), `${later} ms later`).toBe(verdict);
    }
  });

  test("agrees on what was tampered with", async () => {
    vi.setSystemTime(now);
    const raw = arrived(paddle, body, settings);
    const header = raw.headers["paddle-signature"] ?? "";
    expect(await judge(raw.body, header)).toBe(true);
    const tampered = [
      { body: Uint8Array.from([...raw.body, 32]), header },
      { body: raw.body, header: header.replace(/ts=(\d+)/, `ts=${now / 1000 + 1}`) },
      { body: raw.body, header: header.toUpperCase() },
      { body: raw.body, header: header.slice(0, -1) },
    ];
    for (const one of tampered) {
      expect(verifyCallback(paddle, { ...raw, body: one.body, headers: { "paddle-signature": one.header } }, settings).kind).toBe(
        "refused",
      );
      expect(await judge(one.body, one.header).catch(() => false)).toBe(false);
    }
  });

  test("names the types that Paddle's library knows, all of them", async () => {
    const { EventName } = await import("@paddle/paddle-node-sdk");
    for (const type of Object.values(EventName)) {
      const data = { status: "active", action: "credit" };
      const [told] = paddle.parse(verifiedCallback(paddle, event(`evt_${type}`, type, data), settings));
      expect(told?.type, type).not.toBe("unknown");
    }
  });
});
