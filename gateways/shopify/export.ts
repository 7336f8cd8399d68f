/**
 * Shopify Payments' transactions. They name no transaction: order, type and amount together say which it is. Columns are added at times, and a newly
 * exported file writes amounts with a sign.
 * https://help.shopify.com/en/manual/payments/shopify-payments/payouts
 */
import type { ExportKind } from "../../core/mapping/layout.ts";

const paymentsTransactions: ExportKind = {
  name: "shopify-payments",
  title: "Shopify Payments' transactions",
  gateway: "shopify",
  about: "money",
  has: ["Transaction Date", "Type", "Order", "Amount", "Fee", "Net", "Checkout", "Currency", "Payout Status"],
  order: ["Order"],
  type: {
    column: ["Type"],
    meanings: {
      charge: "charge",
      refund: "refund",
      refund_failure: "refund failed",
      chargeback: "chargeback",
      "chargeback won": "chargeback reversed",
      chargeback_won: "chargeback reversed",
      payout: "payout",
      payout_failure: "payout",
      payout_cancellation: "payout",
      adjustment: "other",
      reserve: "other",
      shop_cash_credit: "other",
      marketing_credit: "other",
    },
  },
  at: [{ columns: ["Transaction Date"], formats: ["yyyy-MM-dd HH:mm:ss Z", "yyyy-MM-dd HH:mm:ss", "yyyy/M/d", "yyyy/M/d H:mm:ss"] }],
  amount: { column: ["Amount"], sign: "signed", unit: "major" },
  currency: { column: ["Currency"] },
};

export const exportKinds: readonly ExportKind[] = [paymentsTransactions];
