import { at, type ExportCases, yen } from "./case.ts";

export const cases: ExportCases = {
  "square-transactions": {
    files: [
      {
        text: `Date|Time|Time Zone|Gross Sales|Total Collected|Card|Cash|Transaction ID|Payment ID|Event Type|Customer ID|Transaction Status
           2026-07-01|10:00:00|Pacific Time (US & Canada)|$1,240.00|$1,240.00|$1,240.00|$0.00|ORD1|PAY1|Payment|C1|Complete
           2026-07-01|10:00:00|Pacific Time (US & Canada)|-$12.00|-$12.00|-$12.00|$0.00|ORD2|PAY2|Refund|C1|
           2026-07-01|10:00:00|Pacific Time (US & Canada)|$5.00|$5.00|$0.00|$5.00|ORD3|PAY3|Payment|C1|`,
        stated: { currency: "USD" },
        asks: ["currency"],
        says: [
          "charge 124000 USD 2026-07-01T17:00 PAY1 order:ORD1 order ORD1",
          "refund 1200 USD 2026-07-01T17:00 PAY2 order:ORD2 order ORD2",
          '- {"kind":"zero"}',
        ],
      },
      {
        text: `Date|Time|Time Zone|Gross Sales|Total Collected|Card|Transaction ID|Payment ID|Event Type
           2026-07-01|10:00:00|Hawaii|$5.00|$5.00|$5.00|ORD1|PAY1|Payment`,
        stated: { currency: "USD" },
        asks: ["currency"],
        says: ["charge 500 USD 2026-07-01T20:00 PAY1 order:ORD1 order ORD1"],
      },
    ],
    knownBy: ["Date", "Time", "Time Zone", "Gross Sales", "Total Collected", "Card", "Transaction ID", "Payment ID", "Event Type"],
    line: {
      Date: "2026-07-01",
      Time: "10:00:00",
      "Time Zone": "Tokyo",
      "Gross Sales": "1980",
      "Total Collected": "1980",
      Card: "1980",
      "Transaction ID": "O1",
      "Payment ID": "P1",
      "Event Type": "Payment",
      "Transaction Status": "Complete",
    },
    settings: {
      // Rails's names of them.
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
    },
    words: {
      "Event Type": { charge: ["Payment"], refund: ["Refund"] },
      "Transaction Status": {
        charge: ["", "Complete", "Completed"],
        "charge pending": ["Pending"],
        "charge failed": ["Failed"],
        "charge voided": ["Canceled", "Cancelled"],
      },
    },
    reads: [
      [{ "Customer ID": "c1" }, { payment: ["P1", "order:O1"], order: "O1", customer: "c1", amount: yen }],
      [{ Time: "10:00" }, { at: at("2026-07-01T01:00Z") }],
      [{ "Order Reference ID": "R1" }, { payment: ["P1", "order:O1"], order: "R1" }],
    ],
    times: { Date: { "2026-07-01T01:00Z": ["2026-07-01", "2026/7/1", "1/7/2026"] } },
  },
};
