/** Epsilon says of a payment only that it was made. */
import type { Callback, Sequence } from "./sequence.ts";

const paid = (trans_code: string, order_number: string): Callback => ({
  form: { trans_code, order_number, user_id: "customer-1", item_price: "1980", state: "5", paid: "1" },
});

export const sequences: readonly Sequence[] = [
  {
    what: "a slip is paid, and another one",
    source: { gateway: "epsilon" },
    callbacks: [paid("1001", "order-1"), paid("1002", "order-2")],
    contract: "1001",
    adds: { charged: 1980, refunded: 0 },
    together: { charged: 3960, refunded: 0 },
    currency: "JPY",
  },
];
