import { expect, test } from "vitest";
import { conflictFindings } from "../../../../core/findings/findings.ts";
import { charged, contract, finds, granted, on, partsOf, says, start, told, yen } from "../../../support/both-sides/both-sides.ts";

const opened = (at: number, about = {}) => told("dispute.opened", at, { charge: "ch_1", dispute: "dp_1", amount: yen(500), ...about });
const paid = [granted(start), charged(start, "ch_1")];

test("R-DISPUTE: is open until it is closed, in whatever order the two are told", () => {
  expect(finds(on(2, 10), [...paid, opened(on(2, 9), { contract })])).toEqual(["DISPUTE:shop/sub_1 500 JPY"]);
  const won = told("dispute.won", on(2, 12), { charge: "ch_1", dispute: "dp_1", contract });
  expect(finds(on(2, 13), [...paid, won, opened(on(2, 9), { contract })])).toEqual([]);
});

test("R-DISPUTE: of a payment without a contract is the payment's, of one that nobody names the customer's", () => {
  const sale = told("charge.succeeded", start, { charge: "ch_1", amount: yen(500) });
  expect(finds(on(2, 10), [sale, opened(on(2, 9))])).toEqual(["DISPUTE:shop/ch_1 500 JPY"]);
  expect(finds(on(2, 10), [told("dispute.opened", on(2, 9), { customer: "cus_1", amount: yen(500) })])).toEqual([
    "DISPUTE:shop/cus_1 500 JPY",
  ]);
});

test("R-UNKNOWN: a type that nobody knows is one for each contract or payment, and a notice is none", () => {
  const unknown = (about: object) => told("unknown", start, { gatewayType: "x.new", ...about });
  expect(finds(on(2, 1), [...paid, unknown({ contract }), unknown({ contract })])).toEqual(["UNKNOWN:shop/sub_1"]);
  expect(finds(on(2, 1), [unknown({ charge: "ch_7" })])).toEqual(["UNKNOWN:shop/ch_7"]);
  expect(finds(on(2, 1), [...paid, told("notice", start, { contract })])).toEqual([]);
});

test("R-CONFLICT 1: other contents under one id are one finding, which names the contract and has what the record says", () => {
  const notice = told("notice", start, { contract, id: "evt_c" });
  const elsewhere = told("notice", start, { contract, id: "evt_d", source: "other" });
  const before = told("notice", start, { contract: "sub_0", id: "evt_0" });
  const parts = partsOf([before, ...paid, notice, elsewhere]);
  const conflicts = [9, 5].map((at) => ({ record: "shop/evt_c" as const, at }));
  const [one, ...more] = conflictFindings(conflicts, parts);
  expect(one).toMatchObject({ id: "CONFLICT:shop/evt_c", since: 5, names: { contracts: ["shop/sub_1"], accounts: ["acc_1"] } });
  expect(one?.evidence.map(({ record }) => record)).toEqual(["shop/evt_c"]);
  expect(more).toEqual([]);
  expect(conflictFindings([], parts)).toEqual([]);
  // A payment's line comes before its contract's, and an order of that name is no contract.
  const sale = told("charge.succeeded", start, { charge: "a_1", amount: yen(500), id: "evt_c" });
  const named = partsOf([...paid, sale, notice, says("entitlement.granted", start, { order: contract, account: "acc_2" })]);
  expect(conflictFindings(conflicts, named)).toMatchObject([
    { names: { contracts: ["shop/sub_1"], accounts: ["acc_1"], charges: ["a_1"] } },
  ]);
});

test("R-CONFLICT 1: of a record that says nothing of a contract, or nothing at all, names none", () => {
  const conflicts = [{ record: "shop/evt_c" as const, at: 5 }];
  const sale = told("charge.succeeded", start, { charge: "ch_9", amount: yen(500), id: "evt_c" });
  for (const parts of [{ events: [], applicationEvents: [] }, partsOf([...paid, sale])])
    expect(conflictFindings(conflicts, parts)).toMatchObject([{ id: "CONFLICT:shop/evt_c", names: { contracts: [], accounts: [] } }]);
});
