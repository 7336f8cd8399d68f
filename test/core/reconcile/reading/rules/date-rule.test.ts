import { expect, test } from "vitest";
import type { DateRule } from "../../../../../core/mapping/layout.ts";
import { columnsOf } from "../../../../../core/reconcile/reading/cells/columns.ts";
import { dateRuleReader, dateText, ruleFor } from "../../../../../core/reconcile/reading/rules/date-rule.ts";

const columns = columnsOf(["at", "time", "tz"]);
const at = (text: string) => ({ at: Date.parse(text), isDay: false });
const day = (text: string) => ({ at: Date.parse(text), isDay: true });
const seconds = { columns: ["at"], formats: ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"] };
const named: DateRule = { ...seconds, zone: { column: "tz" } };

type Context = Parameters<typeof dateRuleReader>[2];

test.each<[DateRule, Partial<Context>, readonly string[], unknown]>([
  [{ ...seconds, zone: "Asia/Tokyo" }, {}, ["2026-10-01 09:00:00"], at("2026-10-01T00:00:00Z")],
  [{ ...seconds, zone: "Asia/Tokyo" }, { stated: { zone: "UTC" } }, ["2026-10-01 09:00:00"], at("2026-10-01T00:00:00Z")],
  [seconds, { stated: { zone: "UTC" } }, ["2026-10-01"], day("2026-10-01T00:00:00Z")],
  [seconds, {}, ["2026-10-01"], { kind: "zone", column: "at", isNamed: false }],
  [seconds, {}, [""], undefined],
  [seconds, {}, ["soon"], { kind: "date", column: "at" }],
  [seconds, {}, ["46326"], { kind: "date", column: "at", looksLike: "serial" }],
  [seconds, {}, ["5"], { kind: "date", column: "at" }],
  [seconds, {}, ["80000"], { kind: "date", column: "at" }],
  [seconds, {}, ["79999"], { kind: "date", column: "at", looksLike: "serial" }],
  [seconds, {}, ["令和8年10月1日"], { kind: "date", column: "at", looksLike: "era" }],
  [seconds, { stated: { zone: "UTC", dates: ["japanese-era"] } }, ["令和8年10月1日"], day("2026-10-01T00:00:00Z")],
  [{ columns: ["at"], formats: ["iso"] }, {}, ["2026-10-01T09:00:00+09:00"], at("2026-10-01T00:00:00Z")],
  [{ columns: ["at"], formats: ["iso"], zone: "UTC" }, {}, ["2026-10-01T09:00:00+09:00"], at("2026-10-01T00:00:00Z")],
  [{ columns: ["at"], oneOf: ["d/M/yyyy", "M/d/yyyy"], zone: "UTC" }, { format: "M/d/yyyy" }, ["2/1/2026"], day("2026-02-01T00:00:00Z")],
  [{ columns: ["at", "time"], formats: ["yyyy-MM-dd H:mm"], zone: "UTC" }, {}, ["2026-10-01", "9:00"], at("2026-10-01T09:00:00Z")],
  [
    { columns: ["at", "time"], formats: ["yyyy-MM-dd H:mm", "yyyy-MM-dd"], zone: "UTC" },
    {},
    ["2026-10-01", ""],
    day("2026-10-01T00:00:00Z"),
  ],
  [{ columns: ["at", "time"], formats: ["yyyy-MM-dd H:mm"], zone: "UTC" }, {}, ["", "9:00"], undefined],
  [named, {}, ["2026-10-01 09:00:00", "", "JST"], at("2026-10-01T00:00:00Z")],
  [named, { stated: { zone: "UTC" } }, ["2026-10-01 09:00:00", "", "JST"], at("2026-10-01T00:00:00Z")],
  [named, {}, ["2026-10-01 09:00:00", "", "CST"], { kind: "zone", column: "tz", isNamed: true }],
  [named, { zones: { CST: "Asia/Shanghai" } }, ["2026-10-01 09:00:00", "", "CST"], at("2026-10-01T01:00:00Z")],
  [
    named,
    { zones: { CST: "Asia/Shanghai" }, stated: { zones: { CST: "America/Chicago" } } },
    ["2026-10-01 09:00:00", "", "CST"],
    at("2026-10-01T14:00:00Z"),
  ],
  [named, {}, ["2026-10-01 09:00:00", "", ""], { kind: "zone", column: "tz", isNamed: true }],
  [{ ...seconds, zone: { column: "none" } }, {}, ["2026-10-01 09:00:00", "", "JST"], { kind: "zone", column: "none", isNamed: false }],
  [{ ...seconds, zone: "America/New_York" }, {}, ["2026-03-08 02:30:00"], { kind: "no such time", column: "at" }],
  // There clocks are put forward at midnight: the day begins an hour later.
  [{ ...seconds, zone: "America/Havana" }, {}, ["2026-03-08"], day("2026-03-08T05:00:00Z")],
  [{ ...seconds, zone: "America/Havana" }, {}, ["2026-03-08 00:00:00"], { kind: "no such time", column: "at" }],
])("%j with %j reads %j", (rule, context, cells, read) => {
  const reader = dateRuleReader(rule, columns, { stated: {}, ...context });
  expect(reader(cells)).toEqual(read);
  // What the line before it said changes nothing.
  reader(["2020-01-01 00:00:00", "0:00", "UTC"]);
  expect(reader(cells)).toEqual(read);
  expect(reader(cells)).toEqual(read);
});

test("the zone may be in the first column", () => {
  const read = dateRuleReader({ ...seconds, zone: { column: "tz" } }, columnsOf(["tz", "at"]), { stated: {} });
  expect(read(["JST", "2026-10-01 09:00:00"])).toEqual(at("2026-10-01T00:00:00Z"));
  expect(read(["CST", "2026-10-01 09:00:00"])).toEqual({ kind: "zone", column: "tz", isNamed: true });
});

test("the first rule whose columns the file has is used", () => {
  const rules: readonly DateRule[] = [{ columns: ["at", "day"] }, { columns: ["at", "time"] }, { columns: ["at"] }];
  expect(ruleFor(rules, columns)).toBe(rules[1]);
  expect(ruleFor(rules, columnsOf(["at"]))).toBe(rules[2]);
  expect(ruleFor(rules, columnsOf(["x"]))).toBeUndefined();
  expect(ruleFor(undefined, columns)).toBeUndefined();
});

test("the text of several columns is joined by a blank", () => {
  expect(dateText([" a ", "b", "c"], [0, 1, 2])).toBe("a b c");
  expect(dateText(["a", "", ""], [0, 1, 2])).toBe("a");
  expect(dateText(["", "b"], [0, 1])).toBe("");
  expect(dateText(["a"], [])).toBe("");
});
