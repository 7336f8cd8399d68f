import { describe, expect, test } from "vitest";
import { contract, days, finds, hours, on, start, told, yen } from "../../../../support/both-sides/both-sides.ts";

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
