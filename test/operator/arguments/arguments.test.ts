import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { advanceArgument, isoArgument, momentArgument, reasonArgument } from "../../../operator/arguments/arguments.ts";
import { momentText } from "../../../operator/terminal/time-words.ts";

const now = Date.UTC(2026, 10, 20, 12);

describe("a time that is typed", () => {
  test.each([
    ["90s", now - 90_000],
    ["15m", now - 900_000],
    ["2h", now - 7_200_000],
    ["3d", now - 3 * 86_400_000],
    ["1w", now - 7 * 86_400_000],
    ["now", now],
    ["2026-11-20", Date.UTC(2026, 10, 20)],
    ["2026-11-20T11:30", Date.UTC(2026, 10, 20, 11, 30)],
    ["2026-11-20 11:30:15", Date.UTC(2026, 10, 20, 11, 30, 15)],
    ["2026-11-20T11:30:15.250Z", Date.UTC(2026, 10, 20, 11, 30, 15, 250)],
    ["2026-11-20T20:30:00+09:00", Date.UTC(2026, 10, 20, 11, 30)],
  ])("%s is understood", (text, moment) => {
    expect(momentArgument(text)(now, "UTC")).toBe(moment);
  });

  test("without an offset is one of the deployment's zone (R-TIME-2)", () => {
    expect(momentArgument("2026-11-20")(now, "Asia/Tokyo")).toBe(Date.UTC(2026, 10, 19, 15));
    expect(momentArgument("2026-11-20T12:00:00Z")(now, "Asia/Tokyo")).toBe(now);
  });

  test.each(["", "2", "h", "2x", "yesterday", "2026", "2026-13-01", "2026-11-20T25:00", "20 Nov 2026", "-2h"])("%s is refused", (text) => {
    expect(() => momentArgument(text)).toThrow("Use a time ago (90s, 15m, 2h, 3d, 1w), now, a day");
  });

  test("can be what was shown", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (moment) => {
        expect(momentArgument(momentText(moment))(now, "Asia/Tokyo")).toBe(moment - (moment % 1000));
      }),
    );
  });
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

test("a reason is kept without what looks like a card number or an address", () => {
  expect(reasonArgument("the bank is down, ticket 4711")).toBe("the bank is down, ticket 4711");
  const masked = reasonArgument("4111 1111 1111 1111 of ann@example.com was charged twice");
  expect(masked).toMatch(/ was charged twice$/);
  expect(masked).not.toMatch(/4111 1111|ann@/);
  expect(reasonArgument(masked)).toBe(masked);
});

test("every command that asks for a reason keeps it so", () => {
  const cli = join(import.meta.dirname, "../../../operator/cli");
  const options = readdirSync(cli).flatMap((file) => readFileSync(join(cli, file), "utf8").match(/.*"--why .*/g) ?? []);
  expect(options.length).toBeGreaterThan(5);
  expect(options.filter((line) => !line.includes("reasonArgument"))).toEqual([]);
});
