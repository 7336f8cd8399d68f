import { expect, test } from "vitest";
import type { ExportKind, MoneyLayout } from "../../../../core/mapping/layout.ts";
import { habitOf } from "../../../../core/reconcile/arriving/habit.ts";

const layout = (zone?: MoneyLayout["at"][number]["zone"]): MoneyLayout => ({
  ...{ name: "x", title: "x", about: "money", payment: ["id"], amount: { column: ["amount"], sign: "unsigned", unit: "major" } },
  at: [{ columns: ["at"], formats: ["iso"], ...(zone !== undefined && { zone }) }],
});
const kind = (gateway: string, changes: Partial<ExportKind> = {}) => ({ ...layout(), gateway, has: [], ...changes }) as ExportKind;
const habit = (exports: Parameters<typeof habitOf>[0]["exports"], ...kinds: readonly ExportKind[]) =>
  habitOf({ gateway: "g", exports }, kinds, "Asia/Tokyo");

test("without anything said, an export comes within five days, has no gap of more than five, and is of the deployment's zone", () => {
  expect(habit(undefined)).toEqual({ zone: "Asia/Tokyo", comesAfterDays: 5, longestGapDays: 5 });
  expect(habit({})).toEqual({ zone: "Asia/Tokyo", comesAfterDays: 5, longestGapDays: 5 });
});

test("a gateway's kinds say their zone, the latest day on which one comes, and whether a file is of one day", () => {
  const other = kind("other", { comesAfterDays: 20, isOfOneDay: true, ...layout("UTC") });
  expect(habit({}, other)).toEqual({ zone: "Asia/Tokyo", comesAfterDays: 5, longestGapDays: 5 });
  expect(habit({}, kind("g", { comesAfterDays: 10 }), kind("g"), kind("g", { comesAfterDays: 3 }))).toMatchObject({ comesAfterDays: 10 });
  expect(habit({}, kind("g", { comesAfterDays: 3 }))).toMatchObject({ comesAfterDays: 5 });
  expect(habit({}, kind("g"), kind("g", { isOfOneDay: true }))).toMatchObject({ longestGapDays: 31 });
  expect(habit({}, kind("g", layout({ column: "tz" })), kind("g", layout("Europe/Berlin")))).toMatchObject({ zone: "Europe/Berlin" });
});

test("the configuration wins, and so do its own mappings", () => {
  const g = kind("g", { comesAfterDays: 10, isOfOneDay: true, ...layout("UTC") });
  expect(habit({ zone: "+02:00", remindAfterDays: 1, longestGapDays: 2 }, g)).toEqual({
    zone: { offset: 2 * 3_600_000 },
    comesAfterDays: 1,
    longestGapDays: 2,
  });
  expect(habit({ mappings: [layout("Europe/Paris")] }, g)).toMatchObject({ zone: "Europe/Paris", comesAfterDays: 10 });
  expect(habit({ mappings: ["file.json"] }, g)).toMatchObject({ zone: "UTC" });
  expect(habit({ remindAfterDays: false }, g).comesAfterDays).toBeUndefined();
  expect(habit({ zone: "CST" }, g)).toMatchObject({ zone: "Asia/Tokyo" });
});
