import { describe, expect, test } from "vitest";
import { movementTypes } from "../../../../core/difference/movement-type.ts";
import type { MoneyLine } from "../../../../core/reconcile/export-line.ts";
import { createCurrencies } from "../../../../core/reconcile/sides/movements.ts";
import { createTexts } from "../../../../core/reconcile/sides/texts.ts";
import { createTheirSide } from "../../../../core/reconcile/sides/their-side.ts";
import { line, october, yen } from "../compare/sides.ts";

const sideOf = (lines: readonly MoneyLine[], asOf?: number) => {
  const shared = { texts: createTexts(), currencies: createCurrencies() };
  const side = createTheirSide(shared, asOf);
  return { side, shared, added: lines.map((one) => side.add(one)) };
};

test.each<[Partial<MoneyLine>, string | undefined]>([
  [{ type: "charge", outcome: "done" }, "charge"],
  [{ type: "charge", outcome: "failed" }, "failure"],
  [{ type: "charge", outcome: "voided" }, "void"],
  [{ type: "void", outcome: "done" }, "void"],
  [{ type: "void", outcome: "failed" }, "void"],
  [{ type: "refund", outcome: "done" }, "refund"],
  [{ type: "refund", outcome: "failed" }, "refund failed"],
  [{ type: "refund", outcome: "voided" }, "refund failed"],
  [{ type: "refund failed", outcome: "done" }, "refund failed"],
  [{ type: "chargeback", outcome: "done" }, "chargeback"],
  [{ type: "chargeback reversed", outcome: "done" }, "chargeback reversed"],
  [{ type: "charge", outcome: "pending" }, undefined],
])("%j is a %s", (changes, type) => {
  const { side, added } = sideOf([line("p-1", changes)]);
  expect(added).toEqual([type === undefined ? "pending" : "added"]);
  expect(movementTypes[side.movements.type.get(0)]).toBe(type ?? "charge");
  expect(side.movements.type.length).toBe(type === undefined ? 0 : 1);
});

describe("R-REC-4: a line that is there twice", () => {
  const one = line(["p-1", "p-2"], { contract: "c", customer: "u", order: "o", line: "l", refund: "r" });

  test("counts once", () => {
    const { side, added } = sideOf([one, one, one]);
    expect([added, side.movements.type.length, side.repeated.length]).toEqual([["added", "repeated", "repeated"], 1, 2]);
  });

  const { amount: _, ...unpriced } = one;
  test.each<[string, MoneyLine]>([
    ["type", { ...one, type: "refund" }],
    ["amount", { ...one, amount: yen(1) }],
    ["currency", { ...one, amount: { minor: 1_980, currency: "USD" } }],
    ["amount, unknown", unpriced],
    ["time", { ...one, at: one.at + 1 }],
    ["refund", { ...one, refund: "r2" }],
    ["line", { ...one, line: "l2" }],
    ["contract", { ...one, contract: "c2" }],
    ["customer", { ...one, customer: "u2" }],
    ["order", { ...one, order: "o2" }],
    ["payment", { ...one, payment: ["p-3", "p-2"] }],
  ])("has the same %s", (_, other) => expect(sideOf([one, other]).added).toEqual(["added", "added"]));

  test("may have no id, or no amount", () => {
    const nameless = line("", { line: "x" });
    expect(sideOf([nameless, nameless, { ...nameless, line: "y" }]).added).toEqual(["added", "repeated", "added"]);
    expect(sideOf([unpriced, unpriced]).added).toEqual(["added", "repeated"]);
    const refund = line("", { type: "refund", refund: "r" });
    expect(sideOf([refund, refund, { ...refund, refund: "s" }]).added).toEqual(["added", "repeated", "added"]);
  });
});

describe("a line that says once more what has gone back", () => {
  const back = (minor: number | undefined) => line("p-1", minor === undefined ? {} : { refunded: yen(minor) });
  test.each([
    [[500, 500], ["added", "repeated"], 500],
    [[500, 700], ["added", "restated"], 700],
    [[700, 500], ["added", "restated"], 700],
    [[undefined, 500], ["added", "restated"], 500],
    [[500, undefined], ["added", "repeated"], 500],
  ])("%j", (minors, added, refunded) => {
    const found = sideOf(minors.map(back));
    expect([found.added, found.side.refunded.get(0)]).toEqual([added, refunded]);
  });

  test("nothing is said where no line says it", () => expect(sideOf([back(undefined)]).side.refunded.get(0)).toBeNaN());
});

test("R-REC-2: what happened at the moment that is compared, or later, is not", () => {
  const { side, added } = sideOf([line("p-1", { at: october - 1 }), line("p-2", { at: october })], october);
  expect([added, side.movements.type.length]).toEqual([["added", "later"], 1]);
});

test("it knows from when until when its lines are, and which names they have", () => {
  expect([sideOf([]).side.first(), sideOf([]).side.last()]).toEqual([undefined, undefined]);
  const { side: one } = sideOf([line("p-1", { at: 5 })]);
  expect([one.first(), one.last()]).toEqual([5, 5]);
  const { side } = sideOf([5, 3, 9].map((at) => line(`p-${at}`, { at })));
  expect([side.first(), side.last(), side.names()]).toEqual([3, 9, { contract: false, customer: false, order: false }]);
  for (const name of ["contract", "customer", "order"] as const)
    expect(sideOf([line("p-1", { [name]: "x" })]).side.names()).toEqual({ contract: false, customer: false, order: false, [name]: true });
});

test("all of its names are kept, and what the line is called only where nothing else names it", () => {
  const { side, shared } = sideOf([
    line(["p-1", "p-2"], { contract: "c", customer: "u", order: "o", line: "l", isDay: true }),
    line("p-3", { type: "chargeback", dispute: "d" }),
    line("", { line: "l-9" }),
    line("", { line: "l-9", order: "o" }),
    line("", { line: "l-9", customer: "u" }),
    line("", { line: "l-9", contract: "c" }),
    line("", { line: "l-9", type: "refund", refund: "r" }),
  ]);
  const text = (id: number) => (id < 0 ? undefined : shared.texts.text(id));
  const names = (row: number) => ({
    payment: Array.from({ length: side.idsCount.get(row) }, (_, index) => text(side.ids.get(side.idsFrom.get(row) + index))),
    names: [side.contract, side.customer, side.order, side.line].map((column) => text(column.get(row))),
    reference: text(side.movements.reference.get(row)),
    isDay: side.isDay.get(row),
  });
  const none = { payment: [], names: [undefined, undefined, undefined, undefined], reference: undefined, isDay: 0 };
  expect([0, 1, 2, 3, 4, 5, 6].map(names)).toEqual([
    { ...none, payment: ["p-1", "p-2"], names: ["c", "u", "o", undefined], isDay: 1 },
    { ...none, payment: ["p-3"], reference: "d" },
    { ...none, names: [undefined, undefined, undefined, "l-9"] },
    { ...none, names: [undefined, undefined, "o", undefined] },
    { ...none, names: [undefined, "u", undefined, undefined] },
    { ...none, names: ["c", undefined, undefined, undefined] },
    { ...none, reference: "r" },
  ]);
});
