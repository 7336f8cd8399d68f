import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { balance } from "../../core/ledger/ledger.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, json, verifiedCallback } from "./conformance/conformance.ts";

const { komoju } = gateways;

const settings = { secrets: ["webhook-secret-token"] };

const event = (id: string, type: string, data: Readonly<Record<string, unknown>>) =>
  json({ id, type, resource: "event", data, created_at: "2026-11-18T02:13:48Z", reason: null });

const payment = (id: string, type: string, data: Readonly<Record<string, unknown>> = {}) =>
  event(id, type, {
    id: "3cwcbr6xyj1nkx0dkh2hxjp4y",
    resource: "payment",
    status: "captured",
    amount: 1800,
    tax: 180,
    payment_method_fee: 0,
    total: 1980,
    currency: "JPY",
    customer: "cus-1",
    external_order_num: "WC-255095-A49R0D",
    payment_details: { type: "credit_card", brand: "master", last_four_digits: "3795" },
    captured_at: "2026-11-17T11:57:05Z",
    amount_refunded: 0,
    refunds: [],
    ...data,
  });

const subscription = (id: string, type: string) =>
  event(id, type, { id: "sub-1", resource: "subscription", status: "active", amount: 1980, currency: "JPY", customer: "cus-1" });

const refund = (id: string, amount: number, more: Readonly<Record<string, unknown>> = {}) => ({
  id,
  resource: "refund",
  amount,
  currency: "JPY",
  payment: "3cwcbr6xyj1nkx0dkh2hxjp4y",
  description: "asked for it",
  created_at: "2026-11-18T02:13:46Z",
  chargeback: false,
  ...more,
});

const charge = { charge: "3cwcbr6xyj1nkx0dkh2hxjp4y", customer: "cus-1", order: "WC-255095-A49R0D" };
const yen = (minor: number) => ({ minor, currency: "JPY" });
const partly = payment("evt-6", "payment.refund.created", { amount_refunded: 500, refunds: [refund("ref-1", 500)] });
const wholly = payment("evt-7", "payment.refunded", {
  status: "refunded",
  amount_refunded: 1980,
  refunds: [refund("ref-1", 500), refund("ref-2", 1480, { chargeback: true, description: "Bulk Chargeback 2026-11-18" })],
});

describeGateway(komoju, {
  settings,
  proofHeader: "x-komoju-signature",
  ack: { status: 200, contentType: "text/plain; charset=utf-8", body: "" },
  nack: { status: 500, contentType: "text/plain; charset=utf-8", body: "" },
  samples: [
    {
      name: "a payment captured",
      body: payment("evt-1", "payment.captured"),
      key: "evt-1",
      means: [{ type: "charge.succeeded", ...charge, amount: yen(1980), occurredAt: Date.UTC(2026, 10, 18, 2, 13, 48) }],
    },
    { name: "a slip written out", body: payment("evt-2", "payment.authorized"), means: [{ type: "charge.authorized", ...charge }] },
    { name: "a slip never paid", body: payment("evt-3", "payment.expired"), means: [{ type: "charge.voided", ...charge }] },
    { name: "a payment cancelled", body: payment("evt-4", "payment.cancelled"), means: [{ type: "charge.voided", ...charge }] },
    { name: "a payment that failed", body: payment("evt-5", "payment.failed"), means: [{ type: "charge.failed", ...charge }] },
    {
      name: "a refund in part",
      body: partly,
      means: [{ type: "charge.refunded", ...charge, refund: "ref-1", amount: yen(500), reason: "asked for it" }],
    },
    {
      name: "a chargeback of the rest",
      body: wholly,
      means: [
        { type: "charge.refunded", refund: "ref-1", amount: yen(500) },
        { type: "dispute.lost", ...charge, dispute: "ref-2", amount: yen(1480) },
      ],
    },
    {
      name: "a refund without a list",
      body: payment("evt-8", "payment.refunded", { amount_refunded: 1980, refunds: undefined }),
      means: [{ type: "charge.refunded", ...charge, amount: yen(1980) }],
    },
    { name: "an update", body: payment("evt-9", "payment.updated"), means: [{ type: "notice", ...charge }] },
    { name: "a suspicion", body: payment("evt-10", "payment.marked.as.fraud"), means: [{ type: "notice", ...charge }] },
    {
      name: "a new subscription",
      body: subscription("evt-11", "subscription.created"),
      means: [{ type: "contract.started", contract: "sub-1" }],
    },
    { name: "a renewal", body: subscription("evt-12", "subscription.captured"), means: [{ type: "contract.renewed", contract: "sub-1" }] },
    {
      name: "a failed renewal",
      body: subscription("evt-13", "subscription.failed"),
      means: [{ type: "contract.past_due", contract: "sub-1" }],
    },
    {
      name: "a suspension",
      body: subscription("evt-14", "subscription.suspended"),
      means: [{ type: "contract.paused", contract: "sub-1" }],
    },
    { name: "the end", body: subscription("evt-15", "subscription.deleted"), means: [{ type: "contract.cancelled", contract: "sub-1" }] },
    { name: "a ping", body: event("evt-16", "ping", {}), means: [{ type: "notice" }] },
    { name: "a settlement", body: event("evt-17", "settlement.created", { id: "set-1" }), means: [{ type: "notice" }] },
    { name: "something new", body: event("evt-18", "payment.pondered", {}), means: [{ type: "unknown" }] },
  ],
});

describe("KOMOJU", () => {
  test("verifies a signature made by nothing but node:crypto", () => {
    const body = payment("evt-1", "payment.captured");
    const signature = createHmac("sha256", "webhook-secret-token").update(body).digest("hex");
    expect(arrived(komoju, body, settings).headers["x-komoju-signature"]).toBe(signature);
  });

  test("refuses a signature made with an empty secret, which anybody could make", () => {
    const empty = { secrets: [""] };
    expect(verifyCallback(komoju, arrived(komoju, partly, empty), empty).kind).toBe("refused");
  });

  test("tells a chargeback again, by its id, when a later refund lists it too", () => {
    const later = payment("evt-20", "payment.refund.created", {
      refunds: [refund("ref-2", 1480, { chargeback: true }), refund("ref-3", 1)],
    });
    expect(komoju.parse(verifiedCallback(komoju, later, settings))).toMatchObject([
      { type: "dispute.lost", dispute: "ref-2" },
      { type: "charge.refunded", refund: "ref-3" },
    ]);
  });

  test("counts a refund once that two events report", () => {
    const events = [payment("evt-1", "payment.captured"), partly, wholly].flatMap((body) =>
      komoju.parse(verifiedCallback(komoju, body, settings)),
    );
    const ledger = balance(
      "a-source",
      charge.charge,
      events.map((event) => ({ source: "a-source", contract: charge.charge, event, record: `a-source/${event.id}` })),
    );
    expect(ledger.charges).toMatchObject([{ state: "partly_refunded", amount: yen(1980), refunded: yen(500), chargedBack: yen(1480) }]);
    expect(ledger.disputes).toBe(1);
  });
});
