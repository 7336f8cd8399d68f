import { describe, expect, test } from "vitest";
import { charged, contract, finds, granted, hours, on, renewed, start, told, yen } from "../../../../support/both-sides/both-sides.ts";

const amount = (...parts: Parameters<typeof finds>[1]) => finds(on(4, 2), [granted(start), charged(start, "ch_1"), ...parts], "AMOUNT");
const id = "AMOUNT:shop/sub_1";

describe("R-AMOUNT: a renewal that is not of the price in force", () => {
  test("is found, with what was taken too much", () => {
    expect(amount(renewed(on(2, 28), "ch_2", { amount: yen(780) }))).toEqual([`${id} 280 JPY`]);
    expect(amount(renewed(on(2, 28), "ch_2", { amount: yen(780) }), renewed(on(3, 31), "ch_3", { amount: yen(600) }))).toEqual([
      `${id} 380 JPY`,
    ]);
    expect(amount(renewed(on(2, 28), "ch_2", { amount: yen(300) }))).toEqual([id]);
    expect(amount(renewed(on(2, 28), "ch_2"))).toEqual([]);
  });

  test("is found where the gateway calls nothing a renewal: a charge on the day on which one is due, and no other", () => {
    expect(amount(charged(on(2, 28), "ch_2", { amount: yen(780) }))).toEqual([`${id} 280 JPY`]);
    expect(amount(charged(on(2, 12), "ch_2", { amount: yen(780) }))).toEqual([]);
    expect(amount(charged(on(2, 27), "ch_2", { amount: yen(780) }), charged(on(2, 28), "ch_3"))).toEqual([]);
    expect(amount(charged(on(2, 28), "ch_2", { amount: yen(780), isProrated: true }))).toEqual([]);
  });

  test("the price is that of the last grant before it, and of one at that very moment", () => {
    expect(amount(granted(on(2, 28), { price: yen(780) }), renewed(on(2, 28), "ch_2", { amount: yen(780) }))).toEqual([]);
    expect(amount(granted(on(3, 5), { price: yen(780) }), renewed(on(2, 28), "ch_2"))).toEqual([]);
    expect(amount(granted(on(2, 28) + hours(1), { price: yen(780) }), renewed(on(2, 28), "ch_2", { amount: yen(780) }))).toEqual([]);
  });

  test("a renewal that is reported apart from its charge is one, whichever comes first, and no other charge of that day is", () => {
    const apart = told("contract.renewed", on(2, 28) + hours(1), { contract });
    expect(amount(charged(on(2, 28), "ch_2", { amount: yen(780) }), apart)).toEqual([`${id} 280 JPY`]);
    expect(amount(charged(on(2, 28) + hours(2), "ch_2"), charged(on(2, 28) + hours(9), "ch_3", { amount: yen(780) }), apart)).toEqual([]);
    expect(amount(charged(on(2, 26), "ch_2", { amount: yen(780) }), apart)).toEqual([]);
    expect(amount(charged(on(2, 28), "ch_2", { amount: yen(780), isProrated: true }), apart)).toEqual([]);
  });

  test("what a change of plan adds is none, nor is a charge that renews nothing", () => {
    expect(amount(renewed(on(2, 28), "ch_2", { amount: yen(612), isProrated: true }))).toEqual([]);
    expect(amount(charged(on(2, 15), "ch_2", { amount: yen(112) }))).toEqual([]);
  });

  test("the free month is none", () => {
    expect(finds(on(2, 2), [granted(start, { freeUntil: on(2, 28) }), renewed(start, "ch_1", { amount: yen(100) })], "AMOUNT")).toEqual([]);
  });

  test("a refund makes none, and giving back what was too much closes it", () => {
    const back = (minor: number) => told("charge.refunded", on(3, 1), { charge: "ch_2", contract, amount: yen(minor) });
    expect(amount(renewed(on(2, 28), "ch_2"), back(200))).toEqual([]);
    expect(amount(renewed(on(2, 28), "ch_2", { amount: yen(780) }), back(280))).toEqual([]);
    expect(amount(renewed(on(2, 28), "ch_2", { amount: yen(780) }), back(100))).toEqual([`${id} 180 JPY`]);
  });

  test("the first charge of a sign-up is not a renewal", () => {
    expect(finds(on(2, 2), [granted(start), renewed(start, "ch_1", { amount: yen(100) })], "AMOUNT")).toEqual([]);
  });
});
