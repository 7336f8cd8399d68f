/**
 * Adyen's settlement details report. The order of its columns differs between accounts and versions, so they are found by name; amounts are in
 * major units in a debit and a credit column, with zeros at the end left out; each line names its time zone.
 * https://docs.adyen.com/reporting/settlement-reconciliation/transaction-level/settlement-details-report
 */
import type { ExportKind } from "../../core/mapping/layout.ts";

const settlementDetails: ExportKind = {
  name: "adyen-settlement-details",
  title: "Adyen's settlement details report",
  gateway: "adyen",
  about: "money",
  has: ["Psp Reference", "Modification Reference", "Type", "Gross Currency", "Gross Debit (GC)", "Gross Credit (GC)"],
  payment: ["Psp Reference"],
  refund: ["Modification Reference"],
  dispute: ["Modification Reference"],
  order: ["Merchant Reference"],
  type: {
    column: ["Type"],
    meanings: {
      Settled: "charge",
      SettledInInstallments: "charge",
      Refunded: "refund",
      RefundedExternally: "refund",
      RefundedReversed: "refund failed",
      Chargeback: "chargeback",
      SecondChargeback: "chargeback",
      ChargebackReversed: "chargeback reversed",
      Fee: "fee",
      InvoiceDeduction: "fee",
      MiscCosts: "fee",
      MerchantPayout: "payout",
      PayoutReversed: "payout",
      Balancetransfer: "transfer",
      DepositCorrection: "other",
      ReserveAdjustment: "other",
    },
  },
  at: [
    {
      columns: ["Creation Date"],
      formats: ["iso"],
      zone: { column: "TimeZone" },
    },
  ],
  amount: { debit: "Gross Debit (GC)", credit: "Gross Credit (GC)", unit: "major" },
  currency: { column: ["Gross Currency"] },
};

export const exportKinds: readonly ExportKind[] = [settlementDetails];
