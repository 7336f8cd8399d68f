import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { remedyOf, sentenceOf } from "../../../../core/findings/finding-text.ts";
import type { Habit } from "../../../../core/reconcile/arriving/habit.ts";
import { habitOf } from "../../../../core/reconcile/arriving/habit.ts";
import { dueMonths, isCompared } from "../../../../core/reconcile/arriving/overdue.ts";
import { exportKinds } from "../../../../gateways/registry/export-kinds.ts";

const day = 86_400_000;
const at = (text: string): number => Date.parse(text);
const usual: Habit = { zone: "UTC", comesAfterDays: 5, longestGapDays: 5 };
const run = (from: string, asOf: string, made = "2026-12-01T00:00:00Z") => ({ from: at(from), asOf: at(asOf), at: at(made) });

const overdue = (now: string, runs: readonly ReturnType<typeof run>[] = [], habit = usual, since = "2026-10-15T00:00:00Z") =>
  dueMonths({ source: "bank", habit, since: at(since) }, runs, at(now))
    .filter(({ isOverdue }) => isOverdue)
    .map(({ finding }) => finding.id);

describe("an export is overdue", () => {
  test("from the day on which it has usually come, and of a month that ended since exports are expected", () => {
    expect(overdue("2026-11-05T23:59:59Z")).toEqual([]);
    expect(overdue("2026-11-06T00:00:00Z")).toEqual(["EXPORT.overdue:bank/export:2026-10"]);
    expect(overdue("2026-11-06T00:00:00Z", [], usual, "2026-11-01T00:00:00Z")).toEqual([]);
  });

  test("once for each month, as long as nothing is compared", () => {
    expect(overdue("2027-01-10T00:00:00Z")).toEqual([
      "EXPORT.overdue:bank/export:2026-12",
      "EXPORT.overdue:bank/export:2026-11",
      "EXPORT.overdue:bank/export:2026-10",
    ]);
  });

  test("of the last thirteen months: gateways show no more", () => {
    const found = overdue("2027-01-10T00:00:00Z", [], usual, "2020-01-01T00:00:00Z");
    expect([found.length, found.at(-1)]).toEqual([13, "EXPORT.overdue:bank/export:2025-12"]);
  });

  test("by the clocks of its zone, and never where nobody is to be reminded", () => {
    const tokyo = { ...usual, zone: "Asia/Tokyo" };
    expect(overdue("2026-11-05T14:59:59Z", [], tokyo)).toEqual([]);
    expect(overdue("2026-11-05T15:00:00Z", [], tokyo)).toHaveLength(1);
    expect(overdue("2026-12-31T00:00:00Z", [], { ...usual, comesAfterDays: undefined })).toEqual([]);
    expect(overdue("2026-11-05T15:00:00Z", [], { ...usual, zone: { offset: 9 * 3_600_000 } })).toHaveLength(1);
  });

  test("when part of the month is in none: half of it, a week, or the end", () => {
    const month = (...runs: readonly ReturnType<typeof run>[]) => overdue("2026-11-10T00:00:00Z", runs).length;
    expect(month(run("2026-10-01T03:00:00Z", "2026-10-31T21:00:00Z"))).toBe(0);
    expect(month(run("2026-10-16T00:00:00Z", "2026-11-01T00:00:00Z"))).toBe(1);
    expect(month(run("2026-10-01T00:00:00Z", "2026-10-08T00:00:00Z"), run("2026-10-15T00:00:00Z", "2026-11-01T00:00:00Z"))).toBe(1);
    expect(month(run("2026-10-01T00:00:00Z", "2026-10-26T00:00:00Z"))).toBe(1);
    expect(month(run("2026-09-01T00:00:00Z", "2026-10-15T00:00:00Z"), run("2026-10-15T00:00:00Z", "2026-11-04T00:00:00Z"))).toBe(0);
  });

  test("exactly as many days in none are no part that is missing", () => {
    const gap = (day: number, hour: number) =>
      overdue("2026-11-10T00:00:00Z", [
        run("2026-10-01T00:00:00Z", "2026-10-08T00:00:00Z"),
        run(`2026-10-${day}T0${hour}:00:00Z`, "2026-10-27T00:00:00Z"),
      ]).length;
    expect([gap(13, 0), gap(13, 1)]).toEqual([0, 1]);
  });

  test("when only the months beside it were compared, also where any gap is usual", () => {
    const anyGap = { ...usual, longestGapDays: 31 };
    const [before, after] = [run("2026-09-01T00:00:00Z", "2026-10-01T00:00:00Z"), run("2026-11-01T00:00:00Z", "2026-11-09T00:00:00Z")];
    expect(overdue("2026-11-10T00:00:00Z", [before, after], anyGap)).toHaveLength(1);
  });

  test("also when one was said to cover all of it before it was over", () => {
    expect(overdue("2026-11-10T00:00:00Z", [run("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", "2026-10-10T00:00:00Z")])).toHaveLength(1);
  });

  test("and says what to type", () => {
    const [due] = dueMonths({ source: "bank", habit: usual, since: 0 }, [], at("2026-11-06T00:00:00Z"));
    expect(due && sentenceOf(due.finding)).toBe("no export of 2026-10 was compared, and it has usually come by 2026-11-06");
    expect(due && remedyOf(due.finding).command?.join(" ")).toBe(
      "reconcile --source bank --export FILE --from 2026-10-01T00:00:00.000Z --as-of 2026-11-01T00:00:00.000Z --yes",
    );
    expect(due && remedyOf(due.finding).advice).toContain("exports/bank/ in the bucket as 2026-10.csv");
  });
});

describe("what is usual", () => {
  test("is ten days for GMO-PG, in Japan's time, and one file of a month is all of it", () => {
    const habit = habitOf({ gateway: "gmo-pg" }, exportKinds, "UTC");
    expect(habit).toEqual({ zone: "Asia/Tokyo", comesAfterDays: 10, longestGapDays: 31 });
    const ofOneDay = run("2026-10-10T00:00:00Z", "2026-10-10T00:00:01Z", "2026-10-20T00:00:00Z");
    expect(overdue("2026-11-15T00:00:00Z", [ofOneDay], habit)).toEqual([]);
    expect(overdue("2026-11-15T00:00:00Z", [], habit)).toHaveLength(1);
  });

  test("is what the configuration says, with the zone of its mapping", () => {
    const layout = {
      name: "bank",
      title: "",
      about: "money",
      payment: ["id"],
      amount: { column: ["a"], sign: "signed", unit: "major" },
    } as const;
    const mappings = [{ ...layout, at: [{ columns: ["at"], formats: ["iso"], zone: "Europe/Berlin" }] }];
    const settings = { gateway: "gmo-pg", exports: { mappings, remindAfterDays: 20, longestGapDays: 2 } };
    expect(habitOf(settings, exportKinds, "UTC")).toEqual({ zone: "Europe/Berlin", comesAfterDays: 20, longestGapDays: 2 });
    expect(habitOf({ gateway: "hmac", exports: { remindAfterDays: false } }, exportKinds, "Asia/Tokyo")).toEqual({
      ...{ zone: "Asia/Tokyo", comesAfterDays: undefined, longestGapDays: 5 },
    });
  });
});

describe("whatever runs there are", () => {
  const begin = at("2026-10-01T00:00:00Z");
  const month = { from: begin, asOf: begin + 31 * day };
  const anyRun = fc.tuple(fc.integer({ min: -40, max: 70 }), fc.integer({ min: 0, max: 40 })).map(([first, days]) => ({
    ...{ from: begin + first * day, asOf: begin + (first + days) * day, at: begin + 100 * day },
  }));
  const runs = fc.array(anyRun, { maxLength: 8 });

  test("their order and their repetition decide nothing", () => {
    fc.assert(
      fc.property(runs, fc.nat(31), fc.infiniteStream(fc.nat()), (some, gap, keys) => {
        const shuffled = [...some, ...some].map((one) => ({ one, key: keys.next().value })).sort((a, b) => a.key - b.key);
        expect(
          isCompared(
            month,
            shuffled.map(({ one }) => one),
            gap,
          ),
        ).toBe(isCompared(month, some, gap));
      }),
    );
  });

  test("another one never makes a month overdue that was not", () => {
    fc.assert(
      fc.property(runs, anyRun, fc.nat(31), (some, more, gap) => {
        if (isCompared(month, some, gap)) expect(isCompared(month, [...some, more], gap)).toBe(true);
      }),
    );
  });

  test("a month is compared exactly when every longer stretch meets one of them", () => {
    fc.assert(
      fc.property(runs, fc.nat(30), (some, gap) => {
        const inNone = (from: number) => some.every((one) => one.asOf <= from || one.from >= from + (gap + 1) * day);
        const starts = Array.from({ length: 31 - gap }, (_, start) => begin + start * day);
        const meets = some.some((one) => one.from < month.asOf && one.asOf > month.from);
        expect(isCompared(month, some, gap)).toBe(meets && !starts.some((from) => from + (gap + 1) * day <= month.asOf && inNone(from)));
      }),
    );
  });
});
