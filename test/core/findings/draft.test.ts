/** How a finding is put together from what a rule states: what is named and shown, in which order, and how much of it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Draft, findingOf, mostListed, sumsByCurrency } from "../../../core/findings/draft.ts";
import { sidesOf } from "../../../core/findings/sides/sides.ts";
import type { Entry } from "../../../core/ledger/entry.ts";
import { partsOf, says, start, told, yen } from "../../support/both-sides/both-sides.ts";

const draft = (about: Partial<Draft> = {}): Draft => ({
  cause: { kind: "never charged", class: "A2" },
  subject: { kind: "contract", source: "shop", id: "sub_1" },
  severity: "warning",
  since: start,
  ...about,
});
const entries = (...parts: Parameters<typeof partsOf>[0]): readonly Entry[] => partsOf(parts).events;

describe("a finding", () => {
  test("has nothing but its cause where a rule states nothing else", () => {
    expect(findingOf(draft())).toEqual({
      id: "A2:shop/sub_1",
      class: "A2",
      cause: { kind: "never charged", class: "A2" },
      subject: { kind: "contract", source: "shop", id: "sub_1" },
      names: { accounts: [], contracts: [], customers: [], orders: [], charges: [] },
      severity: "warning",
      money: [],
      since: start,
      last: start,
      evidence: [],
    });
  });

  test("never happened last before it began", () => {
    expect(findingOf(draft({ last: start - 1 })).last).toBe(start);
    expect(findingOf(draft({ last: start + 1 })).last).toBe(start + 1);
    expect(findingOf(draft({ last: undefined })).last).toBe(start);
  });

  test("names each id once, sorted, those of the payments by all their names", () => {
    const two = [
      told("charge.succeeded", start, { charge: "ch_2", alsoKnownAs: ["in_2"], customer: "cus_2", order: "B" }),
      told("charge.succeeded", start, { charge: "ch_1", customer: "cus_1", order: "A" }),
      told("charge.succeeded", start, { charge: "ch_2", customer: "cus_2", order: "B" }),
    ];
    expect(findingOf(draft({ entries: entries(...two), accounts: ["b", "a", "b"] })).names).toEqual({
      accounts: ["a", "b"],
      contracts: [],
      customers: ["cus_1", "cus_2"],
      orders: ["A", "B"],
      charges: ["ch_1", "ch_2", "in_2"],
    });
  });

  test("names the orders that the application's events name", () => {
    const { applicationEvents } = partsOf([
      says("entitlement.granted", start, { order: "B" }),
      says("account.closed", start),
      says("entitlement.revoked", start, { order: "A" }),
    ]);
    expect(findingOf(draft({ applicationEvents })).names.orders).toEqual(["A", "B"]);
    const { contracts } = sidesOf(partsOf([says("entitlement.granted", start, { contract: "sub_1", order: "C" })]));
    expect(findingOf(draft({ applicationEvents, contracts })).names.orders).toEqual(["A", "B", "C"]);
  });

  test("rests on what was said in the order of time, then of its ids, each event of each record once", () => {
    const said = entries(
      told("notice", start + 2, { charge: "x", id: "c" }),
      told("notice", start + 1, { charge: "x", id: "b" }),
      told("notice", start + 1, { charge: "x", id: "a" }),
      told("notice", start + 1, { charge: "x", id: "a", source: "also" }),
      told("notice", start + 1, { charge: "x", id: "a" }),
      told("notice", start + 1, { charge: "x", customer: "y", id: "d", source: "all" }, "unknown"),
    );
    const { applicationEvents } = partsOf([says("account.closed", start, { id: "z" })]);
    expect(findingOf(draft({ entries: said, applicationEvents })).evidence).toEqual([
      { record: "app/z", event: "z", type: "account.closed", at: start },
      { record: "also/a", event: "a", type: "notice", at: start + 1 },
      { record: "shop/a", event: "a", type: "notice", at: start + 1 },
      { record: "shop/b", event: "b", type: "notice", at: start + 1 },
      { record: "all/d", event: "d", type: "notice", at: start + 1 },
      { record: "all/d", event: "d#2", type: "unknown", at: start + 1 },
      { record: "shop/c", event: "c", type: "notice", at: start + 2 },
    ]);
  });

  test("lists up to sixty of each, and of more the first and the last thirty", () => {
    const numbers = (count: number) => Array.from({ length: count }, (_, index) => `id_${100 + index}`);
    const accountsOf = (count: number) => findingOf(draft({ accounts: numbers(count) })).names.accounts;
    expect(mostListed).toBe(60);
    expect(accountsOf(60)).toEqual(numbers(60));
    expect(accountsOf(61)).toEqual(numbers(61).toSpliced(30, 1));
    const many = entries(...numbers(90).map((id, index) => told("notice", start + index, { charge: "x", id })));
    expect(findingOf(draft({ entries: many })).evidence.map(({ event }) => event)).toEqual(numbers(90).toSpliced(30, 30));
  });
});

test("sums are one for each currency, sorted, without what is nothing or not known, in whatever order they come", () => {
  expect(sumsByCurrency([])).toEqual([]);
  expect(sumsByCurrency([yen(1), undefined, yen(0), { minor: 0, currency: "EUR" }])).toEqual([yen(1)]);
  const usd = (minor: number) => ({ minor, currency: "USD" });
  expect(sumsByCurrency([usd(5), yen(1), usd(7), { minor: 2, currency: "EUR" }])).toEqual([{ minor: 2, currency: "EUR" }, yen(1), usd(12)]);
  const money = fc.record({ minor: fc.nat({ max: 9 }), currency: fc.constantFrom("JPY", "USD", "EUR") });
  fc.assert(
    fc.property(fc.array(money), (amounts) => {
      expect(sumsByCurrency(amounts.toReversed())).toEqual(sumsByCurrency(amounts));
    }),
  );
});
