import { expect, test } from "vitest";
import { advanceArgument, isoArgument, momentArgument } from "../../../operator/cli/arguments.ts";

test("a time ago counts from what time it is to the stack", () => {
  expect(momentArgument("2h")(10_000_000)).toBe(2_800_000);
  expect(momentArgument("2026-11-20")(10_000_000)).toBe(Date.UTC(2026, 10, 20));
  expect(() => momentArgument("yesterday")).toThrow("Use a time ago (90s, 15m, 2h, 3d, 1w) or an ISO time");
});

test("a clock is advanced by a time, or to a moment", () => {
  expect(advanceArgument("36h")).toEqual({ by: 36 * 3_600_000 });
  expect(advanceArgument("P31D")).toEqual({ by: 31 * 86_400_000 });
  expect(advanceArgument("2026-12-01T09:00:00+09:00")).toEqual({ to: Date.UTC(2026, 11, 1) });
});

test.each([
  ["31", "Use a time (90s, 90m, 36h, 31d, 2w, PT36H) or an ISO moment to go to (2026-12-01T00:00:00Z, UTC)."],
  ["a month", "Use a time (90s, 90m"],
  ["2026-13-01", "Use a time (90s, 90m"],
  ["-31d", "A clock never goes back. Use a time"],
  ["0m", "Use a time longer than nothing: 90m, 36h, 31d."],
])("%s is refused, with what to type instead", (text, reason) => {
  expect(() => advanceArgument(text)).toThrow(reason);
});

test("a clock starts at an ISO moment, and at nothing else", () => {
  expect(isoArgument("2016-11-01")).toBe(Date.UTC(2016, 10, 1));
  for (const text of ["31d", "soon", "1969-12-31T23:59:59Z", "2016-13-01"])
    expect(() => isoArgument(text), text).toThrow("Use an ISO day or time since 1970 (2026-11-20T12:00:00Z, UTC).");
});
