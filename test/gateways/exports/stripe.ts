import { at, type ExportCases, yen } from "./case.ts";

export const cases: ExportCases = {
  "stripe-itemised": {
    files: [
      {
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
        text: `balance_transaction_id|created|available_on|currency|gross|fee|net|reporting_category|source_id
           txn_1|2026-10-01 00:30:00|2026-10-05 00:00:00|jpy|1980|71|1909|charge|ch_1`,
        stated: { zone: "Asia/Tokyo" },
        asks: ["zone"],
        says: ["charge 1980 JPY 2026-09-30T15:30 ch_1"],
      },
      {
        text: `balance_transaction_id|created|available_on|currency|gross|fee|net|reporting_category|description
           txn_1|2026-10-01 00:30:00|2026-10-05 00:00:00|jpy|1980|71|1909|charge|x`,
        stated: { zone: "Asia/Tokyo" },
        asks: ["zone"],
        says: ["charge 1980 JPY 2026-09-30T15:30"],
      },
    ],
    knownBy: ["balance_transaction_id", "currency", "gross", "reporting_category"],
    line: {
      balance_transaction_id: "txn_1",
      created_utc: "2026-10-01 00:30:00",
      currency: "jpy",
      gross: "1980",
      reporting_category: "charge",
      source_id: "ch_1",
      charge_id: "ch_0",
    },
    words: {
      reporting_category: {
        charge: ["charge"],
        refund: ["refund", "partial_capture_reversal"],
        void: ["charge_failure"],
        "refund failed": ["refund_failure"],
        chargeback: ["dispute"],
        "chargeback reversed": ["dispute_reversal"],
        "(payout)": ["payout", "payout_reversal", "payout_minimum_balance_hold", "payout_minimum_balance_release"],
        "(fee)": ["fee", "network_cost", "tax"],
        "(transfer)": [
          "transfer",
          "transfer_reversal",
          "topup",
          "topup_reversal",
          "platform_earning",
          "platform_earning_refund",
          "connect_collection_transfer",
        ],
        "(other)": [
          "connect_reserved_funds",
          "risk_reserved_funds",
          "other_adjustment",
          "advance",
          "advance_funding",
          "anticipation_repayment",
          "contribution",
          "financing_payout",
          "issuing_transaction",
        ],
      },
    },
    reads: [
      [
        { payment_intent_id: "pi_1", invoice_id: "in_1", customer_id: "cus_1" },
        { line: "txn_1", payment: ["ch_1", "ch_0", "pi_1", "in_1"], customer: "cus_1", amount: yen, at: at("2026-10-01T00:30Z") },
      ],
      [
        { reporting_category: "charge_failure", gross: "-1980" },
        { payment: ["ch_1", "ch_0"], type: "void" },
      ],
      [
        { reporting_category: "refund", gross: "-1980", source_id: "re_1" },
        { payment: ["ch_0"], refund: "re_1" },
      ],
      [
        { reporting_category: "dispute", gross: "-1980", source_id: "du_1" },
        { payment: ["ch_0"], dispute: "du_1" },
      ],
    ],
    times: { created_utc: { "2026-10-01T00:30Z": ["2026-10-01 00:30:00", "2026-10-01 00:30", "2026-10-01T00:30:00Z"] } },
  },
  "stripe-all-activity": {
    files: [
      {
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
    ],
    knownBy: ["Type", "Source", "Amount", "Fee", "Net", "Currency", "Created (UTC)", "Available On (UTC)"],
    line: {
      id: "txn_1",
      Type: "charge",
      Source: "ch_1",
      Amount: "1980",
      Fee: "1",
      Net: "1",
      Currency: "jpy",
      "Created (UTC)": "2026-10-01 00:30",
      "Available On (UTC)": "2026-10-03 00:00",
    },
    words: {
      Type: {
        charge: ["charge", "payment"],
        refund: ["refund", "payment_refund"],
        "refund failed": ["refund_failure"],
        void: ["payment_failure_refund"],
        "(fee)": ["stripe_fee", "stripe_fx_fee", "tax_fee", "network_cost", "application_fee", "application_fee_refund"],
        "(payout)": ["payout", "payout_cancel", "payout_failure"],
        "(transfer)": ["transfer", "transfer_cancel", "transfer_failure", "transfer_refund", "topup", "topup_reversal"],
      },
    },
    reads: [
      [{}, { line: "txn_1", payment: ["ch_1"], amount: yen, at: at("2026-10-01T00:30Z") }],
      [
        { Type: "refund", Amount: "-1980", Source: "re_1" },
        { payment: [], refund: "re_1" },
      ],
    ],
    times: { "Created (UTC)": { "2026-10-01T00:30Z": ["2026-10-01 00:30:00", "2026-10-01 00:30", "2026-10-01T00:30:00Z"] } },
  },
  "stripe-payments": {
    files: [
      {
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
    ],
    knownBy: ["id", "Amount", "Amount Refunded", "Currency", "Captured", "Status"],
    line: {
      id: "ch_1",
      "Created (UTC)": "2026-10-01 00:30:00",
      Amount: "1980",
      "Amount Refunded": "0",
      Currency: "jpy",
      Status: "Paid",
      Captured: "true",
    },
    settings: { skip: ["Card ID", "Card Fingerprint", "Card Last4"] },
    words: {
      Status: {
        charge: ["Paid", "succeeded", "Refunded", "Partial Refund", "Partially refunded", "Disputed"],
        "charge failed": ["Failed", "Blocked"],
        "charge voided": ["Canceled"],
        "charge pending": [
          "Uncaptured",
          "Pending",
          "Processing",
          "Incomplete",
          "requires payment method",
          "requires_action",
          "requires_capture",
          "requires confirmation",
        ],
      },
    },
    reads: [
      [
        { "PaymentIntent ID": "pi_1", "Invoice ID": "in_1", "Customer ID": "cus_1", "Amount Refunded": "500" },
        { payment: ["ch_1", "pi_1", "in_1"], customer: "cus_1", amount: yen, refunded: { minor: 500, currency: "JPY" } },
      ],
    ],
    times: { "Created (UTC)": { "2026-10-01T00:30Z": ["2026-10-01 00:30:00", "2026-10-01 00:30", "2026-10-01T00:30:00Z"] } },
  },
  "stripe-subscriptions": {
    files: [
      {
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
    ],
    knownBy: ["id", "Customer ID", "Status", "Current Period Start (UTC)", "Current Period End (UTC)"],
    line: {
      id: "sub_1",
      "Customer ID": "cus_1",
      Status: "active",
      "Created (UTC)": "2026-01-01 00:00",
      "Start (UTC)": "2026-01-02 00:00",
      "Current Period Start (UTC)": "2026-10-02 00:00",
      "Current Period End (UTC)": "2026-11-02 00:00",
      "Ended At (UTC)": "",
    },
    reads: [[{}, { kind: "contract", contract: "sub_1", customer: "cus_1", state: "active", at: at("2026-01-02T00:00Z") }]],
  },
};
