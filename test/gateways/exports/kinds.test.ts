/** Every kind of export that is built in, on a small file of its own with the vendor's header and rows written here. */
import { describe, expect, test } from "vitest";
import type { ExportLine } from "../../../core/reconcile/export-line.ts";
import { recognise } from "../../../core/reconcile/layout/recognise.ts";
import { columnProblems, columnsOf } from "../../../core/reconcile/reading/cells/columns.ts";
import { deciderFor } from "../../../core/reconcile/reading/decide.ts";
import { lineReader } from "../../../core/reconcile/reading/line-reader.ts";
import type { Stated } from "../../../core/reconcile/reading/rules/stated.ts";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";

/** One line of an array for each row; cells parted by `|`, which no vendor uses. */
const rowsOf = (text: string): readonly (readonly string[])[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim().split("|"));

const read = (text: string, stated: Stated = {}) => {
  const rows = rowsOf(text);
  const found = recognise([{ charset: "utf-8", separator: ",", rows }], exportKinds);
  if (found.kind !== "found") throw new Error(`it is not recognised: ${found.kind}`);
  const { layout, header, row } = found;
  expect(columnProblems(layout, columnsOf(header))).toEqual([]);
  const decider = deciderFor(layout, columnsOf(header), stated);
  for (const cells of rows.slice(row + 1)) decider.see(cells);
  const { decided, missing } = decider.decide();
  const reader = lineReader(layout, header, stated, decided);
  const readings = rows.slice(row + 1).map((cells, index) => reader(cells, row + 2 + index, false));
  return { kind: layout.name, missing: missing.map(({ kind }) => kind), readings };
};

/** A line in short: what, how much, when, by which ids. */
const short = (reading: ReturnType<typeof read>["readings"][number]): string => {
  if (reading.kind === "left out") return `- ${JSON.stringify(reading.why)}`;
  if (reading.kind === "broken") return `! ${JSON.stringify(reading.problem)}`;
  const line = reading as ExportLine;
  const at = line.at === undefined ? "" : new Date(line.at).toISOString().slice(0, 16);
  if (line.kind === "contract") return `${line.contract} ${line.state} ${at}`;
  const ids = [...line.payment, line.refund, line.dispute, line.order && `order ${line.order}`, line.contract && `of ${line.contract}`];
  return [line.type, line.outcome === "done" ? "" : line.outcome, line.amount && `${line.amount.minor} ${line.amount.currency}`, at, ...ids]
    .filter(Boolean)
    .join(" ");
};

const cases: readonly { kind: string; text: string; stated?: Stated; says: readonly string[] }[] = [
  {
    kind: "stripe-itemised",
    text: `balance_transaction_id|created_utc|available_on_utc|currency|gross|fee|net|reporting_category|source_id|description|charge_id
           txn_1|2026-10-01 00:30:00|2026-10-05 00:00:00|jpy|1980|71|1909|charge|ch_1|Subscription|ch_1
           txn_2|2026-10-02 00:30:00|2026-10-05 00:00:00|usd|-19.80|0.00|-19.80|refund|re_1|Refund|ch_0
           txn_3|2026-10-03 00:30:00|2026-10-05 00:00:00|usd|-100.00|0|-100.00|payout|po_1||
           txn_4|2026-10-03 00:30:00|2026-10-05 00:00:00|usd|-5.00|15|-20.00|dispute|du_1||ch_2`,
    says: [
      "charge 1980 JPY 2026-10-01T00:30 ch_1",
      "refund 1980 USD 2026-10-02T00:30 ch_0 re_1",
      '- {"kind":"type","type":"payout"}',
      "chargeback 500 USD 2026-10-03T00:30 ch_2 du_1",
    ],
  },
  {
    kind: "stripe-itemised",
    text: `balance_transaction_id|created|available_on|currency|gross|fee|net|reporting_category|source_id
           txn_1|2026-10-01 00:30:00|2026-10-05 00:00:00|jpy|1980|71|1909|charge|ch_1`,
    stated: { zone: "Asia/Tokyo" },
    says: ["charge 1980 JPY 2026-09-30T15:30 ch_1"],
  },
  {
    kind: "stripe-all-activity",
    text: `id|Type|Source|Amount|Fee|Net|Currency|Created (UTC)|Available On (UTC)
           txn_1|charge|ch_1|19.80|0.88|18.92|usd|2026-10-01 00:30|2026-10-03 00:00
           txn_2|refund|re_1|-19.80|0|-19.80|usd|2026-10-01 00:31|2026-10-03 00:00
           txn_3|stripe_fee|fee_1|-1|0|-1|usd|2026-10-01 00:31|2026-10-03 00:00
           txn_4|adjustment|du_1|-1|0|-1|usd|2026-10-01 00:31|2026-10-03 00:00`,
    says: [
      "charge 1980 USD 2026-10-01T00:30 ch_1",
      "refund 1980 USD 2026-10-01T00:31 re_1",
      '- {"kind":"type","type":"fee"}',
      '- {"kind":"unknown","column":"Type","text":"adjustment"}',
    ],
  },
  {
    kind: "stripe-payments",
    text: `id|Description|Created (UTC)|Amount|Amount Refunded|Currency|Converted Amount|Fee|Status|Customer ID|Captured|Card ID|Card Last4
           ch_1|x|2026-10-01 00:30:00|1980|500|jpy|1980|71|Partial Refund|cus_1|true|card_1|4242
           ch_2|x|2026-10-01 00:30:00|1980|0|jpy|1980|0|Failed|cus_1|false|card_1|4242
           ch_3|x|2026-10-01 00:30:00|1980|0|jpy|1980|0|requires_payment_method|cus_1|false|card_1|4242`,
    says: [
      "charge 1980 JPY 2026-10-01T00:30 ch_1",
      "charge failed 1980 JPY 2026-10-01T00:30 ch_2",
      "charge pending 1980 JPY 2026-10-01T00:30 ch_3",
    ],
  },
  {
    kind: "stripe-subscriptions",
    text: `id|Customer ID|Customer Name|Status|Cancellation Reason|Created (UTC)|Start (UTC)|Current Period Start (UTC)|Current Period End (UTC)|Canceled At (UTC)|Ended At (UTC)
           sub_1|cus_1|A|active||2026-01-01 00:00|2026-01-02 00:00|2026-10-02 00:00|2026-11-02 00:00||
           sub_2|cus_2|B|canceled|x|2026-01-01 00:00|2026-01-02 00:00|2026-10-02 00:00|2026-11-02 00:00|2026-10-03 00:00|2026-10-04 00:00
           sub_3|cus_3|C|incomplete||2026-01-01 00:00|2026-01-02 00:00||||`,
    says: [
      "sub_1 active 2026-01-02T00:00",
      "sub_2 cancelled 2026-01-02T00:00",
      '- {"kind":"rule","why":"not begun: the first payment is open"}',
    ],
  },
  {
    kind: "paypal-activity",
    text: `Date|Time|TimeZone|Name|Type|Status|Currency|Gross|Fee|Net|From Email Address|Transaction ID|Reference Txn ID|Invoice Number
           29/10/2026|23:59:00|PDT|A|Subscription Payment|Completed|USD|1,980.00|-5|0|a@example.com|T-1|I-1|N-1
           30/10/2026|00:00:00|Europe/Berlin|A|Payment Refund|Completed|EUR|-10.50|0|0||T-2|T-0|
           30/10/2026|00:00:00|CEST|A|General Payment|Completed|EUR|-10.50|0|0||T-3||
           30/10/2026|00:00:00|CEST|A|Website Payment|Pending|EUR|10.50|0|0||T-4||
           30/10/2026|00:00:00|CST|A|Website Payment|Completed|EUR|10.50|0|0||T-5||`,
    says: [
      "charge 198000 USD 2026-10-30T06:59 T-1 order N-1 of I-1",
      "refund 1050 EUR 2026-10-29T23:00 T-0 T-2",
      '- {"kind":"type","type":"other"}',
      "charge pending 1050 EUR 2026-10-29T22:00 T-4",
      '! {"kind":"zone","column":"TimeZone","isNamed":true}',
    ],
  },
  {
    kind: "paypal-statement-es",
    text: `Fecha|Hora|Zona horaria|Descripción|Divisa|Bruto|Comisión|Neto|Saldo|Id. de transacción|Id. de factura|Id. de referencia de trans.|||
           29/12/2026|10:00:00|Europe/Madrid|Pago de suscripción|EUR|4.626,81|0|0|0|T-1|F-1|I-1|||`,
    says: ["charge 462681 EUR 2026-12-29T09:00 T-1 order F-1 of I-1"],
  },
  {
    kind: "paypal-statement",
    text: `Date|Time|Time Zone|Description|Currency|Gross|Fee|Net|Balance|Transaction ID|Invoice ID|Reference Txn ID
           12/29/2026|10:00:00|America/Los_Angeles|Payment Refund|USD|-1,058.09|0|0|0|T-1||T-0`,
    says: ["refund 105809 USD 2026-12-29T18:00 T-0 T-1"],
  },
  {
    kind: "paypal-settlement",
    text: `RH|2026/10/02 00:00:00 -0700|A|X|009
           FH|1
           SH|2026/10/01|2026/10/02|X
           CH|Transaction ID|Invoice ID|PayPal Reference ID|PayPal Reference ID Type|Transaction Event Code|Transaction Initiation Date|Transaction Completion Date|Transaction  Debit or Credit|Gross Transaction Amount|Gross Transaction Currency|Fee Debit or Credit|Fee Amount|Fee Currency
           SB|T-1|N-1|I-1|SUB|T0002|2026/10/01 00:01:17 -0700|2026/10/01 00:01:17 -0700|CR|198000|JPY|DR|7100|JPY
           SB|T-2||T-0|TXN|T1107|2026/10/01 00:01:17 -0700|2026/10/01 00:01:17 -0700|DR|1050|EUR||0|EUR
           SB|T-3||||T0400|2026/10/01 00:01:17 -0700|2026/10/01 00:01:17 -0700|DR|1050|EUR||0|EUR
           SF|JPY|1|2`,
    says: [
      "charge 1980 JPY 2026-10-01T07:01 T-1 order N-1 of I-1",
      "refund 1050 EUR 2026-10-01T07:01 T-0 T-2",
      '- {"kind":"type","type":"payout"}',
      '- {"kind":"record","type":"SF"}',
    ],
  },
  {
    kind: "adyen-settlement-details",
    text: `Company Account|Merchant Account|Psp Reference|Merchant Reference|Payment Method|Creation Date|TimeZone|Type|Modification Reference|Gross Currency|Gross Debit (GC)|Gross Credit (GC)|Exchange Rate|Net Currency|Net Debit (NC)|Net Credit (NC)|Commission (NC)
           A|M|PSP1|O-1|visa|2026-07-01 00:30:00|CEST|Settled|MOD1|EUR||26.2|1|EUR||26.07|0.1301
           A|M|PSP0|O-0|visa|2026-07-02 00:30:00|CEST|Refunded|MOD2|EUR|10||1|EUR|10||0
           A|M|||| 2026-07-02 00:30:00|CEST|Fee||EUR|1||1|EUR|1||`,
    says: [
      "charge 2620 EUR 2026-06-30T22:30 PSP1 order O-1",
      "refund 1000 EUR 2026-07-01T22:30 PSP0 MOD2 order O-0",
      '- {"kind":"type","type":"fee"}',
    ],
  },
  {
    kind: "square-transactions",
    text: `Date|Time|Time Zone|Gross Sales|Total Collected|Card|Cash|Transaction ID|Payment ID|Event Type|Customer ID|Transaction Status
           2026-07-01|10:00:00|Pacific Time (US & Canada)|$1,240.00|$1,240.00|$1,240.00|$0.00|ORD1|PAY1|Payment|C1|Complete
           2026-07-01|10:00:00|Pacific Time (US & Canada)|-$12.00|-$12.00|-$12.00|$0.00|ORD2|PAY2|Refund|C1|
           2026-07-01|10:00:00|Pacific Time (US & Canada)|$5.00|$5.00|$0.00|$5.00|ORD3|PAY3|Payment|C1|`,
    stated: { currency: "USD" },
    says: [
      "charge 124000 USD 2026-07-01T17:00 PAY1 order:ORD1 order ORD1",
      "refund 1200 USD 2026-07-01T17:00 PAY2 order:ORD2 order ORD2",
      '- {"kind":"zero"}',
    ],
  },
  {
    kind: "shopify-payments",
    text: `Transaction Date|Type|Order|Card Brand|Card Source|Payout Status|Payout Date|Payout ID|Available On|Amount|Fee|Net|Checkout|Payment Method Name|Presentment Amount|Presentment Currency|Currency|VAT
           2026-07-01 07:33:09 +0200|charge|#1001|visa|online|paid|2026-07-05|1|2026-07-03|21.83|1|20|#6868|card|21.83|EUR|EUR|0
           2026-07-02 07:33:09 +0200|refund|#1001|visa|online|pending|||2026-07-03|-21.83|0|-21|#6868|card|-21.83|EUR|EUR|0
           2026/6/12|charge|#1002|visa|online|paid|||2026-07-03|$21.83|0|21|#6868|card|21.83|USD|USD|0`,
    says: [
      "charge 2183 EUR 2026-07-01T05:33 order #1001",
      "refund 2183 EUR 2026-07-02T05:33 order #1001",
      '! {"kind":"zone","column":"Transaction Date","isNamed":false}',
    ],
  },
  {
    kind: "braintree-transactions",
    text: `Transaction ID|Subscription ID|Transaction Type|Transaction Status|Created Datetime|Created Timezone|Currency ISO Code|Amount Authorized|Amount Submitted For Settlement|Order ID|Customer ID|Refunded Transaction ID
           bt1|s1|sale|settled|07/13/2026 10:00:00|EDT|USD|19.80|19.80|o1|c1|
           bt2||credit|settled|07/13/2026 10:00:00|EDT|USD|5.00|5.00|o1|c1|bt1
           bt3|s1|sale|processor_declined|07/13/2026 10:00:00|EDT|USD|19.80||o1|c1|`,
    says: [
      "charge 1980 USD 2026-07-13T14:00 bt1 order o1 of s1",
      "refund 500 USD 2026-07-13T14:00 bt1 bt2 order o1",
      "charge failed 1980 USD 2026-07-13T14:00 bt3 order o1 of s1",
    ],
  },
  {
    kind: "gmo-pg-recurring-results",
    text: `tshop0001|REC-1|ORD-1|20261001|CAPTURE|1800|180|20261101|acc1|secretpass|2a99662|123456|||20261001093000
           tshop0001|REC-2|ORD-2|20261001|CAPTURE|1800|180|20261101|acc2|secretpass||||G02|42G020000|20261001
           tshop0001|REC-3|ORD-3|20261001|SOMETHING|1800|180|20261101|acc3|secretpass|||||20261001`,
    says: [
      "charge 1980 JPY 2026-10-01T00:30 acc1 ORD-1 order ORD-1 of REC-1",
      '! {"kind":"columns","found":16,"expected":15}',
      '- {"kind":"unknown","column":"Status","text":"SOMETHING"}',
    ],
  },
  {
    kind: "zeus-card-sales",
    text: `P1|ord-1|4980********0000|0428|0312345678|2026/10/01 09:30:00|OK||||||||member-1|1,980|01
           P1|ord-2|4980********0000|0428|0312345678|2026/10/01 09:30:00|OK|2026/10/01|||||||member-1|1980|01
           P1|ord-3|4980********0000|0428|0312345678|2026/10/01 09:30:00|NG||E01||||||member-1|1980|01`,
    says: [
      "charge 1980 JPY 2026-10-01T00:30 ord-1 of member-1",
      "charge voided 1980 JPY 2026-10-01T00:30 ord-2 of member-1",
      "charge failed 1980 JPY 2026-10-01T00:30 ord-3 of member-1",
    ],
  },
  {
    kind: "paypay-history",
    text: `取引番号|加盟店ID|屋号|店舗ID|店舗名|端末番号/PosID|取引ステータス|取引日時|取引金額|レシート番号|支払い方法|支払い詳細項目|取引確定期限|加盟店決済ID
           1234|1|店|1|店|1|取引完了|2026/10/01 09:30:00|1,980|1|残高|{"a":1}|2026/10/02 09:30:00|mp-1
           1235|1|店|1|店|1|返金完了|2026/10/01 09:30:00|1980|1|残高|{}||mp-1`,
    says: ["charge 1980 JPY 2026-10-01T00:30 1234 mp-1 order mp-1", "refund 1980 JPY 2026-10-01T00:30 1235 mp-1 order mp-1"],
  },
];

test.each(cases)("$kind is recognised and read", ({ kind, text, stated, says }) => {
  const found = read(text, stated);
  expect([found.kind, found.missing]).toEqual([kind, []]);
  expect(found.readings.map(short)).toEqual(says);
});

test("every kind has a case here, a name of its own, and the columns that it is known by", () => {
  expect(new Set(cases.map(({ kind }) => kind))).toEqual(new Set(exportKinds.map(({ name }) => name)));
  expect(new Set(exportKinds.map(({ name }) => name)).size).toBe(exportKinds.length);
});

describe("what only its account knows has to be stated:", () => {
  test("the zone of Stripe's default report", () => {
    const text = `balance_transaction_id|created|available_on|currency|gross|fee|net|reporting_category|description
                  txn_1|2026-10-01 00:30:00|2026-10-05 00:00:00|jpy|1980|71|1909|charge|x`;
    expect(read(text).missing).toEqual(["zone"]);
    expect(read(text, { zone: "Asia/Tokyo" }).readings).toMatchObject([
      { line: "txn_1", payment: [], at: Date.parse("2026-09-30T15:30:00Z") },
    ]);
  });

  test("the order of day and month of PayPal's download, where no line shows it", () => {
    const text = `Date|Time|TimeZone|Type|Status|Currency|Gross|Transaction ID|Reference Txn ID
                  9/4/2026|10:00:00|PDT|Website Payment|Completed|USD|10.00|T-1|`;
    expect(read(text).missing).toEqual(["date order"]);
    expect(read(text, { dayFirst: true }).readings.map(short)).toEqual(["charge 1000 USD 2026-04-09T17:00 T-1"]);
  });

  test("the currency of Square's download", () => {
    const text = `Date|Time|Time Zone|Gross Sales|Total Collected|Card|Transaction ID|Payment ID|Event Type
                  2026-07-01|10:00:00|Hawaii|$5.00|$5.00|$5.00|ORD1|PAY1|Payment`;
    expect(read(text).missing).toEqual(["currency"]);
  });
});

test("passwords and card numbers are in no column that is read", () => {
  for (const { name, skip = [] } of exportKinds.filter(({ gateway }) => gateway === "gmo-pg" || gateway === "zeus"))
    expect([name, skip.length > 0]).toEqual([name, true]);
  const text = cases.find(({ kind }) => kind === "gmo-pg-recurring-results")?.text ?? "";
  expect(JSON.stringify(read(text).readings)).not.toContain("secretpass");
});
