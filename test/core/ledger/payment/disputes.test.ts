import { describe, expect, test } from "vitest";
import type { EventType, PaymentEvent } from "../../../../core/event.ts";
import { disputesOf, looseDisputes } from "../../../../core/ledger/payment/disputes.ts";
import { noon, paymentEvent } from "../../../support/samples.ts";

const yen = (minor: number) => ({ minor, currency: "JPY" });

/** Each a minute after the one before. */
const events = (...all: readonly (readonly [type: EventType, more?: Partial<PaymentEvent>])[]): readonly PaymentEvent[] =>
  all.map(([type, more], at) => paymentEvent({ id: `evt_${at}`, type, occurredAt: noon + at * 60_000, ...more }));
const dispute = (id: string, minor?: number) => ({ dispute: id, ...(minor !== undefined && { amount: yen(minor) }) });

describe("a dispute", () => {
  test("is what its latest event says of it, with the latest amount and reason that any of them has", () => {
    const all = events(
      ["charge.succeeded", { amount: yen(1_000), reason: "none of its" }],
      ["dispute.opened", { ...dispute("d", 400), reason: "fraudulent" }],
      ["dispute.lost", { ...dispute("d", 300), reason: "no evidence" }],
      ["dispute.won", dispute("d")],
    );
    expect(disputesOf(all.slice(0, 2), yen(1_000))).toEqual([
      { id: "d", state: "opened", amount: yen(400), at: noon + 60_000, reason: "fraudulent" },
    ]);
    expect(disputesOf(all.slice(0, 3), yen(1_000))).toEqual([
      { id: "d", state: "lost", amount: yen(300), tookBack: yen(300), at: noon + 120_000, reason: "no evidence" },
    ]);
    expect(disputesOf(all, yen(1_000))).toEqual([{ id: "d", state: "won", amount: yen(300), at: noon + 180_000, reason: "no evidence" }]);
  });

  test("is about all that was charged where no amount is given, and says nothing that is not known", () => {
    const opened = events(["dispute.opened"]);
    expect(disputesOf(opened, yen(1_000))).toEqual([{ state: "opened", amount: yen(1_000), at: noon }]);
    expect(disputesOf(opened, undefined)).toStrictEqual([{ state: "opened", at: noon }]);
  });

  test("that is named in some of its events only is one, whichever name it is; under two names there is a third without one", () => {
    const named = (...ids: readonly (string | undefined)[]) =>
      disputesOf(events(...ids.map((id) => ["dispute.opened", id === undefined ? {} : dispute(id)] as const)), yen(1)).map(({ id }) => id);
    expect(named(undefined, "d")).toEqual(["d"]);
    expect(named("d", undefined, "d")).toEqual(["d"]);
    expect(named("d", "e")).toEqual(["d", "e"]);
    expect(named("d", undefined, "e")).toEqual(["d", undefined, "e"]);
    expect(named(undefined, undefined)).toEqual([undefined]);
  });
});

describe("a lost dispute whose money may have gone back by a refund", () => {
  const orRefunded = { orRefunded: true } as const;
  const refunded = (minor: number, minutes: number, state: "done" | "pending" | "failed" = "done", currency = "JPY") => ({
    id: `re_${minutes}`,
    state,
    amount: { minor, currency },
    at: noon + minutes * 60_000,
  });
  const lost = events(["charge.succeeded"], ["dispute.opened", dispute("d")], ["dispute.lost", { ...dispute("d", 700), ...orRefunded }]);
  const tookBack = (all: readonly PaymentEvent[], ...refunds: Parameters<typeof disputesOf>[2] & {}) =>
    disputesOf(all, yen(1_000), refunds)[0]?.tookBack?.minor;

  test("took back what no refund since its opening explains", () => {
    expect(tookBack(lost)).toBe(700);
    expect(tookBack(lost, refunded(300, 1))).toBe(400);
    expect(tookBack(lost, refunded(300, 1), refunded(300, 9))).toBe(100);
    expect(tookBack(lost, refunded(900, 2))).toBe(0);
  });

  test("is not explained by a refund before it, or by one that is not done, or in another currency", () => {
    expect(tookBack(lost, refunded(300, 0))).toBe(700);
    expect(tookBack(lost, refunded(300, 1, "pending"), refunded(300, 1, "failed"))).toBe(700);
    expect(tookBack(lost, refunded(300, 1, "done", "USD"))).toBe(700);
  });

  test("is not explained by a refund of another part, where both say of which they are", () => {
    const ofA = lost.map((event) => ({ ...event, part: "a" }));
    const of = (part: string) => ({ ...refunded(300, 1), part });
    expect(tookBack(ofA, of("a"))).toBe(400);
    expect(tookBack(ofA, of("b"))).toBe(700);
    expect(tookBack(ofA, refunded(300, 1))).toBe(400);
    expect(tookBack(lost, of("b"))).toBe(400);
  });

  test("is explained by a refund of any time where its opening was never reported", () => {
    expect(tookBack(lost.slice(2), refunded(300, 0))).toBe(400);
  });

  test("took back all of it where another event says that it was reversed", () => {
    expect(tookBack([...lost, ...events(["dispute.lost", dispute("d", 700)])], refunded(700, 3))).toBe(700);
  });

  test("that is open, won or without an amount took back nothing that is known", () => {
    expect(tookBack(lost.slice(0, 2))).toBeUndefined();
    expect(tookBack(events(["dispute.won", dispute("d", 700)]))).toBeUndefined();
    expect(disputesOf(events(["dispute.lost", { ...dispute("d"), ...orRefunded }]), undefined)[0]).not.toHaveProperty("tookBack");
  });
});

test("disputes of no known payment are as many as are named, and as were opened or closed without a name", () => {
  expect(looseDisputes(events(["dispute.opened"], ["dispute.lost"]))).toBe(1);
  expect(looseDisputes(events(["dispute.opened"], ["dispute.opened"], ["dispute.won"]))).toBe(2);
  expect(looseDisputes(events(["dispute.opened"], ["dispute.lost"], ["dispute.won"]))).toBe(2);
  expect(looseDisputes(events(["dispute.opened", dispute("d")], ["dispute.lost", dispute("d")], ["dispute.lost"]))).toBe(2);
  expect(looseDisputes(events(["charge.succeeded"], ["notice"]))).toBe(0);
});
