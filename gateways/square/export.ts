/**
 * Square's transactions, downloaded. Its `Transaction ID` is what the API calls an order (M). What was paid in cash or elsewhere is only written down at
 * Square and is no charge, so the amount is that of cards. Amounts have a sign of currency and no code: the currency has to be given. The zone's name is
 * Rails's, or an abbreviation.
 * https://squareup.com/help/us/en/article/5071
 */
import type { ExportKind } from "../../core/mapping/layout.ts";

const transactions: ExportKind = {
  name: "square-transactions",
  title: "Square's transactions",
  gateway: "square",
  about: "money",
  has: ["Date", "Time", "Time Zone", "Gross Sales", "Total Collected", "Card", "Transaction ID", "Payment ID", "Event Type"],
  payment: ["Payment ID", { column: "Transaction ID", prefix: "order:" }],
  customer: ["Customer ID"],
  order: ["Order Reference ID", "Transaction ID"],
  type: { column: ["Event Type"], meanings: { Payment: "charge", Refund: "refund" } },
  outcome: {
    column: ["Transaction Status"],
    isOptional: true,
    meanings: {
      "": "done",
      Complete: "done",
      Completed: "done",
      Pending: "pending",
      Failed: "failed",
      Canceled: "voided",
      Cancelled: "voided",
    },
  },
  at: [
    {
      columns: ["Date", "Time"],
      formats: ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd H:mm", "yyyy/M/d H:mm:ss"],
      oneOf: ["M/d/yyyy H:mm:ss", "d/M/yyyy H:mm:ss"],
      zone: { column: "Time Zone" },
    },
  ],
  amount: { column: ["Card"], sign: "signed", unit: "major" },
  zones: {
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
  },
};

export const exportKinds: readonly ExportKind[] = [transactions];
