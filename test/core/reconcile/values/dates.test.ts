import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateReader, formatProblem, namedFormats } from "../../../../core/reconcile/values/date-format.ts";
import { readEraDate } from "../../../../core/reconcile/values/era.ts";
import { readSerialDate } from "../../../../core/reconcile/values/serial-date.ts";
import { clockOf, zoneNamed } from "../../../../core/reconcile/values/zone-name.ts";

const utc = (text: string) => Date.parse(`${text}Z`);
const moments = fc.integer({ min: Date.UTC(1990, 0, 1) / 1_000, max: Date.UTC(2099, 11, 31) / 1_000 }).map((seconds) => seconds * 1_000);

const two = (value: number) => String(value).padStart(2, "0");

/** Written by hand, from what `Date` says of the moment. */
const writers: Readonly<Record<string, (at: Date) => string>> = {
  "yyyy-MM-dd HH:mm:ss": (at) =>
    `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`,
  "d/M/yyyy H:mm:ss": (at) =>
    `${at.getUTCDate()}/${at.getUTCMonth() + 1}/${at.getUTCFullYear()} ${at.getUTCHours()}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`,
  yyyyMMddHHmmss: (at) => at.toISOString().slice(0, 19).replace(/\D/g, ""),
  iso: (at) => at.toISOString(),
  "h:mm:ss a, MMM d yyyy": (at) =>
    `${at.getUTCHours() % 12 || 12}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} ${at.getUTCHours() < 12 ? "AM" : "PM"}, ${at.toUTCString().slice(8, 11)} ${at.getUTCDate()} ${at.getUTCFullYear()}`,
  unix: (at) => String(at.getTime() / 1_000),
};

test.each(Object.keys(writers))("%s reads what was written in it", (format) => {
  fc.assert(
    fc.property(moments, (moment) => {
      expect(dateReader(format)((writers[format] as (at: Date) => string)(new Date(moment)))?.local).toBe(moment);
    }),
  );
});

test("no format throws, whatever it reads", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom(...Object.keys(writers), ...namedFormats), (text, format) => {
      const read = dateReader(format)(text);
      expect(read === undefined || Number.isFinite(read.local)).toBe(true);
    }),
  );
});

describe.each([
  ["yyyy/M/d", "2026/2/29"],
  ["yyyy-MM-dd", "2026-13-01"],
  ["yyyy-MM-dd", "2026-00-10"],
  ["yyyy-MM-dd", "2026-04-31"],
  ["yyyy-MM-dd HH:mm:ss", "2026-04-30 24:00:00"],
  ["yyyy-MM-dd HH:mm:ss", "2026-04-30 10:60:00"],
  ["yyyyMMdd", "20260230"],
  ["h:mm a, d/M/yyyy", "13:00 PM, 1/1/2026"],
])("%s", (format, text) => {
  test(`reads no date in ${text}`, () => expect(dateReader(format)(text)).toBeUndefined());
});

test("an offset in the text, and a day without a time, are said", () => {
  expect(dateReader("yyyy/MM/dd HH:mm:ss Z")("2024/08/20 00:01:17 -0700")).toEqual({
    local: utc("2024-08-20T00:01:17"),
    offset: -7 * 3_600_000,
    isDay: false,
  });
  expect(dateReader("yyyy/M/d")("2024/8/20")).toEqual({ local: utc("2024-08-20T00:00:00"), isDay: true });
});

test.each(["yyyy-MM", "MM/dd HH:mm", "yyyy-MM-dd hh:mm", "yyyy-MM-dd h:mm", "yyyy-MM-dd MM", "yyyy-MM-dd foo"])(
  "%s is no format of a date",
  (format) => {
    expect(formatProblem(format)).toEqual(expect.any(String));
  },
);
test.each(["yyyy/MM/dd", "d.M.yyyy H:mm", "yyyy年M月d日 H時m分", ...namedFormats])("%s is one", (format) =>
  expect(formatProblem(format)).toBeUndefined(),
);

describe("a date of an era", () => {
  test.each([
    ["令和元年5月1日", "2019-05-01"],
    ["令和8年10月31日", "2026-10-31"],
    ["R8.10.31", "2026-10-31"],
    ["R8/10/31", "2026-10-31"],
    ["平成31年4月30日", "2019-04-30"],
    ["H1.1.8", "1989-01-08"],
    ["昭和64年1月7日", "1989-01-07"],
    ["昭和1年12月25日", "1926-12-25"],
  ])("%s is %s", (text, day) => expect(dateReader("japanese-era")(text)).toEqual({ local: utc(`${day}T00:00:00`), isDay: true }));

  test("may have a time", () => {
    expect(dateReader("japanese-era")("令和8年10月31日 23:59:01")?.local).toBe(utc("2026-10-31T23:59:01"));
    expect(dateReader("japanese-era")("令和8年10月31日 午後3時05分")?.local).toBe(utc("2026-10-31T15:05:00"));
  });

  test.each(["平成31年5月1日", "令和1年4月30日", "昭和64年1月8日", "令和0年5月1日", "令和8年2月30日", "X8.1.1", "令和8年"])(
    "%s is none",
    (text) => expect(dateReader("japanese-era")(text)).toBeUndefined(),
  );

  test("is the day of its era, one year after another", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), (year, month, day) => {
        expect(readEraDate(`R${year}.${month}.${day}`)?.date).toEqual({ year: 2018 + year, month, day });
        expect(readEraDate(`平成${year}年${month}月${day}日`)?.date).toEqual({ year: 1988 + year, month, day });
      }),
    );
  });
});

describe("a spreadsheet's number of days", () => {
  test("is the day and the second that were meant", () => {
    expect(readSerialDate("46326", "excel-1900")).toBe(utc("2026-10-31T00:00:00"));
    expect(readSerialDate("46326.5", "excel-1900")).toBe(utc("2026-10-31T12:00:00"));
    expect(readSerialDate("44864", "excel-1904")).toBe(utc("2026-10-31T00:00:00"));
    expect(readSerialDate("61", "excel-1900")).toBe(utc("1900-03-01T00:00:00"));
  });

  test("comes back from any moment that is written so", () => {
    const epoch = Date.UTC(1899, 11, 30);
    fc.assert(
      fc.property(moments, (moment) => {
        expect(readSerialDate(String((moment - epoch) / 86_400_000), "excel-1900")).toBe(moment);
      }),
    );
  });

  test.each(["60", "0", "-1", "2958466", "1e5", "46326.", "abc", ""])("%j is none", (text) =>
    expect(readSerialDate(text, "excel-1900")).toBeUndefined(),
  );
});

test("a format of fixed width reads a text by its places as it does by its pattern", () => {
  // A quoted blank is none of fixed width, and means the same.
  const [byPlaces, byPattern] = [dateReader("yyyy-MM-dd HH:mm:ss"), dateReader("yyyy-MM-dd' 'HH:mm:ss")];
  const part = (width: number) => fc.integer({ min: 0, max: 10 ** width - 1 }).map((value) => String(value).padStart(width, "0"));
  const text = fc
    .tuple(part(4), part(2), part(2), part(2), part(2), part(2))
    .map(([year, month, day, hour, minute, second]) => `${year}-${month}-${day} ${hour}:${minute}:${second}`);
  const real = fc
    .date({ min: new Date(0), max: new Date("2099-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 19).replace("T", " "));
  const spoilt = fc
    .tuple(real, fc.nat(18), fc.constantFrom("x", " ", "-", "９", ""))
    .map(([one, at, by]) => one.slice(0, at) + by + one.slice(at + 1));
  fc.assert(
    fc.property(fc.oneof(text, real, spoilt), (one) => {
      expect(byPlaces(one)).toEqual(byPattern(one));
    }),
  );
});

describe("the name of a zone", () => {
  const at = (name: string, local: string, stated = {}) => {
    const zone = zoneNamed(name, stated);
    const instant = zone === undefined ? undefined : clockOf(zone)(utc(local));
    return instant === undefined ? undefined : new Date(instant).toISOString();
  };

  test.each([
    ["Asia/Tokyo", "2026-10-01T00:00:00", "2026-09-30T15:00:00.000Z"],
    ["Europe/Berlin", "2026-07-01T00:00:00", "2026-06-30T22:00:00.000Z"],
    ["Europe/Berlin", "2026-01-01T00:00:00", "2025-12-31T23:00:00.000Z"],
    ["CET", "2026-07-01T00:00:00", "2026-06-30T23:00:00.000Z"],
    ["CEST", "2026-07-01T00:00:00", "2026-06-30T22:00:00.000Z"],
    ["+09:00", "2026-10-01T00:00:00", "2026-09-30T15:00:00.000Z"],
    ["UTC-5", "2026-10-01T00:00:00", "2026-10-01T05:00:00.000Z"],
    ["UTC", "2026-10-01T00:00:00", "2026-10-01T00:00:00.000Z"],
  ])("%s has one meaning", (name, local, instant) => expect(at(name, local)).toBe(instant));

  test.each(["CST", "IST", "BST", "EST", "PST", "MST", "Tokyo", "", "+99:00", "Asia/Nowhere"])("%s has none, or several", (name) =>
    expect(zoneNamed(name)).toBeUndefined(),
  );

  test("means what was stated", () =>
    expect(at("CST", "2026-07-01T00:00:00", { CST: "America/Chicago" })).toBe("2026-07-01T05:00:00.000Z"));

  test.each([
    ["America/New_York", "2026-03-08T01:59:59", "2026-03-08T06:59:59.000Z"],
    ["America/New_York", "2026-03-08T02:00:00", undefined],
    ["America/New_York", "2026-03-08T02:59:59", undefined],
    ["America/New_York", "2026-03-08T03:00:00", "2026-03-08T07:00:00.000Z"],
    ["Europe/Berlin", "2026-03-29T02:30:00", undefined],
    ["-05:00", "2026-03-08T02:30:00", "2026-03-08T07:30:00.000Z"],
  ])("%s leaves out the hour by which clocks are put forward: %s", (name, local, instant) => expect(at(name, local)).toBe(instant));

  test("has clocks that agree with the calendar's, in every hour of a year", () => {
    const clock = clockOf("America/New_York");
    const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: "America/New_York", dateStyle: "short", timeStyle: "medium" });
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 11, 31) }), (moment) => {
        const instant = Math.floor(moment / 1_000) * 1_000;
        const shown = parts.format(instant).replace(" ", "T");
        // Of an hour that clocks show twice it is either.
        const read = clock(utc(shown)) ?? Number.NaN;
        expect(Math.abs(read - instant) % 3_600_000).toBe(0);
        expect(parts.format(read).replace(" ", "T")).toBe(shown);
      }),
    );
  });
});
