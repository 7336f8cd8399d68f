import { describe, expect, test } from "vitest";
import {
  charged,
  contract,
  days,
  finding,
  finds,
  found,
  granted,
  on,
  says,
  start,
  told,
  yen,
} from "../../../../support/both-sides/both-sides.ts";

const asked = (at: number, minor: number, about = {}) =>
  says("refund.requested", at, { contract, charge: "ch_1", amount: yen(minor), ...about });
const back = (at: number, minor: number, about = {}) =>
  told("charge.refunded", at, { charge: "ch_1", contract, amount: yen(minor), ...about });
const refund = (now: number, ...parts: Parameters<typeof finds>[1]) =>
  finds(now, [granted(start), charged(start, "ch_1"), ...parts], "REFUND");
const id = "REFUND:shop/sub_1";
const day10 = on(2, 10);

test("R-REFUND 1: what was asked for and has not come back is found after 7 days", () => {
  expect(refund(day10 + days(7) - 1, asked(day10, 500))).toEqual([]);
  expect(refund(day10 + days(7), asked(day10, 500))).toEqual([`${id} 500 JPY`]);
  expect(refund(on(3, 1), asked(day10, 500), back(day10 + 1, 200))).toEqual([`${id} 300 JPY`]);
  expect(refund(on(3, 1), asked(day10, 500), back(day10 + 1, 500))).toEqual([]);
});

test("R-REFUND 1: a void is all, and what came back before it was asked for counts", () => {
  expect(refund(on(3, 1), asked(day10, 500), told("charge.voided", day10 + 1, { charge: "ch_1", contract }))).toEqual([]);
  expect(refund(on(3, 1), back(day10 - 1, 500), asked(day10, 500))).toEqual([]);
});

test("R-REFUND 2: sums without a name count", () => {
  expect(refund(on(3, 1), asked(day10, 500), back(day10 + 1, 200), back(day10 + 2, 500))).toEqual([]);
});

test("R-REFUND: two requests add up, and never to more than was taken", () => {
  expect(refund(on(3, 1), asked(day10, 200), asked(day10 + 1, 200), back(on(2, 11), 200))).toEqual([`${id} 200 JPY`]);
  expect(refund(on(3, 1), asked(day10, 500), asked(day10 + 1, 500), back(on(2, 11), 500))).toEqual([]);
});

test("R-REFUND: a payment is meant by any of its ids, and one that nobody knows has given nothing back", () => {
  const parts = [told("notice", start, { charge: "ch_1", alsoKnownAs: ["in_1"], contract }), asked(day10, 500, { charge: "in_1" })];
  expect(refund(on(3, 1), ...parts, back(day10 + 1, 500))).toEqual([]);
  expect(refund(on(3, 1), asked(day10, 500, { charge: "nobody" }))).toEqual([`${id} 500 JPY`]);
  expect(refund(on(3, 1), asked(day10, 500, { charge: "nobody", contract: undefined }))).toEqual(["REFUND:shop/nobody 500 JPY"]);
});

test("R-REFUND 3: where the gateway never reports refunds, that is said at once", () => {
  const silent = { traitsOf: () => ({ zone: "Asia/Tokyo", tellsEnds: true, tellsRefunds: false }) };
  const { findings } = found(day10, [granted(start), charged(start, "ch_1"), asked(day10, 500)], silent);
  expect(findings).toMatchObject([{ cause: { kind: "refund cannot be seen" }, severity: "warning", money: [yen(500)] }]);
  expect(findings[0]?.grace).toBeUndefined();
});

test("R-REFUND: says what was asked for and what came back, and rests on the requests and the payment", () => {
  const parts = [
    granted(start),
    charged(start, "ch_1", { id: "charge" }),
    says("refund.requested", day10 + days(1), { contract, charge: "ch_1", amount: yen(100), id: "second", account: "acc_2" }),
    says("refund.requested", day10, { contract, charge: "ch_1", amount: yen(300), id: "first" }),
    told("charge.refunded", day10 + days(2), { charge: "ch_1", contract, amount: yen(50), id: "back" }),
  ];
  expect(finding(id, on(3, 1), parts)).toMatchObject({
    cause: { kind: "refund not seen", asked: yen(400), back: yen(50) },
    subject: { kind: "contract", source: "shop", id: "sub_1" },
    severity: "warning",
    money: [yen(350)],
    since: day10,
    last: day10 + days(1),
    grace: { name: "refund", until: day10 + days(7) },
    names: { accounts: ["acc_1", "acc_2"], contracts: ["shop/sub_1"], charges: ["ch_1"] },
    evidence: ["charge", "first", "second", "back"],
  });
});

test("R-REFUND: what was asked for within the grace is not missing yet, beside what is", () => {
  const parts = [asked(day10, 200), asked(day10 + days(3), 100)];
  expect(refund(day10 + days(7), ...parts)).toEqual([`${id} 200 JPY`]);
  expect(refund(day10 + days(10) - 1, ...parts)).toEqual([`${id} 200 JPY`]);
  expect(refund(day10 + days(10), ...parts)).toEqual([`${id} 300 JPY`]);
});

describe("R-REFUND: of several payments of one contract", () => {
  const second = charged(on(2, 28), "ch_2", { id: "second charge" });
  const both = [granted(start), charged(start, "ch_1"), second, asked(on(3, 2), 100, { charge: "ch_2" }), asked(on(3, 1), 300)];

  test("it is one finding with all that is missing, whose sentence adds up to its money (R-ONE-1)", () => {
    expect(finds(on(4, 1), both, "REFUND")).toEqual([`${id} 400 JPY`]);
    expect(finding(id, on(4, 1), both)).toMatchObject({
      grace: { until: on(3, 8) },
      names: { charges: ["ch_1", "ch_2"] },
    });
    const cause = { kind: "refund not seen", class: "REFUND", asked: yen(400), back: yen(0), payments: 2 };
    expect(finding(id, on(4, 1), both)?.cause).toEqual(cause);
  });

  test("since when is told by what has not come back, and not by what was asked for first", () => {
    const parts = [
      ...[granted(start), charged(start, "ch_1"), second],
      ...[asked(on(3, 1), 100), back(on(3, 2), 100), asked(on(3, 5), 300), asked(on(3, 3), 70, { charge: "ch_2" })],
    ];
    expect(finding(id, on(4, 1), parts)).toMatchObject({
      cause: { asked: yen(470), back: yen(100), payments: 2 },
      grace: { until: on(3, 10) },
      money: [yen(370)],
    });
  });

  test("what came back of one is not counted for another", () => {
    expect(finds(on(4, 1), [...both, back(on(3, 3), 500)], "REFUND")).toEqual([`${id} 100 JPY`]);
  });

  test("each that nobody knows is asked for by itself", () => {
    const unknown = [asked(day10, 500, { charge: "x" }), asked(day10 + 1, 400, { charge: "y" })];
    expect(refund(on(3, 1), ...unknown)).toEqual([`${id} 900 JPY`]);
    expect(finding(id, on(3, 1), [granted(start), ...unknown])?.cause).toMatchObject({ asked: yen(900), payments: 2 });
  });

  test("two numbers of one payment are one payment, and two currencies are never added up", () => {
    const known = told("notice", start, { charge: "ch_1", alsoKnownAs: ["in_1"], contract });
    expect(refund(on(3, 1), known, asked(day10, 400), asked(day10, 400, { charge: "in_1" }))).toEqual([`${id} 500 JPY`]);
    const euros = asked(day10, 3, { amount: { minor: 300, currency: "EUR" } });
    const inBoth = [asked(day10 - 1, 400), euros, back(day10 + 1, 50)];
    expect(refund(on(3, 1), ...inBoth)).toEqual([`${id} 300 EUR 350 JPY`]);
    expect(finding(id, on(3, 1), [granted(start), charged(start, "ch_1"), ...inBoth])?.cause).toEqual({
      kind: "refund not seen",
      class: "REFUND",
      asked: yen(400),
      back: yen(50),
      others: [{ asked: { minor: 300, currency: "EUR" }, back: { minor: 0, currency: "EUR" } }],
    });
    expect(refund(on(3, 1), euros, back(day10 + 1, 500))).toEqual([`${id} 300 EUR`]);
    const byOther = asked(day10, 3, { charge: "in_1", amount: { minor: 300, currency: "EUR" } });
    const oneByTwo = [granted(start), charged(start, "ch_1"), known, asked(day10, 400), byOther];
    expect(finding(id, on(3, 1), oneByTwo)?.cause).not.toHaveProperty("payments");
  });
});

describe("R-REFUND: which payment is meant", () => {
  const purchase = told("charge.succeeded", start, { charge: "ch_9", order: "A-7", amount: yen(500), customer: "cus_1" });
  const sale = (about: object) => asked(day10, 500, { contract: undefined, charge: "ch_9", ...about });

  test("a single purchase, by its number or by its order's", () => {
    expect(finds(on(3, 1), [purchase, sale({})])).toEqual(["REFUND:shop/ch_9 500 JPY"]);
    expect(finds(on(3, 1), [purchase, sale({ charge: "A-7" })])).toEqual(["REFUND:shop/ch_9 500 JPY"]);
    const given = told("charge.refunded", day10 + 1, { charge: "ch_9", amount: yen(500) });
    expect(finds(on(3, 1), [purchase, sale({ charge: "A-7" }), given])).toEqual([]);
    expect(finding("REFUND:shop/ch_9", on(3, 1), [purchase, sale({})])).toMatchObject({
      subject: { kind: "payment" },
      names: { accounts: ["acc_1"], contracts: [], customers: ["cus_1"], orders: ["A-7"] },
    });
  });

  test("one of an order that the application has granted stays a single purchase", () => {
    const byOrder = says("entitlement.granted", start, { order: "A-7" });
    expect(finds(on(3, 1), [byOrder, purchase, sale({})], "REFUND")).toEqual(["REFUND:shop/ch_9 500 JPY"]);
  });

  test("of an order's payments the first that was taken, and not an attempt that failed", () => {
    const attempt = told("charge.failed", start - 1, { charge: "ch_8", order: "A-7", amount: yen(500) });
    const given = told("charge.refunded", day10 + 1, { charge: "ch_9", amount: yen(500) });
    expect(finds(on(3, 1), [attempt, purchase, sale({ charge: "A-7" }), given], "REFUND")).toEqual([]);
    const again = told("charge.succeeded", start + 1, { charge: "ch_10", order: "A-7", amount: yen(500) });
    expect(finds(on(3, 1), [again, purchase, sale({ charge: "A-7" })], "REFUND")).toEqual(["REFUND:shop/ch_9 500 JPY"]);
  });

  test("one whose number is another's order is meant by its number", () => {
    const named = told("charge.succeeded", start, { charge: "A-7", amount: yen(500) });
    expect(finds(on(3, 1), [purchase, named, sale({ charge: "A-7" })], "REFUND")).toEqual(["REFUND:shop/A-7 500 JPY"]);
  });

  test("one of a contract, also where the request names another or none", () => {
    expect(refund(on(3, 1), asked(day10, 500, { contract: undefined }))).toEqual([`${id} 500 JPY`]);
    expect(refund(on(3, 1), asked(day10, 500, { contract: "sub_2" }))).toEqual([`${id} 500 JPY`]);
    expect(refund(on(3, 1), charged(start, "ch_0", { contract: "sub_0" }), asked(day10, 500))).toEqual([`${id} 500 JPY`]);
  });

  test("one of the same source: what has that number elsewhere has given nothing back", () => {
    const elsewhere = [
      charged(start, "ch_7", { source: "shop-2" }),
      told("charge.refunded", start + 1, { charge: "ch_7", contract, source: "shop-2", amount: yen(500) }),
    ];
    const also = asked(day10, 400, { charge: "ch_7", source: "shop-2" });
    expect(refund(on(3, 1), ...elsewhere, asked(day10, 500, { charge: "ch_7" }), also)).toEqual([`${id} 500 JPY`]);
  });

  test("one that nobody knows is of the contract that the request names, and of no other of that number or source", () => {
    const others = [charged(start, "ch_3", { contract: "sub_0" }), charged(start, "ch_4", { source: "a-shop" })];
    expect(refund(on(3, 1), ...others, asked(day10, 500, { charge: "nobody" }))).toEqual([`${id} 500 JPY`]);
    expect(finding(id, on(3, 1), [...others, asked(day10, 500, { charge: "nobody" })])?.names.contracts).toEqual(["shop/sub_1"]);
  });
});
