import { at, type ExportCases, yen } from "./case.ts";

export const cases: ExportCases = {
  "paypal-activity": {
    files: [
      {
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
        text: `Date|Time|TimeZone|Type|Status|Currency|Gross|Transaction ID|Reference Txn ID
           9/4/2026|10:00:00|PDT|Website Payment|Completed|USD|10.00|T-1|`,
        stated: { dayFirst: true },
        asks: ["date order"],
        says: ["charge 1000 USD 2026-04-09T17:00 T-1"],
      },
    ],
    knownBy: ["Date", "Time", "TimeZone", "Type", "Status", "Currency", "Gross", "Transaction ID", "Reference Txn ID"],
    line: {
      Date: "2026-10-29",
      Time: "23:59:00",
      TimeZone: "PDT",
      Type: "Website Payment",
      Status: "Completed",
      Currency: "JPY",
      Gross: "1980",
      "Transaction ID": "T-1",
      "Reference Txn ID": "T-0",
    },
    settings: { skip: ["Receipt ID", "Contact Phone Number"], zones: { PST: "America/Los_Angeles" } },
    reads: [
      [{ "Invoice Number": "N1" }, { line: "T-1", payment: ["T-1"], contract: "T-0", order: "N1", amount: yen }],
      [
        { Type: "Chargeback", Gross: "-1980" },
        { payment: ["T-0"], type: "chargeback" },
      ],
      [
        { Type: "Chargeback", Gross: "1980" },
        { payment: ["T-0"], type: "chargeback reversed" },
      ],
      [{ Gross: "1.980,00", Currency: "EUR" }, { amount: { minor: 198000, currency: "EUR" } }],
      [{ TimeZone: "PST" }, { at: at("2026-10-30T06:59Z") }],
      [
        { Type: "Refund", Gross: "-1980" },
        { line: "T-1", payment: ["T-0"], refund: "T-1" },
      ],
    ],
    times: { Date: { "2026-10-30T06:59Z": ["2026-10-29", "2026/10/29", "29.10.2026", "29/10/2026"] } },
  },
  "paypal-statement": {
    files: [
      {
        text: `Date|Time|Time Zone|Description|Currency|Gross|Fee|Net|Balance|Transaction ID|Invoice ID|Reference Txn ID
           12/29/2026|10:00:00|America/Los_Angeles|Payment Refund|USD|-1,058.09|0|0|0|T-1||T-0`,
        says: ["refund 105809 USD 2026-12-29T18:00 T-0 T-1"],
      },
    ],
    knownBy: ["Date", "Time", "Time Zone", "Description", "Currency", "Gross", "Transaction ID"],
    line: {
      Date: "2026-10-29",
      Time: "23:59:00",
      "Time Zone": "PDT",
      Description: "Website Payment",
      Currency: "JPY",
      Gross: "1980",
      "Transaction ID": "T-1",
      "Reference Txn ID": "T-0",
    },
    settings: { skip: ["Receipt ID", "Contact Phone Number"], zones: { PST: "America/Los_Angeles" } },
    reads: [
      [{ Gross: "1.980,00", Currency: "EUR" }, { amount: { minor: 198000, currency: "EUR" } }],
      [{ "Time Zone": "PST" }, { at: at("2026-10-30T06:59Z") }],
      [{ "Invoice ID": "N1" }, { line: "T-1", payment: ["T-1"], contract: "T-0", order: "N1", amount: yen }],
      [
        { Description: "Refund", Gross: "-1980" },
        { line: "T-1", payment: ["T-0"], refund: "T-1" },
      ],
    ],
    times: { Date: { "2026-10-30T06:59Z": ["2026-10-29", "2026/10/29", "29.10.2026", "29/10/2026"] } },
  },
  "paypal-statement-es": {
    files: [
      {
        text: `Fecha|Hora|Zona horaria|Descripción|Divisa|Bruto|Comisión|Neto|Saldo|Id. de transacción|Id. de factura|Id. de referencia de trans.|||
           29/12/2026|10:00:00|Europe/Madrid|Pago de suscripción|EUR|4.626,81|0|0|0|T-1|F-1|I-1|||`,
        says: ["charge 462681 EUR 2026-12-29T09:00 T-1 order F-1 of I-1"],
      },
    ],
    knownBy: ["Fecha", "Hora", "Zona horaria", "Descripción", "Divisa", "Bruto", "Id. de transacción"],
    line: {
      Fecha: "2026-10-29",
      Hora: "23:59:00",
      "Zona horaria": "Europe/Madrid",
      Descripción: "Pago de suscripción",
      Divisa: "JPY",
      Bruto: "1980",
      "Id. de transacción": "T-1",
      "Id. de referencia de trans.": "T-0",
    },
    settings: { zones: { PST: "America/Los_Angeles" } },
    reads: [
      [{ "Zona horaria": "PDT" }, { at: at("2026-10-30T06:59Z") }],
      [{ "Id. de factura": "N1" }, { line: "T-1", payment: ["T-1"], contract: "T-0", order: "N1", amount: yen }],
      [
        { Descripción: "Reembolso de pago", Bruto: "-1980" },
        { line: "T-1", payment: ["T-0"], refund: "T-1" },
      ],
      [{ "Zona horaria": "PST" }, { at: at("2026-10-30T06:59Z") }],
    ],
  },
  "paypal-settlement": {
    files: [
      {
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
    ],
    knownBy: ["Transaction ID", "PayPal Reference ID", "Transaction Event Code", "Transaction Debit or Credit", "Gross Transaction Amount"],
    line: {
      CH: "SB",
      "Transaction ID": "T-1",
      "PayPal Reference ID": "T-0",
      "PayPal Reference ID Type": "TXN",
      "Transaction Event Code": "T0002",
      "Transaction Initiation Date": "2026/10/01 00:01:17 -0700",
      "Transaction Debit or Credit": "CR",
      "Gross Transaction Amount": "198000",
      "Gross Transaction Currency": "JPY",
    },
    settings: { skip: ["Bank Reference ID"] },
    reads: [
      [{ "Invoice ID": "N1" }, { line: "T-1", payment: ["T-1"], order: "N1", amount: yen, at: at("2026-10-01T07:01:17Z") }],
      [{ "PayPal Reference ID Type": "ODR" }, { payment: ["T-1", "order:T-0"] }],
      [
        { "PayPal Reference ID Type": "ODR", "Transaction Event Code": "T1107", "Transaction Debit or Credit": "DR" },
        { payment: [], refund: "T-1" },
      ],
      [{ "PayPal Reference ID Type": "SUB" }, { payment: ["T-1"], contract: "T-0" }],
      [{ "PayPal Reference ID Type": "PAP" }, { payment: ["T-1"], contract: "T-0" }],
      [
        { "Transaction Event Code": "T1107", "Transaction Debit or Credit": "DR" },
        { line: "T-1", payment: ["T-0"], refund: "T-1", type: "refund" },
      ],
    ],
    times: { "Transaction Initiation Date": { "2026-10-01T07:01:17Z": ["2026/10/01 00:01:17 -0700", "2026-10-01 00:01:17 -0700"] } },
  },
};
