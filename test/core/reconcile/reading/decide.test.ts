import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ContractLayout, DateRule, MoneyLayout } from "../../../../core/mapping/layout.ts";
import { columnsOf } from "../../../../core/reconcile/reading/cells/columns.ts";
import { deciderFor, needsLook } from "../../../../core/reconcile/reading/decide.ts";
import { factText, type Stated } from "../../../../core/reconcile/reading/rules/stated.ts";
import type { Decided } from "../../../../core/reconcile/reading/setting.ts";
import { commaForm, type NumberForm, plainForm } from "../../../../core/values/number-text.ts";

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
const [rule] = layout.at as readonly [DateRule];
const formatOf = (decider: { readonly decided: Decided }) => decider.decided.formats.get(rule);

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
    ).toEqual(new Map([[rule, "d/M/yyyy"]]));
    expect(
      decide([
        ["9/4/2026", "1"],
        ["12/29/2026", "1"],
      ]).decided.formats,
    ).toEqual(new Map([[rule, "M/d/yyyy"]]));
  });

  test("has to be stated when no line shows it, or lines disagree", () => {
    expect(decide([["9/4/2026", "1"]]).missing).toEqual([{ kind: "date order", columns: ["date"], isMixed: false }]);
    expect(
      decide([
        ["29/12/2026", "1"],
        ["12/29/2026", "1"],
      ]).missing,
    ).toEqual([{ kind: "date order", columns: ["date"], isMixed: true }]);
    expect(formatOf(decide([["9/4/2026", "1"]], { dayFirst: false }))).toBe("M/d/yyyy");
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
        if (isShown) expect(formatOf(found)).toBe("d/M/yyyy");
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

test("what a cell cannot show is not asked of it", () => {
  // An empty cell, a currency that is none: the others decide.
  expect(
    decide([
      ["", ""],
      ["13/1/2026", "1,5"],
    ]).decided,
  ).toEqual({ formats: new Map([[rule, "d/M/yyyy"]]), numbers: commaForm });
  const decider = deciderFor({ ...layout, currency: { column: ["id"] } }, columns, { zone: "UTC" });
  decider.see(["?", "13/1/2026", "1,234.5"]);
  decider.see(["USD", "13/1/2026", "1,234.5"]);
  expect(decider.decide().decided.numbers).toEqual(plainForm);
  decider.see(["USD", "13/1/2026", "1.234,5"]);
  expect(decider.decide().missing).toEqual([{ kind: "numbers", columns: ["amount"], isMixed: true }]);
});

test("the currency of the layout counts before one that is stated", () => {
  const decider = deciderFor({ ...layout, currency: "JPY" }, columns, { zone: "UTC", currency: "KWD" });
  decider.see(["p", "13/1/2026", "1,234"]);
  expect(decider.decide().decided.numbers).toEqual(plainForm);
});

test("alternatives that are left and read every line alike need nobody's word, whatever one that is out has read", () => {
  const three: MoneyLayout = { ...layout, numbers: [{ decimal: ".", group: "" }, plainForm, { decimal: ".", group: "'" }] };
  const numbersOf = (...amounts: readonly string[]) => {
    const decider = deciderFor(three, columns, { zone: "UTC", currency: "EUR", dayFirst: true });
    for (const amount of amounts) decider.see(["p", "1/1/2026", amount]);
    return decider.decide();
  };
  expect(numbersOf("12.5").decided.numbers).toEqual({ decimal: ".", group: "" });
  expect(numbersOf("12.5", "1,234").decided.numbers).toEqual(plainForm);
  const quoted: NumberForm = { decimal: ".", group: "'" };
  const of = (forms: readonly NumberForm[], amount: string) => {
    const decider = deciderFor({ ...three, numbers: forms }, columns, { zone: "UTC", currency: "KWD", dayFirst: true });
    decider.see(["p", "1/1/2026", amount]);
    return decider.decide().decided.numbers;
  };
  expect(of([commaForm, plainForm, quoted], "12.5")).toEqual(plainForm);
  expect(of([quoted, plainForm, commaForm], "1,234")).toBeUndefined();
});

test("one alternative is no question, nor is one that was stated", () => {
  const one: MoneyLayout = { ...layout, at: [{ columns: ["date"], oneOf: ["d/M/yyyy"] }], numbers: [plainForm] };
  const decider = deciderFor(one, columns, { zone: "UTC", currency: "EUR" });
  decider.see(["p", "1/2/2026", "1,5"]);
  expect(decider.decide()).toEqual({ decided: { formats: new Map([[one.at[0], "d/M/yyyy"]]) }, missing: [] });
  const stated = deciderFor(layout, columns, { zone: "UTC", currency: "EUR", dayFirst: true, numbers: commaForm });
  stated.see(["p", "1/31/2026", "1,234.5"]);
  expect(stated.decide()).toEqual({ decided: { formats: new Map([[rule, "d/M/yyyy"]]), numbers: commaForm }, missing: [] });
  const fixed = deciderFor({ ...one, at: [{ columns: ["date"], formats: ["yyyy-MM-dd"] }] }, columns, { zone: "UTC", currency: "EUR" });
  expect(fixed.decide()).toEqual({ decided: { formats: new Map() }, missing: [] });
});

test("of contracts both dates are decided, when each began and when it ended", () => {
  const contracts: ContractLayout = {
    name: "c",
    title: "c",
    about: "contracts",
    contract: ["id"],
    state: { column: ["state"], meanings: {} },
    at: [{ columns: ["date"], formats: ["yyyy-MM-dd"] }],
    endedAt: [{ columns: ["amount"], oneOf: ["d/M/yyyy", "M/d/yyyy"] }],
  };
  expect(needsLook(contracts, columns, {})).toBe(true);
  const decider = deciderFor(contracts, columns, { zone: "UTC" });
  decider.see(["c", "2026-10-01", "13/1/2026"]);
  expect(decider.decide()).toEqual({ decided: { formats: new Map([[contracts.endedAt?.[0], "d/M/yyyy"]]) }, missing: [] });
});

test("two dates that begin with one column have each its own format", () => {
  const oneOf = ["d/M/yyyy", "M/d/yyyy"];
  const [at, endedAt] = [
    [{ columns: ["date"], oneOf }],
    [{ columns: ["date", "amount"], oneOf: oneOf.map((format) => `${format} H:mm`) }],
  ] as const;
  const contracts: ContractLayout = { name: "c", title: "c", about: "contracts", state: { column: ["id"], meanings: {} }, at, endedAt };
  const decider = deciderFor(contracts, columns, { zone: "UTC" });
  decider.see(["c", "13/1/2026", "9:00"]);
  expect(decider.decide().decided.formats).toEqual(
    new Map<DateRule, string>([
      [at[0], "d/M/yyyy"],
      [endedAt[0], "d/M/yyyy H:mm"],
    ]),
  );
});

test("a file is looked at as a whole only where one line cannot show all", () => {
  expect(needsLook(layout, columns, {})).toBe(true);
  expect(needsLook(layout, columns, { dayFirst: true, numbers: plainForm })).toBe(false);
  expect(needsLook(layout, columns, { dayFirst: true })).toBe(true);
  expect(needsLook(layout, columns, { numbers: plainForm })).toBe(true);
  const { numbers: _, ...oneForm } = layout;
  expect(needsLook({ ...oneForm, at: [{ columns: ["date"], oneOf: ["d/M/yyyy"] }] }, columns, {})).toBe(false);
  expect(needsLook({ ...oneForm, at: [{ columns: ["date"], formats: ["iso"] }] }, columns, {})).toBe(false);
  expect(needsLook({ ...layout, at: [{ columns: ["date"], formats: ["yyyy-MM-dd"] }], numbers: [plainForm] }, columns, {})).toBe(false);
});
