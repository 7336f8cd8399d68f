import { describe, expect, test } from "vitest";
import {
  accepted,
  charged,
  contract,
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
    expect(
      found(on(3, 10), [granted(start, { interval: undefined }), ...known.slice(1), unknown, back("ch_2", other)]).again,
    ).toBeUndefined();
  });

  test("is found once the grace for a grant is over, and not before", () => {
    expect(a1(on(2, 20) + hours(24) - 1, ...known, unknown)).toEqual([]);
    expect(a1(on(2, 20) + hours(24), ...known, unknown)).toEqual(["A1:shop/sub_2 500 JPY"]);
  });

  test.each([
    ["before", -1, "replaced", "warning"],
    ["at the same moment", 0, "replaced", "warning"],
    ["afterwards", 1, "doubled", "urgent"],
  ] as const)("of a known one that is charged %s", (_, later, kind, severity) => {
    const parts = [...known, unknown, charged(on(2, 20) + later, "ch_3", { customer })];
    expect(finding("A1:shop/sub_2", on(3, 1), parts)).toMatchObject({ cause: { kind, known: contract }, severity });
  });

  test("is named in the place of the first of several known ones, or of that which is charged too", () => {
    const third = granted(start, { contract: "sub_3", plan: "gold", customer });
    expect(finding("A1:shop/sub_2", on(3, 10), [...known, third, unknown])?.cause).toMatchObject({ known: contract });
    const both = [...known, third, unknown, charged(on(2, 21), "ch_4", { contract: "sub_3", customer })];
    expect(finding("A1:shop/sub_2", on(3, 10), both)?.cause).toMatchObject({ kind: "doubled", known: "sub_3" });
    expect(finding("A1:shop/sub_2", on(3, 10), both)?.names.contracts).toEqual(["shop/sub_1", "shop/sub_2", "shop/sub_3"]);
    const all = [...both, charged(on(2, 22), "ch_5", { customer })];
    expect(finding("A1:shop/sub_2", on(3, 10), all)?.cause).toMatchObject({ kind: "doubled", known: contract });
  });

  test("rests on its charges, on those of the known one since, and on the last grant of that", () => {
    const parts = [
      granted(start, { customer, id: "sign-up" }),
      charged(start, "ch_1", { customer }),
      granted(on(2, 1), { customer, id: "grant" }),
      says("cancellation.requested", on(2, 2), { contract }),
      charged(on(2, 20), "ch_2", { contract: other, customer, id: "unknown" }),
      charged(on(2, 28), "ch_3", { customer, id: "known" }),
      charged(on(3, 20), "ch_4", { contract: other, customer, id: "unknown again" }),
    ];
    expect(finding("A1:shop/sub_2", on(3, 21), parts)).toMatchObject({
      subject: { kind: "contract", source: "shop", id: other },
      since: on(2, 20),
      last: on(3, 20),
      grace: { name: "grant", until: on(2, 21) },
      names: { accounts: ["acc_1"], contracts: ["shop/sub_1", "shop/sub_2"], customers: ["cus_1"], charges: ["ch_2", "ch_3", "ch_4"] },
      evidence: ["grant", "unknown", "known", "unknown again"],
    });
  });

  test("is told by any of the ids that a customer has had", () => {
    const moved = told("notice", on(2, 1), { contract, customer: "cus_0" });
    expect(a1(on(2, 27), ...known, moved, unknown)).toHaveLength(1);
  });

  test("is none beside a contract of no known customer", () => {
    expect(a1(on(2, 27), granted(start), charged(start, "ch_1"), unknown)).toEqual([]);
  });

  test("is none beside an order of which no contract is known: it may be that contract, and is A3", () => {
    const byOrder = says("entitlement.granted", start, { order: "A-7", customer });
    expect(finds(on(2, 27), [byOrder, unknown])).toEqual(["A2:shop/A-7 500 JPY", "A3:shop/sub_2 500 JPY"]);
  });

  test("R-APP-3: is none once a callback that entitles was accepted", () => {
    const sold = charged(on(2, 20), "ch_2", { contract: other, customer });
    expect(a1(on(2, 27), ...known, sold)).toHaveLength(1);
    expect(a1(on(2, 27), ...known, accepted(sold))).toEqual([]);
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

describe("R-A1 2: of two contracts for one plan", () => {
  const first = [granted(start), charged(start, "ch_1")];
  const second = [granted(on(2, 5), { contract: other }), charged(on(2, 5), "ch_2", { contract: other })];

  test("the later one names the earlier, and rests on its charges, the last of the earlier, and both grants", () => {
    const parts = [
      granted(start, { id: "sign-up", plan: "silver" }),
      granted(on(2, 1), { id: "first grant" }),
      charged(start, "ch_1"),
      charged(on(2, 28), "ch_3", { id: "last of the first" }),
      granted(on(2, 5), { contract: other, id: "second grant", order: "A-7" }),
      says("cancellation.requested", on(2, 6), { contract: other }),
      charged(on(2, 5), "ch_2", { contract: other, id: "charge" }),
      charged(on(3, 5), "ch_4", { contract: other, id: "charge again" }),
    ];
    expect(finding("A1:shop/sub_2", on(3, 6), parts)).toMatchObject({
      cause: { kind: "same plan twice", other: { source: "shop", contract }, plan: "premium" },
      subject: { kind: "contract", source: "shop", id: other },
      severity: "urgent",
      since: on(2, 5),
      last: on(3, 5),
      names: { accounts: ["acc_1"], contracts: ["shop/sub_1", "shop/sub_2"], orders: ["A-7"], charges: ["ch_2", "ch_3", "ch_4"] },
      evidence: ["first grant", "charge", "second grant", "last of the first", "charge again"],
    });
    expect(finding("A1:shop/sub_2", on(3, 6), parts)).not.toHaveProperty("grace");
  });

  test("the later is the one that was charged later, whatever their numbers", () => {
    expect(
      a1(
        on(2, 6),
        charged(on(2, 5), "ch_1"),
        granted(on(2, 5)),
        granted(start, { contract: other }),
        charged(start, "ch_2", { contract: other }),
      ),
    ).toEqual(["A1:shop/sub_1 500 JPY"]);
  });

  test("and a third, each later one is a double of the first", () => {
    const third = [granted(on(2, 7), { contract: "sub_0" }), charged(on(2, 7), "ch_3", { contract: "sub_0" })];
    expect(a1(on(2, 8), ...first, ...second, ...third)).toEqual(["A1:shop/sub_0 500 JPY", "A1:shop/sub_2 500 JPY"]);
    for (const id of ["A1:shop/sub_0", "A1:shop/sub_2"])
      expect(finding(id, on(2, 8), [...first, ...second, ...third])?.cause).toMatchObject({ other: { contract } });
  });

  test("the plan that counts is that of each last grant", () => {
    const changed = [granted(on(2, 1), { plan: "gold" }), ...second];
    expect(a1(on(2, 6), ...first, ...changed)).toEqual([]);
    expect(a1(on(2, 8), ...first, ...changed, granted(on(2, 7), { contract: other, plan: "gold" }))).toHaveLength(1);
  });

  test.each([
    ["the gateway has ended the earlier", told("contract.cancelled", on(2, 5), { contract })],
    ["the application has revoked the earlier", revoked(on(2, 5), { reason: "non_payment" })],
    ["the earlier was given back", told("charge.refunded", on(2, 5), { charge: "ch_1", contract, amount: yen(500) })],
  ])("none is a double where %s", (_, part) => expect(a1(on(2, 6), ...first, ...second, part)).toEqual([]));

  test("one that was charged only after its own end is R-AFTER, and one that was charged before as well stays a double", () => {
    const ended = [granted(on(2, 5), { contract: other }), told("contract.cancelled", on(2, 6), { contract: other })];
    const late = charged(on(2, 8), "ch_3", { contract: other });
    expect(a1(on(2, 9), ...first, ...ended, late)).toEqual([]);
    expect(a1(on(2, 9), ...first, ...ended, late, charged(on(2, 5), "ch_2", { contract: other }))).toHaveLength(1);
  });

  test("a single purchase of that plan is none", () => {
    const purchase = [
      says("entitlement.granted", on(2, 5), { order: "A-7" }),
      told("charge.succeeded", on(2, 5), { charge: "ch_2", order: "A-7", amount: yen(500) }),
    ];
    expect(a1(on(2, 6), ...first, ...purchase)).toEqual([]);
  });

  test("R-APP-3: none is one where nobody has said whose they are", () => {
    const sold = [accepted(charged(start, "ch_1")), accepted(charged(on(2, 5), "ch_2", { contract: other }))];
    expect(a1(on(2, 6), ...sold)).toEqual([]);
  });
});
