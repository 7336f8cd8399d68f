import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import "@shopify/shopify-api/adapters/node";
import { ApiVersion, LogSeverity, shopifyApi } from "@shopify/shopify-api";
import { describe, expect, test } from "vitest";
import type { RawCallback } from "../../core/callback.ts";
import { arrived, describeGateway, json, now, utf8, verifiedCallback } from "./conformance/conformance.ts";

const { shopify } = gateways;

const secret = "shpss_0123456789abcdef0123456789abcdef";
const settings = { secrets: [secret] };

const order = (more: object = {}) => ({
  id: 5_820_982_911,
  admin_graphql_api_id: "gid://shopify/Order/5820982911",
  name: "#1001",
  currency: "JPY",
  total_price: "1980",
  financial_status: "paid",
  cancelled_at: null,
  created_at: "2026-11-20T20:58:00+09:00",
  updated_at: "2026-11-20T20:59:00+09:00",
  customer: { id: 115_310_627 },
  ...more,
});

const transaction = (kind: string, status: string, more: object = {}) => ({
  id: 4_053_414_772,
  admin_graphql_api_id: "gid://shopify/OrderTransaction/4053414772",
  order_id: 5_820_982_911,
  kind,
  status,
  gateway: "shopify_payments",
  amount: "1980.00",
  currency: "JPY",
  created_at: "2026-11-20T20:58:30+09:00",
  parent_id: null,
  error_code: null,
  ...more,
});

const refund = (transactions: readonly object[]) => ({
  id: 890_088_186,
  admin_graphql_api_id: "gid://shopify/Refund/890088186",
  order_id: 5_820_982_911,
  created_at: "2026-11-20T20:59:30+09:00",
  transactions,
});

const contract = (status: string) => ({
  admin_graphql_api_id: "gid://shopify/SubscriptionContract/593791907",
  id: 593_791_907,
  customer_id: 6_440_010_000,
  currency_code: "JPY",
  status,
  origin_order_id: 5_820_982_911,
  revision_id: "9551015227",
});

const attempt = (more: object = {}) => ({
  id: 47_416_912,
  admin_graphql_api_id: "gid://shopify/SubscriptionBillingAttempt/47416912",
  idempotency_key: "9a453b5c",
  order_id: 5_820_982_911,
  subscription_contract_id: 593_791_907,
  ready: true,
  error_message: null,
  error_code: null,
  ...more,
});

const dispute = (status: string, more: object = {}) => ({
  id: 1_052_608_616,
  order_id: 5_820_982_911,
  type: "chargeback",
  amount: "1980",
  currency: "JPY",
  reason: "fraudulent",
  status,
  initiated_at: "2026-11-20T20:59:59+09:00",
  finalized_on: null,
  ...more,
});

const charge = "5820982911";
const money = { minor: 1980, currency: "JPY" };

describeGateway(shopify, {
  settings,
  samples: [
    {
      name: "a paid order",
      body: json(order()),
      means: [
        {
          type: "charge.succeeded",
          gatewayType: "orders/paid",
          charge,
          customer: "115310627",
          order: "#1001",
          amount: money,
          occurredAt: now - 60_000,
        },
      ],
    },
    {
      name: "an order cancelled before it was captured",
      body: json(order({ financial_status: "voided", cancelled_at: "2026-11-20T20:59:00+09:00", cancel_reason: "customer" })),
      means: [{ type: "charge.voided", gatewayType: "orders/cancelled", charge, reason: "customer" }],
    },
    {
      name: "an order cancelled and to be refunded",
      body: json(order({ financial_status: "refunded", cancelled_at: "2026-11-20T20:59:00+09:00" })),
      means: [{ type: "notice", gatewayType: "orders/cancelled", charge }],
    },
    { name: "an order for free", body: json(order({ total_price: "0" })), means: [{ type: "notice", charge }] },
    { name: "a sale", body: json(transaction("sale", "success")), means: [{ type: "charge.succeeded", charge, amount: money }] },
    { name: "a capture", body: json(transaction("capture", "success")), means: [{ type: "charge.succeeded", charge, amount: money }] },
    { name: "an authorisation", body: json(transaction("authorization", "success")), means: [{ type: "charge.authorized", charge }] },
    { name: "one of nothing", body: json(transaction("authorization", "success", { amount: "0.00" })), means: [{ type: "card.verified" }] },
    {
      name: "one of nothing that failed",
      body: json(transaction("authorization", "failure", { amount: "0.00" })),
      means: [{ type: "card.verification_failed" }],
    },
    {
      name: "a sale that failed",
      body: json(transaction("sale", "failure", { error_code: "card_declined" })),
      means: [{ type: "charge.failed", charge, reason: "card_declined" }],
    },
    { name: "a sale under way", body: json(transaction("sale", "pending")), means: [{ type: "notice", charge }] },
    { name: "a void of one part", body: json(transaction("void", "success")), means: [{ type: "charge.voided", charge }] },
    {
      name: "a refund's transaction",
      body: json(transaction("refund", "success", { amount: "980" })),
      means: [{ type: "charge.refunded", charge, refund: "4053414772", amount: { minor: 980, currency: "JPY" } }],
    },
    {
      name: "a refund of two parts",
      body: json(refund([transaction("refund", "success", { amount: "980" }), transaction("refund", "success", { id: 7, amount: "20" })])),
      means: [
        { type: "charge.refunded", charge, refund: "4053414772", amount: { minor: 980, currency: "JPY" } },
        { type: "charge.refunded", charge, refund: "7", amount: { minor: 20, currency: "JPY" } },
      ],
    },
    { name: "a refund of goods only", body: json(refund([])), means: [{ type: "notice", charge }] },
    {
      name: "a dispute",
      body: json(dispute("needs_response")),
      means: [{ type: "dispute.opened", charge, amount: money, reason: "fraudulent" }],
    },
    {
      name: "a dispute won",
      body: json(dispute("won", { finalized_on: "2026-11-20" })),
      means: [{ type: "dispute.won", gatewayType: "disputes/update", charge }],
    },
    { name: "a dispute lost", body: json(dispute("lost", { finalized_on: "2026-11-20" })), means: [{ type: "dispute.lost", charge }] },
    {
      name: "a contract that runs",
      body: json(contract("active")),
      means: [{ type: "contract.resumed", contract: "593791907", customer: "6440010000", occurredAt: now }],
    },
    { name: "a contract paused", body: json(contract("paused")), means: [{ type: "contract.paused" }] },
    { name: "a contract unpaid", body: json(contract("failed")), means: [{ type: "contract.past_due" }] },
    { name: "a contract cancelled", body: json(contract("cancelled")), means: [{ type: "contract.cancelled" }] },
    { name: "a contract expired", body: json(contract("expired")), means: [{ type: "contract.expired" }] },
    {
      name: "a renewal paid",
      body: json(attempt()),
      means: [
        { type: "charge.succeeded", charge, contract: "593791907", incomplete: ["amount"] },
        { type: "contract.renewed", contract: "593791907" },
      ],
    },
    {
      name: "a renewal declined",
      body: json(attempt({ order_id: null, error_code: "insufficient_funds", error_message: "Insufficient funds" })),
      means: [{ type: "charge.failed", contract: "593791907", reason: "Insufficient funds", incomplete: ["charge", "amount"] }],
    },
  ],
  proofHeader: "x-shopify-hmac-sha256",
  ack: { status: 200, contentType: "text/plain; charset=utf-8", body: "" },
  nack: { status: 401, contentType: "text/plain; charset=utf-8", body: "" },
});

const under = (headers: Readonly<Record<string, string>>, body: object): RawCallback => {
  const raw = arrived(shopify, json(body), settings);
  return { ...raw, headers: { ...raw.headers, ...headers } };
};

const meaning = (topic: string, body: object) => {
  const outcome = verifyCallback(shopify, under({ "x-shopify-topic": topic }, body), settings);
  return outcome.kind === "verified" ? shopify.parse(outcome.callback)[0]?.type : outcome.reason;
};

test.each([
  ["subscription_contracts/create", contract("active"), "contract.started"],
  ["subscription_contracts/activate", contract("active"), "contract.resumed"],
  ["subscription_contracts/pause", contract("paused"), "contract.paused"],
  ["subscription_contracts/fail", contract("failed"), "contract.past_due"],
  ["subscription_contracts/cancel", contract("cancelled"), "contract.cancelled"],
  ["subscription_contracts/expire", contract("expired"), "contract.expired"],
  ["subscription_contracts/teleport", contract("active"), "unknown"],
  ["subscription_billing_attempts/challenged", attempt(), "notice"],
  ["orders/create", order(), "notice"],
  ["orders/updated", order(), "notice"],
  ["orders/updated", order({ financial_status: "voided" }), "charge.voided"],
  ["disputes/update", dispute("under_review"), "notice"],
  ["customers/redact", { shop_id: 1 }, "notice"],
  ["app/uninstalled", { id: 1 }, "notice"],
  ["teleports/create", { id: 1 }, "unknown"],
])("reads %s as what it is", (topic, body, type) => {
  expect(meaning(topic, body)).toBe(type);
});

test("does not believe an unsigned topic that says an unpaid order was paid", () => {
  expect(meaning("orders/paid", order({ financial_status: "pending" }))).toBe("notice");
});

test("names a payment by its order in every topic that reports it", () => {
  const bodies = [order(), transaction("sale", "success"), refund([transaction("refund", "success")]), dispute("won"), attempt()];
  const told = bodies
    .flatMap((body) => shopify.parse(verifiedCallback(shopify, json(body), settings)))
    .filter(({ type }) => !type.startsWith("contract."));
  expect(new Set(told.map((event) => event.charge))).toEqual(new Set([charge]));
});

test("separates what several subscriptions and topics say about one event, and recognises redeliveries", () => {
  const key = (headers: Readonly<Record<string, string>>) => {
    const outcome = verifyCallback(shopify, under({ "x-shopify-event-id": "evt-1", ...headers }, order()), settings);
    return outcome.kind === "verified" ? shopify.identify(outcome.callback) : outcome.reason;
  };
  expect(key({ "x-shopify-webhook-id": "delivery-1" })).toBe(key({ "x-shopify-webhook-id": "delivery-2" }));
  expect(new Set([key({}), key({ "x-shopify-name": "eu" }), key({ "x-shopify-topic": "orders/updated" })]).size).toBe(3);
  expect(key({ "x-shopify-event-id": "evt-2" })).not.toBe(key({}));
  expect(key({})).toMatch(/^evt-1:sha256:[0-9a-f]{64}:orders\/paid:$/);
  expect(key({ "x-shopify-event-id": "" })).toMatch(/^:sha256:[0-9a-f]{64}:orders\/paid:$/);
});

/** The newer kind of delivery, without `x-`. */
const asEvent = (raw: RawCallback): RawCallback => ({
  ...raw,
  headers: Object.fromEntries(Object.entries(raw.headers).map(([name, value]) => [name.replace(/^x-shopify-/, "shopify-"), value])),
});

test("understands deliveries of the events kind as far as their topic goes", () => {
  const raw = asEvent(
    under({ "x-shopify-topic": "Product", "x-shopify-action": "update", "x-shopify-handle": "prices" }, { topic: "Product" }),
  );
  const outcome = verifyCallback(shopify, raw, settings);
  if (outcome.kind !== "verified") return expect.fail(outcome.reason);
  expect(shopify.parse(outcome.callback)).toMatchObject([{ type: "unknown", gatewayType: "product/update" }]);
  expect(shopify.identify(outcome.callback)).toMatch(/:product\/update:prices$/);
});

describe("compared with Shopify's own library", () => {
  const library = shopifyApi({
    apiKey: "a key",
    apiSecretKey: secret,
    apiVersion: ApiVersion.July26,
    hostName: "app.example",
    isEmbeddedApp: false,
    logger: { level: LogSeverity.Error, log: async () => {} },
  });

  const judge = async (raw: RawCallback): Promise<boolean> => {
    const rawRequest = { method: "POST", url: "/", headers: raw.headers };
    return (await library.webhooks.validate({ rawBody: Buffer.from(raw.body).toString("utf8"), rawRequest, rawResponse: {} })).valid;
  };

  test.each([
    ["webhooks", (raw: RawCallback) => raw],
    ["events", asEvent],
  ])("agrees on %s that are signed here, and on what was tampered with", async (_, dressed) => {
    for (const body of [json(order()), utf8('{"note":"円 \\u00e9 😀"}'), utf8("[]")]) {
      const raw = dressed(arrived(shopify, body, settings));
      expect(await judge(raw)).toBe(true);
      expect(verifyCallback(shopify, raw, settings).kind).toBe("verified");
      const other = { ...raw, body: Uint8Array.from([...body, 10]) };
      expect(await judge(other)).toBe(false);
      expect(verifyCallback(shopify, other, settings).kind).toBe("refused");
      const lowered = Object.fromEntries(Object.entries(raw.headers).map(([name, value]) => [name, value.toLowerCase()]));
      expect(await judge({ ...raw, headers: lowered })).toBe(false);
      expect(verifyCallback(shopify, { ...raw, headers: lowered }, settings).kind).toBe("refused");
    }
  });
});
