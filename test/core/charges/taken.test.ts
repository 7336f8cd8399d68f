import { describe, expect, test } from "vitest";
import { type CountedLine, createTakenSums, takenIn } from "../../../core/charges/taken.ts";
import { charged, contract, on, type Part, partsOf, source, told, yen } from "../../support/both-sides/both-sides.ts";

const lineOf = (parts: readonly Part[], isContract = true): CountedLine => ({
  source,
  id: contract,
  isContract,
  entries: partsOf(parts).events.map((entry) => ({ ...entry, contract })),
  accounts: ["acc_1"],
});

const october = { from: on(10, 1), to: on(11, 1) };
const amounts = (...parts: readonly Part[]) => takenIn(lineOf(parts), october).map(({ id, money }) => [id, money?.gross, money?.net]);

describe("R-BETWEEN: who was charged in a period", () => {
  test("are the payments whose money was taken in it, by the gateway's own time: its first moment is in, its last is not (R-TIME-4)", () => {
    const parts = [
      charged(october.from, "ch_1"),
      charged(october.to, "ch_2"),
      charged(october.to - 1, "ch_3"),
      charged(october.from - 1, "ch_4"),
    ];
    expect(amounts(...parts)).toEqual([
      ["ch_1", 500, 500],
      ["ch_3", 500, 500],
    ]);
  });

  test("have their gross, and their net as of now: less refunds and lost disputes, whenever they were", () => {
    const later = { contract, currency: "JPY" };
    expect(
      amounts(
        charged(on(10, 2), "ch_1"),
        told("charge.refunded", on(12, 1), { ...later, charge: "ch_1", refund: "re_1", amount: yen(200) }),
        charged(on(10, 3), "ch_2"),
        told("dispute.lost", on(12, 2), { ...later, charge: "ch_2", dispute: "dp_1", amount: yen(500) }),
        charged(on(10, 4), "ch_3"),
        told("dispute.won", on(12, 2), { ...later, charge: "ch_3", dispute: "dp_2", amount: yen(500) }),
      ),
    ).toEqual([
      ["ch_1", 500, 300],
      ["ch_2", 500, 0],
      ["ch_3", 500, 500],
    ]);
  });

  test("are not what failed, was voided, was only authorised, checked a card, or took nothing", () => {
    expect(
      amounts(
        told("charge.failed", on(10, 2), { contract, charge: "ch_1", amount: yen(500) }),
        charged(on(10, 3), "ch_2"),
        told("charge.voided", on(10, 4), { contract, charge: "ch_2", amount: yen(500) }),
        told("charge.authorized", on(10, 5), { contract, charge: "ch_3", amount: yen(500) }),
        told("charge.authorized", on(10, 6), { contract, charge: "ch_4", amount: yen(1) }),
        told("charge.voided", on(10, 6), { contract, charge: "ch_4", amount: yen(1) }),
        charged(on(10, 7), "ch_5", { amount: yen(0) }),
      ),
    ).toEqual([]);
  });

  test("name whom an operator may look for", () => {
    const parts = [charged(on(10, 2), "ch_1", { alsoKnownAs: ["in_1"], customer: "cus_1", order: "A-7" })];
    expect(takenIn(lineOf(parts), october)).toEqual([
      {
        source,
        contract,
        id: "ch_1",
        ids: ["ch_1", "in_1"],
        order: "A-7",
        customer: "cus_1",
        accounts: ["acc_1"],
        at: on(10, 2),
        state: "succeeded",
        money: { currency: "JPY", gross: 500, net: 500 },
      },
    ]);
    expect(takenIn(lineOf(parts, false), october)[0]).not.toHaveProperty("contract");
  });

  test("name the payment's own customer, or else the contract's: the latest that the gateway said, in whatever order it was stored (P5)", () => {
    const who = (at: number, customer: string, charge?: string) =>
      told("notice", at, { contract, customer, ...(charge !== undefined && { charge }) });
    const customersOf = (...parts: readonly Part[]) =>
      [parts, parts.toReversed()].map((some) => takenIn(lineOf(some), october)[0]?.customer);
    const payment = charged(on(10, 2), "ch_1");
    expect(customersOf(payment)).toEqual([undefined, undefined]);
    expect(customersOf(payment, who(on(10, 3), "cus_1"), who(on(10, 4), "cus_2"))).toEqual(["cus_2", "cus_2"]);
    const own = [who(on(10, 3), "own_1", "ch_1"), who(on(10, 4), "own_2", "ch_1")];
    expect(customersOf(payment, ...own, who(on(10, 5), "cus_2"))).toEqual(["own_2", "own_2"]);
  });

  test("add up per currency; an amount that nobody has said is in no sum", () => {
    const sums = createTakenSums();
    for (const [currency, gross, net] of [
      ["USD", 1_900, 1_900],
      ["JPY", 500, 300],
      ["JPY", 800, 800],
    ] as const)
      sums.add({ money: { currency, gross, net } });
    sums.add({});
    expect(sums.all()).toEqual([
      { currency: "JPY", charges: 2, gross: 1_300, net: 1_100 },
      { currency: "USD", charges: 1, gross: 1_900, net: 1_900 },
    ]);
    expect(sums.unknown()).toBe(1);
  });
});
