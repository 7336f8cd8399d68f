import { type ExportCases, yen } from "./case.ts";

export const cases: ExportCases = {
  "gmo-pg-recurring-results": {
    files: [
      {
        text: `tshop0001|REC-1|ORD-1|20261001|CAPTURE|1800|180|20261101|acc1|secretpass|2a99662|123456|||20261001093000
           tshop0001|REC-2|ORD-2|20261001|CAPTURE|1800|180|20261101|acc2|secretpass||||G02|42G020000|20261001
           tshop0001|REC-3|ORD-3|20261001|SOMETHING|1800|180|20261101|acc3|secretpass|||||20261001`,
        says: [
          "charge 1980 JPY 2026-10-01T00:30 acc1 ORD-1 order ORD-1 of REC-1",
          '! {"kind":"columns","found":16,"expected":15}',
          '- {"kind":"unknown","column":"Status","text":"SOMETHING"}',
        ],
      },
    ],
    notIts: {
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
    line: {
      ShopID: "tshop",
      RecurringID: "R1",
      OrderID: "O1",
      ChargeDate: "20261001",
      Status: "CAPTURE",
      Amount: "1800",
      Tax: "180",
      NextChargeDate: "",
      AccessID: "acc1",
      AccessPass: "x",
      Forward: "",
      ApprovalNo: "",
      ErrCode: "",
      ErrInfo: "",
      ProcessDate: "20261001",
    },
    settings: { charset: "shift_jis", skip: ["AccessPass"], comesAfterDays: 10, isOfOneDay: true },
    words: {
      Status: {
        charge: ["CAPTURE", "SALES", "SUCCESS", "PAYSUCCESS", "OK"],
        "charge failed": ["FAIL", "FAILED", "ERROR", "PAYFAIL", "NG", "UNPROCESSED"],
        void: ["VOID"],
        refund: ["RETURN", "RETURNX"],
        "(authorization)": ["AUTH"],
        "(check)": ["CHECK"],
      },
    },
    reads: [
      [{}, { payment: ["acc1", "O1"], contract: "R1", order: "O1", amount: yen }],
      // An error counts for more than the status beside it.
      [
        { ErrCode: "G02|G03", ErrInfo: "42G020000|42G030000" },
        { type: "charge", outcome: "failed" },
      ],
    ],
    times: { ProcessDate: { "2026-09-30T15:00Z": ["20261001000000", "20261001"] } },
  },
};
