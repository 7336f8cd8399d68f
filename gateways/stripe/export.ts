/**
 * Stripe's exports. Amounts are in major units in all of them, though its API counts minor ones. The times of the itemised report are UTC only where
 * the column says so; `created` is in the account's own zone, which the file does not name.
 * https://docs.stripe.com/reports/balance https://docs.stripe.com/reports/reporting-categories
 */

import type { DateRule, ExportKind, IdColumns, TypeMeaning } from "../../core/mapping/layout.ts";
import { contractStateOf } from "./status.ts";

const gateway = "stripe";
const withoutZone = ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm"];
const formats = [...withoutZone, "iso"];

const utc = (...columns: readonly string[]): readonly DateRule[] => columns.map((column) => ({ columns: [column], formats, zone: "UTC" }));

const ofPayment = ["charge", "void"] as const;
const currency = { column: ["currency"] };

/** Of the balance's movements those that are a customer's payment, or take one back. */
const categories: Readonly<Record<string, TypeMeaning>> = {
  charge: "charge",
  // What was authorised beyond what was captured was first booked as a charge.
  partial_capture_reversal: "refund",
  charge_failure: "void",
  refund: "refund",
  refund_failure: "refund failed",
  dispute: "chargeback",
  dispute_reversal: "chargeback reversed",
  payout: "payout",
  payout_reversal: "payout",
  payout_minimum_balance_hold: "payout",
  payout_minimum_balance_release: "payout",
  fee: "fee",
  network_cost: "fee",
  tax: "fee",
  transfer: "transfer",
  transfer_reversal: "transfer",
  topup: "transfer",
  topup_reversal: "transfer",
  platform_earning: "transfer",
  platform_earning_refund: "transfer",
  connect_collection_transfer: "transfer",
  connect_reserved_funds: "other",
  risk_reserved_funds: "other",
  other_adjustment: "other",
  advance: "other",
  advance_funding: "other",
  anticipation_repayment: "other",
  contribution: "other",
  "financing_*": "other",
  "issuing_*": "other",
};

const payment: IdColumns = [{ column: "source_id", for: ofPayment }, "charge_id", "payment_intent_id", "invoice_id"];

const itemised: ExportKind = {
  name: "stripe-itemised",
  title: "Stripe's itemised balance or payout reconciliation report",
  gateway,
  about: "money",
  has: ["balance_transaction_id", "currency", "gross", "reporting_category"],
  line: ["balance_transaction_id"],
  payment,
  refund: ["source_id"],
  dispute: ["source_id"],
  customer: ["customer_id"],
  type: { column: ["reporting_category"], meanings: categories },
  at: [...utc("created_utc"), { columns: ["created"], formats: withoutZone }],
  amount: { column: ["gross"], sign: "signed", unit: "major" },
  currency,
};

/** `adjustment` is a dispute, a failed refund or none of these: the file does not say. */
const activities: Readonly<Record<string, TypeMeaning>> = {
  charge: "charge",
  payment: "charge",
  refund: "refund",
  payment_refund: "refund",
  refund_failure: "refund failed",
  payment_failure_refund: "void",
  stripe_fee: "fee",
  stripe_fx_fee: "fee",
  tax_fee: "fee",
  network_cost: "fee",
  application_fee: "fee",
  application_fee_refund: "fee",
  payout: "payout",
  payout_cancel: "payout",
  payout_failure: "payout",
  transfer: "transfer",
  transfer_cancel: "transfer",
  transfer_failure: "transfer",
  transfer_refund: "transfer",
  topup: "transfer",
  topup_reversal: "transfer",
};

const allActivity: ExportKind = {
  name: "stripe-all-activity",
  title: "Stripe's All activity",
  remark: "from the dashboard",
  gateway,
  about: "money",
  has: ["Type", "Source", "Amount", "Fee", "Net", "Currency", "Created (UTC)", "Available On (UTC)"],
  line: ["id"],
  payment: [{ column: "Source", for: ofPayment }],
  refund: ["Source"],
  type: { column: ["Type"], meanings: activities },
  at: utc("Created (UTC)"),
  amount: { column: ["Amount"], sign: "signed", unit: "major" },
  currency,
};

const payments: ExportKind = {
  name: "stripe-payments",
  title: "Stripe's payments",
  remark: "from the dashboard",
  gateway,
  about: "money",
  has: ["id", "Amount", "Amount Refunded", "Currency", "Captured", "Status"],
  payment: ["id", "PaymentIntent ID", "Invoice ID"],
  customer: ["Customer ID"],
  outcome: {
    column: ["Status"],
    meanings: {
      paid: "done",
      succeeded: "done",
      refunded: "done",
      "partial refund": "done",
      "partially refunded": "done",
      disputed: "done",
      failed: "failed",
      blocked: "failed",
      canceled: "voided",
      uncaptured: "pending",
      pending: "pending",
      processing: "pending",
      incomplete: "pending",
      "requires *": "pending",
      "requires_*": "pending",
    },
  },
  at: utc("Created (UTC)", "Created date (UTC)"),
  amount: { column: ["Amount"], sign: "unsigned", unit: "major" },
  refunded: ["Amount Refunded"],
  currency,
  skip: ["Card ID", "Card Fingerprint", "Card Last4"],
};

const subscriptions: ExportKind = {
  name: "stripe-subscriptions",
  title: "Stripe's subscriptions",
  remark: "from the dashboard",
  gateway,
  about: "contracts",
  has: ["id", "Customer ID", "Status", "Current Period Start (UTC)", "Current Period End (UTC)"],
  contract: ["id"],
  customer: ["Customer ID"],
  state: { column: ["Status"], meanings: contractStateOf },
  leaveOut: [{ column: "Status", is: ["incomplete"], why: "not begun: the first payment is open" }],
  at: utc("Start (UTC)", "Start Date (UTC)", "Created (UTC)"),
  endedAt: utc("Ended At (UTC)"),
};

export const exportKinds: readonly ExportKind[] = [itemised, allActivity, payments, subscriptions];
