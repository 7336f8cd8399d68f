/** GMO-PG tells of slips at the slip's time, of carriers in fields of their own, and of continuing payments under one number. */
import type { Callback, Sequence } from "./sequence.ts";

const source = { gateway: "gmo-pg", options: { shopId: "tshop00000001" } };

const notice = (Status: string, TranDate: string, more: Readonly<Record<string, string>> = {}): Callback => ({
  form: {
    ShopID: "tshop00000001",
    AccessID: "access-1",
    OrderID: "order-1",
    Status,
    JobCd: Status,
    Amount: "1800",
    Tax: "180",
    Currency: "JPN",
    TranID: "",
    TranDate,
    ErrCode: "",
    ErrInfo: "",
    PayType: "0",
    ...more,
  },
});
const slip = (Status: string, more: Readonly<Record<string, string>> = {}) =>
  notice(Status, "20260105120000", { JobCd: "", PayType: "3", ...more });
const wallet = (Status: string, TranDate: string, more: Readonly<Record<string, string>> = {}) =>
  notice(Status, TranDate, { PayType: "8", ...more });
const continuing = (Status: string, TranDate: string, more: Readonly<Record<string, string>> = {}) =>
  notice(Status, TranDate, { JobCd: "", PayType: "13", ...more });
const error = { ErrCode: "G12", ErrInfo: "42G120000" };
const yen = { currency: "JPY" } as const;

export const sequences: readonly Sequence[] = [
  {
    what: "a sale at au is returned in two parts",
    source,
    callbacks: [
      wallet("CAPTURE", "20260105120000"),
      wallet("RETURN", "20260106120000", { AuCancelAmount: "300", AuCancelTax: "0" }),
      wallet("RETURN", "20260107120000", { AuCancelAmount: "200", AuCancelTax: "0" }),
    ],
    contract: "access-1",
    adds: { charged: 1980, refunded: 500 },
    ...yen,
  },
  {
    what: "a sale at SoftBank is cancelled in part",
    source,
    callbacks: [
      wallet("AUTH", "20260105120000", { PayType: "11" }),
      wallet("SALES", "20260106120000", { PayType: "11" }),
      wallet("CANCEL", "20260107120000", { PayType: "11", SbCancelAmount: "980", SbCancelTax: "0" }),
    ],
    contract: "access-1",
    adds: { charged: 1980, refunded: 980 },
    ...yen,
  },
  {
    what: "a sale at docomo is cancelled whole",
    source,
    callbacks: [
      wallet("CAPTURE", "20260105120000", { PayType: "9" }),
      wallet("CANCEL", "20260106120000", { PayType: "9", DocomoCancelAmount: "1800", DocomoCancelTax: "180" }),
    ],
    contract: "access-1",
    adds: { charged: 0, refunded: 0 },
    ...yen,
  },
  {
    what: "a slip is paid in its last hour, and its expiry is told before",
    source,
    callbacks: [slip("REQSUCCESS"), slip("EXPIRED", { TranDate: "" }), slip("PAYSUCCESS", { TranDate: "", FinishDate: "20260105235000" })],
    contract: "access-1",
    adds: { charged: 1980, refunded: 0 },
    ...yen,
  },
  {
    what: "a slip is not paid",
    source,
    callbacks: [slip("REQSUCCESS"), slip("EXPIRED")],
    contract: "access-1",
    adds: { charged: 0, refunded: 0 },
    ...yen,
  },
  {
    what: "a slip is paid twice",
    source,
    callbacks: [
      slip("REQSUCCESS"),
      slip("PAYSUCCESS", { FinishDate: "20260106090000" }),
      slip("PAYSUCCESS", { FinishDate: "20260107100000" }),
    ],
    contract: "access-1",
    adds: { charged: 3960, refunded: 0 },
    ...yen,
  },
  {
    what: "an order is paid twice, under two numbers",
    source,
    callbacks: [notice("CAPTURE", "20260105120000"), notice("CAPTURE", "20260105120100", { AccessID: "access-2" })],
    contract: "access-1",
    adds: { charged: 1980, refunded: 0 },
    together: { charged: 3960, refunded: 0 },
    ...yen,
  },
  {
    what: "a change of the amount fails",
    source,
    callbacks: [notice("CAPTURE", "20260105120000"), notice("CAPTURE", "20260106120000", error)],
    contract: "access-1",
    adds: { charged: 1980, refunded: 0 },
    ...yen,
  },
  {
    what: "the sale of what was authorised fails, and then does not",
    source,
    callbacks: [
      notice("AUTH", "20260105120000"),
      notice("AUTH", "20260106120000", { JobCd: "SALES", ...error }),
      notice("SALES", "20260107120000"),
    ],
    contract: "access-1",
    adds: { charged: 1980, refunded: 0 },
    ...yen,
  },
  ...["CANCEL", "RETURN", "PAYFAIL", "END"].map(
    (end): Sequence => ({
      what: `a continuing payment is ended by ${end}`,
      source,
      callbacks: [continuing("REGISTER", "20260105120000"), continuing(end, "20260106120000")],
      contract: "order-1",
      adds: { state: "cancelled", charged: 0, refunded: 0 },
      ...yen,
    }),
  ),
  {
    what: "a continuing payment is charged twice, and ends",
    source,
    callbacks: [
      continuing("REGISTER", "20260105120000"),
      continuing("SALES", "20260105120001"),
      continuing("SALES", "20260205120000"),
      continuing("CANCEL", "20260206120000"),
    ],
    contract: "order-1",
    adds: { state: "cancelled", charged: 3960, refunded: 0 },
    ...yen,
  },
  {
    what: "a continuing payment cannot be cancelled",
    source,
    callbacks: [continuing("REGISTER", "20260105120000"), continuing("REGISTER", "20260106120000", { JobCd: "CANCEL", ...error })],
    contract: "order-1",
    adds: { state: "active", charged: 0, refunded: 0 },
    ...yen,
  },
  {
    what: "one yen is taken and given back, as a card check",
    source,
    callbacks: [
      notice("CAPTURE", "20260105120000", { Amount: "1", Tax: "0" }),
      notice("RETURN", "20260106120000", { Amount: "1", Tax: "0" }),
    ],
    contract: "access-1",
    adds: { charged: 0, refunded: 0 },
    ...yen,
  },
  {
    what: "a wallet's return is accepted, and then done",
    source,
    callbacks: [
      wallet("CAPTURE", "20260105120000", { PayType: "45" }),
      wallet("REQRETURN", "20260106120000", { PayType: "45" }),
      wallet("RETURN", "20260106120500", { PayType: "45", PaypayCancelAmount: "300" }),
    ],
    contract: "access-1",
    adds: { charged: 1980, refunded: 300 },
    ...yen,
  },
  ...[
    { what: "a transfer comes in before its account is closed", paid: 1980 },
    { what: "a transfer does not come in before its account is closed", paid: 0 },
  ].map(({ what, paid }) => ({
    what,
    source,
    callbacks: [
      slip("TRADING", { PayType: "36" }),
      ...(paid > 0 ? [slip("PAYSUCCESS", { PayType: "36", FinishDate: "20260108120000" })] : []),
      slip("STOP", { PayType: "36", TranDate: "20260120120000" }),
    ],
    contract: "access-1",
    adds: { charged: paid, refunded: 0 },
    ...yen,
  })),
  {
    what: "a sale at docomo is returned in two parts, in each of which the sale's own step is named",
    source,
    callbacks: [
      wallet("CAPTURE", "20260105120000", { PayType: "9", TranID: "t1" }),
      wallet("RETURN", "20260106120000", { PayType: "9", TranID: "t1", DocomoCancelAmount: "300", DocomoCancelTax: "30" }),
      wallet("RETURN", "20260107120000", { PayType: "9", TranID: "t1", DocomoCancelAmount: "200", DocomoCancelTax: "20" }),
    ],
    contract: "access-1",
    adds: { charged: 1980, refunded: 550 },
    ...yen,
  },
  {
    what: "a carrier's payment fails when the customer is to confirm it",
    source,
    callbacks: [wallet("AUTHPROCESS", "20260105120000"), wallet("PAYFAIL", "20260105120100", error)],
    contract: "access-1",
    adds: { charged: 0, refunded: 0 },
    ...yen,
  },
];
