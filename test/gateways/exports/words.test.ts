/** What each word of the built-in exports means, written down again by hand: a row that is missing or has its neighbour's meaning is money of another kind. */
import { describe, expect, test } from "vitest";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";
import { readLine } from "./lines.ts";

/** `refund`, `charge failed`, or in brackets what is counted by its type alone. */
const meaningOf = (name: string, changes: Readonly<Record<string, string>>): string => {
  const read = readLine(name, changes);
  if (read.kind === "left out") return read.why.kind === "type" ? `(${read.why.type})` : `? ${JSON.stringify(read.why)}`;
  if (read.kind === "broken") return `! ${JSON.stringify(read.problem)}`;
  return "type" in read ? `${read.type}${read.outcome === "done" ? "" : ` ${read.outcome}`}` : "a contract";
};

type Words = Readonly<Record<string, readonly string[]>>;

const out = { "stripe-itemised": "gross", "stripe-all-activity": "Amount", "shopify-payments": "Amount", "square-transactions": "Card" };

/** By kind and column: what goes the usual way of its meaning, money coming in for a charge and going out for a refund. */
const words: readonly (readonly [kind: string, column: string, says: Words])[] = [
  [
    "adyen-settlement-details",
    "Type",
    {
      charge: ["Settled", "SettledInInstallments"],
      refund: ["Refunded", "RefundedExternally"],
      "refund failed": ["RefundedReversed"],
      chargeback: ["Chargeback", "SecondChargeback"],
      "chargeback reversed": ["ChargebackReversed"],
      "(fee)": ["Fee", "InvoiceDeduction", "MiscCosts"],
      "(payout)": ["MerchantPayout", "PayoutReversed"],
      "(transfer)": ["Balancetransfer"],
      "(other)": ["DepositCorrection", "ReserveAdjustment"],
    },
  ],
  ["braintree-transactions", "Transaction Type", { charge: ["sale"], refund: ["credit"] }],
  [
    "braintree-transactions",
    "Transaction Status",
    {
      charge: ["settled", "settling", "settlement_confirmed", "submitted_for_settlement", "settlement_pending"],
      "charge pending": ["authorized", "authorizing"],
      "charge failed": ["gateway_rejected", "processor_declined", "failed", "settlement_declined"],
      "charge voided": ["voided", "authorization_expired"],
    },
  ],
  [
    "gmo-pg-recurring-results",
    "Status",
    {
      charge: ["CAPTURE", "SALES", "SUCCESS", "PAYSUCCESS", "OK"],
      "charge failed": ["FAIL", "FAILED", "ERROR", "PAYFAIL", "NG", "UNPROCESSED"],
      void: ["VOID"],
      refund: ["RETURN", "RETURNX"],
      "(authorization)": ["AUTH"],
      "(check)": ["CHECK"],
    },
  ],
  [
    "paypay-history",
    "取引ステータス",
    {
      charge: ["取引完了", "支払い完了"],
      "charge failed": ["取引失敗"],
      refund: ["返金完了"],
      "refund failed": ["返金失敗"],
      void: ["取引取消", "取消完了"],
      "(authorization)": ["取引受付完了"],
    },
  ],
  [
    "shopify-payments",
    "Type",
    {
      charge: ["charge"],
      refund: ["refund"],
      "refund failed": ["refund_failure"],
      chargeback: ["chargeback"],
      "chargeback reversed": ["chargeback won", "chargeback_won"],
      "(payout)": ["payout", "payout_failure", "payout_cancellation"],
      "(other)": ["adjustment", "reserve", "shop_cash_credit", "marketing_credit"],
    },
  ],
  ["square-transactions", "Event Type", { charge: ["Payment"], refund: ["Refund"] }],
  [
    "square-transactions",
    "Transaction Status",
    {
      charge: ["", "Complete", "Completed"],
      "charge pending": ["Pending"],
      "charge failed": ["Failed"],
      "charge voided": ["Canceled", "Cancelled"],
    },
  ],
  [
    "stripe-itemised",
    "reporting_category",
    {
      charge: ["charge"],
      refund: ["refund", "partial_capture_reversal"],
      void: ["charge_failure"],
      "refund failed": ["refund_failure"],
      chargeback: ["dispute"],
      "chargeback reversed": ["dispute_reversal"],
      "(payout)": ["payout", "payout_reversal", "payout_minimum_balance_hold", "payout_minimum_balance_release"],
      "(fee)": ["fee", "network_cost", "tax"],
      "(transfer)": [
        ...["transfer", "transfer_reversal", "topup", "topup_reversal", "platform_earning", "platform_earning_refund"],
        "connect_collection_transfer",
      ],
      "(other)": [
        ...["connect_reserved_funds", "risk_reserved_funds", "other_adjustment", "advance", "advance_funding", "anticipation_repayment"],
        ...["contribution", "financing_payout", "issuing_transaction"],
      ],
    },
  ],
  [
    "stripe-all-activity",
    "Type",
    {
      charge: ["charge", "payment"],
      refund: ["refund", "payment_refund"],
      "refund failed": ["refund_failure"],
      void: ["payment_failure_refund"],
      "(fee)": ["stripe_fee", "stripe_fx_fee", "tax_fee", "network_cost", "application_fee", "application_fee_refund"],
      "(payout)": ["payout", "payout_cancel", "payout_failure"],
      "(transfer)": ["transfer", "transfer_cancel", "transfer_failure", "transfer_refund", "topup", "topup_reversal"],
    },
  ],
  [
    "stripe-payments",
    "Status",
    {
      charge: ["Paid", "succeeded", "Refunded", "Partial Refund", "Partially refunded", "Disputed"],
      "charge failed": ["Failed", "Blocked"],
      "charge voided": ["Canceled"],
      "charge pending": [
        ...["Uncaptured", "Pending", "Processing", "Incomplete", "requires payment method"],
        ...["requires_action", "requires_capture", "requires confirmation"],
      ],
    },
  ],
  ["zeus-card-sales", "結果", { charge: ["OK", "成功", "完了"], "charge failed": ["NG", "失敗"] }],
  ["zeus-card-sales", "取り消し日", { "charge voided": ["2026/10/02", "20261002", "1999/12/31"] }],
];

const flat = words.flatMap(([kind, column, says]) =>
  Object.entries(says).flatMap(([meaning, some]) => some.map((word) => ({ kind, column, meaning, word }))),
);

const goesOut = /^(refund$|chargeback$|void)/;

test.each(flat)('$kind: "$word" in $column is $meaning', ({ kind, column, meaning, word }) => {
  const amount = out[kind as keyof typeof out];
  const asOut =
    kind === "adyen-settlement-details"
      ? { "Gross Debit (GC)": "1980", "Gross Credit (GC)": "" }
      : amount === undefined
        ? {}
        : { [amount]: "-1980" };
  expect(meaningOf(kind, { [column]: word, ...(goesOut.test(meaning) && asOut) })).toBe(meaning);
});

describe("PayPal's words mean by their direction", () => {
  const came = [
    ...["Express Checkout Payment", "Website Payment", "Subscription Payment", "Recurring Payment", "PreApproved Payment"],
    ...["Pre-approved Payment Bill User Payment", "General Payment", "Mobile Payment", "Direct Credit Card Payment", "Direct Payment"],
    ...["Virtual Terminal Payment", "Donation Payment", "Checkout Payment"],
  ];
  const either: Words = {
    "(other)": [
      ...["Cancellation of Hold for Dispute Resolution", "Hold on Balance for Dispute Investigation", "Hold on Available Balance"],
      ...["General Hold", "General Hold Release", "Account Hold for Open Authorization", "Reversal of General Account Hold"],
      ...["Payment Hold", "Payment Release", "Payment Review Hold", "Payment Review Release", "General Currency Conversion"],
      ...["Currency Conversion (debit)", "Mass Pay Payment", "Invoice sent", "Request Sent"],
    ],
    "(authorization)": ["General Authorization", "Authorization", "Order"],
    "(transfer)": ["General Credit Card Deposit", "Bank Deposit to PP Account (Obselete)"],
    "(payout)": ["General Withdrawal", "User Initiated Withdrawal", "Withdraw Funds to Bank Account"],
    "(fee)": ["Payment Fee", "Fee Reversal", "Chargeback Fee"],
  };
  /** Coming in, and going out. */
  const both: readonly (readonly [word: string, comes: string, goes: string])[] = [
    ...came.map((word) => [word, "charge", "(other)"] as const),
    ["Payment Refund", "(other)", "refund"],
    ["Refund", "(other)", "refund"],
    ["Payment Reversal", "chargeback reversed", "chargeback"],
    ["Chargeback", "chargeback reversed", "chargeback"],
  ];
  const reversed = ["Chargeback Reversal", "Reversal of Chargeback"];

  test.each(["paypal-activity", "paypal-statement"])("in %s", (kind) => {
    const column = kind === "paypal-activity" ? "Type" : "Description";
    for (const [word, comes, goes] of both) {
      expect([word, meaningOf(kind, { [column]: word, Gross: "1980" })]).toEqual([word, comes]);
      expect([word, meaningOf(kind, { [column]: word, Gross: "-1980" })]).toEqual([word, goes]);
    }
    for (const [meaning, some] of Object.entries(either))
      for (const word of some) expect([word, meaningOf(kind, { [column]: word, Gross: "-1980" })]).toEqual([word, meaning]);
    for (const word of reversed) expect(meaningOf(kind, { [column]: word })).toBe("chargeback reversed");
  });

  test("in the Spanish statement", () => {
    const said = (Descripción: string, Bruto: string) => meaningOf("paypal-statement-es", { Descripción, Bruto });
    expect([said("Pago de suscripción", "1980"), said("Pago de suscripción", "-1980")]).toEqual(["charge", "(other)"]);
    expect([said("Pago de Pago exprés", "1980"), said("Pago de Pago exprés", "-1980")]).toEqual(["charge", "(other)"]);
    expect([said("Reembolso de pago", "1980"), said("Reembolso de pago", "-1980")]).toEqual(["(other)", "refund"]);
  });

  test.each([
    ["T0000", "charge", "(other)"],
    ["T0002", "charge", "(other)"],
    ["T0103", "(fee)", "(fee)"],
    ["T0200", "(other)", "(other)"],
    ["T0300", "(transfer)", "(transfer)"],
    ["T0400", "(payout)", "(payout)"],
    ["T1105", "(other)", "(other)"],
    ["T1106", "chargeback reversed", "chargeback"],
    ["T1107", "(other)", "refund"],
    ["T1108", "(fee)", "(fee)"],
    ["T1109", "(fee)", "(fee)"],
    ["T1110", "(other)", "(other)"],
    ["T1111", "(other)", "(other)"],
    ["T1201", "chargeback reversed", "chargeback"],
    ["T1300", "(authorization)", "(authorization)"],
    ["T1502", "(other)", "(other)"],
    ["T2001", "(transfer)", "(transfer)"],
    ["T2103", "(other)", "(other)"],
  ])("in the settlement report: %s is %s coming in, and %s going out", (code, comes, goes) => {
    const said = (direction: string) =>
      meaningOf("paypal-settlement", { "Transaction Event Code": code, "Transaction Debit or Credit": direction });
    expect([said("CR"), said("DR")]).toEqual([comes, goes]);
  });

  test("in the settlement report, where a chargeback is given back", () => {
    expect(meaningOf("paypal-settlement", { "Transaction Event Code": "T1202" })).toBe("chargeback reversed");
    expect(meaningOf("paypal-settlement", { "Transaction Event Code": "T1202", "Transaction Debit or Credit": "DR" })).toContain('"sign"');
  });

  test.each([
    ["charge", ["Completed", "Refunded", "Partially Refunded", "Reversed", "Cleared"]],
    ["charge pending", ["Pending", "Processing", "Held", "Placed", "Unclaimed"]],
    ["charge failed", ["Denied", "Failed"]],
    ["charge voided", ["Canceled", "Cancelled", "Expired", "Returned", "Voided"]],
  ])("and a payment is a %s by its status: %j", (meaning, statuses) => {
    for (const Status of statuses) expect([Status, meaningOf("paypal-activity", { Status })]).toEqual([Status, meaning]);
  });
});

test("columns with passwords, card numbers and people's data are not read", () => {
  const skipped = Object.fromEntries(exportKinds.flatMap(({ name, skip }) => (skip ? [[name, skip]] : [])));
  expect(skipped).toEqual({
    "gmo-pg-recurring-results": ["AccessPass"],
    "paypal-activity": ["Receipt ID", "Contact Phone Number"],
    "paypal-statement": ["Receipt ID", "Contact Phone Number"],
    "paypal-settlement": ["Bank Reference ID"],
    "stripe-payments": ["Card ID", "Card Fingerprint", "Card Last4"],
    "zeus-card-sales": ["カード番号", "有効期限", "電話番号", "氏名", "E-mail", "発行ID", "発行パスワード"],
  });
});

test("Square's names of zones are these cities", () => {
  expect(exportKinds.find(({ name }) => name === "square-transactions")?.zones).toEqual({
    "Eastern Time (US & Canada)": "America/New_York",
    "Central Time (US & Canada)": "America/Chicago",
    "Mountain Time (US & Canada)": "America/Denver",
    "Pacific Time (US & Canada)": "America/Los_Angeles",
    Arizona: "America/Phoenix",
    Alaska: "America/Juneau",
    Hawaii: "Pacific/Honolulu",
    London: "Europe/London",
    Dublin: "Europe/Dublin",
    Paris: "Europe/Paris",
    Madrid: "Europe/Madrid",
    Tokyo: "Asia/Tokyo",
    Osaka: "Asia/Tokyo",
    Sapporo: "Asia/Tokyo",
    Sydney: "Australia/Sydney",
    Melbourne: "Australia/Melbourne",
  });
});
