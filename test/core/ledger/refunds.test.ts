import { describe, expect, test } from "vitest";
import type { EventType, PaymentEvent } from "../../../core/event.ts";
import { refundedOf, refundsOf } from "../../../core/ledger/refunds.ts";
import { noon, paymentEvent } from "../../support/samples.ts";

const yen = (minor: number) => ({ minor, currency: "JPY" });
const charged = yen(1_000);

/** Each a minute after the one before. */
const events = (...all: readonly (readonly [type: EventType, minor?: number, more?: Partial<PaymentEvent>])[]): readonly PaymentEvent[] =>
  all.map(([type, minor, more], at) =>
    paymentEvent({
      id: `evt_${at}`,
      type,
      refund: "r",
      occurredAt: noon + at * 60_000,
      ...(minor !== undefined && { amount: yen(minor) }),
      ...more,
    }),
  );

describe("a refund", () => {
  test("is what its latest event says of it", () => {
    const all = events(["refund.pending", 400], ["charge.refunded", 400], ["refund.failed", 400, { reason: "account closed" }]);
    const states = [1, 2, 3].map((count) => refundsOf(all.slice(0, count), charged));
    expect(states).toStrictEqual([
      [{ id: "r", state: "pending", amount: yen(400), at: noon }],
      [{ id: "r", state: "done", amount: yen(400), at: noon + 60_000 }],
      [{ id: "r", state: "failed", amount: yen(400), at: noon + 120_000, reason: "account closed" }],
    ]);
  });

  test("has the latest amount that any of its events has, or all that was charged", () => {
    expect(refundsOf(events(["refund.pending", 300], ["refund.pending", 400], ["charge.refunded"]), charged)[0]?.amount).toEqual(yen(400));
    expect(refundsOf(events(["charge.refunded"]), charged)[0]?.amount).toEqual(charged);
    expect(refundsOf(events(["charge.refunded"]), undefined)[0]).not.toHaveProperty("amount");
  });

  test("that is reported as zero afterwards was reversed: it failed, and keeps its amount", () => {
    expect(refundsOf(events(["charge.refunded", 400], ["charge.refunded", 0]), charged)).toMatchObject([
      { state: "failed", amount: yen(400) },
    ]);
    expect(refundsOf(events(["charge.refunded", 0]), charged)).toMatchObject([{ state: "failed", amount: yen(0) }]);
    expect(refundsOf(events(["refund.pending", 0]), charged)).toMatchObject([{ state: "pending", amount: charged }]);
  });

  test("is listed in the order of time, and then of ids, the one without an id first", () => {
    const at = (minutes: number, refund?: string) => ({ occurredAt: noon + minutes * 60_000, ...(refund !== undefined && { refund }) });
    const { refund: _, ...running } = events(["charge.refunded", 1, at(5)])[0] as PaymentEvent;
    const all = [
      ...events(["charge.refunded", 1, at(5, "b")], ["charge.refunded", 1, at(5, "a")]),
      ...events(["refund.pending", 1, at(1, "z")], ["charge.refunded", 1, at(2, "y")], ["charge.refunded", 1, at(9, "z")]),
      running,
    ];
    expect(refundsOf(all, charged).map(({ id }) => id)).toEqual(["y", undefined, "a", "b", "z"]);
  });
});

describe("what went back", () => {
  const done = { state: "done", at: noon } as const;

  test("is no running total that is only announced", () => {
    expect(refundedOf([{ state: "pending", at: noon, amount: yen(400) }], "JPY")).toBeUndefined();
    expect(refundedOf([{ ...done, amount: yen(400) }], "JPY")).toEqual(yen(400));
  });

  test("is what is done, and of a running total what no named refund explains", () => {
    const pending = { id: "a", state: "pending", at: noon, amount: yen(100) } as const;
    expect(refundedOf([pending, { ...done, amount: yen(400) }], "JPY")).toEqual(yen(300));
    expect(refundedOf([pending, { ...done, id: "b", amount: yen(50) }], undefined)).toEqual(yen(50));
    expect(refundedOf([pending], "JPY")).toBeUndefined();
  });
});
