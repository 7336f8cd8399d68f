import braintreeLibrary, { type WebhookNotificationKind } from "braintree";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RawCallback } from "../../core/callback.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, form, now, utf8, verifiedCallback } from "./conformance/conformance.ts";

const { braintree } = gateways;

const publicKey = "integration_public_key";
const privateKey = "integration_private_key";
const settings = { secrets: [privateKey], options: { publicKey } };

const notification = (kind: string, subject: string, timestamp = "2026-11-20T11:59:59Z") =>
  utf8(
    `<?xml version="1.0" encoding="UTF-8"?>\n<notification>\n  <kind>${kind}</kind>\n  <timestamp type="datetime">${timestamp}</timestamp>\n  <subject>\n${subject}\n  </subject>\n</notification>\n`,
  );

const transaction = (more = "") => `<transaction>
  <id>hbrtxq7n</id>
  <status>submitted_for_settlement</status>
  <type>sale</type>
  <currency-iso-code>JPY</currency-iso-code>
  <amount>1980</amount>
  <order-id>order-17 &amp; more</order-id>
  <customer><id>cus_17</id><first-name nil="true"/></customer>
  ${more}
</transaction>`;

const credit = transaction("<refunded-transaction-id>hbrtxq00</refunded-transaction-id>")
  .replace(">sale<", ">credit<")
  .replace("1980", "980");

const subscription = (transactions: string, cycle = 2) => `<subscription>
  <id>6hbrtm</id>
  <status>Active</status>
  <current-billing-cycle type="integer">${cycle}</current-billing-cycle>
  <transactions type="array">${transactions}</transactions>
  <add-ons type="array"/>
</subscription>`;

const dispute = (status: string) => `<dispute>
  <id>disp_1</id>
  <amount>250.00</amount>
  <amount-disputed>250.0</amount-disputed>
  <currency-iso-code>USD</currency-iso-code>
  <reason>fraud</reason>
  <status>${status}</status>
  <transaction><id>hbrtxq7n</id><amount>250.00</amount></transaction>
</dispute>`;

const older = "<transaction><id>older</id><amount>1</amount><currency-iso-code>JPY</currency-iso-code></transaction>";
const money = { minor: 1980, currency: "JPY" };

/** What is proven of a form: its payload, and the signatures under our public key. */
const part = (raw: RawCallback): string => {
  const fields = new URLSearchParams(Buffer.from(raw.body).toString("latin1"));
  return JSON.stringify([fields.get("bt_signature"), fields.get("bt_payload")]);
};

describeGateway(braintree, {
  settings,
  samples: [
    {
      name: "a renewal charged",
      body: notification("subscription_charged_successfully", subscription(transaction() + older)),
      means: [
        {
          type: "charge.succeeded",
          gatewayType: "subscription_charged_successfully",
          contract: "6hbrtm",
          charge: "hbrtxq7n",
          customer: "cus_17",
          order: "order-17 & more",
          amount: money,
          occurredAt: now - 1_000,
        },
        { type: "contract.renewed", contract: "6hbrtm", customer: "cus_17" },
      ],
    },
    {
      name: "a first charge",
      body: notification("subscription_charged_successfully", subscription(transaction(), 1)),
      means: [{ type: "charge.succeeded", contract: "6hbrtm", charge: "hbrtxq7n" }],
    },
    {
      name: "a renewal declined",
      body: notification(
        "subscription_charged_unsuccessfully",
        subscription(transaction("<processor-response-text>Do Not Honor</processor-response-text>")),
      ),
      means: [{ type: "charge.failed", contract: "6hbrtm", charge: "hbrtxq7n", reason: "Do Not Honor" }],
    },
    {
      name: "a charge that names no transaction",
      body: notification("subscription_charged_unsuccessfully", subscription("")),
      means: [{ type: "charge.failed", contract: "6hbrtm", incomplete: ["charge", "amount"] }],
    },
    ...(
      [
        ["subscription_went_active", "contract.started"],
        ["subscription_went_past_due", "contract.past_due"],
        ["subscription_canceled", "contract.cancelled"],
        ["subscription_expired", "contract.expired"],
        ["subscription_trial_ended", "notice"],
        ["subscription_billing_skipped", "notice"],
      ] as const
    ).map(([kind, type]) => ({ name: kind, body: notification(kind, subscription("")), means: [{ type, contract: "6hbrtm" }] })),
    {
      name: "a settlement",
      body: notification("transaction_settled", transaction()),
      means: [{ type: "charge.succeeded", charge: "hbrtxq7n", amount: money }],
    },
    {
      name: "a refund settled",
      body: notification("transaction_settled", credit),
      means: [{ type: "charge.refunded", charge: "hbrtxq00", refund: "hbrtxq7n", amount: { minor: 980, currency: "JPY" } }],
    },
    {
      name: "a disbursement of a payment",
      body: notification("transaction_disbursed", transaction()),
      means: [{ type: "charge.succeeded", charge: "hbrtxq7n", amount: money }],
    },
    {
      name: "a settlement declined",
      body: notification("transaction_settlement_declined", transaction()),
      means: [{ type: "charge.voided", charge: "hbrtxq7n", amount: money }],
    },
    {
      name: "a refund's settlement declined",
      body: notification("transaction_settlement_declined", credit),
      means: [{ type: "refund.failed" }],
    },
    { name: "a refund that failed", body: notification("refund_failed", credit), means: [{ type: "refund.failed" }] },
    {
      name: "a transfer arrived",
      body: notification("local_payment_funded", `<local-payment-funded>${transaction()}</local-payment-funded>`),
      means: [{ type: "charge.succeeded", charge: "hbrtxq7n" }],
    },
    {
      name: "a dispute",
      body: notification("dispute_opened", dispute("open")),
      means: [{ type: "dispute.opened", charge: "hbrtxq7n", amount: { minor: 25_000, currency: "USD" }, reason: "fraud" }],
    },
    ...(
      [
        ["dispute_won", "dispute.won"],
        ["dispute_lost", "dispute.lost"],
        ["dispute_accepted", "dispute.lost"],
        ["dispute_auto_accepted", "dispute.lost"],
        ["dispute_expired", "dispute.lost"],
        ["dispute_disputed", "notice"],
        ["dispute_under_review", "notice"],
      ] as const
    ).map(([kind, type]) => ({ name: kind, body: notification(kind, dispute("x")), means: [{ type, charge: "hbrtxq7n" }] })),
    { name: "a check", body: notification("check", '<check type="boolean">true</check>'), means: [{ type: "notice" }] },
    {
      name: "a kind that is new",
      body: notification("subscription_teleported", subscription("")),
      means: [{ type: "unknown", contract: "6hbrtm" }],
    },
  ],
  covers: (signed, _, flipped) => part(signed) !== part(flipped),
  ack: { status: 200, contentType: "text/plain; charset=utf-8", body: "" },
  nack: { status: 500, contentType: "text/plain; charset=utf-8", body: "" },
});

const get = (query: string): RawCallback => ({ ...arrived(braintree, utf8(""), settings), method: "GET", body: utf8(query), headers: {} });

describe("the registration", () => {
  test("answers a challenge as Braintree's library does", () => {
    for (const challenge of ["20f9f8ed05f77439fe955c977e4c8a53", "20f9f8ed05f77439fe95"]) {
      const reply = braintree.greet?.(get(`bt_challenge=${challenge}`), settings);
      expect(reply).toEqual({
        status: 200,
        contentType: "text/plain; charset=utf-8",
        body: answerOfLibrary(challenge),
      });
    }
  });

  test.each([
    "",
    "bt_challenge=",
    "bt_challenge=20F9F8ED05F77439FE95",
    "bt_challenge=abc",
    `bt_challenge=${"a".repeat(33)}`,
    "bt_challenge=PG5vdGlmaWNhdGlvbj4K",
  ])("signs nothing else: %j", (query) => {
    expect(braintree.greet?.(get(query), settings)).toBeUndefined();
  });

  test("answers no callback as a challenge, and no challenge while a key is missing", () => {
    const challenge = get("bt_challenge=20f9f8ed05f77439fe955c977e4c8a53");
    expect(braintree.greet?.({ ...challenge, method: "POST" }, settings)).toBeUndefined();
    expect(braintree.greet?.(challenge, { ...settings, secrets: [""] })).toBeUndefined();
    expect(braintree.greet?.(challenge, { secrets: [privateKey] })).toBeUndefined();
    expect(verifyCallback(braintree, challenge, settings).kind).toBe("refused");
  });

  test("rejects a signed challenge that is sent back as a callback", () => {
    const challenge = "20f9f8ed05f77439fe955c977e4c8a53";
    const reply = braintree.greet?.(get(`bt_challenge=${challenge}`), settings);
    const raw = { ...arrived(braintree, utf8("<a/>"), settings), body: form({ bt_signature: String(reply?.body), bt_payload: challenge }) };
    expect(verifyCallback(braintree, raw, settings).kind).toBe("refused");
  });
});

test("finds its own among the signatures of all the merchant's keys, and accepts no other", () => {
  const raw = arrived(braintree, notification("check", "<check>true</check>"), settings);
  const fields = Object.fromEntries(new URLSearchParams(Buffer.from(raw.body).toString("latin1")));
  const [, mine] = (fields.bt_signature ?? "").split("|");
  const verdict = (signature: string, under: typeof settings = settings) =>
    verifyCallback(braintree, { ...raw, body: form({ ...fields, bt_signature: signature }) }, under).kind;
  expect(verdict(`other_key|${"0".repeat(40)}&${fields.bt_signature}`)).toBe("verified");
  expect(verdict(`other_key|${mine}`)).toBe("refused");
  expect(verdict(`${publicKey}|${mine?.toUpperCase()}`)).toBe("refused");
  expect(verdict(`other_key|${mine}`, { ...settings, options: { publicKey: `new_key, other_key` } })).toBe("verified");
});

test("refuses more signatures than a merchant has keys", () => {
  const raw = arrived(braintree, notification("check", "<check>true</check>"), settings);
  const fields = Object.fromEntries(new URLSearchParams(Buffer.from(raw.body).toString("latin1")));
  const among = (others: number) => ({ ...raw, body: form({ ...fields, bt_signature: `${"a|b&".repeat(others)}${fields.bt_signature}` }) });
  expect(verifyCallback(braintree, among(99), settings).kind).toBe("verified");
  expect(verifyCallback(braintree, among(100), settings)).toEqual({ kind: "refused", reason: "there are more than 100 signatures" });
});

test("asks for the public key", () => {
  expect(braintree.checkSettings?.({})).toHaveLength(1);
  expect(braintree.checkSettings?.(settings)).toEqual([]);
});

test("says which payload is not a notification", () => {
  for (const text of [
    "<notification><kind/></notification>",
    "<other><kind>check</kind></other>",
    "no XML",
    "<notification><kind>check</kind>",
  ])
    expect(() => braintree.parse(verifiedCallback(braintree, utf8(text), settings))).toThrow(
      "bt_payload is not XML with a notification and its kind",
    );
});

const library = () =>
  new braintreeLibrary.BraintreeGateway({
    environment: braintreeLibrary.Environment.Sandbox,
    merchantId: "integration_merchant_id",
    publicKey,
    privateKey,
  });

/** Its types do not know of this method. */
const answerOfLibrary = (challenge: string): string => {
  const { webhookNotification } = library();
  if (!("verify" in webhookNotification) || typeof webhookNotification.verify !== "function") throw new Error("the library has changed");
  return webhookNotification.verify(challenge);
};

describe("compared with Braintree's own library", () => {
  const judge = async (raw: RawCallback): Promise<boolean> => {
    const fields = Object.fromEntries(new URLSearchParams(Buffer.from(raw.body).toString("latin1")));
    return library()
      .webhookNotification.parse(fields.bt_signature ?? "", fields.bt_payload ?? "")
      .then(
        () => true,
        () => false,
      );
  };

  const { Kind }: { Kind: Record<string, WebhookNotificationKind> } = Reflect.get(braintreeLibrary, "WebhookNotification");
  const kinds = Object.values(Kind);

  test.each(kinds)("verifies and knows the library's own sample of %s", async (kind) => {
    const sample = await library().webhookTesting.sampleNotification(kind, "an_id");
    const raw = { ...arrived(braintree, utf8("<a/>"), settings), body: form({ ...sample }) };
    const outcome = verifyCallback(braintree, raw, settings);
    if (outcome.kind !== "verified") return expect.fail(outcome.reason);
    const [event] = braintree.parse(outcome.callback);
    expect(event?.gatewayType).toBe(kind);
    expect(event?.type).not.toBe("unknown");
  });

  test("agrees on what is signed here, and on what was tampered with", async () => {
    const subject = fc.string({ unit: "grapheme" }).map((text) => `<check>${text.replace(/[^\p{L}\p{N} ]/gu, "")}</check>`);
    await fc.assert(
      fc.asyncProperty(subject, fc.nat(), async (check, place) => {
        const raw = arrived(braintree, notification("check", check), settings);
        expect(await judge(raw)).toBe(true);
        expect(verifyCallback(braintree, raw, settings).kind).toBe("verified");
        const fields = Object.fromEntries(new URLSearchParams(Buffer.from(raw.body).toString("latin1")));
        const payload = fields.bt_payload ?? "";
        const where = place % (payload.length - 4);
        const tampered = { ...raw, body: form({ ...fields, bt_payload: `${payload.slice(0, where)}A${payload.slice(where)}` }) };
        expect(await judge(tampered)).toBe(false);
        expect(verifyCallback(braintree, tampered, settings).kind).toBe("refused");
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  test("rejects a signed payload with characters outside base64, as the library does", async () => {
    for (const payload of ["PG5vdGlm aWNhdGlvbj4=\n", "PG5vdGlmaWNhdGlvbj4\r\n", "PG5vdGlmaWNhdGlvbj4%"]) {
      const raw = arrived(braintree, form({ bt_payload: payload }), settings);
      expect(await judge(raw)).toBe(false);
      expect(verifyCallback(braintree, raw, settings).kind).toBe("refused");
    }
  });

  test("accepts a payload that lost its last line break and nothing else, as the library does", async () => {
    const raw = arrived(braintree, notification("check", "<check>true</check>"), settings);
    const fields = Object.fromEntries(new URLSearchParams(Buffer.from(raw.body).toString("latin1")));
    const payload = fields.bt_payload ?? "";
    for (const [text, good] of [
      [payload.replace(/\n$/, ""), true],
      [`${payload}\n`, false],
      [payload.replaceAll("\n", "\r\n"), false],
      [` ${payload}`, false],
    ] as const) {
      const changed = { ...raw, body: form({ ...fields, bt_payload: text }) };
      expect(await judge(changed)).toBe(good);
      expect(verifyCallback(braintree, changed, settings).kind).toBe(good ? "verified" : "refused");
    }
  });
});
