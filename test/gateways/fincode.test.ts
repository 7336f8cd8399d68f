import { describe, expect, test } from "vitest";
import { balance } from "../../core/ledger/ledger.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, json, verifiedCallback } from "./conformance/conformance.ts";

const { fincode } = gateways;

const settings = { secrets: ["WEBHOOK_FROM_FINCODE"] };

const payment = (event: string, data: Readonly<Record<string, unknown>> = {}) =>
  json({
    shop_id: "s_22051612345",
    order_id: "o_aBcDeFgHiJkLmNoPqRsT",
    access_id: "a_aBcDeFgHiJkLmNoPqRsT",
    pay_type: "Card",
    status: "CAPTURED",
    customer_id: "c_aBcDeFgHiJkLmNoPqRsTuv",
    job_code: "CAPTURE",
    amount: "1800",
    tax: "180",
    currency: "JPY",
    subscription_id: null,
    bulk_payment_id: null,
    client_field_1: "顧客の自由項目",
    transaction_id: "2611201530111111111111111111",
    transaction_date: "2026/11/20 15:30:12.345",
    error_code: null,
    ...data,
    event,
  });

const konbini = (event: string, data: Readonly<Record<string, unknown>> = {}) =>
  payment(event, {
    pay_type: "Konbini",
    job_code: undefined,
    currency: undefined,
    transaction_date: undefined,
    process_date: "2026/11/20 15:30:12.345",
    payment_date: null,
    overpayment_flag: "0",
    cancel_overpayment_flag: "0",
    ...data,
  });

const debit = (event: string, data: Readonly<Record<string, unknown>> = {}) =>
  payment(event, {
    pay_type: "Directdebit",
    transaction_date: undefined,
    process_date: "2026/11/20 06:00:00.000",
    subscription_id: contract,
    ...data,
  });

const subscription = (event: string, status: string) =>
  json({
    shop_id: "s_22051612345",
    subscription_id: "su_aBcDeFgHiJkLmNoPqRsTuv",
    plan_id: "pl_1",
    customer_id: "c_aBcDeFgHiJkLmNoPqRsTuv",
    status,
    process_date: "2026/11/20 15:30:12.345",
    pay_type: "Card",
    event,
  });

const batch = {
  shop_id: "s_22051612345",
  succeeded: "10",
  failed: "2",
  total: "12",
  process_date: "2026/11/20 06:30:00.000",
  charge_date: "2026/11/20",
};

const charge = "o_aBcDeFgHiJkLmNoPqRsT";
const contract = "su_aBcDeFgHiJkLmNoPqRsTuv";
const total = { minor: 1980, currency: "JPY" };

describeGateway(fincode, {
  settings,
  proofHeader: "fincode-signature",
  covers: () => false,
  ack: { status: 200, contentType: "application/json", body: '{"receive":"0"}' },
  nack: { status: 500, contentType: "application/json", body: '{"receive":"1"}' },
  samples: [
    {
      name: "a sale",
      body: payment("payments.card.exec"),
      means: [{ type: "charge.succeeded", charge, amount: total, occurredAt: Date.UTC(2026, 10, 20, 6, 30, 12, 345) }],
    },
    {
      name: "an authorisation",
      body: payment("payments.card.exec", { status: "AUTHORIZED", job_code: "AUTH" }),
      means: [{ type: "charge.authorized", charge, amount: total }],
    },
    { name: "its capture", body: payment("payments.card.capture"), means: [{ type: "charge.succeeded", charge, amount: total }] },
    {
      name: "a change of the amount",
      body: payment("payments.card.change", { amount: "900", tax: "90" }),
      means: [{ type: "charge.succeeded", charge, amount: { minor: 990, currency: "JPY" } }],
    },
    {
      name: "a cancellation, void or refund",
      body: payment("payments.card.cancel", { status: "CANCELED" }),
      means: [{ type: "charge.voided", charge, amount: total, incomplete: ["type"] }],
    },
    {
      name: "a cancellation that failed",
      body: payment("payments.card.cancel", { error_code: "E01010001" }),
      means: [{ type: "notice", charge, reason: "E01010001" }],
    },
    {
      name: "a card check",
      body: payment("payments.card.exec", { status: "CHECKED", job_code: "CHECK", amount: "0", tax: "0" }),
      means: [{ type: "card.verified", charge }],
    },
    {
      name: "a card check that failed",
      body: payment("payments.card.exec", { status: "UNPROCESSED", job_code: "CHECK", error_code: "E92000001" }),
      means: [{ type: "card.verification_failed", charge, reason: "E92000001" }],
    },
    {
      name: "a sale that failed",
      body: payment("payments.card.exec", { status: "UNPROCESSED", error_code: "E92000001" }),
      means: [{ type: "charge.failed", charge, reason: "E92000001" }],
    },
    {
      name: "a sale that waits for 3-D Secure",
      body: payment("payments.card.exec", { status: "AUTHENTICATED" }),
      means: [{ type: "notice", charge }],
    },
    { name: "a sale after 3-D Secure", body: payment("payments.card.secure"), means: [{ type: "charge.succeeded", charge }] },
    {
      name: "a card authorised again",
      body: payment("payments.card.auth", { status: "AUTHORIZED", job_code: "AUTH" }),
      means: [{ type: "charge.authorized", charge }],
    },
    { name: "a payment begun", body: payment("payments.card.regist", { status: "UNPROCESSED" }), means: [{ type: "notice" }] },
    {
      name: "a slip written out",
      body: konbini("payments.konbini.exec", { status: "AWAITING_CUSTOMER_PAYMENT" }),
      means: [{ type: "notice", charge }],
    },
    {
      name: "a slip paid",
      body: konbini("payments.konbini.complete", { payment_date: "2026/11/21 09:00:00.000" }),
      means: [{ type: "charge.succeeded", charge, amount: total, occurredAt: Date.UTC(2026, 10, 21) }],
    },
    {
      name: "a slip paid in a rehearsal",
      body: konbini("payments.konbini.complete.stub", { payment_date: "2026/11/21 09:00:00.000" }),
      means: [{ type: "charge.succeeded", charge }],
    },
    {
      name: "a slip expired, as the list spells it",
      body: konbini("payments.konbini.expired.update.batch", { status: "EXPIRED" }),
      means: [{ type: "charge.failed", charge }],
    },
    {
      name: "a slip expired, as the table spells it",
      body: konbini("konbini.expired.update.batch", { status: "EXPIRED" }),
      means: [{ type: "charge.failed", charge }],
    },
    {
      name: "a PayPay refund",
      body: konbini("payments.paypay.cancel", { status: "CANCELED", merchant_refund_id: "r-1" }),
      means: [{ type: "charge.refunded", charge, refund: "r-1", amount: total }],
    },
    {
      name: "a renewal by direct debit",
      body: debit("payments.directdebit.complete", { result_code: "0" }),
      means: [
        { type: "charge.succeeded", charge, contract, amount: total },
        { type: "contract.renewed", contract },
      ],
    },
    {
      name: "a renewal by direct debit that failed",
      body: debit("payments.directdebit.complete", { status: "FAILED", result_code: "1" }),
      means: [
        { type: "charge.failed", charge, contract, reason: "1" },
        { type: "contract.past_due", contract },
      ],
    },
    {
      name: "a bank transfer",
      body: json({
        id: charge,
        status: "CAPTURED",
        amount: 1800,
        tax: 180,
        process_date: "2026/11/20 15:30:12.345",
        event: "payments.virtualaccount.complete",
      }),
      means: [{ type: "charge.succeeded", charge, amount: total }],
    },
    {
      name: "a new subscription",
      body: subscription("subscription.card.regist", "ACTIVE"),
      means: [{ type: "contract.started", contract }],
    },
    {
      name: "a subscription that never was",
      body: subscription("subscription.card.regist", "INCOMPLETE"),
      means: [{ type: "contract.cancelled", contract, reason: "INCOMPLETE" }],
    },
    { name: "a change of it", body: subscription("subscription.card.update", "ACTIVE"), means: [{ type: "notice", contract }] },
    { name: "its end", body: subscription("subscription.card.delete", "CANCELED"), means: [{ type: "contract.cancelled", contract }] },
    {
      name: "its end, by direct debit",
      body: subscription("subscription.directdebit.delete", "CANCELED"),
      means: [{ type: "contract.cancelled", contract }],
    },
    {
      name: "a night's renewals by card",
      body: json({ ...batch, event: "recurring.card.batch" }),
      means: [{ type: "notice", incomplete: ["contract", "charge", "amount"] }],
    },
    {
      name: "a night's renewals by direct debit",
      body: json({ ...batch, event: "recurring.directdebit.batch" }),
      means: [{ type: "notice" }],
    },
    {
      name: "a bulk payment",
      body: json({ bulk_payment_id: "b_1", status: "COMPLETED", total_count: "3", event: "payments.bulk.card.batch" }),
      means: [{ type: "notice" }],
    },
    {
      name: "a card stored",
      body: json({ customer_id: "c_1", card_id: "cs_1", process_date: "2026/11/20 15:30:12.345", process_type: "I", event: "card.regist" }),
      means: [{ type: "notice", customer: "c_1" }],
    },
    {
      name: "a way to pay",
      body: json({ customer_id: "c_1", payment_method_id: "pm_1", status: "ACTIVATED", event: "customers.payment_methods.updated" }),
      means: [{ type: "notice", customer: "c_1" }],
    },
    {
      name: "the shop's own contract",
      body: json({ shop_id: "s_1", body: [{ status_code: "707" }], event: "contracts.status_code.updated" }),
      means: [{ type: "notice" }],
    },
    { name: "something new", body: payment("payments.card.ponder"), means: [{ type: "unknown" }] },
  ],
});

describe("fincode", () => {
  test("refuses an empty signature, which is sent where none is registered", () => {
    const raw = arrived(fincode, payment("payments.card.exec"), settings);
    expect(verifyCallback(fincode, { ...raw, headers: { "fincode-signature": "" } }, { secrets: [""] }).kind).toBe("refused");
  });

  test("compares the text as it is, and computes nothing from it", () => {
    const raw = { ...arrived(fincode, payment("payments.card.exec"), settings), body: json({}) };
    expect(verifyCallback(fincode, { ...raw, headers: { "fincode-signature": "WEBHOOK_FROM_FINCODE" } }, settings).kind).toBe("verified");
    expect(verifyCallback(fincode, { ...raw, headers: { "fincode-signature": "webhook_from_fincode" } }, settings).kind).toBe("refused");
  });

  test.each([
    { status: "AUTHORIZED" },
    { error_code: "E92000001" },
    { amount: "1" },
    { transaction_date: "2026/11/20 15:30:12.346" },
    { access_id: "a_2" },
  ])("is another callback when %j has changed, and the same one when a free field has", (change) => {
    const key = (data: Readonly<Record<string, unknown>>) =>
      fincode.identify(verifiedCallback(fincode, payment("payments.card.exec", data), settings));
    expect(key(change)).not.toBe(key({}));
    expect(key({ client_field_1: "another" })).toBe(key({}));
  });

  test("does not read an error of an earlier attempt as a failure of the sale that followed", () => {
    const [event] = fincode.parse(verifiedCallback(fincode, payment("payments.card.exec", { error_code: "E92000001" }), settings));
    expect(event?.type).toBe("charge.succeeded");
  });

  test.each(["overpayment_flag", "cancel_overpayment_flag", "expire_overpayment_flag"])(
    "keeps money separate that came with %s",
    (flag) => {
      const paid = konbini("payments.konbini.complete", { payment_date: "2026/11/21 09:00:00.000" });
      const again = konbini("payments.konbini.complete", { status: "CANCELED", payment_date: "2026/11/22 09:00:00.000", [flag]: "1" });
      const [first, second] = [paid, again].map((body) => fincode.parse(verifiedCallback(fincode, body, settings))[0]);
      expect(second).toMatchObject({ type: "charge.succeeded", amount: total, reason: flag, charge: first?.charge });
      expect(second?.part).not.toBe(first?.part);
    },
  );

  test("nets a card check of one yen and its cancellation, whichever arrives first", () => {
    const check = payment("payments.card.exec", { status: "AUTHORIZED", job_code: "AUTH", amount: "1", tax: "0" });
    const undo = payment("payments.card.cancel", { status: "CANCELED", amount: "1", tax: "0" });
    for (const order of [
      [check, undo],
      [undo, check],
    ]) {
      const events = order.flatMap((body) => fincode.parse(verifiedCallback(fincode, body, settings)));
      const ledger = balance(
        "a-source",
        charge,
        events.map((event) => ({ source: "a-source", contract: charge, event, record: `a-source/${event.id}` })),
      );
      expect(ledger.charges).toEqual([]);
      expect(ledger.cardChecks).toHaveLength(1);
    }
  });
});
