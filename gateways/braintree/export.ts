/**
 * Braintree's search for transactions, downloaded: amounts in major units, month before day, the zone in a column beside. A refund is a transaction of
 * its own, which names the one it gives back. What is submitted for settlement counts as taken, as its webhooks report it.
 * https://developer.paypal.com/braintree/articles/control-panel/search
 */
import type { ExportKind } from "../../core/mapping/layout.ts";

const transactions: ExportKind = {
  name: "braintree-transactions",
  title: "Braintree's transactions",
  remark: "from the search of the control panel",
  gateway: "braintree",
  about: "money",
  has: [
    "Transaction ID",
    "Subscription ID",
    "Transaction Type",
    "Transaction Status",
    "Created Datetime",
    "Currency ISO Code",
    "Amount Authorized",
  ],
  payment: [
    { column: "Transaction ID", for: ["charge"] },
    { column: "Refunded Transaction ID", for: ["refund"] },
  ],
  refund: ["Transaction ID"],
  contract: ["Subscription ID"],
  customer: ["Customer ID"],
  order: ["Order ID"],
  type: { column: ["Transaction Type"], meanings: { sale: "charge", credit: "refund" } },
  outcome: {
    column: ["Transaction Status"],
    meanings: {
      settled: "done",
      settling: "done",
      settlement_confirmed: "done",
      submitted_for_settlement: "done",
      settlement_pending: "done",
      authorized: "pending",
      authorizing: "pending",
      gateway_rejected: "failed",
      processor_declined: "failed",
      failed: "failed",
      settlement_declined: "failed",
      voided: "voided",
      authorization_expired: "voided",
    },
  },
  at: [
    {
      columns: ["Created Datetime"],
      formats: ["MM/dd/yyyy HH:mm:ss", "M/d/yyyy H:mm", "iso"],
      zone: { column: "Created Timezone" },
    },
  ],
  amount: { column: ["Amount Submitted For Settlement", "Amount Authorized"], sign: "unsigned", unit: "major" },
  currency: { column: ["Currency ISO Code"] },
};

export const exportKinds: readonly ExportKind[] = [transactions];
