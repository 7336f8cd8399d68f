import { expect, test } from "vitest";
import { hoursFormat, inHours } from "../../../core/config/expected-hours.ts";

const at = (hour: number) => Date.UTC(2026, 10, 20, hour, 59);

test.each([
  ["always, without hours", undefined, [0, 23], []],
  ["from the first hour to before the last", "09-22", [9, 21], [8, 22]],
  ["over midnight", "22-06", [22, 23, 0, 5], [6, 21]],
  ["to the end of the day", "13-24", [13, 23], [12]],
  ["around the clock, where they end as they begin", "09-09", [0, 8, 9, 10, 23], []],
] as const)("callbacks are expected %s", (_, hours, inside, outside) => {
  for (const hour of inside) expect(inHours(hours, at(hour)), String(hour)).toBe(true);
  for (const hour of outside) expect(inHours(hours, at(hour)), String(hour)).toBe(false);
});

test("hours are two numbers of two digits", () => {
  for (const right of ["00-13", "22-06", "00-24"]) expect(right).toMatch(hoursFormat);
  for (const wrong of ["0-13", "24-06", "09-25", "09:00-22:00", "09-22 "]) expect(wrong).not.toMatch(hoursFormat);
});
