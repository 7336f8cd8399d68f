import { describe, expect, test } from "vitest";
import { sumsOf } from "../../../core/ledger/sums.ts";

const yen = (minor: number) => ({ minor, currency: "JPY" });
const dollars = (minor: number) => ({ minor, currency: "USD" });

describe("what payments add up to", () => {
  test("is charged less refunded and charged back, for each currency, sorted by its code", () => {
    expect(
      sumsOf([
        { state: "succeeded", amount: dollars(500) },
        { state: "partly_refunded", amount: yen(1_000), refunded: yen(300), chargedBack: yen(90) },
        { state: "refunded", amount: yen(50), refunded: yen(50) },
      ]),
    ).toEqual([
      { currency: "JPY", charged: 1_050, refunded: 350, chargedBack: 90, net: 610 },
      { currency: "USD", charged: 500, refunded: 0, chargedBack: 0, net: 500 },
    ]);
  });

  test("names a currency in which money only went back", () => {
    expect(sumsOf([{ state: "refunded", refunded: yen(300) }])).toEqual([
      { currency: "JPY", charged: 0, refunded: 300, chargedBack: 0, net: -300 },
    ]);
    expect(sumsOf([{ state: "unknown", chargedBack: dollars(5) }])).toEqual([
      { currency: "USD", charged: 0, refunded: 0, chargedBack: 5, net: -5 },
    ]);
  });

  test("has what went back in other currencies than it was taken in among those", () => {
    const otherwise = [
      { currency: "EUR", refunded: 20, chargedBack: 3 },
      { currency: "USD", refunded: 7, chargedBack: 0 },
    ];
    expect(
      sumsOf([
        { state: "partly_refunded", amount: yen(1_000), refunded: yen(300), otherwise },
        { state: "succeeded", amount: dollars(500) },
        { state: "voided", amount: yen(1), otherwise },
      ]),
    ).toEqual([
      { currency: "EUR", charged: 0, refunded: 20, chargedBack: 3, net: -23 },
      { currency: "JPY", charged: 1_000, refunded: 300, chargedBack: 0, net: 700 },
      { currency: "USD", charged: 500, refunded: 7, chargedBack: 0, net: 493 },
    ]);
  });

  test.each(["authorized", "failed", "voided"])("leaves out what is only %s", (state) => {
    expect(sumsOf([{ state, amount: yen(1_000) }])).toEqual([]);
  });

  test("of nothing, or of what is known without an amount, is nothing", () => {
    expect(sumsOf([])).toEqual([]);
    expect(sumsOf([{ state: "succeeded" }])).toEqual([]);
  });
});
