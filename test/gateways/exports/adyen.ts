import { at, type ExportCases, yen } from "./case.ts";

export const cases: ExportCases = {
  "adyen-settlement-details": {
    files: [
      {
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
    ],
    knownBy: ["Psp Reference", "Modification Reference", "Type", "Gross Currency", "Gross Debit (GC)", "Gross Credit (GC)"],
    line: {
      "Psp Reference": "PSP1",
      "Modification Reference": "MOD1",
      Type: "Settled",
      "Gross Currency": "JPY",
      TimeZone: "CEST",
      "Creation Date": "2026-07-01 00:30:00",
      "Gross Debit (GC)": "",
      "Gross Credit (GC)": "1980",
    },
    words: {
      Type: {
        charge: ["Settled", "SettledInInstallments"],
        refund: ["Refunded", "RefundedExternally"],
        "refund failed": ["RefundedReversed"],
        chargeback: ["Chargeback", "SecondChargeback"],
        "chargeback reversed": ["ChargebackReversed"],
        "(fee)": ["Fee", "InvoiceDeduction", "MiscCosts"],
        "(payout)": ["MerchantPayout", "PayoutReversed"],
        "(transfer)": ["Balancetransfer"],
        "(other)": ["DepositCorrection", "ReserveAdjustment"],
      },
    },
    reads: [
      [{ "Merchant Reference": "O1" }, { payment: ["PSP1"], order: "O1", amount: yen, at: at("2026-06-30T22:30Z") }],
      [
        { Type: "Refunded", "Gross Debit (GC)": "1980", "Gross Credit (GC)": "" },
        { payment: ["PSP1"], refund: "MOD1" },
      ],
      [{ Type: "Chargeback", "Gross Debit (GC)": "1980", "Gross Credit (GC)": "" }, { dispute: "MOD1" }],
    ],
    times: { "Creation Date": { "2026-06-30T22:30Z": ["2026-07-01T00:30:00", "2026-07-01 00:30:00"] } },
  },
};
