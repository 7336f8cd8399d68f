/** By which columns each kind of export is known, and what it takes ids, times and amounts from, written down again by hand. */
import { expect, test } from "vitest";
import { recognise } from "../../../core/reconcile/layout/recognise.ts";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";
import { lines, readCells, readLine } from "./lines.ts";

/** What people call each, and by which columns it is known; those without a header are known by their cells. */
const known: Readonly<Record<string, readonly [title: string, columns: readonly string[]]>> = {
  "adyen-settlement-details": [
    "Adyen's settlement details report",
    ["Psp Reference", "Modification Reference", "Type", "Gross Currency", "Gross Debit (GC)", "Gross Credit (GC)"],
  ],
  "braintree-transactions": [
    "Braintree's transactions",
    [
      ...["Transaction ID", "Subscription ID", "Transaction Type", "Transaction Status", "Created Datetime", "Currency ISO Code"],
      "Amount Authorized",
    ],
  ],
  "gmo-pg-recurring-results": ["GMO-PG's results of recurring charges", []],
  "paypal-activity": [
    "PayPal's activity download",
    ["Date", "Time", "TimeZone", "Type", "Status", "Currency", "Gross", "Transaction ID", "Reference Txn ID"],
  ],
  "paypal-statement": ["PayPal's monthly statement", ["Date", "Time", "Time Zone", "Description", "Currency", "Gross", "Transaction ID"]],
  "paypal-statement-es": [
    "PayPal's monthly statement in Spanish",
    ["Fecha", "Hora", "Zona horaria", "Descripción", "Divisa", "Bruto", "Id. de transacción"],
  ],
  "paypal-settlement": [
    "PayPal's settlement report",
    ["Transaction ID", "PayPal Reference ID", "Transaction Event Code", "Transaction Debit or Credit", "Gross Transaction Amount"],
  ],
  "paypay-history": [
    "PayPay's history of transactions",
    ["取引番号", "加盟店ID", "取引ステータス", "取引日時", "取引金額", "加盟店決済ID"],
  ],
  "shopify-payments": [
    "Shopify Payments' transactions",
    ["Transaction Date", "Type", "Order", "Amount", "Fee", "Net", "Checkout", "Currency", "Payout Status"],
  ],
  "square-transactions": [
    "Square's transactions",
    ["Date", "Time", "Time Zone", "Gross Sales", "Total Collected", "Card", "Transaction ID", "Payment ID", "Event Type"],
  ],
  "stripe-itemised": [
    "Stripe's itemised balance or payout reconciliation report",
    ["balance_transaction_id", "currency", "gross", "reporting_category"],
  ],
  "stripe-all-activity": [
    "Stripe's All activity",
    ["Type", "Source", "Amount", "Fee", "Net", "Currency", "Created (UTC)", "Available On (UTC)"],
  ],
  "stripe-payments": ["Stripe's payments", ["id", "Amount", "Amount Refunded", "Currency", "Captured", "Status"]],
  "stripe-subscriptions": [
    "Stripe's subscriptions",
    ["id", "Customer ID", "Status", "Current Period Start (UTC)", "Current Period End (UTC)"],
  ],
  "zeus-card-sales": ["ZEUS's card sales", []],
};

test("every kind has its title", () => {
  expect(exportKinds.map(({ name, title }) => [name, title]).toSorted()).toEqual(
    Object.entries(known)
      .map(([name, [title]]) => [name, title])
      .toSorted(),
  );
});

test("every kind is its gateway's", () => {
  const of = Map.groupBy(exportKinds, ({ gateway }) => gateway);
  expect(Object.fromEntries([...of].map(([gateway, kinds]) => [gateway, kinds.map(({ name }) => name).toSorted()]))).toEqual({
    adyen: ["adyen-settlement-details"],
    braintree: ["braintree-transactions"],
    "gmo-pg": ["gmo-pg-recurring-results"],
    paypal: ["paypal-activity", "paypal-settlement", "paypal-statement", "paypal-statement-es"],
    paypay: ["paypay-history"],
    shopify: ["shopify-payments"],
    square: ["square-transactions"],
    stripe: ["stripe-all-activity", "stripe-itemised", "stripe-payments", "stripe-subscriptions"],
    zeus: ["zeus-card-sales"],
  });
});

test("a monthly statement of PayPal's is none that says what kind of event a line is: that is Square's", () => {
  expect(recognised([...(known["paypal-statement"]?.[1] ?? []), "Event Type"])).not.toBe("paypal-statement");
});

test("files without a header have these columns, and a message about one of their lines names them so", () => {
  for (const kind of ["gmo-pg-recurring-results", "zeus-card-sales"]) {
    const found = recognise([{ charset: "shift_jis", separator: ",", rows: [Object.values(lines[kind] ?? {})] }], exportKinds);
    expect(found.kind === "found" && found.header).toEqual(Object.keys(lines[kind] ?? {}));
  }
});

const recognised = (columns: readonly string[], cells: readonly string[] = columns.map(() => "1")): string => {
  const found = recognise([{ charset: "utf-8", separator: ",", rows: [columns, cells] }], exportKinds);
  return found.kind === "found" ? (found.layout.name ?? "") : found.kind;
};

const withHeader = Object.entries(known).flatMap(([kind, [, columns]]) => (columns.length > 0 ? [{ kind, columns }] : []));

test.each(withHeader)("$kind is known by its columns, all of them", ({ kind, columns }) => {
  const marked = kind === "paypal-settlement" ? ["CH", ...columns] : columns;
  expect(recognised(marked)).toBe(kind);
  for (const one of columns) expect([one, recognised(marked.filter((name) => name !== one))]).not.toEqual([one, kind]);
});

/** Without a header: the lines' own cells, and some that are not its own, by column. */
const headerless: readonly (readonly [kind: string, odd: Readonly<Record<string, readonly string[]>>])[] = [
  [
    "gmo-pg-recurring-results",
    {
      ShopID: ["", "a b"],
      RecurringID: ["", "a b"],
      OrderID: ["a b"],
      ChargeDate: ["2026", "2026-10-01", ""],
      Status: ["a-b"],
      Amount: ["1,800", "x"],
      Tax: ["1.5"],
      NextChargeDate: ["2026-11-01", "202611011"],
      AccessID: ["a-b"],
      Forward: ["a-b"],
      ApprovalNo: ["a-b"],
      ErrCode: ["a-b"],
      ErrInfo: ["a-b"],
      ProcessDate: ["2026-10-01", "202610010930001"],
    },
  ],
  ["zeus-card-sales", { 番組コード: ["a b"], オーダーNo: ["", "a b"], 売り上げ日時: ["", "x"], 結果: ["", "O K"], 決済金額: ["1.5", "x"] }],
];

test("an error's code, or several of them, may stand in a line of GMO-PG's", () => {
  const cells = Object.values({ ...lines["gmo-pg-recurring-results"], ErrCode: "G02|G03", ErrInfo: "42G020000|42G030000" });
  expect(recognised(cells, cells)).toBe("gmo-pg-recurring-results");
});

test.each(headerless)("%s is known by its cells", (kind, odd) => {
  const line = lines[kind] ?? {};
  const first = (changes: Readonly<Record<string, string>>) => {
    const cells = Object.values({ ...line, ...changes });
    return recognised(cells, cells);
  };
  expect(first({})).toBe(kind);
  for (const [column, cells] of Object.entries(odd))
    for (const cell of cells) expect([column, cell, first({ [column]: cell })]).not.toEqual([column, cell, kind]);
  const cells = Object.values(line);
  expect(recognised(cells.slice(1), cells.slice(1))).not.toBe(kind);
});

const at = (text: string): number => Date.parse(text);
const yen = { minor: 1_980, currency: "JPY" };

test.each([
  [
    "adyen-settlement-details",
    { "Merchant Reference": "O1" },
    { payment: ["PSP1"], order: "O1", amount: yen, at: at("2026-06-30T22:30Z") },
  ],
  [
    "adyen-settlement-details",
    { Type: "Refunded", "Gross Debit (GC)": "1980", "Gross Credit (GC)": "" },
    { payment: ["PSP1"], refund: "MOD1" },
  ],
  ["adyen-settlement-details", { Type: "Chargeback", "Gross Debit (GC)": "1980", "Gross Credit (GC)": "" }, { dispute: "MOD1" }],
  [
    "braintree-transactions",
    { "Order ID": "o1", "Customer ID": "c1", "Amount Submitted For Settlement": "1970" },
    {
      payment: ["bt1"],
      contract: "s1",
      order: "o1",
      customer: "c1",
      amount: { minor: 1_970, currency: "JPY" },
      at: at("2026-07-13T14:00Z"),
    },
  ],
  ["braintree-transactions", { "Transaction Type": "credit" }, { payment: ["bt0"], refund: "bt1" }],
  ["gmo-pg-recurring-results", {}, { payment: ["acc1", "O1"], contract: "R1", order: "O1", amount: yen }],
  // An error counts for more than the status beside it.
  ["gmo-pg-recurring-results", { ErrCode: "G02|G03", ErrInfo: "42G020000|42G030000" }, { type: "charge", outcome: "failed" }],
  ["paypal-activity", { "Invoice Number": "N1" }, { line: "T-1", payment: ["T-1"], contract: "T-0", order: "N1", amount: yen }],
  ["paypal-activity", { Type: "Chargeback", Gross: "-1980" }, { payment: ["T-0"], type: "chargeback" }],
  ["paypal-activity", { Type: "Chargeback", Gross: "1980" }, { payment: ["T-0"], type: "chargeback reversed" }],
  ["paypal-activity", { Gross: "1.980,00", Currency: "EUR" }, { amount: { minor: 198_000, currency: "EUR" } }],
  ["paypal-statement", { Gross: "1.980,00", Currency: "EUR" }, { amount: { minor: 198_000, currency: "EUR" } }],
  ["paypal-activity", { TimeZone: "PST" }, { at: at("2026-10-30T06:59Z") }],
  ["paypal-statement", { "Time Zone": "PST" }, { at: at("2026-10-30T06:59Z") }],
  ["paypal-statement-es", { "Zona horaria": "PDT" }, { at: at("2026-10-30T06:59Z") }],
  ["paypal-activity", { Type: "Refund", Gross: "-1980" }, { line: "T-1", payment: ["T-0"], refund: "T-1" }],
  ["paypal-statement", { "Invoice ID": "N1" }, { line: "T-1", payment: ["T-1"], contract: "T-0", order: "N1", amount: yen }],
  ["paypal-statement", { Description: "Refund", Gross: "-1980" }, { line: "T-1", payment: ["T-0"], refund: "T-1" }],
  ["paypal-statement-es", { "Id. de factura": "N1" }, { line: "T-1", payment: ["T-1"], contract: "T-0", order: "N1", amount: yen }],
  ["paypal-statement-es", { Descripción: "Reembolso de pago", Bruto: "-1980" }, { line: "T-1", payment: ["T-0"], refund: "T-1" }],
  ["paypal-statement-es", { "Zona horaria": "PST" }, { at: at("2026-10-30T06:59Z") }],
  [
    "paypal-settlement",
    { "Invoice ID": "N1" },
    { line: "T-1", payment: ["T-1"], order: "N1", amount: yen, at: at("2026-10-01T07:01:17Z") },
  ],
  ["paypal-settlement", { "PayPal Reference ID Type": "ODR" }, { payment: ["T-1", "order:T-0"] }],
  [
    "paypal-settlement",
    { "PayPal Reference ID Type": "ODR", "Transaction Event Code": "T1107", "Transaction Debit or Credit": "DR" },
    { payment: [], refund: "T-1" },
  ],
  ["paypal-settlement", { "PayPal Reference ID Type": "SUB" }, { payment: ["T-1"], contract: "T-0" }],
  ["paypal-settlement", { "PayPal Reference ID Type": "PAP" }, { payment: ["T-1"], contract: "T-0" }],
  [
    "paypal-settlement",
    { "Transaction Event Code": "T1107", "Transaction Debit or Credit": "DR" },
    { line: "T-1", payment: ["T-0"], refund: "T-1", type: "refund" },
  ],
  ["paypay-history", {}, { payment: ["1", "m1"], order: "m1", amount: yen, at: at("2026-10-01T00:30Z") }],
  ["shopify-payments", {}, { payment: [], order: "#1", amount: yen, at: at("2026-07-01T05:33:09Z") }],
  ["square-transactions", { "Customer ID": "c1" }, { payment: ["P1", "order:O1"], order: "O1", customer: "c1", amount: yen }],
  ["square-transactions", { Time: "10:00" }, { at: at("2026-07-01T01:00Z") }],
  ["square-transactions", { "Order Reference ID": "R1" }, { payment: ["P1", "order:O1"], order: "R1" }],
  [
    "stripe-itemised",
    { payment_intent_id: "pi_1", invoice_id: "in_1", customer_id: "cus_1" },
    { line: "txn_1", payment: ["ch_1", "ch_0", "pi_1", "in_1"], customer: "cus_1", amount: yen, at: at("2026-10-01T00:30Z") },
  ],
  ["stripe-itemised", { reporting_category: "charge_failure", gross: "-1980" }, { payment: ["ch_1", "ch_0"], type: "void" }],
  ["stripe-itemised", { reporting_category: "refund", gross: "-1980", source_id: "re_1" }, { payment: ["ch_0"], refund: "re_1" }],
  ["stripe-itemised", { reporting_category: "dispute", gross: "-1980", source_id: "du_1" }, { payment: ["ch_0"], dispute: "du_1" }],
  ["stripe-all-activity", {}, { line: "txn_1", payment: ["ch_1"], amount: yen, at: at("2026-10-01T00:30Z") }],
  ["stripe-all-activity", { Type: "refund", Amount: "-1980", Source: "re_1" }, { payment: [], refund: "re_1" }],
  [
    "stripe-payments",
    { "PaymentIntent ID": "pi_1", "Invoice ID": "in_1", "Customer ID": "cus_1", "Amount Refunded": "500" },
    { payment: ["ch_1", "pi_1", "in_1"], customer: "cus_1", amount: yen, refunded: { minor: 500, currency: "JPY" } },
  ],
  ["stripe-subscriptions", {}, { kind: "contract", contract: "sub_1", customer: "cus_1", state: "active", at: at("2026-01-02T00:00Z") }],
  ["zeus-card-sales", {}, { payment: ["o1"], contract: "m1", customer: "m1", amount: yen, at: at("2026-10-01T00:30Z") }],
] as const)("%s, with %j, is read as %j", (kind, changes, read) => expect(readLine(kind, changes)).toMatchObject(read));

test.each([
  ["active", ["active", "trialing"]],
  ["past_due", ["past_due", "unpaid"]],
  ["paused", ["paused"]],
  ["cancelled", ["canceled"]],
  ["expired", ["incomplete_expired"]],
])("a subscription of Stripe's is %s when its status is one of %j", (state, statuses) => {
  for (const Status of statuses) expect(readLine("stripe-subscriptions", { Status })).toMatchObject({ state });
});

test("when a subscription of Stripe's ended is in a column of its own", () => {
  expect(readLine("stripe-subscriptions", { "Ended At (UTC)": "2026-10-04 00:00" })).toMatchObject({ endedAt: at("2026-10-04T00:00Z") });
});

test("a contract is named by a charge of PayPal's, and not by what goes back of it", () => {
  const back = [
    readLine("paypal-activity", { Type: "Refund", Gross: "-1980" }),
    readLine("paypal-statement", { Description: "Refund", Gross: "-1980" }),
    readLine("paypal-statement-es", { Descripción: "Reembolso de pago", Bruto: "-1980" }),
  ];
  for (const read of back) expect(read).not.toHaveProperty("contract");
  expect(
    readLine("paypal-settlement", {
      "PayPal Reference ID Type": "SUB",
      "Transaction Event Code": "T1107",
      "Transaction Debit or Credit": "DR",
    }),
  ).toMatchObject({ payment: [], refund: "T-1", contract: "T-0" });
});

test.each([
  ["stripe-payments", "Created (UTC)", "Created date (UTC)"],
  ["stripe-subscriptions", "Start (UTC)", "Start Date (UTC)"],
  ["stripe-subscriptions", "Start (UTC)", "Created (UTC)"],
])("%s has its time in %s, or else in %s", (kind, usual, other) => {
  const { [usual]: text = "", ...rest } = lines[kind] ?? {};
  const { [other]: _, ...line } = rest;
  expect(readCells(kind, { ...line, [other]: text })).toMatchObject({ at: at(`${text.replace(" ", "T")}Z`) });
});

test.each(["2026-10-01 00:30:00", "2026-10-01 00:30"])("Stripe's default report has its times in the account's zone: %s", (created) => {
  const { created_utc: _, ...line } = lines["stripe-itemised"] ?? {};
  expect(readCells("stripe-itemised", { ...line, created }, { zone: "Asia/Tokyo" })).toMatchObject({ at: at("2026-09-30T15:30Z") });
});

test.each(["2026-07-01 07:33:09", "2026/7/1", "2026/07/01 7:33:09"])("Shopify's %s is a time whose zone is not said", (text) => {
  expect(readLine("shopify-payments", { "Transaction Date": text })).toMatchObject({ kind: "broken", problem: { kind: "zone" } });
});

test.each(["square-transactions", "paypal-activity"])("%s may write the month first, where a line of the file shows it", (kind) => {
  const [first, moment] = kind === "square-transactions" ? ["7/13/2026", "2026-07-13T01:00Z"] : ["10/29/2026", "2026-10-30T06:59Z"];
  expect(readCells(kind, { ...lines[kind], Date: first }, { currency: "JPY" })).toMatchObject({ at: at(moment) });
});

/** The texts of a time that each kind takes, beside that of its line; all of them the same moment. */
const times: readonly (readonly [kind: string, column: string, moment: string, texts: readonly string[]])[] = [
  ["adyen-settlement-details", "Creation Date", "2026-06-30T22:30Z", ["2026-07-01T00:30:00", "2026-07-01 00:30:00"]],
  [
    "braintree-transactions",
    "Created Datetime",
    "2026-07-13T14:00Z",
    ["07/13/2026 10:00:00", "7/13/2026 10:00", "2026-07-13 10:00:00", "2026-07-13T10:00:00"],
  ],
  ["gmo-pg-recurring-results", "ProcessDate", "2026-09-30T15:00Z", ["20261001000000", "20261001"]],
  ["paypal-activity", "Date", "2026-10-30T06:59Z", ["2026-10-29", "2026/10/29", "29.10.2026", "29/10/2026"]],
  ["paypal-statement", "Date", "2026-10-30T06:59Z", ["2026-10-29", "2026/10/29", "29.10.2026", "29/10/2026"]],
  ["paypal-settlement", "Transaction Initiation Date", "2026-10-01T07:01:17Z", ["2026/10/01 00:01:17 -0700", "2026-10-01 00:01:17 -0700"]],
  [
    "paypay-history",
    "取引日時",
    "2026-10-01T00:30Z",
    ["2026/10/01 09:30:00", "2026/10/1 9:30:00", "2026-10-01 09:30:00", "2026/10/1 9:30"],
  ],
  ["square-transactions", "Date", "2026-07-01T01:00Z", ["2026-07-01", "2026/7/1", "1/7/2026"]],
  ["stripe-itemised", "created_utc", "2026-10-01T00:30Z", ["2026-10-01 00:30:00", "2026-10-01 00:30", "2026-10-01T00:30:00Z"]],
  ["stripe-all-activity", "Created (UTC)", "2026-10-01T00:30Z", ["2026-10-01 00:30:00", "2026-10-01 00:30", "2026-10-01T00:30:00Z"]],
  ["stripe-payments", "Created (UTC)", "2026-10-01T00:30Z", ["2026-10-01 00:30:00", "2026-10-01 00:30", "2026-10-01T00:30:00Z"]],
  [
    "zeus-card-sales",
    "売り上げ日時",
    "2026-10-01T00:30Z",
    [
      ...["2026/10/01 09:30:00", "2026/10/1 9:30:00", "2026/10/1 9:30", "2026-10-01 09:30:00", "20261001093000"],
      ...["2026年10月1日 9:30:00", "2026年10月1日 9時30分0秒"],
    ],
  ],
];

test.each(times)("%s takes its time from %s: %s however it is written", (kind, column, moment, texts) => {
  for (const text of texts) expect([text, readLine(kind, { [column]: text })]).toMatchObject([text, { at: at(moment) }]);
});

test("a file of GMO-PG's is of one day and may come ten days late; no other is", () => {
  const said = exportKinds.flatMap(({ name, comesAfterDays, isOfOneDay }) =>
    comesAfterDays !== undefined || isOfOneDay ? [[name, comesAfterDays, isOfOneDay]] : [],
  );
  expect(said).toEqual([["gmo-pg-recurring-results", 10, true]]);
});

test("Japanese files without a mark of their charset are Shift_JIS", () => {
  const said = exportKinds.flatMap(({ name, charset }) => (charset === undefined ? [] : [[name, charset]]));
  expect(said.toSorted()).toEqual([
    ["gmo-pg-recurring-results", "shift_jis"],
    ["paypay-history", "shift_jis"],
    ["zeus-card-sales", "shift_jis"],
  ]);
});
