/** fincode's slips and transfers can be paid twice, after they were cancelled, and after they have expired. */
import type { Callback, Sequence } from "./sequence.ts";

const source = { gateway: "fincode" };
const yen = { currency: "JPY" } as const;

const payment = (event: string, status: string, more: object = {}): Callback => ({
  body: {
    event,
    order_id: "o_1",
    access_id: "a_1",
    status,
    amount: "1800",
    tax: "180",
    transaction_date: "2026/01/05 12:00:00.000",
    ...more,
  },
});
const slip = payment("payments.konbini.exec", "AWAITING_CUSTOMER_PAYMENT");
const paid = (payment_date: string, status = "CAPTURED", more: object = {}) =>
  payment("payments.konbini.complete", status, { payment_date, ...more });

export const sequences: readonly Sequence[] = [
  {
    what: "a slip is paid twice",
    source,
    callbacks: [slip, paid("2026/01/06 09:00:00.000"), paid("2026/01/07 09:00:00.000", "CAPTURED", { overpayment_flag: "1" })],
    contract: "o_1",
    adds: { charged: 3960, refunded: 0 },
    ...yen,
  },
  {
    what: "a slip is paid after it was cancelled",
    source,
    callbacks: [
      slip,
      payment("payments.konbini.cancel", "CANCELED", { process_date: "2026/01/08 12:00:00.000" }),
      paid("2026/01/09 09:00:00.000", "CANCELED", { cancel_overpayment_flag: "1" }),
    ],
    contract: "o_1",
    adds: { charged: 1980, refunded: 0 },
    ...yen,
  },
  {
    what: "a slip is paid before it expires, and its expiry is told as well",
    source,
    callbacks: [
      slip,
      paid("2026/01/08 23:50:00.000"),
      payment("payments.konbini.expired.update.batch", "EXPIRED", { process_date: "2026/01/09 02:00:00.000" }),
    ],
    contract: "o_1",
    adds: { charged: 1980, refunded: 0 },
    ...yen,
  },
  {
    what: "a slip expires",
    source,
    callbacks: [slip, payment("payments.konbini.expired.update.batch", "EXPIRED", { process_date: "2026/01/09 02:00:00.000" })],
    contract: "o_1",
    adds: { charged: 0, refunded: 0 },
    ...yen,
  },
  {
    what: "a wallet's payment is cancelled",
    source,
    callbacks: [
      payment("payments.paypay.complete", "CAPTURED", { process_date: "2026/01/05 12:01:00.000" }),
      payment("payments.paypay.cancel", "CANCELED", { process_date: "2026/01/06 12:00:00.000" }),
    ],
    contract: "o_1",
    adds: { charged: 0, refunded: 0 },
    ...yen,
  },
  {
    what: "a change of the amount fails",
    source,
    callbacks: [
      payment("payments.card.exec", "CAPTURED"),
      payment("payments.card.change", "CAPTURED", {
        amount: "5000",
        error_code: "E01040010",
        process_date: "2026/01/06 12:00:00.000",
      }),
    ],
    contract: "o_1",
    adds: { charged: 1980, refunded: 0 },
    ...yen,
  },
];
