import { describe, expect, test } from "vitest";
import type { Money } from "../../../../core/formats/money.ts";
import type { Traces } from "../../../../core/reconcile/compare/traces.ts";
import type { MoneyLine } from "../../../../core/reconcile/export-line.ts";
import { compare, day, line, movement, october, payment, shorts, yen } from "./sides.ts";

const returned = (amount: Money) => movement({ type: "refund", amount });

describe("beside a charge, what went back of it:", () => {
  const beside = (back: number, ...refunds: readonly number[]) => ({
    lines: [line("p-1", { refunded: yen(back) })],
    payments: [payment("p-1", { refundedLater: [200], movements: [movement(), ...refunds.map((minor) => returned(yen(minor)))] })],
    covers: ["charge"] as const,
  });
  const found = { at: october + day, names: { payment: ["p-1"] }, id: "shop/refund:p-1", about: "refund" };

  test("several refunds are one sum", () => {
    expect(shorts(beside(600, 500, 100))).toEqual([]);
    expect(shorts(beside(601, 500, 100))).toEqual(["never sent over refund p-1 1 JPY"]);
    expect(shorts(beside(599, 500, 100))).toEqual(["export wrong under refund p-1 1 JPY"]);
    expect(shorts(beside(0, 500))).toEqual(["export wrong missing refund p-1 500 JPY"]);
    // What went back later explains what is more there, and nothing that is less.
    expect(shorts(beside(200, 100))).toEqual([]);
    expect(shorts(beside(200, 500))).toEqual(["export wrong under refund p-1 300 JPY"]);
  });

  test("several charges of one payment are one sum: each line says what went back of its own, and says it once", () => {
    const lines = (first: number, second: number) => [
      line("p-1", { amount: yen(1_000), refunded: yen(first) }),
      line("p-1", { amount: yen(980), refunded: yen(second) }),
    ];
    const captures = [1_000, 980].map((minor) => movement({ amount: yen(minor) }));
    const said = (first: number, second: number, ...refunds: readonly number[]) => {
      const movements = [...captures, ...refunds.map((minor) => returned(yen(minor)))];
      const story = { payments: [payment("p-1", { refundedLater: [200], movements })], covers: ["charge"] as const };
      const [one, other] = [lines(first, second), lines(first, second).toReversed()].map((some) => shorts({ ...story, lines: some }));
      expect(other).toEqual(one);
      return one;
    };
    expect(said(500, 100, 400, 200)).toEqual([]);
    expect(said(300, 300, 600)).toEqual([]);
    expect(said(500, 100, 500)).toEqual(["never sent over refund p-1 100 JPY"]);
    expect(said(500, 100)).toEqual(["never sent missing refund p-1 600 JPY"]);
    expect(said(100, 100, 500)).toEqual(["export wrong under refund p-1 300 JPY"]);
    // What went back of the payment later explains what is more of the payment.
    expect(said(150, 50, 100)).toEqual([]);
    const twice = beside(500, 500);
    expect(shorts({ ...twice, lines: [...twice.lines, ...twice.lines] })).toEqual(["export wrong duplicate charge p-1"]);
  });

  test("its time and names are those of the same line, in whatever order they are read", () => {
    const lines = [
      line("p-1", { refunded: yen(1), at: october + 3 * day, contract: "c-2" }),
      line("p-1", { refunded: yen(2), at: october + 2 * day, contract: "c-1" }),
      line("p-1", { refunded: yen(4), at: october + 4 * day, contract: "c-0" }),
    ];
    for (const some of [lines, lines.toReversed()])
      expect(compare({ lines: some, payments: [payment("p-1")] }).differences.filter(({ about }) => about === "refund")).toMatchObject([
        { names: { contract: "c-1" }, at: october + 2 * day, theirs: yen(7) },
      ]);
  });

  test("R-BACK-1: currencies are never added up", () => {
    const dollars = (minor: number) => ({ minor, currency: "USD" });
    const said = (lines: readonly MoneyLine[], ...refunds: readonly Money[]) =>
      compare({
        lines,
        payments: [payment("p-1", { movements: [movement(), ...refunds.map(returned)] })],
        covers: ["charge"],
      }).differences.filter(({ about }) => about === "refund");
    const [yens] = beside(500).lines as [MoneyLine];
    const unlike = { ...found, cause: "export wrong", symptom: "currency" };
    expect(said([yens], dollars(500))).toEqual([{ ...unlike, theirs: yen(500), ours: dollars(500), money: yen(500) }]);
    expect(said([yens], yen(400), dollars(100))).toEqual([{ ...unlike, theirs: yen(500), money: yen(500) }]);
    const both = [yens, line("p-1", { amount: dollars(9), refunded: dollars(5) })];
    expect(said(both, yen(505))).toEqual([{ ...unlike, ours: yen(505), money: yen(505) }]);
    expect(said(both)).toEqual([unlike]);
  });

  test("a refund of which nobody has said the amount agrees with any", () => {
    const payments = [payment("p-1", { movements: [movement(), movement({ type: "refund", amount: undefined })] })];
    expect(shorts({ ...beside(500), payments })).toEqual([]);
  });

  test("a trace says how far the callback of one came, and nothing of one that the export lacks", () => {
    const traces: Traces = {
      find: (type, ids) => (type === "refund" && ids.includes("p-1") ? { cause: "sent, not received", record: "shop/q" } : undefined),
    };
    expect(compare({ ...beside(500, 300), traces }).differences).toEqual([
      { ...found, cause: "sent, not received", symptom: "over", theirs: yen(500), ours: yen(300), money: yen(200), record: "shop/q" },
    ]);
    expect(compare({ ...beside(100, 300), traces }).differences).toEqual([
      { ...found, cause: "export wrong", symptom: "under", theirs: yen(100), ours: yen(300), money: yen(200) },
    ]);
  });

  test("of a payment that is not known nothing is said, and of one of which only a refund is known that counts", () => {
    expect(shorts({ lines: [line("p-9", { refunded: yen(500) })] })).toEqual(["never sent missing charge p-9 1980 JPY"]);
    const story = {
      lines: [line("p-1", { refunded: yen(500) })],
      payments: [payment("p-1", { state: "unknown", movements: [returned(yen(500))] })],
      covers: ["charge"] as const,
    };
    expect(shorts(story)).toEqual(["never sent missing charge p-1 1980 JPY"]);
  });
});
