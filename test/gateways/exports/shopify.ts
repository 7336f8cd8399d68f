import { at, type ExportCases, yen } from "./case.ts";

export const cases: ExportCases = {
  "shopify-payments": {
    files: [
      {
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
    ],
    knownBy: ["Transaction Date", "Type", "Order", "Amount", "Fee", "Net", "Checkout", "Currency", "Payout Status"],
    line: {
      "Transaction Date": "2026-07-01 07:33:09 +0200",
      Type: "charge",
      Order: "#1",
      Amount: "1980",
      Fee: "1",
      Net: "1",
      Checkout: "#2",
      Currency: "JPY",
      "Payout Status": "paid",
    },
    words: {
      Type: {
        charge: ["charge"],
        refund: ["refund"],
        "refund failed": ["refund_failure"],
        chargeback: ["chargeback"],
        "chargeback reversed": ["chargeback won", "chargeback_won"],
        "(payout)": ["payout", "payout_failure", "payout_cancellation"],
        "(other)": ["adjustment", "reserve", "shop_cash_credit", "marketing_credit"],
      },
    },
    reads: [[{}, { payment: [], order: "#1", amount: yen, at: at("2026-07-01T05:33:09Z") }]],
  },
};
