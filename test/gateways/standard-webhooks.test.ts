import { generateKeyPairSync, sign as signWith } from "node:crypto";
import { validateEvent, WebhookVerificationError } from "@polar-sh/sdk/webhooks";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { RawCallback } from "../../core/callback.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import type { SourceSettings } from "../../gateways/gateway.ts";
import { gateways } from "../../gateways/index.ts";
import { aging } from "../../gateways/standard-webhooks/aging.ts";
import { keysOf } from "../../gateways/standard-webhooks/front.ts";
import { arrived, describeGateway, json, now, type Sample, utf8, verifiedCallback } from "./conformance/conformance.ts";

const { "standard-webhooks": standardWebhooks } = gateways;

const secret = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const settings = { secrets: [secret] };
const polarSettings = { secrets: ["polar_whs_5bQxYd2sVnT8"], options: { secretEncoding: "utf8" } };
const told = Date.UTC(2026, 10, 20, 11, 59, 58, 123);

const polar = (type: string, data: unknown) => json({ type, timestamp: "2026-11-20T11:59:58.123Z", data });
const clerk = (type: string, data: unknown) =>
  json({ data, event_attributes: { http_request: {} }, instance_id: "ins_1", object: "event", timestamp: told, type });

/** Complete, so that Polar's own library takes it. */
const order = {
  id: "ord_1",
  created_at: "2026-11-20T11:59:00Z",
  modified_at: null,
  status: "paid",
  paid: true,
  subtotal_amount: 1000,
  discount_amount: 0,
  net_amount: 1000,
  tax_amount: 230,
  total_amount: 1230,
  applied_balance_amount: 0,
  due_amount: 1230,
  refunded_amount: 0,
  refunded_tax_amount: 0,
  currency: "usd",
  billing_reason: "subscription_cycle",
  billing_name: "Zoë ☕",
  billing_address: null,
  invoice_number: "INV-1",
  is_invoice_generated: false,
  receipt_number: null,
  customer_id: "cus_1",
  product_id: null,
  discount_id: null,
  subscription_id: "sub_1",
  checkout_id: null,
  metadata: {},
  platform_fee_amount: 62,
  platform_fee_currency: "usd",
  customer: {
    id: "cus_1",
    created_at: "2026-11-20T11:00:00Z",
    modified_at: null,
    metadata: {},
    email: "zoe@example.com",
    email_verified: true,
    type: "individual",
    name: null,
    billing_name: null,
    billing_address: null,
    tax_id: null,
    organization_id: "org_1",
    deleted_at: null,
    avatar_url: null,
  },
  product: null,
  discount: null,
  subscription: null,
  items: [],
  description: "Pro",
  refundable_amount: 1000,
  refundable_tax_amount: 230,
};
const refund = { id: "ref_1", status: "succeeded", reason: "customer_request", amount: 500, tax_amount: 115, currency: "usd" };
const refundOfOrder = { ...refund, order_id: "ord_1", subscription_id: "sub_1", customer_id: "cus_1" };
const polarSubscription = { id: "sub_1", customer_id: "cus_1", status: "active", cancel_at_period_end: false };

const payer = { id: "cpayer_1", user_id: "user_1", email: "zoe@example.com" };
const attempt = {
  id: "cpa_1",
  object: "commerce_payment_attempt",
  payment_id: "cpay_1",
  status: "paid",
  charge_type: "recurring",
  payer,
  totals: { grand_total: { amount: 999, amount_formatted: "9.99", currency: "USD", currency_symbol: "$" } },
  subscription_items: [{ id: "csub_item_1", status: "active" }],
};
const item = { id: "csub_item_1", object: "commerce_subscription_item", payer, plan: { slug: "pro" } };

const dollars = (minor: number) => ({ minor, currency: "USD" });
const sample = (name: string, body: Uint8Array, ...means: Sample["means"]): Sample => ({ name, body, means });

const samples: readonly Sample[] = [
  sample(
    "a renewal at Polar",
    polar("order.paid", order),
    { type: "charge.succeeded", contract: "sub_1", charge: "ord_1", customer: "cus_1", amount: dollars(1230), occurredAt: told },
    { type: "contract.renewed", contract: "sub_1" },
  ),
  sample("a purchase at Polar", polar("order.paid", { ...order, billing_reason: "purchase", subscription_id: null }), {
    type: "charge.succeeded",
    charge: "ord_1",
  }),
  sample("a trial at Polar", polar("order.paid", { ...order, billing_reason: "subscription_create", total_amount: 0, due_amount: 0 }), {
    type: "notice",
  }),
  sample("a renewal for nothing at Polar", polar("order.paid", { ...order, total_amount: 0, due_amount: 0 }), {
    type: "contract.renewed",
    contract: "sub_1",
  }),
  sample("an order at Polar", polar("order.created", { ...order, status: "pending" }), { type: "notice", charge: "ord_1" }),
  sample("an order at Polar, changed", polar("order.updated", order), { type: "notice", charge: "ord_1" }),
  sample("an order at Polar, refunded", polar("order.refunded", { ...order, refunded_amount: 500, refunded_tax_amount: 115 }), {
    type: "charge.refunded",
    charge: "ord_1",
    amount: dollars(615),
  }),
  sample("a refund at Polar", polar("refund.created", refundOfOrder), {
    type: "charge.refunded",
    contract: "sub_1",
    charge: "ord_1",
    refund: "ref_1",
    amount: dollars(615),
  }),
  sample("a refund at Polar, under way", polar("refund.created", { ...refundOfOrder, status: "pending" }), {
    type: "refund.pending",
    charge: "ord_1",
  }),
  sample("a refund at Polar, failed", polar("refund.updated", { ...refundOfOrder, status: "failed" }), {
    type: "refund.failed",
    refund: "ref_1",
    amount: dollars(615),
    reason: "refund failed",
  }),
  sample("a subscription at Polar, unpaid yet", polar("subscription.created", { ...polarSubscription, status: "incomplete" }), {
    type: "notice",
    contract: "sub_1",
  }),
  sample("a subscription at Polar, running", polar("subscription.active", polarSubscription), {
    type: "contract.started",
    contract: "sub_1",
    customer: "cus_1",
  }),
  sample("a subscription at Polar, changed", polar("subscription.updated", polarSubscription), { type: "notice" }),
  sample("a subscription at Polar, changed to past due", polar("subscription.updated", { ...polarSubscription, status: "past_due" }), {
    type: "contract.past_due",
  }),
  sample("a subscription at Polar, past due", polar("subscription.past_due", polarSubscription), { type: "contract.past_due" }),
  sample("a subscription at Polar, to end later", polar("subscription.canceled", { ...polarSubscription, cancel_at_period_end: true }), {
    type: "notice",
  }),
  sample("a subscription at Polar, cancelled now", polar("subscription.canceled", { ...polarSubscription, status: "canceled" }), {
    type: "contract.cancelled",
  }),
  sample("a subscription at Polar, kept after all", polar("subscription.uncanceled", polarSubscription), { type: "notice" }),
  sample("a subscription at Polar, ended", polar("subscription.revoked", polarSubscription), {
    type: "contract.cancelled",
    contract: "sub_1",
  }),
  sample("a subscription at Polar, paused", polar("subscription.paused", polarSubscription), { type: "contract.paused" }),
  sample("a subscription at Polar, resumed", polar("subscription.resumed", polarSubscription), { type: "contract.resumed" }),
  sample("a checkout at Polar", polar("checkout.updated", { id: "co_1" }), { type: "notice" }),
  sample(
    "a renewal at Clerk",
    clerk("paymentAttempt.updated", attempt),
    { type: "charge.succeeded", contract: "csub_item_1", charge: "cpay_1", customer: "user_1", amount: dollars(999), occurredAt: told },
    { type: "contract.renewed", contract: "csub_item_1" },
  ),
  sample("a first payment at Clerk", clerk("paymentAttempt.updated", { ...attempt, charge_type: "checkout" }), {
    type: "charge.succeeded",
  }),
  sample("a payment begun at Clerk", clerk("paymentAttempt.created", { ...attempt, status: "pending" }), {
    type: "notice",
    charge: "cpay_1",
  }),
  sample(
    "a payment declined at Clerk",
    clerk("paymentAttempt.updated", {
      ...attempt,
      status: "failed",
      failed_reason: { code: "card_declined", decline_code: "do_not_honor" },
    }),
    { type: "charge.failed", charge: "cpay_1", reason: "do_not_honor" },
  ),
  sample(
    "a payment for two items at Clerk",
    clerk("paymentAttempt.updated", { ...attempt, subscription_items: [{ id: "a" }, { id: "b" }] }),
    {
      type: "charge.succeeded",
      incomplete: ["contract"],
    },
  ),
  sample("a user's subscription at Clerk", clerk("subscription.created", { id: "csub_1", status: "active", payer }), { type: "notice" }),
  sample("a subscription at Clerk, running", clerk("subscription.active", { id: "csub_1", payer }), { type: "contract.started" }),
  sample("a subscription at Clerk, past due", clerk("subscription.pastDue", { id: "csub_1", payer }), { type: "contract.past_due" }),
  sample("an item at Clerk, running", clerk("subscriptionItem.active", item), {
    type: "contract.started",
    contract: "csub_item_1",
    customer: "user_1",
  }),
  sample("an item at Clerk, to end later", clerk("subscriptionItem.canceled", item), { type: "notice" }),
  sample("an item at Clerk, ended", clerk("subscriptionItem.ended", item), { type: "contract.cancelled", contract: "csub_item_1" }),
  sample("an item at Clerk, past due", clerk("subscriptionItem.past_due", item), { type: "contract.past_due" }),
  sample("a user at Clerk", clerk("user.created", { id: "user_1" }), { type: "notice" }),
  sample("somebody else's event", json({ type: "invoice.teleported", timestamp: "2026-11-20T11:59:58Z", data: {} }), {
    type: "unknown",
    gatewayType: "invoice.teleported",
  }),
];

const words = {
  ack: { status: 200, contentType: "application/json", body: '{"received":true}' },
  nack: { status: 500, contentType: "application/json", body: '{"received":false}' },
};
const proof = { proofHeader: "webhook-signature", coveredHeaders: ["webhook-id", "webhook-timestamp"], toleranceSeconds: 300 };

describeGateway(standardWebhooks, { settings, samples, ...proof, ...words });

describe("with Polar's kind of secret,", () => {
  describeGateway(standardWebhooks, { settings: polarSettings, samples: samples.slice(0, 2), ...proof, ...words });
});

const body = polar("order.paid", order);

/** The libraries judge by the clock of the machine. */
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["Date"], now });
});
afterAll(() => {
  vi.useRealTimers();
});

const verifies = (raw: RawCallback, under: SourceSettings = settings): boolean =>
  verifyCallback(standardWebhooks, raw, under).kind === "verified";
const sent = (headers: Readonly<Record<string, string>>, bytes: Uint8Array = body): RawCallback => ({
  ...arrived(standardWebhooks, bytes, settings),
  headers,
});
const headersOf = (prefix: string, id: string, at: number, signature: string) => ({
  [`${prefix}-id`]: id,
  [`${prefix}-timestamp`]: String(at),
  [`${prefix}-signature`]: signature,
});
const attemptedBy = (judge: () => unknown): boolean => {
  try {
    judge();
    return true;
  } catch {
    return false;
  }
};

describe.each([
  ["standardwebhooks", new StandardWebhook(secret), "webhook"],
  ["svix", new SvixWebhook(secret), "svix"],
  ["svix under the specification's names", new SvixWebhook(secret), "webhook"],
] as const)("the official library %s, as the judge,", (_, judge, prefix) => {
  const text = Buffer.from(body).toString("utf8");
  const accepts = (raw: RawCallback): boolean => attemptedBy(() => judge.verify(Buffer.from(raw.body), { ...raw.headers }));
  const bySdk = (id: string, seconds: number) =>
    sent(headersOf(prefix, id, now / 1000 + seconds, judge.sign(id, new Date(now + seconds * 1000), text)));

  test("accepts what we sign, and we accept what it signs", () => {
    expect(accepts(arrived(standardWebhooks, body, settings))).toBe(true);
    expect(verifies(bySdk("msg_p5jXN8AQM9LWM0D4loKWxJek", 0))).toBe(true);
    expect(standardWebhooks.identify(verifiedCallback(standardWebhooks, body, settings))).toMatch(/^msg_[\w-]{27}$/);
  });

  test.each([-100_000, -301, -300, 0, 300, 301, 100_000])("agrees about a timestamp %d seconds from receipt", (seconds) => {
    const raw = bySdk("msg_1", seconds);
    expect([verifies(raw), accepts(raw)]).toEqual([Math.abs(seconds) <= 300, Math.abs(seconds) <= 300]);
  });

  test("refuses what we refuse", () => {
    const raw = bySdk("msg_1", 0);
    const { [`${prefix}-signature`]: signature = "", ...rest } = raw.headers;
    const changed = [
      { ...raw, body: utf8(text.replace("1230", "1231")) },
      { ...raw, headers: { ...raw.headers, [`${prefix}-id`]: "msg_2" } },
      { ...raw, headers: { ...raw.headers, [`${prefix}-timestamp`]: String(now / 1000 - 1) } },
      { ...raw, headers: { ...rest, [`${prefix}-signature`]: signature.replace("v1,", "v2,") } },
      { ...raw, headers: { ...rest, [`${prefix}-signature`]: signature.replace(/=$/, "") } },
      { ...raw, headers: rest },
    ];
    for (const one of changed) expect([verifies(one), accepts(one)]).toEqual([false, false]);
  });

  test("agrees that any one of several signatures will do", () => {
    const raw = bySdk("msg_1", 0);
    const signature = raw.headers[`${prefix}-signature`] ?? "";
    const among = { ...raw, headers: { ...raw.headers, [`${prefix}-signature`]: `v1,AAAA v2,x ${signature} v1a,BBBB` } };
    expect([verifies(among), accepts(among)]).toEqual([true, true]);
  });
});

test("takes Svix's headers before the specification's, as Svix's library does", () => {
  const judge = new SvixWebhook(secret);
  const good = judge.sign("msg_1", new Date(now), Buffer.from(body).toString("utf8"));
  const raw = sent({ ...headersOf("webhook", "msg_2", now / 1000, "v1,AAAA"), ...headersOf("svix", "msg_1", now / 1000, good) });
  expect([verifies(raw), attemptedBy(() => judge.verify(Buffer.from(body), { ...raw.headers }))]).toEqual([true, true]);
  const outcome = verifyCallback(standardWebhooks, raw, settings);
  expect(outcome.kind === "verified" && standardWebhooks.identify(outcome.callback)).toBe("msg_1");
});

describe("Polar's own library, as the judge,", () => {
  const [polarSecret = ""] = polarSettings.secrets;
  /** What it cannot parse it has verified before. */
  const accepts = (raw: RawCallback, key = polarSecret): boolean => {
    try {
      validateEvent(Buffer.from(raw.body), { ...raw.headers }, key);
      return true;
    } catch (error) {
      return !(error instanceof WebhookVerificationError);
    }
  };
  const bySdk = sent(
    headersOf(
      "webhook",
      "msg_1",
      now / 1000,
      new StandardWebhook(btoa(polarSecret)).sign("msg_1", new Date(now), Buffer.from(body).toString()),
    ),
  );

  test("reads our sample, so that it has the fields Polar sends", () => {
    const raw = arrived(standardWebhooks, body, polarSettings);
    expect(validateEvent(Buffer.from(raw.body), { ...raw.headers }, polarSecret)).toMatchObject({
      type: "order.paid",
      data: { id: "ord_1" },
    });
  });

  test("accepts what we sign, and we accept what is signed as it would", () => {
    expect(accepts(arrived(standardWebhooks, body, polarSettings))).toBe(true);
    expect(verifies(bySdk, polarSettings)).toBe(true);
  });

  test("needs no option, because a text that is not base64 can only be the key itself", () => {
    expect(verifies(bySdk, { secrets: [polarSecret] })).toBe(true);
    expect(accepts(arrived(standardWebhooks, body, { secrets: [polarSecret] }))).toBe(true);
    expect(verifies(bySdk, { secrets: [polarSecret], options: { secretEncoding: "base64" } })).toBe(false);
  });

  test("refuses what we refuse", () => {
    const tampered = { ...bySdk, body: polar("order.paid", { ...order, total_amount: 1 }) };
    expect([verifies(tampered, polarSettings), accepts(tampered)]).toEqual([false, false]);
    const foreign = { secrets: ["polar_whs_other"], options: { secretEncoding: "utf8" } };
    expect([verifies(bySdk, foreign), accepts(bySdk, "polar_whs_other")]).toEqual([false, false]);
  });
});

describe("an Ed25519 signature", () => {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw32 = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  const under = { secrets: [], options: { publicKey: `whpk_${raw32.toString("base64")}` } };
  const signature = signWith(null, Buffer.concat([Buffer.from(`msg_1.${now / 1000}.`), body]), privateKey).toString("base64");
  const raw = sent(headersOf("webhook", "msg_1", now / 1000, `v1,AAAA v1a,${signature}`));

  test("is accepted when the source has the public key, and only then", () => {
    expect(verifies(raw, under)).toBe(true);
    expect(verifies(raw, settings)).toBe(false);
    const { publicKey: other } = generateKeyPairSync("ed25519");
    const x = Buffer.from(other.export({ format: "jwk" }).x ?? "", "base64url").toString("base64");
    expect(verifies(raw, { secrets: [], options: { publicKey: `whpk_${x}` } })).toBe(false);
    expect(verifies(raw, { secrets: [], options: { publicKey: "whpk_nonsense" } })).toBe(false);
  });

  test("is refused for another body and in another spelling", () => {
    expect(verifies({ ...raw, body: utf8("{}") }, under)).toBe(false);
    for (const other of [
      signature.replace(/=+$/, ""),
      `${signature}A`,
      signature.replaceAll("+", "-").replaceAll("/", "_").replace("==", ""),
    ])
      expect(verifies({ ...raw, headers: { ...raw.headers, "webhook-signature": `v1a,${other}` } }, under)).toBe(false);
  });

  test("does not let its public key be used as a secret", () => {
    const forged = arrived(standardWebhooks, body, { secrets: [raw32.toString("base64")] });
    expect(verifies(forged, under)).toBe(false);
  });
});

test("verifies nothing with a prefix without a secret", () => {
  for (const blank of ["", " ", "whsec_", "whsec_ "]) {
    const forged = arrived(standardWebhooks, body, { secrets: [blank] });
    expect(verifies(forged, { secrets: [blank] })).toBe(false);
    const key = new StandardWebhook(blank || " ", { format: "raw" });
    const other = sent(headersOf("webhook", "msg_1", now / 1000, key.sign("msg_1", new Date(now), Buffer.from(body).toString())));
    expect(verifies(other, { secrets: [blank] })).toBe(false);
  }
});

test("names what is wrong with a source's options", () => {
  const problems = (options: Readonly<Record<string, string>>) => standardWebhooks.checkSettings?.({ options });
  expect(standardWebhooks.checkSettings?.({})).toEqual([]);
  expect(problems({ secretEncoding: "utf8", publicKey: `whpk_${Buffer.alloc(32, 7).toString("base64")}` })).toEqual([]);
  expect(problems({ secretEncoding: "hex" })).toEqual([expect.stringContaining('"hex"')]);
  expect(problems({ publicKey: "whpk_AAAA" })).toEqual([expect.stringContaining("publicKey")]);
  const key = Buffer.alloc(32, 7).toString("base64");
  expect(problems({ publicKey: `${key.slice(0, 8)}whpk_${key.slice(8)}` })).toEqual([expect.stringContaining("publicKey")]);
});

test("decodes only what is base64, with two signs at its end at most", () => {
  const decoded = (text: string) => keysOf(`whsec_${text}`, { options: { secretEncoding: "base64" } }).map((key) => [...key]);
  expect(decoded("QQ==")).toEqual([[65]]);
  for (const text of ["QQ===", "=QQ", "Q Q", ""]) expect(decoded(text)).toEqual([]);
});

test.each<readonly [timestamp: string, at: number | undefined]>([
  ["1795176000", 1_795_176_000_000],
  ["0", 0],
  ["123456789012", 123_456_789_012_000],
  ...["1234567890123", "17951760x", "x1795176", "-1", ""].map((text) => [text, undefined] as const),
])("was signed at %j", (timestamp, at) => {
  const headers = { "webhook-timestamp": timestamp };
  expect(aging.signedAt({ ...arrived(standardWebhooks, json({}), settings), headers }, {})).toBe(at);
});
