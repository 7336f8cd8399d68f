import { expect, test } from "vitest";
import type { MoneyLayout } from "../../../../../core/mapping/layout.ts";
import { type Fact, factText, missingFacts, statedFormat } from "../../../../../core/reconcile/reading/rules/stated.ts";

test.each<[Fact, string]>([
  [
    { kind: "zone", columns: ["at"] },
    '"at": the file does not say in which time zone its times are. Say it with --zone, for example --zone Asia/Tokyo or --zone UTC.',
  ],
  [
    { kind: "date order", columns: ["day", "time"], isMixed: false },
    '"day" and "time": no line shows whether the day or the month comes first. Say it with --date-order day-first or --date-order month-first.',
  ],
  [
    { kind: "date order", columns: ["at"], isMixed: true },
    '"at": some lines can only have the day first, and others only the month. Say it with --date-order day-first or --date-order month-first.',
  ],
  [
    { kind: "numbers", columns: ["amount"], isMixed: false },
    '"amount": no line shows whether 1,234 is a thousand or one and a fraction. Say it with --decimal . or --decimal ,',
  ],
  [
    { kind: "numbers", columns: ["amount"], isMixed: true },
    '"amount": some lines can only have a decimal point, and others only a decimal comma. Say it with --decimal . or --decimal ,',
  ],
  [{ kind: "currency" }, "The file does not say in which currency its amounts are. Say it with --currency, for example --currency JPY."],
])("of %j an operator reads what to say", (fact, text) => expect(factText(fact)).toBe(text));

test("an order of day and month that was given chooses a format that has it", () => {
  const both = ["M/d/yyyy", "d/M/yyyy"];
  expect(statedFormat(both, { dayFirst: true })).toBe("d/M/yyyy");
  expect(statedFormat(both, { dayFirst: false })).toBe("M/d/yyyy");
  expect(statedFormat(both, {})).toBeUndefined();
  expect(statedFormat(["M/d/yyyy"], { dayFirst: true })).toBeUndefined();
  expect(statedFormat([...both, "d/M/yyyy H:mm"], { dayFirst: true })).toBe("d/M/yyyy");
  // One that has neither of them has not the day first.
  expect(statedFormat(["iso", "d/M/yyyy"], { dayFirst: true })).toBe("d/M/yyyy");
});

const layout = (changes: Partial<MoneyLayout> = {}): MoneyLayout => ({
  name: "test",
  title: "a test",
  about: "money",
  at: [],
  amount: { column: ["amount"], sign: "unsigned", unit: "major" },
  currency: "JPY",
  ...changes,
});

test.each([
  [{ columns: ["at"], formats: ["yyyy-MM-dd"] }, {}, [{ kind: "zone", columns: ["at"] }]],
  [{ columns: ["at"], oneOf: ["d/M/yyyy", "M/d/yyyy"] }, {}, [{ kind: "zone", columns: ["at"] }]],
  [{ columns: ["at"], formats: ["yyyy-MM-dd"], zone: "UTC" }, {}, []],
  [{ columns: ["at"], formats: ["yyyy-MM-dd"] }, { zone: "UTC" }, []],
  [{ columns: ["at"], formats: ["iso"] }, {}, []],
  [{ columns: ["at"], formats: ["unix"] }, {}, []],
  [{ columns: ["at"], formats: ["unix-ms"] }, {}, []],
  [{ columns: ["at"], oneOf: ["d/M/yyyy HH:mm Z", "M/d/yyyy HH:mm Z"] }, {}, []],
  [{ columns: ["at"], formats: ["yyyy-MM-dd", "iso"] }, {}, []],
  [{ columns: ["at"], formats: ["japanese-era"] }, {}, [{ kind: "zone", columns: ["at"] }]],
])("a zone is missing where no format has one: %j with %j", (rule, stated, missing) =>
  expect(missingFacts(layout(), [rule], stated)).toEqual(missing),
);

test("a currency is missing where neither the layout nor anybody says it, and a list of contracts needs none", () => {
  const { currency: _, ...without } = layout();
  expect(missingFacts(without, [], {})).toEqual([{ kind: "currency" }]);
  expect(missingFacts(without, [], { currency: "JPY" })).toEqual([]);
  expect(missingFacts(layout(), [], {})).toEqual([]);
  expect(missingFacts({ ...without, about: "contracts", state: { column: [], meanings: {} } } as never, [], {})).toEqual([]);
});
