import { expect, test } from "vitest";
import type { PaymentEvent } from "../../../../core/event.ts";
import { entriesOf } from "../../../../core/ledger/entry.ts";
import { balance } from "../../../../core/ledger/ledger.ts";
import { ordersPaidTwice } from "../../../../core/ledger/payment/paid-twice.ts";
import { paymentEvent } from "../../../support/samples.ts";

const paid = (charge: string, changes: Partial<PaymentEvent> = {}): PaymentEvent =>
  paymentEvent({
    id: `evt_${charge}`,
    type: "charge.succeeded",
    charge,
    order: "o-1",
    amount: { minor: 1_000, currency: "JPY" },
    ...changes,
  });

const found = (...events: readonly PaymentEvent[]) =>
  ordersPaidTwice(
    [...new Set(events.map(({ charge }) => charge))].flatMap((charge) => {
      const own = events.filter((event) => event.charge === charge);
      return balance("gmo-pg", charge ?? "", entriesOf("gmo-pg/a", "gmo-pg", own)).charges;
    }),
  );

test("two good payments of one order are pointed out, whichever is looked at", () => {
  const twice = [{ order: "o-1", charges: ["a", "b"] }];
  expect(found(paid("a"), paid("b"))).toEqual(twice);
  expect(found(paid("b"), paid("a"))).toEqual(twice);
});

test("they are listed in the order of time, and then of their ids", () => {
  const later = { occurredAt: paid("a").occurredAt + 1 };
  expect(found(paid("a", later), paid("c"), paid("b"))).toEqual([{ order: "o-1", charges: ["b", "c", "a"] }]);
});

test("a second try after a failed one is no second payment, and neither is one that has gone back or was voided", () => {
  const back = { id: "evt_back", type: "charge.refunded", refund: "re_1" } as const;
  expect(found(paid("a", { type: "charge.failed" }), paid("b"))).toEqual([]);
  expect(found(paid("a"), paid("a", back), paid("b"))).toEqual([]);
  expect(found(paid("a"), paid("a", { id: "evt_void", type: "charge.voided" }), paid("b"))).toEqual([]);
});

test("one that has gone back in part still stands", () => {
  const part = { id: "evt_back", type: "charge.refunded", refund: "re_1", amount: { minor: 400, currency: "JPY" } } as const;
  expect(found(paid("a"), paid("a", part), paid("b"))).toHaveLength(1);
});

test("payments of different orders, or of none, have nothing to do with each other", () => {
  expect(found(paid("a"), paid("b", { order: "o-2" }))).toEqual([]);
  const { order: _, ...without } = paid("a");
  expect(found(without, { ...without, id: "evt_b", charge: "b" })).toEqual([]);
});
