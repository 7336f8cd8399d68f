import { createSign, createVerify, generateKeyPairSync, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RawCallback } from "../../core/callback.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, json, now, verifiedCallback } from "./conformance/conformance.ts";

const { paypal } = gateways;

const fixture = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");

/** A key pair and its self-signed certificate, made once with openssl for these tests and used nowhere else. */
const certificate = fixture("paypal-certificate.pem");
const privateKey = fixture("paypal-key.pem");
const webhookId = "8PT597110X687430LKGECATA";
const settings = { secrets: [privateKey], options: { certificate, webhookId } };

const pair = (bits = 2_048) =>
  generateKeyPairSync("rsa", {
    modulusLength: bits,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
const stranger = pair();

const event = (id: string, event_type: string, resource: object) =>
  json({ id, event_version: "1.0", create_time: "2026-11-20T11:59:59.950Z", resource_type: "x", event_type, summary: "円", resource });

const sale = (more: object = {}) => ({
  id: "80F85758S3080410K",
  state: "completed",
  amount: { total: "19.80", currency: "USD", details: { subtotal: "19.80" } },
  billing_agreement_id: "I-37B4TLL0FAJJ",
  invoice_number: "order-17",
  links: [
    { href: "https://api.paypal.com/v1/payments/sale/80F85758S3080410K", rel: "self", method: "GET" },
    { href: "https://api.paypal.com/v1/payments/sale/80F85758S3080410K/refund", rel: "refund", method: "POST" },
  ],
  ...more,
});

const capture = (more: object = {}) => ({
  id: "42311647XV020574X",
  amount: { currency_code: "JPY", value: "1980" },
  status: "COMPLETED",
  invoice_id: "order-18",
  links: [
    { href: "https://api.paypal.com/v2/payments/captures/42311647XV020574X", rel: "self" },
    { href: "https://api.paypal.com/v2/payments/captures/42311647XV020574X/refund", rel: "refund" },
    { href: "https://api.paypal.com/v2/payments/authorizations/2GG279541U471931P", rel: "up" },
  ],
  ...more,
});

const captureRefund = (more: object = {}) => ({
  id: "1JU08902781691411",
  amount: { currency_code: "JPY", value: "980" },
  status: "COMPLETED",
  links: [
    { href: "https://api.paypal.com/v2/payments/refunds/1JU08902781691411", rel: "self" },
    { href: "https://api.paypal.com/v2/payments/captures/42311647XV020574X", rel: "up" },
  ],
  ...more,
});

const saleRefund = {
  id: "77689802DL785834G",
  sale_id: "80F85758S3080410K",
  parent_payment: "PAY-7F371669SL612941HK7RQFDQ",
  amount: { total: "9.80", currency: "USD" },
  links: [{ href: "https://api.paypal.com/v1/payments/refund/77689802DL785834G", rel: "self" }],
};

const subscription = (status: string, more: object = {}) => ({
  id: "I-37B4TLL0FAJJ",
  status,
  plan_id: "P-5ML4271244454362WXNWU5NQ",
  subscriber: { payer_id: "2J6QB8YJQSJRJ" },
  ...more,
});

const dispute = (outcome?: string) => ({
  dispute_id: "PP-D-4012",
  reason: "MERCHANDISE_OR_SERVICE_NOT_RECEIVED",
  dispute_amount: { currency_code: "JPY", value: "1980" },
  disputed_transactions: [{ seller_transaction_id: "42311647XV020574X", buyer_transaction_id: "0BB" }],
  ...(outcome && { dispute_outcome: { outcome_code: outcome } }),
});

const yen = { minor: 1980, currency: "JPY" };
const contract = "I-37B4TLL0FAJJ";

describeGateway(paypal, {
  settings,
  verifiedBy: "options",
  wrongSettings: { ...settings, options: { certificate, webhookId: "8PT597110X687430LKGECATB" } },
  samples: [
    {
      name: "a subscription's payment",
      body: event("WH-9UG43882HX7271132-6E0871324L7949614", "PAYMENT.SALE.COMPLETED", sale()),
      means: [
        {
          type: "charge.succeeded",
          charge: "80F85758S3080410K",
          contract,
          order: "order-17",
          amount: { minor: 1980, currency: "USD" },
          occurredAt: now - 50,
        },
      ],
      key: "WH-9UG43882HX7271132-6E0871324L7949614",
    },
    {
      name: "a sale denied",
      body: event("WH-1", "PAYMENT.SALE.DENIED", sale()),
      means: [{ type: "charge.failed", charge: "80F85758S3080410K" }],
    },
    { name: "a sale under way", body: event("WH-2", "PAYMENT.SALE.PENDING", sale()), means: [{ type: "notice" }] },
    {
      name: "a sale refunded",
      body: event("WH-3", "PAYMENT.SALE.REFUNDED", saleRefund),
      means: [
        { type: "charge.refunded", charge: "80F85758S3080410K", refund: "77689802DL785834G", amount: { minor: 980, currency: "USD" } },
      ],
    },
    {
      name: "a sale reversed",
      body: event("WH-4", "PAYMENT.SALE.REVERSED", {
        ...saleRefund,
        id: "80F85758S3080410K",
        sale_id: undefined,
        amount: { total: "-9.80", currency: "USD" },
      }),
      means: [{ type: "dispute.lost", charge: "80F85758S3080410K", amount: { minor: 980, currency: "USD" } }],
    },
    {
      name: "a capture",
      body: event("WH-5", "PAYMENT.CAPTURE.COMPLETED", capture()),
      means: [{ type: "charge.succeeded", charge: "42311647XV020574X", order: "order-18", amount: yen }],
    },
    {
      name: "a capture declined",
      body: event("WH-6", "PAYMENT.CAPTURE.DENIED", capture({ status_details: { reason: "TRANSACTION_APPROVED_AWAITING_FUNDING" } })),
      means: [{ type: "charge.failed", charge: "42311647XV020574X", reason: "TRANSACTION_APPROVED_AWAITING_FUNDING" }],
    },
    { name: "a capture under way", body: event("WH-7", "PAYMENT.CAPTURE.PENDING", capture()), means: [{ type: "notice" }] },
    {
      name: "a capture refunded in part",
      body: event("WH-8", "PAYMENT.CAPTURE.REFUNDED", captureRefund()),
      means: [
        { type: "charge.refunded", charge: "42311647XV020574X", refund: "1JU08902781691411", amount: { minor: 980, currency: "JPY" } },
      ],
    },
    {
      name: "a refund that names no capture",
      body: event("WH-9", "PAYMENT.CAPTURE.REFUNDED", captureRefund({ links: [] })),
      means: [{ type: "charge.refunded", refund: "1JU08902781691411", incomplete: ["charge"] }],
    },
    {
      name: "a capture reversed",
      body: event("WH-10", "PAYMENT.CAPTURE.REVERSED", capture()),
      means: [{ type: "dispute.lost", charge: "42311647XV020574X", amount: yen }],
    },
    {
      name: "an authorisation",
      body: event("WH-11", "PAYMENT.AUTHORIZATION.CREATED", { id: "2GG279541U471931P", amount: { currency_code: "JPY", value: "1980" } }),
      means: [{ type: "charge.authorized", charge: "2GG279541U471931P", amount: yen }],
    },
    {
      name: "an authorisation of nothing",
      body: event("WH-12", "PAYMENT.AUTHORIZATION.CREATED", { id: "2GG279541U471931P", amount: { currency_code: "JPY", value: "0" } }),
      means: [{ type: "card.verified" }],
    },
    {
      name: "an authorisation let go",
      body: event("WH-13", "PAYMENT.AUTHORIZATION.VOIDED", { id: "2GG279541U471931P", amount: { currency_code: "JPY", value: "1980" } }),
      means: [{ type: "charge.voided", charge: "2GG279541U471931P" }],
    },
    {
      name: "a subscription not yet approved",
      body: event("WH-14", "BILLING.SUBSCRIPTION.CREATED", subscription("APPROVAL_PENDING")),
      means: [{ type: "notice" }],
    },
    {
      name: "a subscription that begins",
      body: event("WH-15", "BILLING.SUBSCRIPTION.ACTIVATED", subscription("ACTIVE")),
      means: [{ type: "contract.started", contract, customer: "2J6QB8YJQSJRJ" }],
    },
    {
      name: "one taken up again",
      body: event("WH-16", "BILLING.SUBSCRIPTION.RE-ACTIVATED", subscription("ACTIVE")),
      means: [{ type: "contract.resumed", contract }],
    },
    {
      name: "one changed",
      body: event("WH-17", "BILLING.SUBSCRIPTION.UPDATED", subscription("ACTIVE")),
      means: [{ type: "contract.resumed", contract }],
    },
    {
      name: "one being approved",
      body: event("WH-18", "BILLING.SUBSCRIPTION.UPDATED", subscription("APPROVED")),
      means: [{ type: "notice", contract }],
    },
    {
      name: "one suspended",
      body: event("WH-19", "BILLING.SUBSCRIPTION.SUSPENDED", subscription("SUSPENDED")),
      means: [{ type: "contract.paused", contract }],
    },
    {
      name: "one cancelled",
      body: event("WH-20", "BILLING.SUBSCRIPTION.CANCELLED", subscription("CANCELLED")),
      means: [{ type: "contract.cancelled", contract }],
    },
    {
      name: "one expired",
      body: event("WH-21", "BILLING.SUBSCRIPTION.EXPIRED", subscription("EXPIRED")),
      means: [{ type: "contract.expired", contract }],
    },
    {
      name: "a subscription's payment that failed",
      body: event(
        "WH-22",
        "BILLING.SUBSCRIPTION.PAYMENT.FAILED",
        subscription("ACTIVE", {
          billing_info: { last_failed_payment: { amount: { currency_code: "JPY", value: "1980" }, reason_code: "PAYMENT_DENIED" } },
        }),
      ),
      means: [{ type: "charge.failed", contract, amount: yen, reason: "PAYMENT_DENIED", incomplete: ["charge"] }],
    },
    { name: "a token stored", body: event("WH-23", "VAULT.PAYMENT-TOKEN.CREATED", { id: "8kk8451t" }), means: [{ type: "notice" }] },
    { name: "a token forgotten", body: event("WH-24", "VAULT.PAYMENT-TOKEN.DELETED", { id: "8kk8451t" }), means: [{ type: "notice" }] },
    {
      name: "a dispute",
      body: event("WH-25", "CUSTOMER.DISPUTE.CREATED", dispute()),
      means: [{ type: "dispute.opened", charge: "42311647XV020574X", amount: yen, reason: "MERCHANDISE_OR_SERVICE_NOT_RECEIVED" }],
    },
    { name: "a dispute under way", body: event("WH-26", "CUSTOMER.DISPUTE.UPDATED", dispute()), means: [{ type: "notice" }] },
    ...(
      [
        ["RESOLVED_SELLER_FAVOUR", "dispute.won"],
        ["RESOLVED_WITH_PAYOUT", "dispute.won"],
        ["CANCELED_BY_BUYER", "dispute.won"],
        ["DENIED", "dispute.won"],
        ["RESOLVED_BUYER_FAVOUR", "dispute.lost"],
        ["ACCEPTED", "dispute.lost"],
        ["NONE", "notice"],
        ["SOMETHING_NEW", "unknown"],
      ] as const
    ).map(([outcome, type]) => ({
      name: `a dispute that ended ${outcome}`,
      body: event(`WH-${outcome}`, "CUSTOMER.DISPUTE.RESOLVED", dispute(outcome)),
      means: [{ type, charge: "42311647XV020574X", reason: outcome }],
    })),
    {
      name: "an order approved and not yet paid",
      body: event("WH-27", "CHECKOUT.ORDER.APPROVED", { id: "9JL52742K01513702" }),
      means: [{ type: "notice" }],
    },
    { name: "a type that is new", body: event("WH-28", "PAYMENT.TELEPORT.COMPLETED", {}), means: [{ type: "unknown" }] },
  ],
  proofHeader: "paypal-transmission-sig",
  coveredHeaders: ["paypal-transmission-id", "paypal-transmission-time", "paypal-auth-algo"],
  ack: { status: 200, contentType: "text/plain; charset=utf-8", body: "" },
  nack: { status: 500, contentType: "text/plain; charset=utf-8", body: "" },
});

const body = event("WH-1", "PAYMENT.SALE.COMPLETED", sale());
const verdict = (raw: RawCallback, options: Readonly<Record<string, string>> = settings.options) =>
  verifyCallback(paypal, raw, { secrets: [], options }).kind;
const withHeader = (name: string, value: string): RawCallback => {
  const raw = arrived(paypal, body, settings);
  return { ...raw, headers: { ...raw.headers, [name]: value } };
};

describe("compared with node:crypto, on the message as PayPal documents it", () => {
  const transmission = { id: "69cd13f0-d67a-11e5-baa3-778b53f4ae55", time: "2026-02-18T20:01:35Z" };
  const messageOf = (id: string, time: string, bytes: Uint8Array) => `${id}|${time}|${webhookId}|${crc32(bytes) >>> 0}`;
  const sent = (bytes: Uint8Array, key = privateKey): RawCallback => ({
    ...arrived(paypal, bytes, settings),
    headers: {
      "paypal-transmission-id": transmission.id,
      "paypal-transmission-time": transmission.time,
      "paypal-transmission-sig": createSign("sha256")
        .update(messageOf(transmission.id, transmission.time, bytes))
        .sign(key, "base64"),
      "paypal-cert-url": "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-d93a270a",
      "paypal-auth-algo": "SHA256withRSA",
    },
  });

  test("verifies what others sign, and refuses it when signed by another or tampered with", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), fc.nat(), fc.nat(7), (bytes, place, bit) => {
        const raw = sent(bytes);
        expect(verdict(raw)).toBe("verified");
        const tampered = Uint8Array.from(bytes);
        tampered[place % bytes.length] = (tampered[place % bytes.length] ?? 0) ^ (1 << bit);
        expect(verdict({ ...raw, body: tampered })).toBe("refused");
        expect(verdict(sent(bytes, stranger.privateKey))).toBe("refused");
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test("signs what others verify", () => {
    const { headers } = arrived(paypal, body, settings);
    const message = messageOf(headers["paypal-transmission-id"] ?? "", headers["paypal-transmission-time"] ?? "", body);
    const judge = createVerify("sha256").update(message);
    expect(judge.verify(new X509Certificate(certificate).publicKey, headers["paypal-transmission-sig"] ?? "", "base64")).toBe(true);
  });

  test("writes the checksum as an unsigned number: the check value of CRC-32", () => {
    const bytes = Buffer.from("123456789");
    expect(messageOf("", "", bytes)).toContain("|3421780262");
    expect(verdict(sent(bytes))).toBe("verified");
  });
});

describe("the pinned certificate", () => {
  const { publicKey } = new X509Certificate(certificate);
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();

  test.each([
    ["a certificate", { certificate }],
    ["a public key", { publicKey: pem }],
    ["a public key in PKCS #1", { publicKey: publicKey.export({ type: "pkcs1", format: "pem" }).toString() }],
    ["several, one after the other", { certificate: `${stranger.publicKey}${certificate}` }],
    ["one of each", { certificate, publicKey: stranger.publicKey }],
    ["an indented one", { certificate: certificate.replace(/^/gm, "      ") }],
    ["one on a single line", { certificate: certificate.replaceAll("\n", "\\n") }],
    ["one with the line ends of Windows", { certificate: certificate.replaceAll("\n", "\r\n") }],
  ])("may be %s", (_, options) => {
    expect(verdict(arrived(paypal, body, settings), { webhookId, ...options })).toBe("verified");
    expect(paypal.checkSettings?.({ options: { webhookId, ...options } })).toEqual([]);
  });

  test.each([
    ["nothing", {}],
    ["empty", { certificate: "" }],
    ["no PEM", { certificate: "https://api.paypal.com/v1/notifications/certs/CERT-1" }],
    ["cut off", { certificate: certificate.slice(0, 600) }],
    ["damaged", { certificate: certificate.replace(/[A-Z]{2}/g, "AA") }],
    ["another's", { publicKey: stranger.publicKey }],
    ["of another kind", { publicKey: generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" }).toString() }],
  ])("verifies nothing when it is %s", (what, options) => {
    expect(verdict(arrived(paypal, body, settings), { webhookId, ...options })).toBe("refused");
    expect(paypal.checkSettings?.({ options: { webhookId, ...options } })).toHaveLength(what === "another's" ? 0 : 1);
  });
});

describe("what comes beside the signature", () => {
  test.each([
    "https://api.paypal.com/v1/notifications/certs/CERT-1",
    "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-1",
    "https://paypal.com/cert.pem",
  ])("lets the certificate's URL be %s", (url) => {
    expect(verdict(withHeader("paypal-cert-url", url))).toBe("verified");
  });

  test.each([
    "",
    "api.paypal.com/cert.pem",
    "http://api.paypal.com/cert.pem",
    "https://api.paypal.com.evil.example/cert.pem",
    "https://evilpaypal.com/cert.pem",
    "https://evil.example/paypal.com",
    "https://api.paypal.com@evil.example/cert.pem",
    "https://evil.example#.paypal.com",
    "https://user@api.paypal.com/cert.pem",
    "https://api.paypal.com:8443/cert.pem",
    "file:///api.paypal.com/cert.pem",
  ])("refuses %j as the certificate's URL", (url) => {
    expect(verdict(withHeader("paypal-cert-url", url))).toBe("refused");
  });

  test.each(["SHA1withRSA", "sha256withrsa", "none", ""])("refuses the algorithm %j", (algorithm) => {
    expect(verdict(withHeader("paypal-auth-algo", algorithm))).toBe("refused");
  });

  test("refuses a signature spelt in another way that decodes to the same bytes", () => {
    const signature = arrived(paypal, body, settings).headers["paypal-transmission-sig"] ?? "";
    for (const spelt of [
      signature.replace(/=+$/, ""),
      `${signature}\n`,
      ` ${signature}`,
      signature.replaceAll("+", "-").replaceAll("/", "_"),
    ]) {
      if (spelt !== signature) expect(verdict(withHeader("paypal-transmission-sig", spelt))).toBe("refused");
    }
  });

  test("rejects what PayPal's simulator signs for anybody, even when its id is set", () => {
    const options = { certificate, webhookId: "WEBHOOK_ID" };
    expect(verdict(arrived(paypal, body, { ...settings, options }), options)).toBe("refused");
    expect(paypal.checkSettings?.({ options })).toHaveLength(1);
  });
});

test("signs nothing that verifies without a private key", () => {
  for (const secrets of [[], [""], ["not a key"], [certificate], [stranger.privateKey]])
    expect(verdict(arrived(paypal, body, { ...settings, secrets }))).toBe("refused");
});

test("gives a payment the same id in its capture, refund, reversal and dispute", () => {
  const told = [
    event("1", "PAYMENT.CAPTURE.COMPLETED", capture()),
    event("2", "PAYMENT.CAPTURE.REFUNDED", captureRefund()),
    event("3", "PAYMENT.CAPTURE.REVERSED", captureRefund()),
    event("4", "CUSTOMER.DISPUTE.CREATED", dispute()),
  ].flatMap((one) => paypal.parse(verifiedCallback(paypal, one, settings)));
  expect(new Set(told.map(({ charge }) => charge))).toEqual(new Set(["42311647XV020574X"]));
});
