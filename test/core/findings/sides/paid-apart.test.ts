import { describe, expect, test } from "vitest";
import {
  type charged,
  contract,
  days,
  finding,
  finds,
  granted,
  hours,
  type Part,
  says,
  start,
  told,
  yen,
} from "../../../support/both-sides/both-sides.ts";

/** As KOMOJU reports it: the contract and its payment in two callbacks, of which neither names what the other is about. */
const begun = (type: "contract.started" | "contract.renewed", at: number, about: { contract?: string; customer?: string } = {}) =>
  told(type, at, { contract, customer: "cus_1", isPaidApart: true, ...about });
const paid = (at: number, charge: string, about: Parameters<typeof charged>[2] = {}) =>
  told("charge.succeeded", at, { charge, customer: "cus_1", amount: yen(500), ...about });

describe("a payment that its gateway reports apart from its contract", () => {
  test("R-A2 1: pays for it, so that it is not entitled for nothing", () => {
    expect(finds(start + days(2), [begun("contract.started", start), paid(start + 5_000, "p1"), granted(start)])).toEqual([]);
  });

  test("R-JOIN-1: is no payment of it when it comes more than an hour away, or of another customer", () => {
    for (const other of [paid(start + hours(1) + 1, "p1"), paid(start, "p1", { customer: "cus_2" })])
      expect(finds(start + days(2), [begun("contract.started", start), other, granted(start)])).toEqual(["A2:shop/sub_1 500 JPY"]);
  });

  test("R-CLOSE 1: is found when the account is closed", () => {
    const parts = [begun("contract.started", start), paid(start, "p1"), granted(start), says("account.closed", start + days(5))];
    const later = [begun("contract.renewed", start + days(29)), paid(start + days(29), "p2")];
    expect(finds(start + days(29), [...parts, ...later], "CLOSE")).toEqual([
      "CLOSE.charged:account:acc_1 500 JPY",
      "CLOSE.outlives:account:acc_1",
    ]);
  });

  test("R-AFTER: is found when the gateway had ended the contract", () => {
    const parts = [
      begun("contract.started", start),
      paid(start, "p1"),
      granted(start),
      told("contract.cancelled", start + days(5), { contract }),
    ];
    const later = [begun("contract.renewed", start + days(29)), paid(start + days(29), "p2")];
    expect(finds(start + days(29), [...parts, ...later], "AFTER")).toEqual(["AFTER:shop/sub_1 500 JPY"]);
  });

  test("R-AMOUNT: belongs to the contract whose price it is, where two are renewed at once", () => {
    const two = [
      begun("contract.renewed", start),
      begun("contract.renewed", start + 1, { contract: "sub_2" }),
      granted(start - days(9)),
      granted(start - days(9), { contract: "sub_2", plan: "other", price: yen(900) }),
      paid(start + 2, "p2", { amount: yen(900) }),
      paid(start + 9, "p1"),
    ];
    expect(finds(start + days(1), two, "AMOUNT")).toEqual([]);
  });

  test("R-APP-5: makes the contract that of its order", () => {
    const parts = [
      begun("contract.started", start),
      paid(start, "p1", { order: "o-1" }),
      says("entitlement.granted", start, { order: "o-1" }),
    ];
    expect(finds(start + days(2), parts)).toEqual([]);
  });

  test("stays a single payment where the gateway says of its contracts' payments whose they are", () => {
    expect(
      finds(start + days(2), [told("contract.started", start, { contract, customer: "cus_1" }), paid(start, "p1"), granted(start)]),
    ).toEqual(["A2:shop/sub_1 500 JPY"]);
  });
});

describe("which payment is taken", () => {
  /** The charges of the contract, by what R-AFTER finds: it had ended before. */
  const taken = (parts: readonly Part[]) =>
    finding("AFTER:shop/sub_1", start + days(9), [told("contract.expired", start - days(1), { contract }), ...parts])?.names.charges ?? [];
  const renewal = begun("contract.renewed", start);

  test("R-JOIN-1: up to an hour before or after, and no further", () => {
    for (const side of [1, -1]) {
      expect(taken([renewal, paid(start + side * hours(1), "p1")])).toEqual(["p1"]);
      expect(taken([renewal, paid(start + side * (hours(1) + 1), "p1")])).toEqual([]);
    }
  });

  test("R-JOIN-1: the nearest, on either side", () => {
    expect(taken([renewal, paid(start - 5, "p1"), paid(start + 4, "p2"), paid(start + 6, "p3")])).toEqual(["p2"]);
    expect(taken([renewal, paid(start - 3, "p1"), paid(start + 4, "p2")])).toEqual(["p1"]);
  });

  test("R-JOIN-1: one of the contract's price before a nearer one, by any of its grants, and the price of no other contract", () => {
    const both = [paid(start + 1, "near", { amount: yen(800) }), paid(start + 9, "far")];
    const of = (about: object, price: number) => says("entitlement.granted", start - days(40), { contract, price: yen(price), ...about });
    expect(taken([renewal, ...both])).toEqual(["near"]);
    expect(taken([renewal, ...both, of({}, 500)])).toEqual(["far"]);
    expect(taken([renewal, ...both, of({}, 500), of({}, 900)])).toEqual(["far"]);
    expect(taken([renewal, ...both, of({ price: { minor: 500, currency: "USD" } }, 0)])).toEqual(["near"]);
    const unknown = told("charge.succeeded", start + 1, { charge: "unknown", customer: "cus_1" });
    expect(taken([renewal, unknown, paid(start + 9, "far"), of({}, 500)])).toEqual(["far"]);
    for (const other of [{ contract: "sub_2" }, { source: "shop-2" }, { contract: undefined, order: "A-7" }])
      expect(taken([renewal, ...both, of(other, 500)])).toEqual(["near"]);
  });

  test("R-JOIN-1: each once, by the renewals in the order of time, and of one moment by their ids", () => {
    const later = begun("contract.renewed", start + 10);
    expect(taken([renewal, later, paid(start + 11, "p1"), paid(start + 1, "p2")])).toEqual(["p1", "p2"]);
    const ofTime = [
      told("contract.renewed", start, { contract, customer: "cus_1", isPaidApart: true, id: "z" }),
      told("contract.renewed", start + 10, { contract: "sub_2", customer: "cus_1", isPaidApart: true, id: "a" }),
    ];
    expect(taken([...ofTime, paid(start + 6, "first"), paid(start + 30, "second")])).toEqual(["first"]);
    const others = (first: string, second: string) => [
      told("contract.renewed", start, { contract, customer: "cus_1", isPaidApart: true, id: first }),
      told("contract.renewed", start, { contract: "sub_2", customer: "cus_1", isPaidApart: true, id: second }),
      paid(start + 1, "near"),
      paid(start + 2, "far"),
    ];
    expect(taken(others("a", "b"))).toEqual(["near"]);
    expect(taken(others("b", "a"))).toEqual(["far"]);
  });

  test("R-JOIN-1: of the same customer: where the renewal names none, nobody's", () => {
    const nameless = told("contract.renewed", start, { contract, isPaidApart: true });
    expect(taken([nameless, paid(start, "p1"), told("charge.succeeded", start, { charge: "p2", amount: yen(500) })])).toEqual([]);
  });

  test("R-JOIN-1: of what was taken, and not of what failed", () => {
    expect(
      taken([renewal, told("charge.failed", start, { charge: "p1", customer: "cus_1", amount: yen(500) }), paid(start + 9, "p2")]),
    ).toEqual(["p2"]);
  });

  test("R-AMOUNT: what a renewal takes is a renewal, and what a start takes is none", () => {
    const dear = (type: "contract.started" | "contract.renewed") => [
      granted(start - days(60)),
      begun("contract.renewed", start - days(31)),
      paid(start - days(31), "p0"),
      begun(type, start),
      paid(start, "p1", { amount: yen(780) }),
    ];
    expect(finds(start + days(1), dear("contract.renewed"), "AMOUNT")).toEqual(["AMOUNT:shop/sub_1 280 JPY"]);
    expect(finds(start + days(1), dear("contract.started"), "AMOUNT")).toEqual([]);
  });

  test("a payment stays single where the renewal beside it names no contract", () => {
    const nameless = told("contract.renewed", start, { customer: "cus_1", isPaidApart: true });
    const disputed = told("dispute.opened", start + 9, { charge: "p1", amount: yen(500) });
    expect(finds(start + days(1), [nameless, paid(start, "p1"), disputed], "DISPUTE")).toEqual(["DISPUTE:shop/p1 500 JPY"]);
  });
});
