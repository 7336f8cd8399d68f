import { expect, test } from "vitest";
import { charged, contract, granted, on, renewed, revoked, says, told, yen } from "../../support/both-sides/both-sides.ts";
import { byHand, linesOf, ofFindingIn } from "./stories.ts";

const begin = on(1, 31);
const owed = (...of: Parameters<typeof ofFindingIn>) => {
  const list = ofFindingIn(...of);
  return list && linesOf(list);
};

test("A3: the charges after the revocation, and no earlier one", () => {
  const parts = [granted(begin), charged(begin, "ch_1"), revoked(on(2, 10)), charged(on(2, 28), "ch_2"), charged(on(3, 31), "ch_3")];
  expect(owed("A3:shop/sub_1", parts)).toEqual(["ch_2 500 JPY", "ch_3 500 JPY"]);
  expect(ofFindingIn("A3:shop/sub_1", parts)?.lines[0]).toMatchObject({ source: "shop", contract, account: "acc_1" });
});

test("AFTER: the charges after the gateway's own end", () => {
  const parts = [granted(begin), charged(begin, "ch_1"), told("contract.cancelled", on(2, 10), { contract }), charged(on(2, 28), "ch_2")];
  expect(owed("AFTER:shop/sub_1", parts)).toEqual(["ch_2 500 JPY"]);
});

test("A1: of two contracts the one that the application does not know, or the later one with its past", () => {
  const unknown = [
    granted(begin, { customer: "cus_1" }),
    charged(begin, "ch_1", { customer: "cus_1" }),
    charged(on(2, 3), "ch_x", { contract: "sub_x", customer: "cus_1" }),
    charged(on(2, 28), "ch_2", { customer: "cus_1" }),
  ];
  expect(owed("A1:shop/sub_x", unknown)).toEqual(["ch_x 500 JPY"]);
  const twice = [
    granted(on(9, 10, 2024)),
    charged(on(12, 10, 2024), "ch_1"),
    granted(on(10, 10, 2024), { contract: "sub_2" }),
    charged(on(12, 11, 2024), "ch_2", { contract: "sub_2" }),
  ];
  expect(owed("A1:shop/sub_2", twice)).toEqual(["2024-10-10 estimated 500 JPY", "2024-11-10 estimated 500 JPY", "ch_2 500 JPY"]);
});

test("CLOSE: the charges of all contracts after the closing, and what was due by then as long as it was granted", () => {
  const parts = [
    granted(on(8, 5, 2024)),
    says("account.closed", on(9, 20, 2024)),
    charged(on(12, 5, 2024), "ch_1"),
    granted(on(8, 5, 2024), { contract: "sub_2", plan: "gold" }),
    charged(on(12, 6, 2024), "ch_2", { contract: "sub_2" }),
    revoked(on(9, 20, 2024), { contract: "sub_2", reason: "account_closed" }),
  ];
  expect(owed("CLOSE.charged:account:acc_1", parts)).toEqual([
    "2024-10-05 estimated 500 JPY",
    "2024-11-05 estimated 500 JPY",
    "ch_1 500 JPY",
    "ch_2 500 JPY",
  ]);
});

test("AMOUNT and REFUND: what was too much, and what was asked for, less what was given back by hand", () => {
  const dear = [granted(begin), charged(begin, "ch_1"), renewed(on(2, 28), "ch_2", { amount: yen(800) })];
  expect(owed("AMOUNT:shop/sub_1", dear)).toEqual(["ch_2 300 of 800 JPY"]);
  expect(ofFindingIn("AMOUNT:shop/sub_1", dear)?.lines[0]).toMatchObject({ contract, account: "acc_1" });
  expect(owed("AMOUNT:shop/sub_1", dear, [byHand("ch_2", on(3, 1), 100)])).toEqual(["ch_2 200 of 800 JPY"]);
  const asked = [
    granted(begin),
    charged(begin, "ch_1"),
    says("refund.requested", on(2, 2), { contract, charge: "ch_1", amount: yen(200) }),
  ];
  expect(owed("REFUND:shop/sub_1", asked)).toEqual(["ch_1 200 of 500 JPY"]);
  expect(owed("REFUND:shop/sub_1", asked, [byHand("ch_1", on(3, 1), 200)])).toEqual([]);
});

test("whose a refund is that was asked for: the contract's account, or the one that asked where nobody has it", () => {
  const asked = says("refund.requested", on(2, 2), { account: "acc_7", charge: "ch_1", amount: yen(200) });
  const accountsIn = (id: string, ...parts: Parameters<typeof ofFindingIn>[1]) =>
    ofFindingIn(id, parts)?.lines.map(({ account }) => account);
  const taken = charged(begin, "ch_1");
  expect(accountsIn("REFUND:shop/sub_1", granted(begin), taken, asked)).toEqual(["acc_1"]);
  expect(accountsIn("REFUND:shop/sub_1", taken, asked)).toEqual(["acc_7"]);
  const single = told("charge.succeeded", begin, { charge: "ch_1", amount: yen(500) });
  expect(accountsIn("REFUND:shop/ch_1", single, asked)).toEqual(["acc_7"]);
});

test("a finding that is not about money that was taken has no list, and one whose cause is gone neither", () => {
  expect(owed("A2:shop/sub_1", [granted(begin)])).toBeUndefined();
  expect(
    owed("DISPUTE:shop/sub_1", [granted(begin), charged(begin, "ch_1"), told("dispute.opened", begin, { charge: "ch_1" })]),
  ).toBeUndefined();
  expect(owed("A3:shop/sub_1", [granted(begin), charged(begin, "ch_1")])).toBeUndefined();
});
