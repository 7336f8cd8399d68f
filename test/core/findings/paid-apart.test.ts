import { describe, expect, test } from "vitest";
import { type charged, contract, days, finds, granted, hours, says, start, told, yen } from "../../support/both-sides/both-sides.ts";

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
