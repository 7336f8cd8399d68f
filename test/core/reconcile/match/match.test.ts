import { describe, expect, test } from "vitest";
import type { MoneyLine } from "../../../../core/reconcile/export-line.ts";
import { matchSides } from "../../../../core/reconcile/match/match.ts";
import { lineNames, movementNames } from "../../../../core/reconcile/match/row-names.ts";
import { byLine, byMovement } from "../../../../core/reconcile/match/row-order.ts";
import { createCurrencies } from "../../../../core/reconcile/sides/movements.ts";
import { createOurSide, type OurPayment } from "../../../../core/reconcile/sides/our-side.ts";
import { createTexts } from "../../../../core/reconcile/sides/texts.ts";
import { createTheirSide } from "../../../../core/reconcile/sides/their-side.ts";
import { day, line, movement, october, payment, yen } from "../compare/sides.ts";

const sidesOf = (lines: readonly MoneyLine[], payments: readonly OurPayment[]) => {
  const shared = { texts: createTexts(), currencies: createCurrencies() };
  const theirs = createTheirSide(shared);
  for (const one of lines) theirs.add(one);
  const ours = createOurSide(shared, { from: october - 99 * day, asOf: october + 99 * day });
  for (const one of payments) ours.add(one);
  return { shared, ours, theirs };
};

const marked = (rows: Uint8Array): readonly number[] => [...rows.keys()].filter((row) => rows[row] !== 0);

/** Of each line our movement, of each movement the line, and what is not clear. */
const matched = (lines: readonly MoneyLine[], payments: readonly OurPayment[]) => {
  const sides = sidesOf(lines, payments);
  const { ours, theirs, payment, byWay, unequal, ties, tied, ourTied } = matchSides(sides);
  // A line that is matched, or is not like what should be the same, is about the payment of that movement.
  for (const [row, movement] of [...[...ours].entries(), ...unequal.map((one) => [one.lines[0], one.movements[0]] as const)])
    if (movement !== -1) expect(payment[row as number]).toBe(sides.ours.movements.payment.get(movement as number));
  const unclear = [...unequal, ...ties];
  expect(marked(tied)).toEqual(unclear.flatMap((one) => one.lines).sort());
  expect(marked(ourTied)).toEqual(unclear.flatMap((one) => one.movements).sort());
  return {
    ...{ ours: [...ours], theirs: [...theirs], unequal: unequal.map((one) => [one.lines, one.movements]) },
    ties: ties.map((one) => [one.way, one.lines.toSorted(), one.movements.toSorted()]),
    by: Object.fromEntries(Object.entries(byWay).filter(([, count]) => count > 0)),
  };
};

const nothing = { unequal: [], ties: [] };
const at = (days: number, changes: Partial<MoneyLine> = {}) => line("p-1", { at: october + days * day, ...changes });
const moved = (days: number, changes: Parameters<typeof movement>[0] = {}) => movement({ at: october + days * day, ...changes });
const refund = (days: number, reference?: string) => at(days, { type: "refund", ...(reference !== undefined && { refund: reference }) });
const back = (days: number, reference?: string) => moved(days, { type: "refund", reference });

describe("within a payment", () => {
  const of = (lines: readonly MoneyLine[], ...movements: OurPayment["movements"]) => matched(lines, [payment("p-1", { movements })]);

  test("a line is the movement of its amount among several; what is left on one side is left", () => {
    expect(of([at(1)], moved(1, { amount: yen(1_000) }), moved(1))).toEqual({ ...nothing, ours: [1], theirs: [-1, 0], by: { payment: 1 } });
    expect(of([at(1)], moved(1))).toEqual({ ...nothing, ours: [0], theirs: [0], by: { payment: 1 } });
    expect(of([at(1), at(2)], moved(1))).toEqual({ ...nothing, ours: [0, -1], theirs: [0], by: { payment: 1 } });
    expect(of([], moved(1))).toEqual({ ...nothing, ours: [], theirs: [-1], by: {} });
  });

  test("an amount that one side does not say agrees with any", () => {
    const unpriced = { ...at(1), amount: undefined } as unknown as MoneyLine;
    expect(of([at(1)], moved(1, { amount: undefined }))).toMatchObject({ ...nothing, ours: [0] });
    expect(of([unpriced], moved(1))).toMatchObject({ ...nothing, ours: [0] });
  });

  test("a payment of which nothing moved has no movement of the next one's", () => {
    const payments = [payment("p-1", { movements: [] }), payment("p-2")];
    expect(matched([line("p-1")], payments)).toEqual({ ...nothing, ours: [-1], theirs: [-1], by: {} });
  });

  test("which is which of one amount is decided by the reference, then by the time, in whatever order they are read", () => {
    expect(of([refund(1, "re-2"), refund(2, "re-1")], back(1, "re-1"), back(2, "re-2"))).toMatchObject({
      ours: [1, 0],
      by: { payment: 2 },
    });
    expect(of([refund(1)], back(1), back(2))).toMatchObject({ ours: [0], theirs: [0, -1] });
    expect(of([refund(1)], back(2), back(1))).toMatchObject({ ours: [1], theirs: [-1, 0] });
    // What has no reference is like nothing that has none either.
    expect(of([refund(1), refund(2, "re-9")], back(1, "re-2"), back(2))).toMatchObject({ ours: [0, 1] });
    expect(of([refund(1, "re-3"), refund(2)], back(1), back(2, "re-3"))).toMatchObject({ ours: [1, 0] });
  });

  test("also where nothing but references names the payment: the very first ids that were read", () => {
    const lines = ["re-1", "re-2"].map((reference, index) => ({ ...refund(1 + index, reference), payment: [] }));
    const known = (...movements: OurPayment["movements"]) => matched(lines, [payment("p-0", { movements })]);
    expect(known(back(1, "re-2"), back(2, "re-1"))).toMatchObject({ ours: [1, 0], by: { payment: 2 } });
    expect(known(back(1, "re-1"), back(2, "re-2"))).toMatchObject({ ours: [0, 1], by: { payment: 2 } });
    expect(matched([{ ...refund(1, "re-1"), payment: [] }], [payment("p-0", { movements: [back(1, "re-1")] })]).by).toEqual({ payment: 1 });
    expect(matched([{ ...refund(1, "re-1"), payment: [] }], [payment("p-0", { movements: [back(1), back(2, "re-1")] })]).ours).toEqual([1]);
    expect(matched([{ ...refund(1, "re-1"), payment: [] }], [payment("p-0", { movements: [back(9, "x")] })]).by).toEqual({});
  });

  test("several of one side are several of the other when their sums are the same, in one currency", () => {
    const part = (minor: number, currency = "JPY") => ({ amount: { minor, currency } });
    const three = [at(1, part(10)), at(2, part(20)), at(3, part(30))];
    expect(of(three, moved(1, part(15)), moved(2, part(45)))).toEqual({ ...nothing, ours: [0, 1, 1], theirs: [0, 1], by: { payment: 3 } });
    const before = line("p-9", { amount: yen(7) });
    expect(of([before, at(1, part(60))], moved(1, part(10)), moved(2, part(50)))).toEqual({
      ...{ ...nothing, ours: [-1, 0], theirs: [1, 1], by: { payment: 1 } },
    });
    expect(of([at(1, part(60)), at(2, part(5))], moved(1, part(10)), moved(2, part(50)), moved(3, part(5)))).toEqual({
      ...{ ...nothing, ours: [0, 2], theirs: [0, 0, 1], by: { payment: 2 } },
    });
    expect(of([at(1, part(60))], moved(1, part(10)), moved(2, part(51))).unequal).toEqual([[[0], [0, 1]]]);
    expect(of([at(1, part(10)), at(2, part(50))], moved(1, part(60, "USD"))).unequal).toEqual([[[0, 1], [0]]]);
    expect(of([at(1, part(60))], moved(1, part(60, "USD"))).unequal).toEqual([[[0], [0]]]);
  });

  test("of what was voided its charge is what the void undid: that of its amount, and nothing but a charge", () => {
    const gone = moved(2, { type: "void" });
    const voided = at(2, { type: "void" });
    expect(of([at(1), voided], gone)).toMatchObject({ ours: [0, 0], theirs: [1] });
    expect(of([at(1, { amount: yen(5) }), at(1, { outcome: "failed" }), refund(1), voided], gone)).toMatchObject({ ours: [-1, -1, -1, 0] });
    expect(of([at(1, { amount: yen(5) }), voided], gone, moved(1))).toMatchObject({ ours: [-1, 0] });
    expect(of([at(1)], gone)).toMatchObject({ ours: [-1] });
    expect(of([at(1), at(2, { type: "void", amount: yen(5) })], gone)).toMatchObject({ ours: [-1, -1] });
    expect(of([at(1), refund(1)], back(1))).toMatchObject({ ours: [-1, 0] });
  });

  test("nothing is matched with what was taken back", () => {
    for (const movements of [[moved(1)], [moved(1), moved(2, { amount: yen(3) })]]) {
      const sides = sidesOf([at(1), line("", { order: "#1" })], [payment("p-1", { order: "#1", movements })]);
      sides.ours.remove(0);
      expect([...matchSides(sides).ours]).toEqual([-1, -1]);
    }
  });
});

describe("by a weaker name", () => {
  const named = (days: number, changes: Partial<MoneyLine>) => line("", { at: october + days * day, ...changes });
  const ofOrder = (id: string, days: number, changes: Partial<OurPayment> = {}, amount = yen(1_980)) =>
    payment(id, { order: "#1", movements: [moved(days, { amount })], ...changes });

  test("up to three days apart, and a day more where a line names a day", () => {
    const apart = (ms: number, isDay: boolean) =>
      matched([named(1, { order: "#1", isDay })], [payment("p-1", { order: "#1", movements: [movement({ at: october + day + ms })] })]).by;
    expect([apart(3 * day, false), apart(3 * day + 1, false)]).toEqual([{ order: 1 }, {}]);
    expect([apart(4 * day, true), apart(4 * day + 1, true), apart(-3 * day, false)]).toEqual([{ order: 1 }, {}, { order: 1 }]);
  });

  test("of one contract or customer, whatever the moment", () => {
    const both = { movements: [moved(2)] };
    expect(matched([named(1, { contract: "c-1" })], [payment("p-1", { contract: "c-1", ...both })]).by).toEqual({ contract: 1 });
    expect(matched([named(1, { customer: "u-1" })], [payment("p-1", { customer: "u-1", ...both })]).by).toEqual({ customer: 1 });
    expect(matched([named(1, { customer: "u-1" })], [payment("p-1", both)]).by).toEqual({});
  });

  test("each line is its movement where several of one name are far from each other", () => {
    expect(matched([named(1, { order: "#1" }), named(21, { order: "#1" })], [ofOrder("p-1", 20), ofOrder("p-2", 2)])).toEqual({
      ...{ ...nothing, ours: [1, 0], theirs: [1, 0], by: { order: 2 } },
    });
  });

  test("the very same second decides between those that are near; what is left then has nothing to be confused with", () => {
    const second = 1_000 / day;
    expect(matched([named(1, { order: "#1" })], [ofOrder("p-1", 2), ofOrder("p-2", 1)])).toMatchObject({ ...nothing, ours: [1] });
    expect(matched([named(1, { order: "#1" }), named(2, { order: "#1" })], [ofOrder("p-1", 1)])).toEqual({
      ...{ ...nothing, ours: [0, -1], theirs: [0], by: { order: 1 } },
    });
    expect(matched([named(1, { order: "#1" })], [ofOrder("p-1", 2), ofOrder("p-2", 1 + second)]).ties).toEqual([["order", [0], [0, 1]]]);
  });

  test("what its ids, or a stronger name, have decided or left open takes no part in it", () => {
    const contract = "c-1";
    const other = payment("p-9", { contract, order: "#9" });
    // It names a payment: that one has no such movement, and another of its contract is not it.
    expect(matched([at(1, { contract })], [payment("p-1", { movements: [] }), other]).ours).toEqual([-1]);
    // The movement has its line.
    expect(matched([line("p-9"), named(1, { contract })], [other])).toMatchObject({ ours: [0, -1], ties: [] });
    // Lines, or movements, that are in a tie by their order are not connected by their contract.
    const tie = [named(1, { order: "#1", contract }), named(1, { order: "#1" })];
    expect(matched(tie, [ofOrder("p-1", 2), payment("p-9", { contract })])).toMatchObject({
      ours: [-1, -1],
      ties: [["order", [0, 1], [0]]],
    });
    expect(
      matched([named(1, { order: "#1" }), named(1, { contract })], [ofOrder("p-1", 2, { contract }), ofOrder("p-2", 2)]),
    ).toMatchObject({
      ...{ ours: [-1, -1], ties: [["order", [0], [0, 1]]] },
    });
  });

  test("two lines that want one movement are a tie, as are two movements of one line; it has all that is near one of them", () => {
    expect(matched([named(1, { order: "#1" }), named(2, { order: "#1" })], [ofOrder("p-1", 3)])).toMatchObject({
      ...{ ours: [-1, -1], ties: [["order", [0, 1], [0]]] },
    });
    const lines = [named(1, { order: "#1" }), named(5, { order: "#1" })];
    expect(matched(lines, [ofOrder("p-1", 3), ofOrder("p-2", 7)]).ties).toEqual([["order", [0, 1], [0, 1]]]);
    // What is far from all of them is not in it.
    expect(matched(lines, [ofOrder("p-1", 3), ofOrder("p-2", 7), ofOrder("p-3", 30)]).ties).toEqual([["order", [0, 1], [0, 1]]]);
  });

  test("orders of other amounts are unequal, each by itself, before anything weaker connects their lines", () => {
    const orders = ["#1", "#2"].map((order) => payment(`p-${order}`, { order }));
    const lines = ["#1", "#2"].map((order) => named(1, { order, amount: yen(7) }));
    expect(matched(lines, orders).unequal).toEqual([
      [[0], [0]],
      [[1], [1]],
    ]);
    // Not of several, nor far apart, nor of another type.
    const priced = (days: number, minor: number) => named(days, { order: "#1", amount: yen(minor) });
    expect(matched([priced(1, 7), priced(1, 8)], [ofOrder("p-1", 1)]).unequal).toEqual([]);
    expect(matched([priced(1, 7)], [ofOrder("p-1", 1), ofOrder("p-2", 1)]).unequal).toEqual([]);
    expect(matched([priced(1, 7)], [ofOrder("p-1", 9)]).unequal).toEqual([]);
    expect(matched([{ ...priced(1, 7), type: "refund" }], [ofOrder("p-1", 1)]).unequal).toEqual([]);
    const line1 = named(1, { order: "#1", contract: "c-1", amount: yen(2_000) });
    const other = payment("p-2", { contract: "c-1", movements: [moved(1, { amount: yen(2_000) })] });
    expect(matched([line1], [ofOrder("p-1", 1), other])).toMatchObject({ ours: [-1], unequal: [[[0], [0]]], by: {} });
    expect(matched([line1], [other]).by).toEqual({ contract: 1 });
  });

  test("what has no amount is not unequal by its order", () => {
    const { amount: _, ...unpriced } = named(1, { order: "#1" });
    expect(matched([unpriced], [ofOrder("p-1", 1)]).unequal).toEqual([]);
    expect(
      matched([named(1, { order: "#1" })], [payment("p-1", { order: "#1", movements: [moved(1, { amount: undefined })] })]).unequal,
    ).toEqual([]);
  });

  test("the moment connects only what has no name at all", () => {
    const of = (changes: Partial<MoneyLine>) => matched([named(1, changes)], [payment("p-1", { movements: [moved(1)] })]).by;
    expect(of({})).toEqual({ moment: 1 });
    for (const name of [{ order: "x" }, { contract: "x" }, { customer: "x" }, { payment: ["x"] }]) expect(of(name)).toEqual({});
  });
});

describe("rows have an order by what they say", () => {
  const order = (rows: number, compare: (one: number, other: number) => number) => {
    const all = Array.from({ length: rows }, (_, row) => row);
    const sorted = all.toSorted(compare);
    expect(all.toReversed().sort(compare)).toEqual(sorted);
    return sorted;
  };

  test("lines: type, amount, currency, time, reference, name, id, order, contract and customer", () => {
    const usd = { minor: 20, currency: "USD" };
    const lines = [
      line("p-1", { type: "refund", amount: yen(1) }),
      line("p-2", { order: "b" }),
      line("p-2", { order: "a" }),
      line("", { line: "l-0" }),
      line("", { line: "l-1" }),
      line("p-0", { refund: "re-1" }),
      line("p-3", { at: october }),
      line("p-3", { amount: { minor: 1_980, currency: "USD" }, at: october }),
      line("p-3", { amount: usd }),
      line("p-3", { amount: { ...usd, minor: 0 } }),
      { ...line("p-3"), amount: undefined } as unknown as MoneyLine,
      line("", { order: "zz" }),
      line("p-9", { contract: "c-2", customer: "u-1" }),
      line("p-9", { contract: "c-1", customer: "u-2" }),
      line("p-9", { contract: "c-1", customer: "u-1" }),
    ];
    const sides = sidesOf(lines, []);
    expect(order(lines.length, (one, other) => byLine(sides, one, other))).toEqual([10, 9, 8, 6, 11, 2, 1, 14, 13, 12, 3, 4, 5, 7, 0]);
    expect(byLine(sides, 1, 1)).toBe(0);
  });

  test("movements: in the same way, and then by the payment's id", () => {
    const payments = [
      payment("p-2"),
      payment("p-1"),
      payment("p-0", { movements: [moved(2)] }),
      payment("p-9", { movements: [moved(2, { amount: yen(5) })] }),
      payment("p-3", { movements: [movement({ reference: "re" })] }),
    ];
    const sides = sidesOf(
      ["p-0", "p-1", "p-2", "p-3", "p-9"].map((id) => line(id, { refund: "re" })),
      payments,
    );
    expect(order(payments.length, (one, other) => byMovement(sides, one, other))).toEqual([3, 1, 0, 4, 2]);
  });
});

test("a line's own names come before its payment's, and what has none is not there", () => {
  const sides = sidesOf([line("p-1"), line("p-2"), line("", { order: "#1" })], [payment(["p-1", "p-2"], { contract: "c-1", order: "#1" })]);
  expect(lineNames(sides, 1, 0)).toStrictEqual({ payment: ["p-2"], order: "#1" });
  expect(lineNames(sides, 2, 0)).toStrictEqual({ payment: ["p-1"], order: "#1" });
  expect(lineNames(sides, 2, -1)).toStrictEqual({ payment: [], order: "#1" });
  expect(movementNames(sides, 0)).toStrictEqual({ payment: ["p-1"], order: "#1" });
  const names = { contract: "c-1", customer: "u-1", order: "#1" };
  const whole = payment("p-1", { ...names, movements: [back(1, "re-1")] });
  const rest = sidesOf(
    [line("p-9", { ...names, order: "x" }), { ...refund(1, "re-1"), payment: ["p-2", "p-1"] }, line("", { line: "l" })],
    [whole],
  );
  expect(lineNames(rest, 0, 0)).toStrictEqual({ payment: ["p-9"], ...names, order: "x" });
  expect(lineNames(rest, 1, -1)).toStrictEqual({ payment: ["p-2", "p-1"], reference: "re-1" });
  expect(lineNames(rest, 1, 0)).toStrictEqual({ payment: ["p-2", "p-1"], reference: "re-1", contract: "c-1", customer: "u-1" });
  expect(lineNames(rest, 2, -1)).toStrictEqual({ payment: [], line: "l" });
  expect(movementNames(rest, 0)).toStrictEqual({ payment: ["p-1"], reference: "re-1", contract: "c-1", customer: "u-1" });
});
