import { describe, expect, test } from "vitest";
import {
  charged,
  contract,
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

const closed = says("account.closed", on(2, 10));
const reopened = (at: number) => says("account.reopened", at);
const end = (at: number, of = contract) => told("contract.cancelled", at, { contract: of });
const close = (now: number, ...parts: Parameters<typeof finds>[1]) =>
  finds(now, [granted(start), charged(start, "ch_1"), ...parts], "CLOSE");
const [charge, outlives] = ["CLOSE.charged:account:acc_1", "CLOSE.outlives:account:acc_1"];

describe("R-CLOSE 1: charged after the account was closed", () => {
  test("is found at once, one for the account, with the money of each currency", () => {
    const dollars = charged(on(2, 28), "ch_3", { contract: "sub_2", source: "shop-2", amount: { minor: 900, currency: "USD" } });
    const also = granted(start, { contract: "sub_2", source: "shop-2", plan: "gold" });
    expect(close(on(2, 28), closed, end(on(2, 11)), also, end(on(2, 11), "sub_2"), renewed(on(2, 28), "ch_2"), dollars)).toContain(
      `${charge} 500 JPY 900 USD`,
    );
  });

  test("a charge at the moment of the closing is none, one at that of the reopening is one, one later is none", () => {
    expect(close(on(2, 11), closed, charged(on(2, 10), "ch_2"))).toEqual([]);
    expect(close(on(3, 1), closed, reopened(on(2, 20)), charged(on(2, 20), "ch_2"))).toEqual([`${charge} 500 JPY`]);
    expect(close(on(3, 1), closed, reopened(on(2, 20)), charged(on(2, 20) + 1, "ch_2"))).toEqual([]);
  });
});

describe("R-CLOSE 2: a contract outlives its account", () => {
  test("is found 48 hours after the last closing", () => {
    expect(close(on(2, 12) - 1, closed)).toEqual([]);
    expect(close(on(2, 12), closed)).toEqual([outlives]);
    expect(close(on(2, 12), closed, says("account.closed", on(2, 11)))).toEqual([]);
  });

  test("closes itself when the contract ends, however late, and names only those that have not", () => {
    expect(close(on(3, 1), closed, end(on(2, 25)))).toEqual([]);
  });

  test("a contract of which the gateway never said anything is none", () => {
    expect(finds(on(3, 1), [granted(start), closed])).toEqual([]);
  });
});

test("R-CLOSE 3: reopening ends the second, never the first", () => {
  expect(close(on(3, 5), closed, charged(on(2, 15), "ch_2"), reopened(on(2, 20)))).toEqual([`${charge} 500 JPY`]);
});

test("R-CLOSE 4: one that ends with what is paid for is none while no charge is due before", () => {
  const ends = (at: number) => told("notice", on(2, 10), { contract, endsAt: at });
  expect(close(on(2, 20), closed, ends(on(2, 28)))).toEqual([]);
  expect(close(on(2, 28) + hours(48), closed, ends(on(2, 28)))).toEqual([outlives]);
  expect(close(on(2, 20), closed, ends(on(7, 31)))).toEqual([outlives]);
});

test("R-CLOSE: the contracts of an account are those of all its sources", () => {
  const other = [
    granted(start, { contract: "sub_2", source: "shop-2", plan: "gold" }),
    charged(start, "ch_2", { contract: "sub_2", source: "shop-2", amount: yen(9) }),
  ];
  expect(close(on(3, 1), closed, ...other, end(on(2, 11)))).toEqual([outlives]);
});
