/** A line of each kind of export, and how it is read with other cells. */
import type { Reading } from "../../../core/reconcile/export-line.ts";
import { columnsOf } from "../../../core/reconcile/reading/cells/columns.ts";
import { deciderFor } from "../../../core/reconcile/reading/decide.ts";
import { lineReader } from "../../../core/reconcile/reading/line-reader.ts";
import type { Stated } from "../../../core/reconcile/reading/rules/stated.ts";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";

/** A line of each kind, as cells by column, which is a charge of 1,980 that succeeded, or a contract. */
export const lines: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "adyen-settlement-details": {
    ...{ "Psp Reference": "PSP1", "Modification Reference": "MOD1", Type: "Settled", "Gross Currency": "JPY", TimeZone: "CEST" },
    ...{ "Creation Date": "2026-07-01 00:30:00", "Gross Debit (GC)": "", "Gross Credit (GC)": "1980" },
  },
  "braintree-transactions": {
    ...{ "Transaction ID": "bt1", "Subscription ID": "s1", "Transaction Type": "sale", "Transaction Status": "settled" },
    ...{ "Created Datetime": "07/13/2026 10:00:00", "Created Timezone": "America/New_York", "Currency ISO Code": "JPY" },
    ...{ "Amount Authorized": "1980", "Refunded Transaction ID": "bt0" },
  },
  "gmo-pg-recurring-results": {
    ...{ ShopID: "tshop", RecurringID: "R1", OrderID: "O1", ChargeDate: "20261001", Status: "CAPTURE", Amount: "1800", Tax: "180" },
    ...{
      NextChargeDate: "",
      AccessID: "acc1",
      AccessPass: "x",
      Forward: "",
      ApprovalNo: "",
      ErrCode: "",
      ErrInfo: "",
      ProcessDate: "20261001",
    },
  },
  "paypal-activity": {
    ...{ Date: "2026-10-29", Time: "23:59:00", TimeZone: "PDT", Type: "Website Payment", Status: "Completed", Currency: "JPY" },
    ...{ Gross: "1980", "Transaction ID": "T-1", "Reference Txn ID": "T-0" },
  },
  "paypal-statement": {
    ...{ Date: "2026-10-29", Time: "23:59:00", "Time Zone": "PDT", Description: "Website Payment", Currency: "JPY" },
    ...{ Gross: "1980", "Transaction ID": "T-1", "Reference Txn ID": "T-0" },
  },
  "paypal-statement-es": {
    ...{ Fecha: "2026-10-29", Hora: "23:59:00", "Zona horaria": "Europe/Madrid", Descripción: "Pago de suscripción", Divisa: "JPY" },
    ...{ Bruto: "1980", "Id. de transacción": "T-1", "Id. de referencia de trans.": "T-0" },
  },
  "paypal-settlement": {
    ...{
      CH: "SB",
      "Transaction ID": "T-1",
      "PayPal Reference ID": "T-0",
      "PayPal Reference ID Type": "TXN",
      "Transaction Event Code": "T0002",
    },
    ...{
      "Transaction Initiation Date": "2026/10/01 00:01:17 -0700",
      "Transaction Debit or Credit": "CR",
      "Gross Transaction Amount": "198000",
    },
    ...{ "Gross Transaction Currency": "JPY" },
  },
  "paypay-history": {
    ...{ 取引番号: "1", 加盟店ID: "1", 取引ステータス: "取引完了", 取引日時: "2026/10/01 09:30:00", 取引金額: "1980", 加盟店決済ID: "m1" },
  },
  "shopify-payments": {
    ...{ "Transaction Date": "2026-07-01 07:33:09 +0200", Type: "charge", Order: "#1", Amount: "1980", Fee: "1", Net: "1", Checkout: "#2" },
    ...{ Currency: "JPY", "Payout Status": "paid" },
  },
  "square-transactions": {
    ...{ Date: "2026-07-01", Time: "10:00:00", "Time Zone": "Tokyo", "Gross Sales": "1980", "Total Collected": "1980", Card: "1980" },
    ...{ "Transaction ID": "O1", "Payment ID": "P1", "Event Type": "Payment", "Transaction Status": "Complete" },
  },
  "stripe-itemised": {
    ...{
      balance_transaction_id: "txn_1",
      created_utc: "2026-10-01 00:30:00",
      currency: "jpy",
      gross: "1980",
      reporting_category: "charge",
    },
    ...{ source_id: "ch_1", charge_id: "ch_0" },
  },
  "stripe-all-activity": {
    ...{ id: "txn_1", Type: "charge", Source: "ch_1", Amount: "1980", Fee: "1", Net: "1", Currency: "jpy" },
    ...{ "Created (UTC)": "2026-10-01 00:30", "Available On (UTC)": "2026-10-03 00:00" },
  },
  "stripe-payments": {
    ...{
      id: "ch_1",
      "Created (UTC)": "2026-10-01 00:30:00",
      Amount: "1980",
      "Amount Refunded": "0",
      Currency: "jpy",
      Status: "Paid",
      Captured: "true",
    },
  },
  "stripe-subscriptions": {
    ...{ id: "sub_1", "Customer ID": "cus_1", Status: "active", "Created (UTC)": "2026-01-01 00:00", "Start (UTC)": "2026-01-02 00:00" },
    ...{ "Current Period Start (UTC)": "2026-10-02 00:00", "Current Period End (UTC)": "2026-11-02 00:00", "Ended At (UTC)": "" },
  },
  "zeus-card-sales": {
    ...{
      番組コード: "P",
      オーダーNo: "o1",
      カード番号: "4",
      有効期限: "0428",
      電話番号: "0",
      売り上げ日時: "2026/10/01 09:30:00",
      結果: "OK",
    },
    ...{
      取り消し日: "",
      エラーメッセージ: "",
      カード会社コード: "",
      氏名: "",
      "E-mail": "",
      発行ID: "",
      発行パスワード: "",
      ID: "m1",
      決済金額: "1980",
      支払回数: "01",
    },
  },
};

/** @param stated what only an operator knows; day and month are decided by this line where it is not */
export const readCells = (
  kind: string,
  cells: Readonly<Record<string, string>>,
  stated: Stated = { currency: "JPY", dayFirst: true },
): Reading => {
  const layout = exportKinds.find(({ name }) => name === kind);
  if (!layout) throw new Error(`no kind is called ${kind}`);
  const [header, line] = [Object.keys(cells), Object.values(cells)];
  const decider = deciderFor(layout, columnsOf(header), stated);
  decider.see(line);
  return lineReader(layout, header, stated, decider.decide().decided)(line, 2, false);
};

export const readLine = (kind: string, changes: Readonly<Record<string, string>> = {}): Reading =>
  readCells(kind, { ...lines[kind], ...changes });
