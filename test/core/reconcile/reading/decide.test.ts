import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MoneyLayout } from "../../../../core/reconcile/layout/layout.ts";
import { columnsOf } from "../../../../core/reconcile/reading/cells/columns.ts";
import { deciderFor, needsLook } from "../../../../core/reconcile/reading/decide.ts";
import { factText, type Stated } from "../../../../core/reconcile/reading/rules/stated.ts";
import { commaForm, plainForm } from "../../../../core/reconcile/values/number-text.ts";

const layout: MoneyLayout = {
  name: "test",
  title: "a test",
  about: "money",
  payment: ["id"],
  at: [{ columns: ["date"], oneOf: ["d/M/yyyy", "M/d/yyyy"] }],
  amount: { column: ["amount"], sign: "signed", unit: "major" },
  numbers: [plainForm, commaForm],
};
const columns = columnsOf(["id", "date", "amount"]);

const decide = (lines: readonly (readonly [string, string])[], stated: Stated = {}) => {
  const decider = deciderFor(layout, columns, { zone: "UTC", currency: "EUR", ...stated });
  for (const [date, amount] of lines) decider.see(["p", date, amount]);
  return decider.decide();
};
const kinds = (found: ReturnType<typeof decide>) => found.missing.map(({ kind }) => kind);

describe("the order of day and month", () => {
  test("is shown by one line that has only one", () => {
    expect(
      decide([
        ["9/4/2026", "1"],
        ["29/12/2026", "1"],
      ]).decided.formats,
    ).toEqual({ date: "d/M/yyyy" });
    expect(
      decide([
        ["9/4/2026", "1"],
        ["12/29/2026", "1"],
      ]).decided.formats,
    ).toEqual({ date: "M/d/yyyy" });
  });

  test("has to be stated when no line shows it, or lines disagree", () => {
    expect(decide([["9/4/2026", "1"]]).missing).toEqual([{ kind: "date order", columns: ["date"], isMixed: false }]);
    expect(
      decide([
        ["29/12/2026", "1"],
        ["12/29/2026", "1"],
      ]).missing,
    ).toEqual([{ kind: "date order", columns: ["date"], isMixed: true }]);
    expect(decide([["9/4/2026", "1"]], { dayFirst: false }).decided.formats).toEqual({ date: "M/d/yyyy" });
  });

  test("does not matter when every line reads alike, or none is a date", () => {
    expect(kinds(decide([["5/5/2026", "1"]]))).toEqual([]);
    expect(kinds(decide([["soon", "1"]]))).toEqual([]);
  });

  test("is that in which any set of days was written, or has to be stated", () => {
    const days = fc.record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) });
    fc.assert(
      fc.property(fc.array(days, { minLength: 1 }), (all) => {
        const found = decide(all.map(({ day, month }) => [`${day}/${month}/2026`, "1"] as const));
        const isShown = all.some(({ day }) => day > 12);
        const isSame = all.every(({ day, month }) => day === month);
        if (isShown) expect(found.decided.formats).toEqual({ date: "d/M/yyyy" });
        else expect(kinds(found)).toEqual(isSame ? [] : ["date order"]);
      }),
    );
  });
});

describe("the decimal sign", () => {
  test("is shown by one number that has both signs, or a group that is none", () => {
    expect(
      decide([
        ["5/5/2026", "4.626,81"],
        ["5/5/2026", "1.000"],
      ]).decided.numbers,
    ).toEqual(commaForm);
    expect(decide([["5/5/2026", "-1,058.09"]]).decided.numbers).toEqual(plainForm);
    expect(decide([["5/5/2026", "12,5"]]).decided.numbers).toEqual(commaForm);
  });

  test("has to be stated when no line shows it; of yen a point and three digits can only be a group", () => {
    expect(kinds(decide([["5/5/2026", "1,234"]], { currency: "KWD" }))).toEqual(["numbers"]);
    expect(decide([["5/5/2026", "1,234"]], { currency: "JPY" }).decided.numbers).toEqual(plainForm);
    expect(decide([["5/5/2026", "1,234"]], { currency: "KWD", numbers: commaForm }).decided.numbers).toEqual(commaForm);
  });
});

test("zone and currency have to be stated where the layout has none", () => {
  const decider = deciderFor(layout, columns, {});
  expect(decider.decide().missing.map(factText)).toEqual([expect.stringContaining("--zone"), expect.stringContaining("--currency")]);
});

test("a file is looked at as a whole only where one line cannot show all", () => {
  expect(needsLook(layout, columns, {})).toBe(true);
  expect(needsLook(layout, columns, { dayFirst: true, numbers: plainForm })).toBe(false);
  expect(needsLook({ ...layout, at: [{ columns: ["date"], formats: ["yyyy-MM-dd"] }], numbers: [plainForm] }, columns, {})).toBe(false);
});
