import { describe, expect, test } from "vitest";
import { type CardCheck, checksOf } from "../../../../core/ledger/payment/card-check.ts";
import { noon, paymentEvent } from "../../../support/samples.ts";

const check = (id: string, more: Partial<CardCheck> = {}): CardCheck => ({ id, at: noon, passed: true, ...more });
const own = (id: string, charge: string | undefined, more: object = {}) =>
  paymentEvent({ id, type: "card.verified", ...(charge !== undefined && { charge }), ...more });

describe("card checks", () => {
  test("are the gateway's own and those of two halves, in the order of time and then of their ids", () => {
    const events = [
      own("evt_2", "b", { occurredAt: noon - 2 }),
      own("evt_1", undefined, { type: "card.verification_failed", occurredAt: noon - 1 }),
      paymentEvent({ id: "evt_3", charge: "paid" }),
    ];
    expect(checksOf([check("d"), check("c")], events)).toEqual([
      { id: "b", at: noon - 2, passed: true },
      { id: "evt_1", at: noon - 1, passed: false },
      check("c"),
      check("d"),
    ]);
  });

  test("that are reported more than once are one: a pass before a failure, then the first, then what is undone", () => {
    const [passed, failed] = [check("a", { at: noon + 9 }), check("a", { passed: false })];
    const [first, later] = [check("a", { isOpen: true }), check("a", { at: noon + 1 })];
    const [open, undone] = [check("a", { isOpen: true }), check("a")];
    const best = (...some: readonly CardCheck[]) => [checksOf(some, []), checksOf(some.toReversed(), [])];
    expect(best(passed, failed)).toEqual([[passed], [passed]]);
    expect(best(first, later)).toEqual([[first], [first]]);
    expect(best(open, undone)).toEqual([[undone], [undone]]);
  });
});
