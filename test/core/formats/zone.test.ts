import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantOf, isZone, offsetAt } from "../../../core/formats/zone.ts";

const minute = 60_000;
const hour = 60 * minute;
const newYork = "America/New_York";
const at = (text: string) => Date.parse(text);

describe("a zone's clocks are ahead of UTC", () => {
  test.each([
    ["2026-01-15T00:00:00Z", "UTC", 0],
    ["2026-01-15T00:00:00Z", "Asia/Tokyo", 9 * hour],
    ["2026-12-31T23:59:59.999Z", "Asia/Tokyo", 9 * hour],
    ["2026-01-15T00:00:00Z", "Asia/Kolkata", 5 * hour + 30 * minute],
    ["2026-01-01T02:00:00Z", newYork, -5 * hour],
    ["2026-03-08T06:59:59.999Z", newYork, -5 * hour],
    ["2026-03-08T07:00:00Z", newYork, -4 * hour],
    ["1969-12-31T23:59:59.999Z", "Asia/Tokyo", 9 * hour],
    // Before there was Japan's standard time, Tokyo had its own.
    ["1887-01-01T00:00:00Z", "Asia/Tokyo", 9 * hour + 18 * minute + 59_000],
  ])("at %s in %s by %d", (moment, zone, ahead) => {
    expect(offsetAt(at(moment), zone)).toBe(ahead);
  });
});

describe("the moment at which clocks show a time", () => {
  test.each([
    ["before they are put forward", "2026-03-08T01:59:00Z", "2026-03-08T06:59:00Z"],
    ["after they were put forward", "2026-03-08T03:00:00Z", "2026-03-08T07:00:00Z"],
    ["before they are put back", "2026-11-01T00:59:00Z", "2026-11-01T04:59:00Z"],
    ["after they were put back", "2026-11-01T02:00:00Z", "2026-11-01T07:00:00Z"],
  ])("is that of the day's own offset, %s", (_, local, moment) => {
    expect(new Date(instantOf(at(local), newYork)).toISOString()).toBe(new Date(moment).toISOString());
  });

  test("is the one at which they do, but for the hour that they show twice", () => {
    const moments = fc.integer({ min: at("1990-01-01T00:00:00Z"), max: at("2037-01-01T00:00:00Z") });
    fc.assert(
      fc.property(moments, fc.constantFrom(newYork, "Europe/Berlin", "Australia/Lord_Howe", "Asia/Tokyo", "UTC"), (moment, zone) => {
        const found = instantOf(moment + offsetAt(moment, zone), zone);
        expect(found + offsetAt(found, zone)).toBe(moment + offsetAt(moment, zone));
        expect(Math.abs(found - moment)).toBeLessThanOrEqual(hour);
      }),
    );
  });
});

test.each([
  ["UTC", true],
  ["Asia/Tokyo", true],
  ["America/Argentina/Buenos_Aires", true],
  ["America/Port-au-Prince", true],
  ["Etc/GMT+9", true],
  ["EST", false],
  ["JST", false],
  ["utc", false],
  ["+09:00", false],
  ["Asia/Tokio", false],
  ["Asia/Tokyo ", false],
  [" Asia/Tokyo", false],
  ["Asia/", false],
  ["/Tokyo", false],
  ["", false],
])("%j is a zone: %s", (name, isOne) => {
  expect(isZone(name)).toBe(isOne);
});
