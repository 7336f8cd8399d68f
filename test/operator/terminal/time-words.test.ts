import { describe, expect, test } from "vitest";
import { momentWithAge, readIsoMoment, readSpan, spanText } from "../../../operator/terminal/time-words.ts";

const now = Date.UTC(2026, 10, 20, 12);

describe("a span that is typed", () => {
  const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
  test.each([
    ["90s", 90_000],
    ["90m", 90 * minute],
    ["36h", 36 * hour],
    [" 31d ", 31 * day],
    ["2w", 14 * day],
    ["0d", 0],
    ["P31D", 31 * day],
    ["PT36H", 36 * hour],
    ["PT90M", 90 * minute],
    ["P1DT12H30M5S", day + 12 * hour + 30 * minute + 5_000],
    ["P2W", 14 * day],
  ])("%s is understood", (text, ms) => expect(readSpan(text)).toBe(ms));

  test.each(["", "31", "d", "31 d", "1.5h", "-31d", "31D", "1d12h", "P", "PT", "P1DT", "P1M", "1M", "P1H", "2026-12-01", "1234567d"])(
    "%s is refused",
    (text) => expect(readSpan(text)).toBeUndefined(),
  );

  test("is no moment", () => {
    expect(readIsoMoment("31d")).toBeUndefined();
    expect(readIsoMoment("2026-11-20T11:30")).toBe(Date.UTC(2026, 10, 20, 11, 30));
  });
});

describe("a span", () => {
  test.each([
    [0, "0 s"],
    [-5_000, "0 s"],
    [40_000, "40 s"],
    [12 * 60_000, "12 min"],
    [3_600_000, "1 h"],
    [12_000_000, "3 h 20 min"],
    [86_400_000, "1 d"],
    [100 * 3_600_000, "4 d 4 h"],
  ])("of %d ms reads %s", (ms, text) => {
    expect(spanText(ms)).toBe(text);
  });

  test("says whether it is in the past or in the future", () => {
    expect(momentWithAge(now - 60_000, now)).toBe("2026-11-20T11:59:00Z (1 min ago)");
    expect(momentWithAge(now + 60_000, now)).toBe("2026-11-20T12:01:00Z (in 1 min)");
  });
});
