import { describe, expect, test } from "vitest";
import {
  charged,
  contract,
  days,
  finding,
  finds,
  found,
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

const a3 = (now: number, ...parts: Parameters<typeof finds>[1]) => finds(now, parts, "A3");
const back = (at: number, charge: string, minor: number) =>
  told("charge.refunded", at, { charge, contract, amount: yen(minor), refund: `re_${charge}` });

describe("R-A3: charged after the entitlement was revoked", () => {
  const cancelled = [granted(start), charged(start, "ch_1"), revoked(on(2, 10))];

  test("is found at once, with what was charged", () => {
    expect(a3(on(2, 28), ...cancelled, renewed(on(2, 28), "ch_2"))).toEqual(["A3:shop/sub_1 500 JPY"]);
  });

  test("is one finding, to which further charges are added (R-ONE-1)", () => {
    expect(a3(on(4, 1), ...cancelled, renewed(on(2, 28), "ch_2"), renewed(on(3, 31), "ch_3"))).toEqual(["A3:shop/sub_1 1000 JPY"]);
  });

  test("less what was given back, and closed by full repayment", () => {
    expect(a3(on(3, 1), ...cancelled, renewed(on(2, 28), "ch_2"), back(on(3, 1), "ch_2", 200))).toEqual(["A3:shop/sub_1 300 JPY"]);
    expect(a3(on(3, 1), ...cancelled, renewed(on(2, 28), "ch_2"), back(on(3, 1), "ch_2", 500))).toEqual([]);
  });

  test("a lost dispute has given it back already", () => {
    const lost = told("dispute.lost", on(3, 5), { charge: "ch_2", contract, dispute: "dp_1", amount: yen(500) });
    expect(a3(on(3, 6), ...cancelled, renewed(on(2, 28), "ch_2"), lost)).toEqual([]);
  });

  test("is none where a grant follows within the grace, and is one where it follows later", () => {
    const charge = renewed(on(2, 28), "ch_2");
    expect(a3(on(3, 5), ...cancelled, charge, granted(on(2, 28) + hours(24)))).toEqual([]);
    expect(a3(on(3, 5), ...cancelled, charge, granted(on(2, 28) + hours(24) + 1))).toHaveLength(1);
  });

  test("a charge of before the revocation is none, also when it is told after it (R-TIME-1)", () => {
    expect(a3(on(2, 20), ...cancelled, charged(on(2, 10) - 1, "ch_2"))).toEqual([]);
    expect(a3(on(2, 20), ...cancelled, charged(on(2, 10), "ch_2"))).toHaveLength(1);
  });

  test("a voided one is none", () => {
    expect(
      a3(on(3, 1), ...cancelled, renewed(on(2, 28), "ch_2"), told("charge.voided", on(2, 28) + 1, { charge: "ch_2", contract })),
    ).toEqual([]);
  });

  test("a plan that is changed at that moment is not revoked", () => {
    const change = [granted(start), revoked(on(2, 10), { reason: "plan_change", id: "z" }), granted(on(2, 10), { plan: "gold", id: "a" })];
    expect(a3(on(2, 20), ...change, charged(on(2, 10), "ch_2"))).toEqual([]);
  });

  test("names the payment's ids, and rests on the charges and the last revocation", () => {
    const parts = [
      granted(start),
      charged(start, "ch_1"),
      revoked(on(2, 3), { reason: "paused" }),
      granted(on(2, 4)),
      revoked(on(2, 10), { id: "revoked" }),
      says("cancellation.requested", on(2, 11), { contract }),
      charged(on(2, 28), "ch_2", { alsoKnownAs: ["in_2"], order: "A-7", id: "first" }),
      charged(on(3, 31), "ch_3", { id: "last" }),
    ];
    expect(finding("A3:shop/sub_1", on(4, 1), parts)).toMatchObject({
      cause: { kind: "charged without entitlement", never: false, charges: 2 },
      subject: { kind: "contract", source: "shop", id: "sub_1" },
      severity: "urgent",
      since: on(2, 28),
      last: on(3, 31),
      names: { accounts: ["acc_1"], contracts: ["shop/sub_1"], charges: ["ch_2", "ch_3", "in_2"], orders: ["A-7"] },
      evidence: ["revoked", "first", "last"],
    });
    expect(finding("A3:shop/sub_1", on(4, 1), parts)).not.toHaveProperty("grace");
  });
});

describe("R-A3: charged and never granted", () => {
  test("R-ONE-1: has a further charge at stake at once, when it is found", () => {
    const parts = [charged(start, "ch_1"), renewed(start + days(28), "ch_2")];
    expect(finds(start + days(28) - 1, parts.slice(0, 1), "A3")).toEqual(["A3:shop/sub_1 500 JPY"]);
    expect(finds(start + days(28), parts, "A3")).toEqual(["A3:shop/sub_1 1000 JPY"]);
  });

  test("is found once the grace for a grant is over", () => {
    const parts = [charged(start, "ch_1")];
    expect(a3(start + hours(24) - 1, ...parts)).toEqual([]);
    expect(a3(start + hours(24), ...parts)).toEqual(["A3:shop/sub_1 500 JPY"]);
    expect(found(start, parts).again).toBe(start + hours(24));
  });

  test("is none once it is granted, however late", () => {
    expect(a3(start + days(9), charged(start, "ch_1"), granted(start + days(8)))).toEqual([]);
  });

  test("says so, and which grace was over", () => {
    const parts = [charged(start, "ch_1", { id: "first" }), charged(on(2, 28), "ch_2", { id: "last" })];
    expect(finding("A3:shop/sub_1", on(3, 1), parts)).toMatchObject({
      cause: { never: true, charges: 2 },
      severity: "urgent",
      since: start,
      last: on(2, 28),
      grace: { name: "grant", until: start + hours(24) },
      evidence: ["first", "last"],
    });
  });

  test("R-ONE-1: a revocation of what was never granted takes no charge out of it, and what is charged then is found at once", () => {
    const parts = [charged(start, "ch_1"), revoked(on(2, 10)), charged(on(2, 28), "ch_2")];
    expect(a3(on(2, 28), ...parts)).toEqual(["A3:shop/sub_1 1000 JPY"]);
    expect(a3(on(2, 28), ...parts.slice(1))).toEqual(["A3:shop/sub_1 500 JPY"]);
  });

  test("a single purchase is never one", () => {
    const purchase = told("charge.succeeded", on(2, 11), { charge: "ch_1", order: "A-7", amount: yen(500) });
    const byOrder = [says("entitlement.granted", start, { order: "A-7" }), says("entitlement.revoked", on(2, 10), { order: "A-7" })];
    expect(a3(on(3, 1), ...byOrder, purchase)).toEqual([]);
    expect(finds(start + days(9), [told("charge.succeeded", start, { charge: "ch_1", customer: "cus_1", amount: yen(500) })])).toEqual([]);
  });

  test("R-APP-2: is none as long as the application has said nothing about that source", () => {
    const hasSide = (source: string) => source !== "shop";
    expect(finds(start + days(9), [charged(start, "ch_1")], "A3", { hasSide })).toEqual([]);
    expect(found(start + days(9), [charged(start, "ch_1")], { hasSide }).sideless).toBe("shop");
    expect(found(start + days(9), [told("contract.started", start, { contract })], { hasSide }).sideless).toBeUndefined();
  });
});

test("R-A3: a charge that another class is about stands there", () => {
  const parts = [granted(start), charged(start, "ch_1"), revoked(on(2, 10))];
  expect(finds(on(3, 1), [...parts, told("contract.cancelled", on(2, 11), { contract }), charged(on(2, 28), "ch_2")])).toEqual([
    "AFTER:shop/sub_1 500 JPY",
  ]);
  expect(a3(on(3, 1), ...parts, says("account.closed", on(2, 11)), charged(on(2, 28), "ch_2"))).toEqual([]);
});

describe("R-A3: between the closing of its account and the reopening", () => {
  const closed = [
    granted(start),
    charged(start, "ch_1"),
    revoked(on(2, 10)),
    says("account.closed", on(2, 11)),
    says("account.reopened", on(2, 20)),
    says("account.closed", on(3, 10)),
    says("account.reopened", on(3, 12)),
    says("account.closed", on(2, 1), { account: "acc_0" }),
  ];

  test.each([
    ["before the closing", on(2, 11) - 1, "A3"],
    ["at the closing", on(2, 11), "A3"],
    ["after the closing", on(2, 11) + 1, "CLOSE"],
    ["at the reopening", on(2, 20), "CLOSE"],
    ["after the reopening", on(2, 20) + 1, "A3"],
    ["after the second closing", on(3, 10) + 1, "CLOSE"],
  ])("a charge %s", (_, at, of) => {
    const classes = found(on(3, 13), [...closed, charged(at, "ch_2")]).findings.map((one) => one.class);
    expect(classes.filter((one) => one === "A3" || one === "CLOSE")).toEqual([of]);
  });
});
