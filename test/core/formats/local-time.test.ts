import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { localDateText, localTimeText, midnightOf, readLocalTime } from "../../../core/formats/local-time.ts";

const tokyo = "Asia/Tokyo";
const newYork = "America/New_York";

describe("R-TIME-2: a time that a person types", () => {
  test.each([
    ["2026-11-20", tokyo, "2026-11-19T15:00:00.000Z"],
    ["2026-11-20", "UTC", "2026-11-20T00:00:00.000Z"],
    ["2026-11-20 09:30", tokyo, "2026-11-20T00:30:00.000Z"],
    [" 2026-11-20T09:30:15.5 ", tokyo, "2026-11-20T00:30:15.500Z"],
    ["2026-11-20T09:30:00+01:00", tokyo, "2026-11-20T08:30:00.000Z"],
    ["2026-11-20T09:30:00+0100", tokyo, "2026-11-20T08:30:00.000Z"],
    ["2026-11-20T09:30:00Z", tokyo, "2026-11-20T09:30:00.000Z"],
    ["2026-03-08", newYork, "2026-03-08T05:00:00.000Z"],
    ["2026-03-09", newYork, "2026-03-09T04:00:00.000Z"],
  ])("%s in %s is %s", (text, zone, moment) => {
    expect(new Date(readLocalTime(text, zone) ?? Number.NaN).toISOString()).toBe(moment);
  });

  test.each([
    "2026-02-30",
    "2026-13-01",
    "20 November",
    "2026-11-20+09:00",
    "2026-11-20T24:30",
    "yesterday",
    "",
    "on 2026-11-20",
    "2026-11-20 09:30:15.1234",
  ])("%j is none", (text) => {
    expect(readLocalTime(text, tokyo)).toBeUndefined();
  });
});

test("a day and a time are shown as the zone's clocks show them", () => {
  const moment = Date.UTC(2026, 11, 31, 15, 0, 1);
  expect([localDateText(moment, tokyo), localTimeText(moment, tokyo)]).toEqual(["2027-01-01", "2027-01-01 00:00:01"]);
  expect(localDateText(moment, "UTC")).toBe("2026-12-31");
  expect(localDateText(Date.UTC(999, 0, 1), "UTC")).toBe("0999-01-01");
});

test("what is shown can be typed again, in any zone that does not change its clocks", () => {
  const moments = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2100, 0) }).map((moment) => moment - (moment % 1000));
  fc.assert(
    fc.property(moments, fc.constantFrom(tokyo, "UTC", "Asia/Kolkata"), (moment, zone) => {
      expect(readLocalTime(localTimeText(moment, zone), zone)).toBe(moment);
      const midnight = readLocalTime(localDateText(moment, zone), zone) ?? Number.NaN;
      expect(midnight).toBeLessThanOrEqual(moment);
      expect(moment - midnight).toBeLessThan(86_400_000);
    }),
  );
});

test.each([
  ["America/Santiago", 2026, 9, 6],
  ["America/Havana", 2027, 3, 14],
  ["Atlantic/Azores", 2026, 3, 29],
  ["Asia/Beirut", 2026, 3, 29],
])("a day without a midnight in %s begins when its clocks first show it", (zone, year, month, day) => {
  const first = midnightOf({ year, month, day }, zone);
  expect(localTimeText(first, zone)).toMatch(/ 01:00:00$/);
  expect(localDateText(first, zone)).not.toBe(localDateText(first - 1, zone));
});

test("midnight is the day's own, also where the clocks are changed that day", () => {
  expect(new Date(midnightOf({ year: 2026, month: 11, day: 1 }, newYork)).toISOString()).toBe("2026-11-01T04:00:00.000Z");
  expect(new Date(midnightOf({ year: 2026, month: 11, day: 2 }, newYork)).toISOString()).toBe("2026-11-02T05:00:00.000Z");
});
