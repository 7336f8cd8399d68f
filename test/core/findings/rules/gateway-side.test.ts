import { describe, expect, test } from "vitest";
import { conflictFindings } from "../../../../core/findings/findings.ts";
import { conflictFindingId } from "../../../../core/findings/rules/conflict.ts";
import { charged, contract, finding, finds, granted, on, partsOf, says, start, told, yen } from "../../../support/both-sides/both-sides.ts";

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

describe("R-DISPUTE: what is said of it", () => {
  const disputes = (type: "dispute.opened" | "dispute.won" | "dispute.lost", at: number, about: object) =>
    told(type, at, { contract, amount: yen(500), ...about });

  test("is how many are open and their sum, resting on what was said of those", () => {
    const parts = [
      ...paid,
      charged(on(2, 28), "ch_2"),
      disputes("dispute.opened", on(2, 9), { charge: "ch_1", dispute: "dp_1", id: "first" }),
      disputes("dispute.opened", on(2, 10), { charge: "ch_1", dispute: "dp_2", id: "closed" }),
      disputes("dispute.lost", on(2, 11), { charge: "ch_1", dispute: "dp_2", id: "lost" }),
      disputes("dispute.opened", on(3, 9), { charge: "ch_2", dispute: "dp_3", amount: yen(70), id: "last" }),
      told("notice", on(3, 10), { contract, dispute: "dp_3" }),
    ];
    expect(finding("DISPUTE:shop/sub_1", on(4, 1), parts)).toMatchObject({
      cause: { kind: "disputed", disputes: 2 },
      subject: { kind: "contract", source: "shop", id: "sub_1" },
      severity: "urgent",
      money: [yen(570)],
      since: on(2, 9),
      last: on(3, 9),
      names: { accounts: ["acc_1"], contracts: ["shop/sub_1"], charges: ["ch_1", "ch_2"] },
      evidence: ["first", "last"],
    });
  });

  test("where it has no name, all that was said of disputes is shown", () => {
    const parts = [...paid, disputes("dispute.opened", on(2, 9), { charge: "ch_1", id: "opened" })];
    expect(finding("DISPUTE:shop/sub_1", on(4, 1), parts)?.evidence).toEqual(["opened"]);
    const other = [charged(on(2, 28), "ch_2"), disputes("dispute.won", on(3, 9), { charge: "ch_2", dispute: "dp_2", id: "won" })];
    expect(finding("DISPUTE:shop/sub_1", on(4, 1), [...parts, ...other])?.evidence).toEqual(["opened", "won"]);
    const unnamed = [...other, disputes("dispute.opened", on(3, 8), { charge: "ch_1", dispute: "dp_1", id: "named" })];
    const later = disputes("dispute.lost", on(3, 11), { id: "whose" });
    expect(finding("DISPUTE:shop/sub_1", on(4, 1), [...paid, ...unnamed, later])?.evidence).toEqual(["named", "whose"]);
  });

  test("of a payment that nobody names counts beside those of the contract's payments, and once where it has their name", () => {
    const loose = disputes("dispute.opened", on(2, 8), { dispute: "dp_9", amount: yen(30) });
    expect(finds(on(2, 10), [...paid, loose], "DISPUTE")).toEqual(["DISPUTE:shop/sub_1 30 JPY"]);
    const own = disputes("dispute.opened", on(2, 9), { charge: "ch_1", dispute: "dp_1" });
    expect(finds(on(2, 10), [...paid, loose, own], "DISPUTE")).toEqual(["DISPUTE:shop/sub_1 530 JPY"]);
    expect(finds(on(2, 10), [...paid, disputes("dispute.opened", on(2, 8), { dispute: "dp_1" }), own], "DISPUTE")).toEqual([
      "DISPUTE:shop/sub_1 500 JPY",
    ]);
    const won = disputes("dispute.won", on(2, 10), { charge: "ch_1", dispute: "dp_1" });
    expect(finds(on(2, 11), [...paid, disputes("dispute.opened", on(2, 8), { dispute: "dp_1" }), own, won], "DISPUTE")).toEqual([]);
    const nameless = disputes("dispute.opened", on(2, 9), { charge: "ch_1" });
    expect(finds(on(2, 10), [...paid, disputes("dispute.opened", on(2, 8), {}), nameless], "DISPUTE")).toEqual([
      "DISPUTE:shop/sub_1 500 JPY",
    ]);
    const unnamed = disputes("dispute.opened", on(2, 8), { amount: yen(30) });
    expect(finds(on(2, 10), [...paid, unnamed, own], "DISPUTE")).toEqual(["DISPUTE:shop/sub_1 530 JPY"]);
  });

  test("of a single purchase of a granted order is the payment's", () => {
    const order = [
      says("entitlement.granted", start, { order: "A-7" }),
      told("charge.succeeded", start, { charge: "ch_1", order: "A-7", amount: yen(500) }),
    ];
    expect(finds(on(2, 10), [...order, opened(on(2, 9))], "DISPUTE")).toEqual(["DISPUTE:shop/ch_1 500 JPY"]);
  });

  test("of a customer's is about the customer, and names the disputed payment's no one", () => {
    const parts = [
      told("notice", on(2, 8), { customer: "cus_1" }),
      told("dispute.opened", on(2, 9), { customer: "cus_1", amount: yen(500), id: "opened" }),
    ];
    expect(finding("DISPUTE:shop/cus_1", on(2, 10), parts)).toMatchObject({
      subject: { kind: "customer", source: "shop", id: "cus_1" },
      names: { contracts: [], customers: ["cus_1"], charges: [] },
      evidence: ["opened"],
    });
  });
});

describe("R-UNKNOWN: what is said of it", () => {
  const unknown = (about: Parameters<typeof told>[2]) => told("unknown", start, { gatewayType: "x.new", ...about });

  test("is which types, sorted and each once, up to ten, resting on what was reported", () => {
    const types = ["x.2", "x.1", "x.2"].map((gatewayType, at) => unknown({ contract, gatewayType, id: `unknown ${at}` }));
    expect(finding("UNKNOWN:shop/sub_1", on(2, 1), [...paid, ...types, told("notice", on(2, 1), { contract })])).toMatchObject({
      cause: { kind: "unknown type", types: ["x.1", "x.2"] },
      subject: { kind: "contract", source: "shop", id: "sub_1" },
      severity: "notice",
      money: [],
      since: start,
      names: { accounts: ["acc_1"], contracts: ["shop/sub_1"] },
      evidence: ["unknown 0", "unknown 1", "unknown 2"],
    });
    const many = Array.from({ length: 12 }, (_, at) => unknown({ contract, gatewayType: `x.${10 + at}` }));
    const cause = finding("UNKNOWN:shop/sub_1", on(2, 1), many)?.cause;
    expect(cause).toMatchObject({ types: Array.from({ length: 10 }, (_, at) => `x.${10 + at}`) });
  });

  test("is about the payment, or about the customer where it names none", () => {
    expect(finding("UNKNOWN:shop/ch_7", on(2, 1), [unknown({ charge: "ch_7" })])?.subject.kind).toBe("payment");
    expect(finding("UNKNOWN:shop/cus_7", on(2, 1), [unknown({ customer: "cus_7" })])?.subject.kind).toBe("customer");
  });

  test("names the contract of that number at that source, and no other", () => {
    const others = [
      granted(start, { contract: "sub_0" }),
      granted(start, { source: "shop-0" }),
      says("entitlement.granted", start, { order: contract }),
    ];
    expect(finding("UNKNOWN:shop/sub_1", on(2, 1), [...others, ...paid, unknown({ contract })])?.names.contracts).toEqual(["shop/sub_1"]);
    const number = granted(start, { contract: "ch_7" });
    expect(finding("UNKNOWN:shop/ch_7", on(2, 1), [number, unknown({ charge: "ch_7" })])?.names.contracts).toEqual([]);
  });

  test("is one for a payment of a contract, in which it stands as well, and another at another source", () => {
    const part = unknown({ contract, charge: "ch_7", id: "evt_u" });
    const standsIn = (line: string) => ("events" in part ? { events: part.events.map((entry) => ({ ...entry, contract: line })) } : part);
    expect(finds(on(2, 1), [...paid, part, standsIn("ch_7")], "UNKNOWN")).toEqual(["UNKNOWN:shop/sub_1"]);
    const elsewhere = unknown({ charge: "ch_7", id: "evt_u", source: "shop-2" });
    expect(finds(on(2, 1), [...paid, part, elsewhere], "UNKNOWN")).toEqual(["UNKNOWN:shop-2/ch_7", "UNKNOWN:shop/sub_1"]);
  });
});

test("R-CONFLICT 1: is a warning, since the first other content came", () => {
  const [one] = conflictFindings([{ record: "shop/evt_c", at: 5 }], partsOf(paid));
  expect(one).toMatchObject({
    severity: "warning",
    cause: { record: "shop/evt_c" },
    subject: { kind: "payment", source: "shop", id: "evt_c" },
  });
  expect(one?.id).toBe(conflictFindingId("shop/evt_c"));
});
