import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Checked, checkCounts, checkedIn } from "../../../core/charges/checked.ts";
import { days, on, type Part, partsOf, source, told, yen } from "../../support/both-sides/both-sides.ts";

const customer = "cus_1";
const all = { from: on(1, 1), to: on(12, 31) };
const checkedBy = (...parts: readonly Part[]) =>
  checkedIn({ source, id: "ch_1", isContract: false, entries: partsOf(parts).events, accounts: [] }, all);
const pair = (at: number, charge: string) => [
  told("charge.succeeded", at, { charge, customer, amount: yen(1) }),
  told("charge.voided", at, { charge, customer, amount: yen(1) }),
];

test("R-CHECK 7: each pair is listed once, with the gateway's own checks and those that are not undone", () => {
  const found = checkedBy(
    ...pair(on(10, 1), "ch_1"),
    told("card.verified", on(10, 2), { customer, id: "evt_check" }),
    told("card.verification_failed", on(10, 3), { customer, id: "evt_declined" }),
    told("charge.authorized", on(10, 4), { charge: "ch_2", customer, amount: yen(1) }),
    told("charge.succeeded", on(10, 5), { charge: "ch_3", customer, amount: yen(2) }),
  );
  expect(found.map(({ id, passed, isOpen }) => [id, passed, isOpen])).toEqual([
    ["ch_1", true, false],
    ["evt_check", true, false],
    ["evt_declined", false, false],
    ["ch_2", true, true],
  ]);
  expect(checkCounts(found)).toEqual([
    { source, customer, checks: 4, failed: 1, open: 1, mostInAMonth: 4, first: on(10, 1), last: on(10, 4) },
  ]);
});

test("R-TIME-4: of the checks of an interval, the one at its first moment is listed, the one at its last is not", () => {
  const october = { from: on(10, 1), to: on(11, 1) };
  const at = (id: string, moment: number) => told("card.verified", moment, { customer, id });
  const entries = partsOf([
    at("before", october.from - 1),
    at("first", october.from),
    at("last", october.to - 1),
    at("after", october.to),
  ]).events;
  const found = checkedIn({ source, id: customer, isContract: false, entries, accounts: [] }, october);
  expect(found.map(({ id }) => id)).toEqual(["first", "last"]);
});

test("P5: whose card it was is the latest that the gateway said, in whatever order its events were stored", () => {
  const parts = [
    told("charge.succeeded", on(10, 1), { charge: "ch_1", amount: yen(1) }),
    told("charge.voided", on(10, 2), { charge: "ch_1", amount: yen(1), customer: "cus_old" }),
    told("charge.voided", on(10, 3), { charge: "ch_1", amount: yen(1), customer: "cus_new" }),
  ];
  for (const stored of [parts, parts.toReversed()])
    expect(checkedBy(...stored).map(({ id, customer: whose }) => [id, whose])).toEqual([["ch_1", "cus_new"]]);
  expect(checkedBy(...parts.slice(0, 1))[0]).not.toHaveProperty("customer");
});

describe("a count of checks", () => {
  const check = (id: string, whose: string | undefined, changes: Partial<Checked> = {}): Checked => ({
    ...{ source, id, at: on(10, 1), passed: true, isOpen: false },
    ...(whose !== undefined && { customer: whose }),
    ...changes,
  });
  const counted = (checks: readonly Checked[]) => checkCounts(checks).map((count) => [count.source, count.customer, count.checks] as const);

  test("is of one customer at one source, or of nobody's cards there", () => {
    const checks = [check("a", "cus_1"), check("b", "cus_1", { source: "other" }), check("c", undefined), check("d", undefined)];
    const alike = [check("e", "us_1", { source: "shopc" })];
    expect(counted([...checks, ...alike])).toEqual([
      [source, undefined, 2],
      ["other", "cus_1", 1],
      [source, "cus_1", 1],
      ["shopc", "us_1", 1],
    ]);
  });

  test("distinguishes what failed from what is not undone", () => {
    const checks = [
      check("a", "cus_1", { passed: false }),
      check("b", "cus_1", { passed: false }),
      check("c", "cus_1", { isOpen: true }),
      check("d", "cus_1"),
    ];
    expect(checkCounts(checks)).toMatchObject([{ checks: 4, failed: 2, open: 1 }]);
  });

  test("comes first where more were checked; among equals nobody's cards do, then customers in the order of their ids, however they were read", () => {
    const checks = [
      ...[check("a", "cus_3"), check("b", "cus_3")],
      ...[check("c", "cus_1"), check("d", "cus_2"), check("e", undefined), check("f", "zoe")],
      ...[check("g", "cus_1", { source: "aaa" }), check("h", "cus_1", { source: "aaa" }), check("i", "cus_1", { source: "aaa" })],
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(checks, { minLength: checks.length }), (some) => {
        expect(counted(some)).toEqual([
          ["aaa", "cus_1", 3],
          [source, "cus_3", 2],
          [source, undefined, 1],
          [source, "cus_1", 1],
          [source, "cus_2", 1],
          [source, "zoe", 1],
        ]);
      }),
    );
  });

  test("R-CHECK 6: has the most of any thirty days, and the first and last moment, however they were read", () => {
    const at = (id: string, moment: number) => check(id, "cus_1", { at: moment });
    const month = [at("a", 0), at("b", days(10)), at("c", days(30) - 1), at("d", days(30)), at("e", days(90))];
    fc.assert(
      fc.property(fc.shuffledSubarray(month, { minLength: month.length }), (some) => {
        expect(checkCounts(some)).toMatchObject([{ checks: 5, mostInAMonth: 3, first: 0, last: days(90) }]);
      }),
    );
    // Thirty days from the first are over at the moment of the second (R-TIME-4).
    expect(checkCounts([at("a", 0), at("b", days(30))])).toMatchObject([{ mostInAMonth: 1 }]);
    expect(checkCounts([at("a", 0), at("b", days(30) - 1)])).toMatchObject([{ mostInAMonth: 2 }]);
  });
});
