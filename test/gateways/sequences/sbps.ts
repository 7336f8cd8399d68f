/** SBPS tells each deposit for a slip with the sum so far, and may tell of the slip's end besides. */
import type { Callback, Sequence } from "./sequence.ts";

const source = { gateway: "sbps" };
const yen = { currency: "JPY" } as const;

const result = (res_result: string, res_date: string, more: Readonly<Record<string, string>> = {}): Callback => ({
  form: {
    pay_method: "webcvs",
    cust_code: "customer-1",
    order_id: "order-1",
    amount: "1980",
    pay_type: "0",
    service_type: "0",
    tracking_id: "",
    res_pay_method: "webcvs",
    res_result,
    res_tracking_id: "90000000000001",
    res_payinfo_key: "",
    res_date,
    ...more,
  },
});
const card = { pay_method: "credit", res_pay_method: "credit" };
const monthly = (id: string, res_date: string, more: Readonly<Record<string, string>> = {}) =>
  result("OK", res_date, { ...card, pay_type: "1", res_tracking_id: id, ...more });
const later = { tracking_id: "90000000000001" };

export const sequences: readonly Sequence[] = [
  {
    what: "a slip is paid in two deposits",
    source,
    callbacks: [
      result("OK", "20260105120000"),
      result("PY", "20260106120000", { res_payinfo_key: "P,980,980" }),
      result("PY", "20260107120000", { res_payinfo_key: "D,1000,1980" }),
    ],
    contract: "90000000000001",
    adds: { charged: 1980, refunded: 0 },
    ...yen,
  },
  {
    what: "a slip is paid in two deposits without a sum",
    source,
    callbacks: [
      result("PY", "20260106120000", { res_payinfo_key: "P,980" }),
      result("PY", "20260107120000", { res_payinfo_key: "P,1000" }),
    ],
    contract: "90000000000001",
    adds: { charged: 1980, refunded: 0 },
    ...yen,
  },
  {
    what: "a slip is paid, and its end is told later",
    source,
    callbacks: [
      result("OK", "20260105120000"),
      result("PY", "20260106235000", { res_payinfo_key: "D,1980,1980" }),
      result("CN", "20260107030000"),
    ],
    contract: "90000000000001",
    adds: { charged: 1980, refunded: 0 },
    ...yen,
  },
  {
    what: "a slip is not paid",
    source,
    callbacks: [result("OK", "20260105120000"), result("CN", "20260107030000")],
    contract: "90000000000001",
    adds: { charged: 0, refunded: 0 },
    ...yen,
  },
  {
    what: "a single sale is cancelled",
    source,
    callbacks: [result("OK", "20260105120000", card), result("OK", "20260106120000", { ...card, service_type: "1" })],
    contract: "90000000000001",
    adds: { charged: 0, refunded: 0 },
    ...yen,
  },
  {
    what: "a contract ends, and its last month is told afterwards",
    source,
    callbacks: [
      monthly("90000000000001", "20260105120000"),
      monthly("90000000000002", "20260205120000", later),
      monthly("90000000000003", "20260210120000", { ...later, service_type: "1" }),
      monthly("90000000000004", "20260305120000", later),
    ],
    contract: "90000000000001",
    adds: { state: "cancelled", charged: 5940, refunded: 0 },
    ...yen,
  },
  {
    what: "a single sale is cancelled under a number of its own",
    source,
    callbacks: [
      result("OK", "20260105120000", card),
      result("OK", "20260106120000", { ...card, ...later, service_type: "1", res_tracking_id: "90000000000002" }),
    ],
    contract: "90000000000001",
    adds: { charged: 0, refunded: 0 },
    ...yen,
  },
  {
    what: "a slip is paid after its end was told",
    source,
    callbacks: [
      result("OK", "20260105120000"),
      result("CN", "20260112000000"),
      result("PY", "20260112090000", { res_payinfo_key: "D,1980,1980" }),
    ],
    contract: "90000000000001",
    adds: { charged: 1980, refunded: 0 },
    ...yen,
  },
];
