import { describe, expect, test } from "vitest";
import {
  charged,
  contract,
  days,
  finding,
  finds,
  granted,
  hours,
  on,
  renewed,
  says,
  start,
  told,
  yen,
} from "../../../../support/both-sides/both-sides.ts";

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

describe("R-AMOUNT: what is said of it", () => {
  test("is how many there were and what the last was of, resting on those charges and the last two grants", () => {
    const parts = [
      granted(start - days(2), { id: "sign-up" }),
      granted(start - days(1), { id: "before" }),
      granted(start, { id: "grant" }),
      says("refund.requested", start, { contract, charge: "ch_1", amount: yen(1) }),
      charged(start, "ch_1"),
      renewed(on(2, 28), "ch_2", { amount: yen(780), id: "first" }),
      renewed(on(3, 31), "ch_3"),
      renewed(on(4, 30), "ch_4", { amount: yen(600), id: "last" }),
    ];
    const one = finding(id, on(5, 1), parts);
    expect(one).toMatchObject({
      cause: { kind: "amount differs", price: yen(500), taken: yen(600), charges: 2 },
      subject: { kind: "contract", source: "shop", id: "sub_1" },
      severity: "warning",
      money: [yen(380)],
      since: on(2, 28),
      last: on(4, 30),
      names: { accounts: ["acc_1"], contracts: ["shop/sub_1"], charges: ["ch_2", "ch_4"] },
    });
    expect([...new Set(one?.evidence.map((event) => event.replace(/#.*/, "")))]).toEqual(["before", "grant", "first", "last"]);
  });

  test("is the price that was in force at the last of them", () => {
    const parts = [renewed(on(2, 28), "ch_2", { amount: yen(600) }), granted(on(3, 5), { price: yen(800) })];
    const all = [granted(start), charged(start, "ch_1"), ...parts, renewed(on(3, 31), "ch_3", { amount: yen(900) })];
    expect(finding(id, on(4, 1), all)).toMatchObject({ cause: { price: yen(800), taken: yen(900) }, money: [yen(200)] });
  });
});

describe("R-AMOUNT: the price in force", () => {
  const changed = (at: number, minor: number, id?: string) => granted(at, { price: yen(minor), ...(id !== undefined && { id }) });
  const dear = renewed(on(2, 28), "ch_2", { amount: yen(780) });

  test("may be said up to the grace for a grant after the charge, and no later", () => {
    expect(amount(changed(on(2, 28) + hours(24), 780), dear)).toEqual([]);
    expect(amount(changed(on(2, 28) + hours(24) + 1, 780), dear)).toEqual([`${id} 280 JPY`]);
    expect(amount(changed(on(2, 28) + hours(1), 900), dear)).toEqual([`${id} 280 JPY`]);
  });

  test("is not one that was in force before", () => {
    expect(amount(changed(on(2, 10), 780), renewed(on(2, 28), "ch_2"))).toEqual([id]);
  });

  test("is of two grants of one moment that of the last by id", () => {
    expect(amount(changed(on(2, 28), 780, "a"), changed(on(2, 28), 700, "b"), dear)).toEqual([`${id} 80 JPY`]);
  });

  test("is of its currency: the same number of another one differs, and nobody knows by how much", () => {
    expect(amount(renewed(on(2, 28), "ch_2", { amount: { minor: 500, currency: "USD" } }))).toEqual([id]);
  });

  test("is not known where no grant has one", () => {
    const free = granted(start, { price: undefined });
    expect(finds(on(4, 2), [free, charged(start, "ch_1"), dear], "AMOUNT")).toEqual([]);
  });
});

describe("R-AMOUNT: which charges are regular", () => {
  const dear = { amount: yen(780) };

  test("one that was given back altogether is none, whatever it was of", () => {
    const back = (minor: number) => told("charge.refunded", on(3, 1), { charge: "ch_2", contract, amount: yen(minor) });
    expect(amount(renewed(on(2, 28), "ch_2", { amount: yen(300) }), back(300))).toEqual([]);
    expect(amount(renewed(on(2, 28), "ch_2", { amount: yen(300) }), back(100))).toEqual([id]);
    expect(amount(renewed(on(2, 28), "ch_2", dear), told("charge.voided", on(3, 1), { charge: "ch_2", contract }))).toEqual([]);
  });

  test("a charge up to three days beside the day on which one is due, where the gateway calls nothing a renewal", () => {
    for (const side of [1, -1]) {
      expect(amount(charged(on(2, 28) + side * days(3), "ch_2", dear))).toEqual([`${id} 280 JPY`]);
      expect(amount(charged(on(2, 28) + side * (days(3) + 1), "ch_2", dear))).toEqual([]);
    }
  });

  test("it is another purchase where one of the price came in up to three days beside that day", () => {
    const other = charged(on(2, 28), "ch_2", dear);
    expect(amount(other, charged(on(2, 28) + days(3), "ch_3"))).toEqual([]);
    expect(amount(other, charged(on(2, 28) + days(3) + 1, "ch_3"))).toEqual([`${id} 280 JPY`]);
    expect(amount(other, told("charge.failed", on(2, 28) - 1, { contract, charge: "ch_3", amount: yen(500) }))).toEqual([`${id} 280 JPY`]);
  });

  test("none within the free time, and one at its end", () => {
    const parts = (at: number) => [granted(start, { freeUntil: on(2, 28) }), charged(start, "ch_1"), renewed(at, "ch_2", dear)];
    expect(finds(on(4, 2), parts(on(2, 28) - 1), "AMOUNT")).toEqual([]);
    expect(finds(on(4, 2), parts(on(2, 28)), "AMOUNT")).toEqual([`${id} 280 JPY`]);
  });

  test("the first charge belongs to the sign-up within three days of the first grant, and no later charge does", () => {
    const first = (at: number, ...others: Parameters<typeof finds>[1]) =>
      finds(on(4, 2), [granted(start), ...others, renewed(at, "ch_1", dear)], "AMOUNT");
    expect(first(start + days(3) - 1)).toEqual([]);
    expect(first(start - days(3) + 1)).toEqual([]);
    expect(first(start + days(3))).toEqual([`${id} 280 JPY`]);
    expect(first(start + days(2), charged(start, "ch_0"))).toEqual([`${id} 280 JPY`]);
    expect(first(start + days(2), told("charge.failed", start, { contract, charge: "ch_0", amount: yen(500) }))).toEqual([]);
    expect(first(start + days(2), granted(on(2, 20)), charged(on(3, 31), "ch_9"))).toEqual([]);
  });
});
