import fc from "fast-check";
import { expect, test } from "vitest";
import { type CivilDate, dateOf, dayNumber, lastDayOf } from "../../../core/formats/civil-date.ts";

const day = 86_400_000;

/** The same date by the machine's own calendar. */
const byDate = (number: number): CivilDate => {
  const date = new Date(number * day);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

const differs = (number: number): boolean => {
  const [found, { year, month, day }] = [dateOf(number), byDate(number)];
  return found.year !== year || found.month !== month || found.day !== day || dayNumber(found) !== number;
};

test("a day's number and its date lead to one another, for every day of the four hundred years in which the calendar repeats", () => {
  const first = Date.UTC(1800, 0, 1) / day;
  expect(Array.from({ length: 146_097 }, (_, at) => first + at).filter(differs)).toEqual([]);
});

test("so they do long before and long after, also before the year 1", () => {
  fc.assert(fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), (number) => !differs(number)));
});

test("a month ends with its last day, in common years and in leap years", () => {
  const days = (year: number) => Array.from({ length: 12 }, (_, at) => lastDayOf({ year, month: at + 1 }));
  const common = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  for (const year of [1900, 2023, 2100]) expect(days(year)).toEqual(common);
  for (const year of [2000, 2024]) expect(days(year)).toEqual(common.with(1, 29));
});
