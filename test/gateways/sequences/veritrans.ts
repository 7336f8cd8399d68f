/** VeriTrans tells what was received for a slip or a transfer, deposit by deposit. */
import type { Callback, Sequence } from "./sequence.ts";

const source = { gateway: "veritrans" };
const yen = { currency: "JPY" } as const;
let count = 0;

const push = (pushTime: string, items: Readonly<Record<string, string>>): Callback => ({
  form: { numberOfNotify: "1", pushTime, pushId: String(++count).padStart(8, "0"), orderId0000: "order-1", ...items },
});
const received = (rcvAmount0000: string, rcvDate0000: string) => push("20260110120000", { rcvAmount0000, rcvDate0000 });
const card = (pushTime: string, txnType0000: string) =>
  push(pushTime, { txnType0000, cardMstatus0000: "success", vResultCode0000: "A001" });

export const sequences: readonly Sequence[] = [
  {
    what: "a transfer comes in two deposits",
    source,
    callbacks: [received("980", "20260106090000"), received("1000", "20260107090000")],
    contract: "order-1",
    adds: { charged: 1980, refunded: 0 },
    ...yen,
  },
  {
    what: "a slip is cancelled after it was paid",
    source,
    callbacks: [received("1980", "20260106090000"), card("20260107120000", "Cancel")],
    contract: "order-1",
    adds: { charged: 1980, refunded: 0 },
    ...yen,
  },
  {
    what: "two items of one push are about two orders",
    source,
    callbacks: [
      push("20260110120000", {
        rcvAmount0000: "1980",
        rcvDate0000: "20260106090000",
        orderId0001: "order-2",
        rcvAmount0001: "500",
        rcvDate0001: "20260106090000",
      }),
    ],
    contract: "order-1",
    adds: { charged: 1980, refunded: 0 },
    together: { charged: 2480, refunded: 0 },
    ...yen,
  },
];
