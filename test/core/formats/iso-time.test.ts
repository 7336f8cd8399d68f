import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { dayOf, isMoment, isoTime, readTime } from "../../../core/formats/iso-time.ts";

/** Where a text without a zone would be nine hours off. */
const inJapan = (check: () => void): void => {
  vi.stubEnv("TZ", "Asia/Tokyo");
  try {
    expect(new Date(0).getHours()).toBe(9);
    check();
  } finally {
    vi.unstubAllEnvs();
  }
};

const moment = fc
  .date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true })
  .map(Number);

test("a moment reads back from its text, wherever the machine stands, and its day is the UTC day", () => {
  inJapan(() =>
    fc.assert(
      fc.property(moment, (at) => {
        expect(readTime(isoTime(at))).toBe(at);
        expect(isoTime(at).startsWith(`${dayOf(at)}T`)).toBe(true);
        expect(readTime(new Date(at).toUTCString())).toBe(Math.floor(at / 1000) * 1000);
      }),
    ),
  );
  expect(dayOf(Date.UTC(2026, 10, 20, 23, 59, 59, 999))).toBe("2026-11-20");
  expect(dayOf(Date.UTC(2026, 10, 21))).toBe("2026-11-21");
});

describe("reading a time", () => {
  test.each([
    ["2026-11-20T12:00:00Z", Date.UTC(2026, 10, 20, 12)],
    ["2026-11-20T12:00Z", Date.UTC(2026, 10, 20, 12)],
    ["2026-11-20T21:00:00.250+09:00", Date.UTC(2026, 10, 20, 12, 0, 0, 250)],
    ["2026-11-20T21:00:00+0900", Date.UTC(2026, 10, 20, 12)],
    ["Sun, 06 Nov 1994 08:49:37 GMT", Date.UTC(1994, 10, 6, 8, 49, 37)],
    ["Sunday, 06-Nov-94 08:49:37 GMT", Date.UTC(1994, 10, 6, 8, 49, 37)],
    ["Wednesday, 09-Nov-94 08:49:37 GMT", Date.UTC(1994, 10, 9, 8, 49, 37)],
    ["Sun Nov  6 08:49:37 1994", Date.UTC(1994, 10, 6, 8, 49, 37)],
    ["Wed Nov 16 08:49:37 1994", Date.UTC(1994, 10, 16, 8, 49, 37)],
  ])("takes %s", (text, at) => inJapan(() => expect(readTime(text)).toBe(at)));

  test.each([
    "",
    "1",
    "soon",
    "try 1",
    "-5",
    "120.5",
    "2026",
    "2026-11-20",
    "2026-11-20T12:00:00",
    "2026-11-20 12:00:00",
    "2026-13-01T00:00:00Z",
    "11/20/2026",
    "+002026-11-20T12:00:00Z",
    "Sun, 06 Nov 1994 08:49:37 JST",
    "Sun, 06 Nov 1994 08:49:37 GMT+0900",
    "at Sun, 06 Nov 1994 08:49:37 GMT",
    "Wednesdays, 09-Nov-94 08:49:37 GMT",
    "at Sun Nov  6 08:49:37 1994",
    "Sun Nov  6 08:49:37 19941",
    // `Date.parse` reads up to the NUL, whatever is behind it.
    "2026-11-20T12:00:00Z\0",
    "2026-11-20T12:00:00+09:00\0 or later",
  ])("takes %j for no time: it names none, or leaves the zone to the machine", (text) => expect(readTime(text)).toBeUndefined());

  test("never throws, and gives a moment that exists or nothing", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/)), (text) => {
        expect(isMoment(readTime(text) ?? 0)).toBe(true);
      }),
    );
  });
});

test("a moment exists exactly when it can be written", () => {
  const last = 8_640_000_000_000_000;
  for (const at of [0, last, -last, 0.5]) expect([isMoment(at), isoTime(at).length > 0]).toEqual([true, true]);
  for (const at of [last + 1, -last - 1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(isMoment(at)).toBe(false);
    expect(() => isoTime(at)).toThrow(RangeError);
  }
});
