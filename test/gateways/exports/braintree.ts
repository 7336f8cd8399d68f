import { at, type ExportCases } from "./case.ts";

export const cases: ExportCases = {
  "braintree-transactions": {
    files: [
      {
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
    ],
    knownBy: [
      "Transaction ID",
      "Subscription ID",
      "Transaction Type",
      "Transaction Status",
      "Created Datetime",
      "Currency ISO Code",
      "Amount Authorized",
    ],
    line: {
      "Transaction ID": "bt1",
      "Subscription ID": "s1",
      "Transaction Type": "sale",
      "Transaction Status": "settled",
      "Created Datetime": "07/13/2026 10:00:00",
      "Created Timezone": "America/New_York",
      "Currency ISO Code": "JPY",
      "Amount Authorized": "1980",
      "Refunded Transaction ID": "bt0",
    },
    words: {
      "Transaction Type": { charge: ["sale"], refund: ["credit"] },
      "Transaction Status": {
        charge: ["settled", "settling", "settlement_confirmed", "submitted_for_settlement", "settlement_pending"],
        "charge pending": ["authorized", "authorizing"],
        "charge failed": ["gateway_rejected", "processor_declined", "failed", "settlement_declined"],
        "charge voided": ["voided", "authorization_expired"],
      },
    },
    reads: [
      [
        { "Order ID": "o1", "Customer ID": "c1", "Amount Submitted For Settlement": "1970" },
        {
          payment: ["bt1"],
          contract: "s1",
          order: "o1",
          customer: "c1",
          amount: { minor: 1970, currency: "JPY" },
          at: at("2026-07-13T14:00Z"),
        },
      ],
      [{ "Transaction Type": "credit" }, { payment: ["bt0"], refund: "bt1" }],
    ],
    times: {
      "Created Datetime": { "2026-07-13T14:00Z": ["07/13/2026 10:00:00", "7/13/2026 10:00", "2026-07-13 10:00:00", "2026-07-13T10:00:00"] },
    },
  },
};
