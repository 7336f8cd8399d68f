/** Telecom Credit knows a member only, and sends no times. */
import type { Callback, Sequence } from "./sequence.ts";

const source = { gateway: "telecom-credit" };

const payment = (settle_uuid: string, rel: "yes" | "no", cont: "yes" | "no"): Callback => ({
  form: { clientip: "00001", sendid: "member-1", money: "1980", settle_uuid, rel, cont },
});

export const sequences: readonly Sequence[] = [
  {
    what: "a member pays, fails, recovers and leaves, and the last month is told afterwards",
    source,
    callbacks: [
      payment("uuid-1", "yes", "no"),
      payment("uuid-2", "no", "yes"),
      payment("uuid-3", "yes", "yes"),
      { form: { member_id: "member-1" } },
      payment("uuid-4", "yes", "yes"),
    ],
    contract: "member-1",
    adds: { state: "cancelled", charged: 5940, refunded: 0 },
    currency: "JPY",
  },
];
