/** ZEUS sends no times: whatever arrives last is the latest. */
import type { Callback, Sequence } from "./sequence.ts";

const source = { gateway: "zeus" };
const yen = { currency: "JPY" } as const;

const slip = (status: string, more: Readonly<Record<string, string>> = {}): Callback => ({
  form: { clientip: "2012001234", order_no: "order-1", sendid: "member-1", money: "1980", status, ...more },
});
const card = (ordd: string, result: string): Callback => ({
  form: { clientip: "2012001234", ordd, sendid: "member-1", money: "1980", result },
});
const line = { contract: "member-1", ...yen };

export const sequences: readonly Sequence[] = [
  {
    what: "a slip is paid, and the sale is final",
    source,
    callbacks: [slip("01"), slip("04"), slip("05")],
    adds: { charged: 1980, refunded: 0 },
    ...line,
  },
  {
    what: "a slip is paid, and its expiry arrives after the money",
    source,
    callbacks: [slip("01"), slip("04"), slip("03")],
    adds: { charged: 1980, refunded: 0 },
    ...line,
  },
  {
    what: "a slip's payment is taken back",
    source,
    callbacks: [slip("01"), slip("04"), slip("06")],
    adds: { charged: 0, refunded: 0 },
    ...line,
  },
  { what: "a slip expires", source, callbacks: [slip("01"), slip("03")], adds: { charged: 0, refunded: 0 }, ...line },
  {
    what: "a transfer fails and then comes in",
    source,
    callbacks: [slip("04", { tracking_no: "t1" }), slip("03", { tracking_no: "t1" })],
    adds: { charged: 1980, refunded: 0 },
    ...line,
  },
  {
    what: "a card is charged for two months, and one of them fails at first",
    source,
    callbacks: [card("ordd-1", "OK"), card("ordd-2", "NG"), card("ordd-3", "OK")],
    adds: { charged: 3960, refunded: 0 },
    ...line,
  },
];
