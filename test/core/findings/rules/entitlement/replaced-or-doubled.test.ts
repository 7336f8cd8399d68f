import { describe, expect, test } from "vitest";
import {
  charged,
  contract,
  finds,
  granted,
  hours,
  on,
  renewed,
  revoked,
  says,
  start,
  told,
  yen,
} from "../../../../support/both-sides/both-sides.ts";

const customer = "cus_1";
const other = "sub_2";
const a1 = (now: number, ...parts: Parameters<typeof finds>[1]) => finds(now, parts, "A1");
const back = (charge: string, of: string) => told("charge.refunded", on(3, 9), { charge, contract: of, amount: yen(500) });

describe("R-A1 1: a contract that the application never named", () => {
  const known = [granted(start), charged(start, "ch_1", { customer })];
  const unknown = charged(on(2, 20), "ch_2", { contract: other, customer });

  test("has replaced the known one where that is charged no more", () => {
    expect(a1(on(3, 10), ...known, unknown)).toEqual(["A1:shop/sub_2 500 JPY"]);
    expect(finds(on(2, 27), [...known, unknown])).toEqual(["A1:shop/sub_2 500 JPY"]);
  });

  test("has doubled it where that is charged too afterwards, with all charges of the unknown one", () => {
    const later = [renewed(on(2, 28), "ch_3", { customer }), charged(on(3, 20), "ch_4", { contract: other, customer })];
    expect(a1(on(3, 22), ...known, unknown, ...later)).toEqual(["A1:shop/sub_2 1000 JPY"]);
  });

  test("is none within the grace in which the application may name it, and none once it has", () => {
    expect(a1(on(2, 20) + hours(23), ...known, unknown)).toEqual([]);
    expect(a1(on(2, 27), ...known, unknown, granted(on(2, 25), { contract: other, plan: "gold" }))).toEqual([]);
  });

  test("stays the same finding while it is remedied: a request to end it or to give money back is no grant (R-ONE-1)", () => {
    const remedy = [
      says("cancellation.requested", on(2, 25), { contract: other }),
      says("refund.requested", on(2, 25), { contract: other, charge: "ch_2", amount: yen(500) }),
    ];
    expect(finds(on(2, 26), [...known, unknown, ...remedy])).toEqual(["A1:shop/sub_2 500 JPY"]);
  });

  test("is none of another customer, at another source, or once all is given back", () => {
    expect(a1(on(2, 27), ...known, charged(on(2, 20), "ch_2", { contract: other, customer: "cus_2" }))).toEqual([]);
    expect(a1(on(2, 27), ...known, charged(on(2, 20), "ch_2", { contract: other, customer, source: "shop-2" }))).toEqual([]);
    expect(a1(on(3, 10), ...known, unknown, back("ch_2", other))).toEqual([]);
  });
});

describe("R-A1 2: two contracts of one account for one plan", () => {
  const first = [granted(start), charged(start, "ch_1")];
  const second = [granted(on(2, 5), { contract: other }), charged(on(2, 5), "ch_2", { contract: other })];

  test("are a double, and the later one's charges are at stake", () => {
    expect(a1(on(2, 6), ...first, ...second)).toEqual(["A1:shop/sub_2 500 JPY"]);
  });

  test("also at another source", () => {
    const elsewhere = [
      granted(on(2, 5), { contract: other, source: "shop-2" }),
      charged(on(2, 5), "ch_2", { contract: other, source: "shop-2" }),
    ];
    expect(a1(on(2, 6), ...first, ...elsewhere)).toEqual(["A1:shop-2/sub_2 500 JPY"]);
  });

  test("are none for another plan: that is a second product", () => {
    expect(
      a1(on(2, 6), ...first, granted(on(2, 5), { contract: other, plan: "gold" }), charged(on(2, 5), "ch_2", { contract: other })),
    ).toEqual([]);
  });

  test("are none of another account", () => {
    expect(
      a1(on(2, 6), ...first, granted(on(2, 5), { contract: other, account: "acc_2" }), charged(on(2, 5), "ch_2", { contract: other })),
    ).toEqual([]);
  });

  test("are none where the old one has ended on both sides", () => {
    expect(a1(on(2, 6), ...first, ...second, revoked(on(2, 5)), told("contract.cancelled", on(2, 5), { contract }))).toEqual([]);
  });

  test("are none once the second is cancelled and given back, and are one until it is", () => {
    const cancelled = [revoked(on(2, 7), { contract: other }), told("contract.cancelled", on(2, 7), { contract: other })];
    expect(a1(on(3, 10), ...first, ...second, ...cancelled)).toEqual(["A1:shop/sub_2 500 JPY"]);
    expect(a1(on(3, 10), ...first, ...second, ...cancelled, back("ch_2", other))).toEqual([]);
  });

  test("are none as long as only one was charged", () => {
    expect(
      a1(on(2, 6), ...first, granted(on(2, 5), { contract: other }), says("cancellation.requested", on(2, 5), { contract: other })),
    ).toEqual([]);
  });
});
