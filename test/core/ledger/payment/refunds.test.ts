import { describe, expect, test } from "vitest";
import type { EventType, PaymentEvent } from "../../../../core/event.ts";
import { refundedOf, refundsOf } from "../../../../core/ledger/payment/refunds.ts";
import { noon, paymentEvent } from "../../../support/samples.ts";

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

  describe("of a payment in parts", () => {
    const total = (part: string | undefined, minor: number, minutes = 0) => ({
      ...done,
      ...(part !== undefined && { part }),
      amount: yen(minor),
      at: noon + minutes * 60_000,
    });
    const named = (id: string, part: string | undefined, minor: number, more: object = {}) => ({ ...total(part, minor), id, ...more });
    const back = (...refunds: Parameters<typeof refundedOf>[0]) => refundedOf(refunds, "JPY")?.minor;

    test("is the sum of its parts' totals, or that of the whole where it is more", () => {
      expect(back(total("a", 300), total("b", 200))).toBe(500);
      expect(back(total("a", 300), total("b", 200), total(undefined, 400))).toBe(500);
      expect(back(total("a", 300), total("b", 200), total(undefined, 600))).toBe(600);
    });

    test("is of each part's total what no refund of that part explains", () => {
      expect(back(total("a", 300), named("r", "b", 500))).toBe(800);
      expect(back(total("a", 300), named("r", "a", 300))).toBe(300);
      expect(back(total("a", 300), named("r", "a", 100), named("s", "b", 500))).toBe(800);
      expect(back(total("a", 300), total("b", 200), named("r", "a", 400))).toBe(600);
    });

    test("is explained, of any part and of the whole, by a refund that names none", () => {
      expect(back(total("a", 300), total("b", 200), named("r", undefined, 100))).toBe(500);
      expect(back(total("a", 300), total("b", 200), named("r", undefined, 600))).toBe(600);
      expect(back(total(undefined, 500), named("r", "a", 300))).toBe(500);
      expect(back(total(undefined, 500), total("a", 100), named("r", "a", 300))).toBe(500);
    });

    test("has a failed refund in a total only where that total is not older", () => {
      const failed = (minutes: number) => named("r", "a", 300, { state: "failed", at: noon + minutes * 60_000 });
      expect(back(total("a", 300), failed(0))).toBe(0);
      expect(back(total("a", 300, 1), failed(0))).toBe(300);
      expect(back(total("a", 300), total("b", 100, 5), failed(2))).toBe(100);
      const ofAny = named("r", undefined, 100, { state: "failed", at: noon + 2 * 60_000 });
      expect(back(total("a", 300), total("b", 100, 5), ofAny)).toBe(400);
      expect(back(total("a", 300), total("b", 100, 1), ofAny)).toBe(300);
    });
  });

  test("is in the currency asked for, or in that of the first total, or of the first refund", () => {
    const dollars = (minor: number) => ({ ...done, id: "d", amount: { minor, currency: "USD" } });
    expect(refundedOf([dollars(7), { ...done, amount: yen(400) }], "JPY")).toEqual(yen(400));
    expect(refundedOf([dollars(7), { ...done, amount: yen(400) }], "USD")).toEqual({ minor: 7, currency: "USD" });
    expect(refundedOf([dollars(7), { ...done, amount: yen(400) }], undefined)).toEqual(yen(400));
    expect(refundedOf([dollars(7)], undefined)).toEqual({ minor: 7, currency: "USD" });
    expect(refundedOf([dollars(7)], "JPY")).toBeUndefined();
  });

  test("has the last part that any of its events names", () => {
    const all = events(["refund.pending", 1, { part: "b" }], ["refund.pending", 1, { part: "a" }], ["charge.refunded", 1]);
    expect(refundsOf(all, charged)).toMatchObject([{ id: "r", part: "a", state: "done" }]);
  });

  test("has a total for each part and for the whole, none of them taken for a refund of that name", () => {
    const [{ refund: _, ...unnamed } = paymentEvent()] = events(["charge.refunded", 5]);
    const all = [
      { ...unnamed, part: "a" },
      { ...unnamed, id: "evt_8", part: "b" },
      { ...unnamed, id: "evt_9" },
      ...events(["charge.refunded", 5, { id: "evt_7", refund: "a" }], ["charge.refunded", 5, { id: "evt_6", refund: "null" }]),
    ];
    expect(refundsOf(all, charged)).toHaveLength(5);
  });

  test("is listed by its id among those of one time, however they are given", () => {
    const same = (...ids: readonly string[]) =>
      refundsOf(
        ids.flatMap((refund) => events(["charge.refunded", 1, { id: `evt_${refund}`, refund }])),
        charged,
      ).map(({ id }) => id);
    expect(same("a", "b", "c")).toEqual(["a", "b", "c"]);
    expect(same("c", "a", "b")).toEqual(["a", "b", "c"]);
  });
});
