import { describe, expect, test } from "vitest";
import type { EventType, PaymentEvent } from "../../../../core/event.ts";
import { takingsOf } from "../../../../core/ledger/payment/taking.ts";
import { noon, paymentEvent } from "../../../support/samples.ts";

const yen = (minor: number) => ({ minor, currency: "JPY" });

/** Each a minute after the one before; without an amount where there is none. */
const takingOf = (...all: readonly (readonly [type: EventType, minor?: number | undefined, more?: Partial<PaymentEvent>])[]) => {
  const events = all.map(([type, minor, more], at) =>
    paymentEvent({ id: `evt_${at}`, type, occurredAt: noon + at * 60_000, ...(minor !== undefined && { amount: yen(minor) }), ...more }),
  );
  const { taking } = takingsOf(events);
  return taking && { state: taking.state, minor: taking.amount?.minor, by: taking.by.id };
};
const part = (id: string) => ({ part: id });

describe("what was taken", () => {
  test("is as much as the latest event that says so and how much", () => {
    expect(takingOf(["charge.succeeded", 700], ["charge.succeeded", 800], ["charge.succeeded"])).toMatchObject({ minor: 800 });
    expect(takingOf(["charge.authorized", 2_000], ["charge.succeeded", 1_980], ["charge.voided", 500])).toEqual({
      state: "voided",
      minor: 1_980,
      by: "evt_1",
    });
    expect(takingOf(["charge.authorized", 2_000], ["charge.succeeded"])).toMatchObject({ state: "succeeded", minor: undefined });
  });

  test("is said by the sale, else by the authorisation, else by the void, else by the failure", () => {
    expect(takingOf(["charge.authorized", 1], ["charge.failed", 1])).toEqual({ state: "failed", minor: 1, by: "evt_0" });
    expect(takingOf(["charge.failed", 300], ["charge.voided", 400])).toEqual({ state: "voided", minor: 300, by: "evt_1" });
    expect(takingOf(["charge.failed", 300], ["charge.failed", 400])).toEqual({ state: "failed", minor: 400, by: "evt_1" });
    expect(takingOf(["charge.voided", 300], ["charge.failed", 400])).toEqual({ state: "failed", minor: 400, by: "evt_1" });
  });

  test("is the whole only where it is more, in the same currency, than its parts", () => {
    expect(takingOf(["charge.succeeded", 1_000], ["charge.succeeded", 999, part("a")])).toMatchObject({ minor: 1_000, by: "evt_0" });
    expect(takingOf(["charge.succeeded", 1_000], ["charge.succeeded", 1_000, part("a")])).toMatchObject({ minor: 1_000, by: "evt_1" });
    const dollars = { amount: { minor: 2_000, currency: "USD" } };
    expect(takingOf(["charge.succeeded", 1, dollars], ["charge.succeeded", 1_000, part("a")])).toMatchObject({ minor: 1_000, by: "evt_1" });
    expect(takingOf(["charge.succeeded"], ["charge.succeeded", undefined, part("a")])).toMatchObject({ by: "evt_1" });
  });

  test("is of the whole only what was not paid elsewhere", () => {
    const elsewhere = (id: string, minor: number, more: object = {}) =>
      ["notice", minor, { ...part(id), paidElsewhere: true, ...more }] as const;
    expect(takingOf(["charge.succeeded", 1_000], elsewhere("x", 300))).toMatchObject({ state: "succeeded", minor: 700, by: "evt_0" });
    expect(takingOf(["charge.succeeded", 1_000], elsewhere("x", 300), elsewhere("x", 300), elsewhere("y", 200))).toMatchObject({
      minor: 500,
    });
    expect(takingOf(["charge.succeeded", 1_000], elsewhere("x", 300), ["charge.succeeded", 700, part("a")])).toMatchObject({ minor: 700 });
    expect(takingOf(["charge.succeeded", 1_000], elsewhere("x", 999))).toMatchObject({ minor: 1 });
    expect(takingOf(["charge.succeeded", 1_000], elsewhere("x", 1_000))).toBeUndefined();
    expect(takingOf(["charge.succeeded", 1_000], elsewhere("x", 1_000), ["charge.succeeded", 5, part("a")])).toMatchObject({ minor: 5 });
    expect(takingOf(elsewhere("x", 1_000))).toBeUndefined();
    expect(takingOf(["charge.succeeded", 0])).toMatchObject({ state: "succeeded", minor: 0 });
    const dollars = { amount: { minor: 300, currency: "USD" } };
    expect(takingOf(["charge.succeeded", 1_000], elsewhere("x", 300, dollars))).toMatchObject({ minor: 1_000 });
    expect(takingOf(["charge.succeeded"], elsewhere("x", 300))).toMatchObject({ state: "succeeded", minor: undefined });
    expect(takingOf(["charge.succeeded", 1_000], ["notice", 300, part("x")])).toMatchObject({ minor: 1_000 });
  });

  test("is said by the latest of its parts, of two at one time by the second", () => {
    const at = { occurredAt: noon };
    expect(takingOf(["charge.succeeded", 1, { ...part("a"), ...at }], ["charge.succeeded", 2, { ...part("b"), ...at }])).toMatchObject({
      minor: 3,
      by: "evt_1",
    });
    expect(takingOf(["charge.failed", 1, part("a")], ["charge.failed", 2, part("b")])).toMatchObject({ minor: 2, by: "evt_1" });
    // A part is as old as its sale, whatever was reported of it before.
    const older = ["charge.failed", 1, { ...part("b"), occurredAt: noon - 1 }] as const;
    expect(takingOf(older, ["charge.succeeded", 1, part("a")], ["charge.succeeded", 1, part("b")])).toMatchObject({ by: "evt_2" });
    const first = ["charge.failed", 1, { ...part("a"), occurredAt: noon - 1 }] as const;
    expect(takingOf(first, ["charge.succeeded", 1, part("b")], ["charge.succeeded", 1, part("a")])).toMatchObject({ by: "evt_2" });
  });
});
