import { describe, expect, test } from "vitest";
import { contract, days, finding, finds, hours, on, start, told, yen } from "../../../../support/both-sides/both-sides.ts";

const check = (now: number, ...parts: Parameters<typeof finds>[1]) => finds(now, parts, "CHECK");
const sale = (at: number, minor = 1, about = {}) => told("charge.succeeded", at, { charge: "ch_1", amount: yen(minor), ...about });
const voided = (at: number) => told("charge.voided", at, { charge: "ch_1", amount: yen(1) });
const id = "CHECK:shop/ch_1 1 JPY";

describe("R-CHECK 1 and 3: a check that is not undone", () => {
  test.each(["charge.authorized", "charge.succeeded"] as const)("of one unit, %s, is found after 72 hours", (type) => {
    const part = told(type, start, { charge: "ch_1", amount: yen(1) });
    expect(check(start + hours(72) - 1, part)).toEqual([]);
    expect(check(start + hours(72), part)).toEqual([id]);
  });

  test("is closed when it is undone later", () => {
    expect(check(start + days(9), sale(start), voided(start + days(8)))).toEqual([]);
  });

  test("of the gateway's own has nothing to be undone", () => {
    expect(check(start + days(9), told("card.verified", start, { customer: "cus_1" }))).toEqual([]);
  });
});

describe("R-CHECK 2: a pair is one check", () => {
  test.each([0, 1, -1])("whichever half came first, %i ms apart", (apart) => {
    expect(check(start + days(9), sale(start), voided(start + apart))).toEqual([]);
  });

  test("also where a sale is undone by a refund", () => {
    expect(check(start + days(9), sale(start), told("charge.refunded", start + 1, { charge: "ch_1", amount: yen(1) }))).toEqual([]);
  });
});

test("R-CHECK 4: one unit that belongs to a contract is a charge, and no void is awaited", () => {
  expect(check(start + days(9), sale(start, 1, { contract }))).toEqual([]);
});

test("R-CHECK 5: two units are never a check", () => {
  expect(check(start + days(9), sale(start, 2))).toEqual([]);
});

describe("R-CHECK 6: checked often", () => {
  const many = (count: number, everyMs: number, customer = "cus_1") =>
    Array.from({ length: count }, (_, index) => told("card.verified", start + index * everyMs, { customer }));

  test("is more than ten of one customer within any thirty days", () => {
    expect(check(on(6, 1), ...many(10, hours(1)))).toEqual([]);
    expect(check(on(6, 1), ...many(11, hours(1)))).toEqual(["CHECK.often:shop/cus_1"]);
    expect(check(on(6, 1), ...many(11, days(3)))).toEqual([]);
    expect(check(on(6, 1), ...many(11, days(3) - 1))).toHaveLength(1);
  });

  test("counts each customer for itself, and each pair once", () => {
    expect(check(on(6, 1), ...many(6, hours(1)), ...many(6, hours(1), "cus_2"))).toEqual([]);
    const pairs = Array.from({ length: 10 }, (_, index) => [
      told("charge.authorized", start + index, { charge: `au_${index}`, customer: "cus_1", amount: yen(1) }),
      told("charge.voided", start + index, { charge: `au_${index}`, customer: "cus_1", amount: yen(1) }),
    ]).flat();
    expect(check(on(6, 1), ...pairs)).toEqual([]);
  });
});

test("R-CHECK 3: what is not undone is a warning about that payment, resting on the check", () => {
  const parts = [
    sale(start, 1, { id: "check", customer: "cus_1" }),
    told("notice", start + 1, { charge: "ch_1", amount: yen(1), id: "notice" }),
  ];
  expect(finding("CHECK:shop/ch_1", start + days(4), parts)).toMatchObject({
    cause: { kind: "not voided" },
    subject: { kind: "payment", source: "shop", id: "ch_1" },
    severity: "warning",
    money: [yen(1)],
    since: start,
    last: start,
    grace: { name: "void", until: start + hours(72) },
    names: { customers: ["cus_1"], charges: ["ch_1"] },
    evidence: ["check", "notice"],
  });
});

describe("R-CHECK 6: what is said of a card that is checked often", () => {
  const verified = (id: number, about: object = {}) =>
    told("card.verified", start + hours(id), { id: `check ${id}`, customer: "cus_1", ...about });
  const all = Array.from({ length: 13 }, (_, id) => id);

  test("is how often at most, since the eleventh, resting on the checks", () => {
    expect(
      finding(
        "CHECK.often:shop/cus_1",
        on(6, 1),
        all.map((id) => verified(id)),
      ),
    ).toMatchObject({
      cause: { kind: "checked often", most: 13 },
      subject: { kind: "customer", source: "shop", id: "cus_1" },
      severity: "notice",
      money: [],
      since: start + hours(10),
      names: { customers: ["cus_1"] },
      evidence: all.map((id) => `check ${id}`),
    });
  });

  test("leaves out what was long before, and goes by the time of the checks, also of those of a contract", () => {
    const before = told("card.verified", start - days(60), { customer: "cus_1", id: "long before" });
    const mixed = all.map((id) => verified(id, id % 2 === 0 ? {} : { contract }));
    const one = finding("CHECK.often:shop/cus_1", on(6, 1), [before, ...mixed]);
    expect(one).toMatchObject({ cause: { most: 13 }, since: start + hours(10) });
    expect(one?.evidence).toEqual(all.map((id) => `check ${id}`));
  });

  test("counts each source for itself, and nobody without a customer", () => {
    expect(check(on(6, 1), ...all.map((id) => verified(id, { source: id < 7 ? "shop" : "shop-2" })))).toEqual([]);
    const nobody = all.map((id) => told("charge.authorized", start + id, { charge: `au_${id}`, amount: yen(1) }));
    expect(check(start + hours(1), ...nobody)).toEqual([]);
  });

  test("is of the customer whom a check named last", () => {
    const moved = all.flatMap((id) => [
      told("charge.authorized", start + hours(id), { charge: `au_${id}`, customer: `guest_${id}`, amount: yen(1) }),
      told("charge.voided", start + hours(id) + 1, { charge: `au_${id}`, customer: "cus_1", amount: yen(1) }),
    ]);
    expect(check(on(6, 1), ...moved)).toEqual(["CHECK.often:shop/cus_1"]);
  });
});
