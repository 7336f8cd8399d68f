/** One payment as the rules of findings see it. */
import { describe, expect, test } from "vitest";
import { apartMs, type PaymentSide, paymentSidesOf } from "../../../../core/findings/sides/payment-side.ts";
import { balance } from "../../../../core/ledger/ledger.ts";
import { charged, contract, days, type Part, partsOf, renewed, source, start, told, yen } from "../../../support/both-sides/both-sides.ts";

const sidesOf = (...parts: readonly Part[]): readonly PaymentSide[] => {
  const { charges, entries } = balance(source, contract, partsOf(parts).events);
  return paymentSidesOf(charges, entries);
};
const sideOf = (...parts: readonly Part[]): PaymentSide => {
  const [side, ...more] = sidesOf(...parts);
  expect(more).toEqual([]);
  return side as PaymentSide;
};
const about = { contract, charge: "ch_1", amount: yen(500) };
const failed = (at: number, more = {}) => told("charge.failed", at, { ...about, ...more });
const voided = (at: number) => told("charge.voided", at, about);
const refunded = (at: number, minor: number, currency = "JPY") =>
  told("charge.refunded", at, { ...about, refund: `re_${at}`, amount: { minor, currency } });
const lost = (at: number, minor: number, currency = "JPY") =>
  told("dispute.lost", at, { ...about, dispute: `dp_${at}`, amount: { minor, currency } });
const [first, second, third] = [start + days(1), start + days(2), start + days(3)];
const taken = charged(start, "ch_1");

test("a payment has what was said of it by any of its ids, in the order of time, and nothing of another", () => {
  const parts = [
    charged(second, "ch_2"),
    told("charge.refunded", first, { contract, charge: "in_1", alsoKnownAs: ["ch_1"], amount: yen(500), id: "b" }),
    charged(start, "ch_1", { id: "a" }),
    told("notice", start, { contract }),
  ];
  expect(sidesOf(...parts).map(({ charge, entries }) => [charge.id, entries.map(({ event }) => event.id)])).toEqual([
    ["ch_1", ["a", "b"]],
    ["ch_2", [expect.anything()]],
  ]);
});

describe("a payment's time", () => {
  test.each<[string, readonly Part[], number, number | undefined]>([
    ["when it was taken, also where it was given back later", [taken, refunded(first, 500)], start, undefined],
    ["when it was taken first", [taken, charged(first, "ch_1")], start, undefined],
    ["when it was taken, also where an attempt failed before", [failed(start), charged(first, "ch_1")], first, start],
    ["when an attempt failed first, where none succeeded", [failed(start), failed(first)], start, start],
    ["when an attempt failed first, where it was undone by a void", [failed(start), charged(first, "ch_1"), voided(second)], start, start],
    ["when it was authorised, where nothing more was said", [told("charge.authorized", first, about)], first, undefined],
    ["when it was refunded, where nothing else was said", [refunded(first, 500)], first, undefined],
  ])("is %s", (_, parts, at, failedAt) => {
    const side = sideOf(...parts);
    expect([side.at, side.failedAt]).toEqual([at, failedAt]);
    expect("failedAt" in side).toBe(failedAt !== undefined);
  });
});

describe("of a payment stays with the merchant", () => {
  const untold = charged(start, "ch_1", { amount: undefined } as object);
  const all = told("charge.refunded", first, { contract, charge: "ch_1", refund: "re_1" });
  test.each<[string, readonly Part[], Partial<PaymentSide>]>([
    ["all of it", [taken], { isGood: true, isKept: true, net: yen(500) }],
    ["a rest of one unit", [taken, refunded(first, 300), lost(second, 199)], { isGood: true, isKept: true, net: yen(1) }],
    ["nothing, once all has gone back", [taken, refunded(first, 500)], { isGood: true, isKept: false, net: yen(0) }],
    ["nothing less than nothing", [taken, refunded(first, 400), lost(second, 400)], { isGood: true, isKept: false, net: yen(0) }],
    [
      "all of it, whatever went back in another currency",
      [taken, refunded(first, 100, "USD"), lost(second, 100, "USD")],
      { isGood: true, isKept: true, net: yen(500) },
    ],
    ["nothing of one for nothing", [charged(start, "ch_1", { amount: yen(0) })], { isGood: true, isKept: false, net: yen(0) }],
    ["nothing of one that failed", [failed(start)], { isGood: false, isKept: false }],
    ["nothing of one that was voided", [taken, voided(first)], { isGood: false, isKept: false }],
    ["nothing of one that was authorised", [told("charge.authorized", start, about)], { isGood: false, isKept: false }],
    ["nothing of one of which only a refund is known, which was taken", [refunded(start, 100)], { isGood: true, isKept: false }],
    ["nothing of one of which only a dispute is known", [told("dispute.opened", start, about)], { isGood: false, isKept: false }],
    ["an amount that nobody knows", [untold], { isGood: true, isKept: true }],
    ["nothing of an amount that nobody knows, once it was refunded", [untold, all], { isGood: true, isKept: false }],
  ])("%s", (_, parts, expected) => {
    const { isGood, isKept, ...side } = sideOf(...parts);
    expect({ isGood, isKept, ...("net" in side && { net: side.net }) }).toEqual(expected);
  });
});

test("a payment has the orders that any of its events names, each once, as the ledger has them", () => {
  const long = "x".repeat(2_000);
  const parts = [charged(start, "ch_1", { order: "B" }), failed(first, { order: "A" }), failed(second, { order: "B" })];
  expect(sideOf(...parts).orders).toEqual(["B", "A"]);
  expect(sideOf(taken).orders).toEqual([]);
  expect(sideOf(charged(start, "ch_1", { order: long })).orders).toEqual([expect.stringMatching(/^sha256:/)]);
});

describe("a payment is a renewal", () => {
  const renewals = (...parts: readonly Part[]) => sidesOf(...parts).flatMap(({ isRenewal, charge }) => (isRenewal ? [charge.id] : []));
  const alone = (at: number) => told("contract.renewed", at, { contract });

  test("when one callback says both, whatever else was said of it", () => {
    expect(renewals(renewed(start, "ch_1"), failed(start - 1), charged(first, "ch_2"))).toEqual(["ch_1"]);
  });

  test("unless a part of it is what a change of plan adds", () => {
    const prorated = told("notice", first, { ...about, isProrated: true });
    expect(sidesOf(renewed(start, "ch_1"), prorated)).toMatchObject([{ isRenewal: false, isProrated: true }]);
    expect(sidesOf(charged(start, "ch_1"), prorated, alone(start))).toMatchObject([{ isRenewal: false, isProrated: true }]);
    expect(sidesOf(renewed(start, "ch_1"))).toMatchObject([{ isRenewal: true, isProrated: false }]);
  });

  test("when another callback says so up to a day before or after", () => {
    expect(apartMs).toBe(days(1));
    for (const side of [-1, 1]) {
      expect(renewals(taken, alone(start + side * days(1)))).toEqual(["ch_1"]);
      expect(renewals(taken, alone(start + side * (days(1) + 1)))).toEqual([]);
    }
  });

  test("where it is the nearest to such a callback, and of two that are as near the earlier", () => {
    const two = [taken, charged(start + 10, "ch_2")];
    expect(renewals(...two, alone(start + 4))).toEqual(["ch_1"]);
    expect(renewals(...two, alone(start + 5))).toEqual(["ch_1"]);
    expect(renewals(...two, alone(start + 6))).toEqual(["ch_2"]);
    expect(renewals(...two, alone(start + 6), alone(start - 6))).toEqual(["ch_1", "ch_2"]);
    expect(renewals(...two, charged(start + 30, "ch_3"), alone(start + 9))).toEqual(["ch_2"]);
  });

  test("and one that failed is none, nor one beside a renewal whose own callback says what was charged for it", () => {
    expect(renewals(failed(start), alone(start))).toEqual([]);
    expect(renewals(failed(start), charged(start + 9, "ch_2"), alone(start))).toEqual(["ch_2"]);
    const own = told("charge.failed", start, { contract, charge: "ch_2" }, "contract.renewed");
    expect(renewals(taken, own)).toEqual(["ch_2"]);
  });

  test("and a callback that says nothing of a renewal makes none", () => {
    expect(renewals(taken, told("contract.started", start, { contract }), told("notice", third, { contract }))).toEqual([]);
  });
});
