import { describe, expect, test } from "vitest";
import {
  charged,
  contract,
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

test("R-CLOSE 1: names the closing before the first charge, and rests on the charges and on what was said of the account", () => {
  const parts = [
    granted(start),
    charged(start, "ch_1"),
    granted(start, { contract: "sub_2", plan: "gold" }),
    charged(start, "ch_2", { contract: "sub_2" }),
    granted(start, { contract: "sub_9", plan: "iron" }),
    says("account.closed", on(2, 10), { id: "closed" }),
    charged(on(3, 3), "ch_3", { id: "second" }),
    charged(on(2, 28), "ch_4", { contract: "sub_2", id: "first" }),
    says("account.reopened", on(3, 10), { id: "reopened" }),
    says("account.closed", on(3, 12), { id: "closed again" }),
    charged(on(3, 31), "ch_5", { id: "third" }),
  ];
  expect(finding(charge, on(4, 1), parts)).toMatchObject({
    cause: { kind: "charged after closing", closedAt: on(2, 10), charges: 3 },
    subject: { kind: "account", id: "acc_1" },
    severity: "urgent",
    since: on(2, 28),
    last: on(3, 31),
    names: { accounts: ["acc_1"], contracts: ["shop/sub_1", "shop/sub_2"], charges: ["ch_3", "ch_4", "ch_5"] },
    evidence: ["closed", "first", "second", "reopened", "closed again", "third"],
  });
});

test("R-CLOSE 1: a charge of another account, and one that was given back, are none", () => {
  const others = [granted(start, { contract: "sub_2", account: "acc_2", plan: "gold" }), charged(on(2, 28), "ch_2", { contract: "sub_2" })];
  const back = [charged(on(2, 28), "ch_3"), told("charge.refunded", on(3, 1), { charge: "ch_3", contract, amount: yen(500) })];
  expect(close(on(3, 5), closed, end(on(3, 2)), ...others, ...back)).toEqual([]);
});

test("R-CLOSE 2: names the last closing and those that have not ended, and since when the first of them is overdue", () => {
  const parts = [
    granted(start),
    charged(start, "ch_1"),
    granted(start, { contract: "sub_2", plan: "gold" }),
    charged(start, "ch_2", { contract: "sub_2" }),
    granted(start, { contract: "sub_3", plan: "iron" }),
    charged(start, "ch_3", { contract: "sub_3" }),
    granted(start, { contract: "sub_4", plan: "tin" }),
    charged(start, "ch_4", { contract: "sub_4" }),
    says("account.closed", on(2, 10), { id: "closed" }),
    says("account.closed", on(2, 11), { id: "closed again" }),
    told("contract.cancelled", on(2, 11), { contract: "sub_2" }),
    told("notice", on(2, 11), { contract: "sub_3", endsAt: on(2, 20) }),
    told("notice", on(2, 11), { contract: "sub_4", endsAt: on(2, 25) }),
  ];
  expect(finding(outlives, on(2, 22), parts)).toMatchObject({
    cause: {
      kind: "outlives its account",
      closedAt: on(2, 11),
      living: [
        { source: "shop", contract: "sub_1" },
        { source: "shop", contract: "sub_3" },
      ],
    },
    subject: { kind: "account", id: "acc_1" },
    severity: "warning",
    since: on(2, 11),
    names: { accounts: ["acc_1"], contracts: ["shop/sub_1", "shop/sub_3"] },
    grace: { name: "closure", until: on(2, 13) },
    evidence: ["closed", "closed again"],
  });
});

test("R-CLOSE 2 and 3: closed once more after a reopening, it is counted from that closing", () => {
  const again = [closed, reopened(on(2, 11)), says("account.closed", on(2, 20))];
  expect(close(on(2, 22) - 1, ...again)).toEqual([]);
  expect(close(on(2, 22), ...again)).toEqual([outlives]);
});

test("R-CLOSE 3: a reopening of an account that is not closed means nothing", () => {
  expect(close(on(2, 12), reopened(on(2, 9)), closed)).toEqual([outlives]);
  expect(close(on(3, 1), closed, reopened(on(2, 11)), reopened(on(2, 25)), charged(on(2, 20), "ch_2"))).toEqual([]);
});

test("R-CLOSE: what is said of one account changes nothing for another", () => {
  expect(close(on(3, 1), says("account.closed", on(2, 10), { account: "acc_2" }))).toEqual([]);
  expect(close(on(3, 1), closed, says("account.reopened", on(2, 11), { account: "acc_2" }))).toEqual([outlives]);
});
