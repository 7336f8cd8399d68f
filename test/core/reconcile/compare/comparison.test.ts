import { expect, test } from "vitest";
import { causes, symptoms } from "../../../../core/difference/axes.ts";
import { type Comparison, sumsOf, withContracts } from "../../../../core/reconcile/compare/comparison.ts";
import { byMeaning, type Difference } from "../../../../core/reconcile/compare/difference.ts";
import { withSettled } from "../../../../core/reconcile/compare/settled.ts";
import { compare, day, line, movement, october, payment, yen } from "./sides.ts";

const one: Difference = {
  id: "shop/charge:p-1",
  cause: "never sent",
  symptom: "missing",
  about: "charge",
  names: { payment: ["p-1"] },
  at: 0,
};
const dollars = (minor: number) => ({ minor, currency: "USD" });

test("differences are in the order of what is said of them: cause, symptom, kind, time, id", () => {
  expect(causes).toEqual([
    "never sent",
    "sent, not received",
    "received, not processed",
    "processed late",
    "application differs",
    "export wrong",
  ]);
  expect(symptoms).toEqual(["missing", "over", "under", "currency", "data", "duplicate", "split"]);
  const sorted: readonly Difference[] = [
    { ...one, money: yen(1) },
    one,
    { ...one, id: "shop/charge:p-2" },
    { ...one, id: "a", at: 1 },
    { ...one, id: "a", about: "refund" },
    { ...one, symptom: "over" },
    { ...one, symptom: "duplicate", about: "charge" },
    { ...one, cause: "sent, not received" },
    { ...one, cause: "export wrong" },
  ];
  expect(sorted.toReversed().sort(byMeaning)).toEqual(sorted);
  expect([...sorted.slice(4), ...sorted.slice(0, 4)].sort(byMeaning)).toEqual(sorted);
});

test("sums are of one cause, symptom, class and currency each, and currencies are never added up", () => {
  const differs = { ...one, cause: "application differs", symptom: "data" } as const;
  const all = [
    { ...differs, class: "A3", money: yen(5) },
    { ...differs, class: "A2" },
    { ...one, symptom: "over", money: yen(20) },
    { ...one, money: yen(300) },
    { ...one, money: dollars(7) },
    { ...one, money: yen(400) },
    { ...one },
    { ...one, cause: "export wrong" },
    { ...differs, class: "A2", money: yen(9) },
    { ...differs, class: "A2", money: yen(1) },
    { ...one, cause: "export wrong", money: yen(1) },
  ] as readonly Difference[];
  const sums = sumsOf(all);
  expect(sumsOf(all.toReversed())).toEqual(sums);
  expect(sums).toEqual([
    { cause: "never sent", symptom: "missing", count: 1, minor: 0 },
    { cause: "never sent", symptom: "missing", currency: "JPY", count: 2, minor: 700 },
    { cause: "never sent", symptom: "missing", currency: "USD", count: 1, minor: 7 },
    { cause: "never sent", symptom: "over", currency: "JPY", count: 1, minor: 20 },
    { cause: "application differs", symptom: "data", class: "A2", count: 1, minor: 0 },
    { cause: "application differs", symptom: "data", class: "A2", currency: "JPY", count: 2, minor: 10 },
    { cause: "application differs", symptom: "data", class: "A3", currency: "JPY", count: 1, minor: 5 },
    { cause: "export wrong", symptom: "missing", count: 1, minor: 0 },
    { cause: "export wrong", symptom: "missing", currency: "JPY", count: 1, minor: 1 },
  ]);
});

const { amount: _, ...unpriced } = line("p-5");

const comparison: Comparison = compare({
  lines: [
    line("p-1", { amount: dollars(500) }),
    line("p-2", { amount: yen(100) }),
    line("p-3", { type: "chargeback", dispute: "d-1", amount: yen(40) }),
    line("p-3", { type: "chargeback reversed", dispute: "d-1", amount: yen(30), at: october + 2 * day }),
    line("p-4", { outcome: "failed", amount: yen(9_999) }),
    unpriced,
  ],
  payments: [
    payment("p-1", { movements: [movement({ amount: dollars(500) })] }),
    payment("p-6", { movements: [movement({ amount: { minor: 8, currency: "EUR" } })] }),
    payment("p-8", { movements: [movement({ type: "failure", amount: yen(6_666) })] }),
    payment("p-7", { movements: [movement({ type: "void", amount: yen(7_777), isOptional: true }), movement({ amount: undefined })] }),
  ],
});

test("the money is that of charges, refunds and chargebacks of either side, by currency", () => {
  expect(comparison).toMatchObject({ source: "shop", from: october, asOf: october + 31 * day, lines: 6, matched: 1 });
  expect(comparison.money).toEqual([
    { currency: "EUR", moved: 8, explained: 0 },
    { currency: "JPY", moved: 170, explained: 0 },
    { currency: "USD", moved: 500, explained: 500 },
  ]);
});

test("what was settled elsewhere counts as if it had been compared here", () => {
  const all = withSettled(comparison, [
    { currency: "JPY", lines: 3, minor: 1_000 },
    { currency: "BRL", lines: 2, minor: 50 },
  ]);
  expect(all).toMatchObject({ lines: 11, matched: 6, byWay: { payment: 6, order: 0 }, differences: comparison.differences });
  expect(all.money).toEqual([
    { currency: "BRL", moved: 50, explained: 50 },
    { currency: "EUR", moved: 8, explained: 0 },
    { currency: "JPY", moved: 1_170, explained: 1_000 },
    { currency: "USD", moved: 500, explained: 500 },
  ]);
});

test("what was found of contracts is sorted in, and is in the sums", () => {
  const found: Difference = { ...one, cause: "application differs", symptom: "data", about: "contract", class: "A2" } as Difference;
  const all = withContracts(comparison, { differences: [found], contracts: 12 });
  expect(all.contracts).toBe(12);
  expect(all.differences).toHaveLength(comparison.differences.length + 1);
  expect(all.differences).toEqual(all.differences.toSorted(byMeaning));
  expect(all.sums).toContainEqual({ cause: "application differs", symptom: "data", class: "A2", count: 1, minor: 0 });
  expect(all.sums).toEqual(sumsOf(all.differences));
});

test("lines and payments that cannot be decided are in the order of their names, not of their times", () => {
  const at = (hours: number) => october + 1.5 * day + hours * 3_600_000;
  const { undecided } = compare({
    lines: [line("", { order: "#1", customer: "u-2", at: at(0) }), line("", { order: "#1", customer: "u-1", at: at(1) })],
    payments: [
      payment("p-2", { order: "#1", movements: [movement({ at: at(2) })] }),
      payment("p-1", { order: "#1", movements: [movement({ at: at(3) })] }),
    ],
  });
  expect(undecided[0]?.lines.map(({ customer }) => customer)).toEqual(["u-1", "u-2"]);
  expect(undecided[0]?.payments.map(({ payment: ids }) => ids[0])).toEqual(["p-1", "p-2"]);
});

test("what cannot be decided is listed with its names in order, whatever the order of the file", () => {
  const named = (changes = {}) => line("", { at: october + 1.5 * day, ...changes });
  const ofName = (id: string, names: Parameters<typeof payment>[1], at = october + day) =>
    payment(id, { ...names, movements: [movement({ at })] });
  const story = {
    lines: [
      named({ order: "#2", line: "b" }),
      named({ order: "#2", line: "a", at: october + 1.6 * day }),
      named({ contract: "c-1" }),
      named({ customer: "u-1" }),
      named({ line: "x", at: october + 20 * day }),
    ],
    payments: [
      ofName("p-2", { order: "#2" }),
      ofName("p-1", { order: "#2" }),
      ofName("p-3", { contract: "c-1" }),
      ofName("p-4", { contract: "c-1" }, october + 2 * day),
      ofName("p-5", { customer: "u-1" }),
      ofName("p-6", { customer: "u-1" }, october + 2 * day),
      ofName("p-7", {}, october + 20 * day),
      ofName("p-8", {}, october + 20 * day),
    ],
  };
  const { undecided } = compare(story);
  expect(undecided).toEqual([
    {
      by: "contract",
      about: "charge",
      money: yen(1_980),
      name: "c-1",
      lines: [{ payment: [], contract: "c-1" }],
      payments: [
        { payment: ["p-3"], contract: "c-1" },
        { payment: ["p-4"], contract: "c-1" },
      ],
    },
    {
      by: "customer",
      about: "charge",
      money: yen(1_980),
      name: "u-1",
      lines: [{ payment: [], customer: "u-1" }],
      payments: [
        { payment: ["p-5"], customer: "u-1" },
        { payment: ["p-6"], customer: "u-1" },
      ],
    },
    {
      by: "moment",
      about: "charge",
      money: yen(1_980),
      name: "",
      lines: [{ payment: [], line: "x" }],
      payments: [{ payment: ["p-7"] }, { payment: ["p-8"] }],
    },
    {
      by: "order",
      about: "charge",
      money: yen(1_980),
      name: "#2",
      lines: [
        { payment: [], order: "#2" },
        { payment: [], order: "#2" },
      ],
      payments: [
        { payment: ["p-1"], order: "#2" },
        { payment: ["p-2"], order: "#2" },
      ],
    },
  ]);
  expect(compare({ lines: story.lines.toReversed(), payments: story.payments.toReversed() }).undecided).toEqual(undecided);
});
