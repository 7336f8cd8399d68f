import { describe, expect, test } from "vitest";
import { createCurrencies } from "../../../../core/reconcile/sides/movements.ts";
import { createOurSide, type NamesUsed, type OurPayment, paymentStates, standings } from "../../../../core/reconcile/sides/our-side.ts";
import { createTexts } from "../../../../core/reconcile/sides/texts.ts";
import { day, movement, october, payment, yen } from "../compare/sides.ts";

/** @param named what the other side's lines name */
const sideOf = (named: readonly string[], payments: readonly OurPayment[], names?: NamesUsed) => {
  const shared = { texts: createTexts(), currencies: createCurrencies() };
  for (const name of named) shared.texts.add(name);
  const side = createOurSide(shared, { from: october, asOf: october + 31 * day }, names);
  const rows = payments.map((one) => side.add(one));
  const text = (id: number) => (id < 0 ? undefined : shared.texts.text(id));
  return { side, shared, rows, text, rowOf: (name: string) => side.paymentOf(shared.texts.find(name)) };
};
const before = [movement({ at: october - 1 })];

describe("a payment is kept", () => {
  test.each<[string, readonly string[], OurPayment, boolean]>([
    ["that a line names", ["p-2"], payment(["p-1", "p-2"], { movements: before }), true],
    ["whose order a line names", ["#1"], payment("p-1", { order: "#1", movements: before }), true],
    [
      "whose refund a line names",
      ["r"],
      payment("p-1", { movements: [...before, movement({ type: "refund", reference: "r", at: october - 1 })] }),
      true,
    ],
    ["of which something happened in the time that is compared", [], payment("p-1"), true],
    ["at its first moment", [], payment("p-1", { movements: [movement({ at: october })] }), true],
    ["and not before it", [], payment("p-1", { movements: before }), false],
    ["and not after it", [], payment("p-1", { movements: [movement({ at: october + 31 * day })] }), false],
    [
      "and not of which only something happened that no export has to list",
      [],
      payment("p-1", { movements: [movement({ isOptional: true })] }),
      false,
    ],
    [
      "and not that is only of a contract or customer that a line names",
      ["c", "u"],
      payment("p-1", { contract: "c", customer: "u", movements: before }),
      false,
    ],
  ])("%s", (_, named, one, isKept) => expect(sideOf(named, [one]).rows).toEqual([isKept ? 0 : -1]));

  test("by its order only where lines have orders", () => {
    const one = payment("p-1", { order: "#1", contract: "c", customer: "u", movements: before });
    const named = ["#1", "c", "u", "p-1"];
    expect(sideOf(["#1"], [one], { contract: true, customer: true, order: false }).rows).toEqual([-1]);
    const names = (used: NamesUsed) => {
      const { side, text } = sideOf(named, [one], used);
      return [side.contract, side.customer, side.order].map((column) => text(column.get(0)));
    };
    expect(names({ contract: true, customer: true, order: true })).toEqual(["c", "u", "#1"]);
    expect(names({ contract: false, customer: true, order: true })).toEqual([undefined, "u", "#1"]);
    expect(names({ contract: true, customer: false, order: true })).toEqual(["c", undefined, "#1"]);
    expect(names({ contract: true, customer: true, order: false })).toEqual(["c", "u", undefined]);
  });
});

test("it is called by the first of its ids that a line names, or else by its first", () => {
  const { side, text } = sideOf(["p-2"], [payment(["p-1", "p-2"]), payment(["p-3", "p-4"]), payment([])]);
  expect([0, 1, 2].map((row) => text(side.id.get(row)))).toEqual(["p-2", "p-3", undefined]);
});

test("it is found by each id that a line names, and of two that claim one the smaller name has it", () => {
  const named = ["p-1", "p-2", "p-3"];
  const all = [payment(["p-2", "p-3"]), payment(["p-1", "p-3"])];
  for (const payments of [all, all.toReversed()]) {
    const { text, side, rowOf } = sideOf(named, payments);
    expect(named.map((name) => text(side.id.get(rowOf(name))))).toEqual(["p-1", "p-2", "p-1"]);
    expect([side.paymentOf(-1), side.paymentOf(99)]).toEqual([-1, -1]);
  }
});

test("a refund's movement is found by its id, and of a dispute that was won the first stands for it", () => {
  const moved = [
    movement(),
    movement({ type: "refund", reference: "r" }),
    movement({ type: "chargeback", reference: "d", isOptional: true }),
    movement({ type: "chargeback reversed", reference: "d", isOptional: true }),
  ];
  const { side, shared } = sideOf([], [payment("p-1", { movements: moved })]);
  expect(["r", "d", "x"].map((name) => side.movementOf(shared.texts.find(name)))).toEqual([1, 2, -1]);
});

test.each([
  ["the smaller name", [["p-2"], ["p-1"]], "p-1"],
  ["none", [["p-2"], []], undefined],
])("of two payments that claim one refund the one with %s has it, in whatever order they are read", (_, ids, name) => {
  const all = ids.map((one) => payment(one, { movements: [movement({ type: "refund", reference: "r" })] }));
  for (const payments of [all, all.toReversed()]) {
    const { side, shared, text } = sideOf([], payments);
    expect(text(side.id.get(side.movementOf(shared.texts.find("r"))))).toBe(name);
  }
});

test("what is known of it is kept: its state, its movements, how late they came and what waits", () => {
  const { side, text } = sideOf(
    [],
    [
      payment("p-1", {
        state: "partly_refunded",
        refundedLater: [500, 900],
        movements: [movement({ late: 5 }), movement({ waiting: "shop/a", isOptional: true })],
      }),
      payment("p-2", { state: "voided", movements: [movement({ amount: yen(1) })] }),
    ],
  );
  expect([0, 1].map((row) => paymentStates[side.state.get(row)])).toEqual(["partly_refunded", "voided"]);
  expect([side.payments(), side.movementsOf(0), side.movementsOf(1)]).toEqual([2, [0, 2], [2, 3]]);
  expect([0, 1, 2].map((row) => [side.standing.get(row), side.late.get(row), text(side.waiting.get(row))])).toEqual([
    [standings.expected, 5, undefined],
    [standings.optional, Number.NaN, "shop/a"],
    [standings.expected, Number.NaN, undefined],
  ]);
  expect([500, 900, 1].map((minor) => side.hadGoneBack(0, minor))).toEqual([true, true, false]);
  expect(side.hadGoneBack(1, 500)).toBe(false);
});

test("states are stored by their place, which never changes", () => {
  expect(paymentStates).toEqual(["authorized", "succeeded", "failed", "voided", "refunded", "partly_refunded", "unknown"]);
  expect(standings).toEqual({ expected: 0, optional: 1, gone: 2 });
});

test("one that turned out to be a part of another is gone, with all its movements and no other's", () => {
  const { side, rowOf } = sideOf(
    ["p-1", "p-2"],
    [payment("p-0"), payment("p-1", { movements: [movement(), movement({ type: "refund", isOptional: true })] }), payment("p-2")],
  );
  side.remove(1);
  expect([0, 1, 2, 3].map((row) => side.standing.get(row))).toEqual([
    standings.expected,
    standings.gone,
    standings.gone,
    standings.expected,
  ]);
  // The payment that it is a part of has its ids.
  expect(side.add(payment(["p-9", "p-1"]))).toBe(3);
  expect([rowOf("p-1"), rowOf("p-2")]).toEqual([3, 2]);
});
