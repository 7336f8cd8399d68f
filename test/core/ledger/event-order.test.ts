import { describe, expect, test } from "vitest";
import { type EventType, eventTypes } from "../../../core/event.ts";
import { byEventTime } from "../../../core/ledger/event-order.ts";
import { noon, paymentEvent } from "../../support/samples.ts";

/** What happens first to a payment and to a contract, step by step; what is beside each other has no order of its own. */
const steps: readonly (readonly EventType[])[] = [
  ["card.verified", "card.verification_failed", "notice", "unknown"],
  ["charge.authorized", "contract.started"],
  ["charge.failed", "contract.renewed", "contract.resumed"],
  ["charge.succeeded", "contract.past_due"],
  ["charge.voided", "contract.paused"],
  ["refund.pending", "contract.cancelled"],
  ["charge.refunded", "contract.expired"],
  ["refund.failed", "contract.replaced"],
  ["dispute.opened"],
  ["dispute.won", "dispute.lost"],
];
const stepOf = (type: EventType): number => steps.findIndex((some) => some.includes(type));

describe("events of one moment", () => {
  test("are in the order in which they happen, whatever their ids and amounts say", () => {
    expect(steps.flat().toSorted()).toEqual([...eventTypes].toSorted());
    for (const one of eventTypes)
      for (const other of eventTypes.filter((type) => stepOf(type) > stepOf(one)))
        expect([
          one,
          other,
          Math.sign(
            byEventTime(
              paymentEvent({ id: "z", type: one, amount: { minor: 500, currency: "JPY" } }),
              paymentEvent({ id: "a", type: other, amount: { minor: 100, currency: "JPY" } }),
            ),
          ),
        ]).toEqual([one, other, -1]);
  });

  test("of one step are in the order of their amounts, none being the least, and then of their ids", () => {
    const amount = (minor: number) => ({ amount: { minor, currency: "JPY" } });
    for (const [one = "unknown", other = one] of steps) {
      const [first, second] = [paymentEvent({ id: "a", type: one }), paymentEvent({ id: "b", type: other })];
      expect(byEventTime(first, second)).toBe(-1);
      expect(byEventTime(second, first)).toBe(1);
      expect(byEventTime({ ...second, ...amount(1) }, { ...first, ...amount(2) })).toBeLessThan(0);
      expect(byEventTime({ ...first, ...amount(1) }, second)).toBeGreaterThan(0);
      expect(byEventTime(first, { ...first, ...amount(0) })).toBe(0);
      expect(byEventTime({ ...first, ...amount(0) }, first)).toBe(0);
    }
  });

  test("come after whatever is older", () => {
    const late = paymentEvent({ id: "a", type: "charge.authorized", occurredAt: noon + 1 });
    expect(byEventTime(late, paymentEvent({ id: "z", type: "dispute.lost" }))).toBe(1);
  });
});
