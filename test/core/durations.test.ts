import { expect, test } from "vitest";
import { dayMs, hourMs, minuteMs, secondMs } from "../../core/durations.ts";

test("a unit of time has as many milliseconds as the calendar says", () => {
  const at = (day: number, hour = 0, minute = 0, second = 0): number => Date.UTC(2026, 10, day, hour, minute, second);
  expect([dayMs, hourMs, minuteMs, secondMs]).toEqual([at(2) - at(1), at(1, 1) - at(1), at(1, 0, 1) - at(1), at(1, 0, 0, 1) - at(1)]);
});
