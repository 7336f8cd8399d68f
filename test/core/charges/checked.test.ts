import { expect, test } from "vitest";
import { checkCounts, checkedIn, mostWithin } from "../../../core/charges/checked.ts";
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

test("customers are counted apart, most checks first, and those of nobody together", () => {
  const of = (id: string, whose?: string) => ({
    source,
    id,
    at: on(10, 1),
    passed: true,
    isOpen: false,
    ...(whose && { customer: whose }),
  });
  const counts = checkCounts([of("a", "cus_2"), of("b", "cus_1"), of("c", "cus_1"), of("d"), of("e"), of("f")]);
  expect(counts.map((count) => [count.customer, count.checks])).toEqual([
    [undefined, 3],
    ["cus_1", 2],
    ["cus_2", 1],
  ]);
});

test("R-CHECK 6: the most within a period counts neither end twice", () => {
  expect(mostWithin([0, days(29), days(30), days(31)], days(30))).toBe(3);
  expect(mostWithin([], days(30))).toBe(0);
});
