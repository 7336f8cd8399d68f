import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateReader, formatProblem, namedFormats } from "../../../core/values/date-format.ts";
import { readEraDate } from "../../../core/values/era.ts";
import { readSerialDate } from "../../../core/values/serial-date.ts";
import { clockOf, zoneNamed } from "../../../core/values/zone-name.ts";

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

describe("a pattern", () => {
  const parts = "has to have year, month and day";
  test.each([
    ["yyyy-MM", parts],
    ["yyyy-dd", parts],
    ["MM/dd HH:mm", parts],
    ["yyyy-MM-dd hh:mm", "has something twice"],
    ["yyyy-MM-dd foo", "has letters that mean nothing; put text between ' and '"],
    ["yyyy-MM-dd h:mm", "needs h and a together"],
    ["yyyy-MM-dd H:mm a", "needs h and a together"],
    ["yyyy-MM-dd MM", "has something twice"],
    ["yyyy-MM-dd yy", undefined],
    ["yyyy/MM/dd", undefined],
    ["d.M.yyyy H:mm", undefined],
    ["yyyy年M月d日 H時m分", undefined],
    ["d' de 'M' de 'yyyy", undefined],
    ["iso", undefined],
    ["excel-1900", undefined],
    ["excel-1904", undefined],
    ["unix", undefined],
    ["unix-ms", undefined],
    ["japanese-era", undefined],
  ])("%s: %s", (format, problem) => expect(formatProblem(format)).toBe(problem));

  const day = (text: string) => ({ local: utc(`${text}T00:00:00`), isDay: true });
  const time = (text: string) => ({ local: utc(text), isDay: false });

  test.each([
    ["yy/M/d", "26/1/5", day("2026-01-05")],
    ["yyyy/M/d", "2026/01/05", day("2026-01-05")],
    ["d' de 'M' de 'yyyy", "31 de 10 de 2026", day("2026-10-31")],
    ["d'. . 'M'. . 'yyyy", "31.  .  10. . 2026", day("2026-10-31")],
    ["MMM d yyyy", "October 31 2026", day("2026-10-31")],
    ["MMM  d yyyy", "SEP   5  2026", day("2026-09-05")],
    ["d-MMM-yy", "1-jan-26", day("2026-01-01")],
    ["yyyy年M月d日 H時m分s秒", "2026年1月5日 9時5分7秒", time("2026-01-05T09:05:07")],
    ["yyyy/M/d H:m", "2026/1/5 09:05", time("2026-01-05T09:05:00")],
    ["yyyyMMddHHmm", "202601050905", time("2026-01-05T09:05:00")],
    ["yyyy-MM-dd HH:mm:ss.S", "2026-01-05 09:05:07.5", time("2026-01-05T09:05:07.500")],
    ["yyyy-MM-dd HH:mm:ss.S", "2026-01-05 09:05:07.123456789", time("2026-01-05T09:05:07.123")],
    ["h:mm a, d/M/yyyy", "12:00 AM, 1/1/2026", time("2026-01-01T00:00:00")],
    ["h:mm a, d/M/yyyy", "12:30 p.m., 1/1/2026", time("2026-01-01T12:30:00")],
    ["h:mm a, d/M/yyyy", "1:30 pm, 1/1/2026", time("2026-01-01T13:30:00")],
    // In Japanese the first hour of a half may be its hour 0.
    ["yyyy/M/d ah:mm", "2026/1/1 午後0:30", time("2026-01-01T12:30:00")],
    ["yyyy/M/d ah:mm", "2026/1/1 午前0:30", time("2026-01-01T00:30:00")],
    ["yyyy/M/d H:mm Z", "2026/1/1 9:00 +0530", { ...time("2026-01-01T09:00:00"), offset: 5.5 * 3_600_000 }],
    ["yyyy/M/d H:mm Z", "2026/1/1 9:00 -03:30", { ...time("2026-01-01T09:00:00"), offset: -3.5 * 3_600_000 }],
    ["yyyy/M/d H:mmZ", "2026/1/1 9:00Z", { ...time("2026-01-01T09:00:00"), offset: 0 }],
  ])("%s reads %s", (format, text, read) => expect(dateReader(format)(text)).toEqual(read));

  test.each([
    ["yyyy-MM-dd", "2026-1-05"],
    ["yyyy-MM-dd", "2026-01-5"],
    ["yyyy-MM-dd", "x2026-01-05"],
    ["yyyy/M/d", "x2026/1/5"],
    ["yyyy/M/d", "2026/1/5x"],
    ["yyyy/M/d", "2026/111/5"],
    ["yyyy/M/d", "2026/1/555"],
    ["yy/M/d", "2026/1/5"],
    ["d'. . 'M'. . 'yyyy", "31. x 10. . 2026"],
    ["d.M.yyyy", "5x1.2026"],
    ["d.M.yyyy", "5.1x2026"],
    ["MMM d yyyy", "Oc 31 2026"],
    ["MMM d yyyy", "Oktobrrrrrr 31 2026"],
    ["MMM d yyyy", "Foo 31 2026"],
    ["yyyy-MM-dd HH:mm:ss", "2026-01-05 9:05:07"],
    ["yyyy-MM-dd HH:mm:ss", "2026-01-05 09:5:07"],
    ["yyyy-MM-dd HH:mm:ss", "2026-01-05 09:05:7"],
    ["yyyy/M/d H:m:s", "2026/1/5 9:5:60"],
    ["yyyy/M/d H:m:s", "2026/1/5 9:5:077"],
    ["yyyy/M/d H:m:s", "2026/1/5 9:555:07"],
    ["yyyy/M/d H:m:s", "2026/1/5 999:5:07"],
    ["yyyy-MM-dd HH:mm:ss.S", "2026-01-05 09:05:07.1234567890"],
    ["h:mm a, d/M/yyyy", "0:30 AM, 1/1/2026"],
    ["h:mm a, d/M/yyyy", "0:30 pm, 1/1/2026"],
    ["yyyy/M/d ah:mm", "2026/1/1 午後13:30"],
    ["h:mm a, d/M/yyyy", "001:30 pm, 1/1/2026"],
    ["yyyy/M/d H:mm Z", "2026/1/1 9:00 +9"],
    ["yyyy/M/d H:mm Z", "2026/1/1 9:00 +09:0"],
  ])("%s reads nothing in %s", (format, text) => expect(dateReader(format)(text)).toBeUndefined());
});

describe("ISO 8601", () => {
  const offset = (hours: number) => ({ offset: hours * 3_600_000 });
  test.each([
    ["2026-10-31", { local: utc("2026-10-31T00:00:00"), isDay: true }],
    ["2026-10-31T10:20", { local: utc("2026-10-31T10:20:00"), isDay: false }],
    ["2026-10-31 10:20:30", { local: utc("2026-10-31T10:20:30"), isDay: false }],
    ["2026-10-31T10:20:30.5", { local: utc("2026-10-31T10:20:30.500"), isDay: false }],
    ["2026-10-31T10:20:30,25Z", { local: utc("2026-10-31T10:20:30.250"), ...offset(0), isDay: false }],
    ["2026-10-31T10:20:30.123456789+09:00", { local: utc("2026-10-31T10:20:30.123"), ...offset(9), isDay: false }],
    ["2026-10-31T10:20:30+10:00", { local: utc("2026-10-31T10:20:30"), ...offset(10), isDay: false }],
    ["2026-10-31 10:20:30 -0730", { local: utc("2026-10-31T10:20:30"), ...offset(-7.5), isDay: false }],
    ["2026-10-31+09:00", { local: utc("2026-10-31T00:00:00"), ...offset(9), isDay: true }],
  ])("%s is a moment", (text, read) => expect(dateReader("iso")(text)).toEqual(read));

  test.each([
    "x2026-10-31",
    "2026-10-31x",
    "2026-10-31T10",
    "2026-10-31T10:20:30.",
    "2026-10-31T10:20:30.1234567890",
    "2026-10-31T10:20:60",
    "2026-10-31T10:20:30+9:00",
    "2026-10-31T10:20:30+09",
    "2026-10-31T10:20:30+09:000",
    "2026-10-31T10:20:30xZ",
    "12026-10-31",
    "2026-10-311",
  ])("%s is none", (text) => expect(dateReader("iso")(text)).toBeUndefined());
});

describe("Unix time", () => {
  const at = (local: number) => ({ local, offset: 0, isDay: false });
  test.each([
    ["unix", "123456789", at(123_456_789_000)],
    ["unix", "12345678901", at(12_345_678_901_000)],
    ["unix", "12345678", undefined],
    ["unix", "123456789012", undefined],
    ["unix", "x123456789", undefined],
    ["unix", "1234567890.5", undefined],
    ["unix-ms", "123456789012", at(123_456_789_012)],
    ["unix-ms", "12345678901234", at(12_345_678_901_234)],
    ["unix-ms", "12345678901", undefined],
    ["unix-ms", "123456789012345", undefined],
    ["unix-ms", "x1234567890123", undefined],
    ["unix-ms", "1234567890123.5", undefined],
  ])("%s reads %s", (format, text, read) => expect(dateReader(format)(text)).toEqual(read));
});

describe("a date of an era", () => {
  test.each([
    ["令和元年5月1日", "2019-05-01"],
    ["令1.5.1", "2019-05-01"],
    ["令和8年10月31日", "2026-10-31"],
    ["令和 8年 10月 31日", "2026-10-31"],
    ["令和8年10月31", "2026-10-31"],
    ["R8.10.31", "2026-10-31"],
    ["r8/10/31", "2026-10-31"],
    ["R.8-10-31", "2026-10-31"],
    ["平成元年1月8日", "1989-01-08"],
    ["H1.1.8", "1989-01-08"],
    ["平31.4.30", "2019-04-30"],
    ["昭和元年12月25日", "1926-12-25"],
    ["S1.12.25", "1926-12-25"],
    ["昭64.1.7", "1989-01-07"],
    ["大正元年7月30日", "1912-07-30"],
    ["T1.7.30", "1912-07-30"],
    ["大15.12.24", "1926-12-24"],
    ["明治元年1月25日", "1868-01-25"],
    ["M1.1.25", "1868-01-25"],
    ["明45.7.29", "1912-07-29"],
  ])("%s is %s", (text, day) => expect(dateReader("japanese-era")(text)).toEqual({ local: utc(`${day}T00:00:00`), isDay: true }));

  test.each([
    ["令和8年10月31日 23:59:01", "2026-10-31T23:59:01"],
    ["令和8年10月31日10:00", "2026-10-31T10:00:00"],
    ["令和8年10月31日  9時5分", "2026-10-31T09:05:00"],
    ["令和8年10月31日 9時5分7秒", "2026-10-31T09:05:07"],
    ["令和8年10月31日 9:05:7", "2026-10-31T09:05:07"],
    ["令和8年10月31日 午後3時05分", "2026-10-31T15:05:00"],
    ["令和8年10月31日 午前 0時30分", "2026-10-31T00:30:00"],
  ])("may have a time: %s", (text, moment) => expect(dateReader("japanese-era")(text)).toEqual({ local: utc(moment), isDay: false }));

  test.each([
    "令和元年4月30日",
    "平成31年5月1日",
    "平成元年1月7日",
    "昭和64年1月8日",
    "昭和元年12月24日",
    "大正15年12月25日",
    "大正元年7月29日",
    "明治45年7月30日",
    "明治元年1月24日",
    "平成32年1月1日",
    "昭和65年1月1日",
    "大正16年1月1日",
    "明治46年1月1日",
    "R8.010.1",
    "R8.10.010",
    "令和0年5月1日",
    "令和8年0月10日",
    "令和8年13月10日",
    "令和8年10月0日",
    "令和8年2月30日",
    "令和8年4月31日",
    "令和100年1月1日",
    "令和8年111月1日",
    "令和8年1月1日x",
    "x令和8年1月1日",
    "X8.1.1",
    "R8 1 1",
    "R8.1 1",
    "令和8年",
    "",
    "令和8年10月31日 頃10:00",
    "令和8年10月31日 010:00",
    "令和8年10月31日 10:005",
    "令和8年10月31日 10:00:005",
    "令和8年10月31日 10:00x",
    "令和8年10月31日 10",
  ])("%s is none", (text) => expect(dateReader("japanese-era")(text)).toBeUndefined());

  test.each(["x令和8年1月1日", "令和8年2月30日", "令和8年13月1日", "令和0年5月1日"])("does not begin %s", (text) =>
    expect(readEraDate(text)).toBeUndefined(),
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

  test("has a time where it has a fraction", () => {
    expect(dateReader("excel-1900")("46326")).toEqual({ local: utc("2026-10-31T00:00:00"), isDay: true });
    expect(dateReader("excel-1904")("44864.25")).toEqual({ local: utc("2026-10-31T06:00:00"), isDay: false });
    expect(dateReader("excel-1900")("1")).toBeUndefined();
  });

  test("comes back from any moment that is written so", () => {
    const epoch = Date.UTC(1899, 11, 30);
    fc.assert(
      fc.property(moments, (moment) => {
        expect(readSerialDate(String((moment - epoch) / 86_400_000), "excel-1900")).toBe(moment);
      }),
    );
  });

  test("goes on until the end of 9999", () => {
    expect(readSerialDate("2958465", "excel-1900")).toBe(utc("9999-12-31T00:00:00"));
    expect(readSerialDate("2958465.75", "excel-1900")).toBe(utc("9999-12-31T18:00:00"));
    expect(readSerialDate("100.1234567890123456", "excel-1900")).toBe(utc("1900-04-09T02:57:47"));
  });

  test.each(["60", "0", "-1", "2958466", "1e5", "46326.", "abc", "", "x46326", "46326x", "00046326", "100.12345678901234567"])(
    "%j is none",
    (text) => expect(readSerialDate(text, "excel-1900")).toBeUndefined(),
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
    ["gmt +9", "2026-10-01T00:00:00", "2026-09-30T15:00:00.000Z"],
    ["+930", "2026-10-01T00:00:00", "2026-09-30T14:30:00.000Z"],
    ["-0730", "2026-10-01T00:00:00", "2026-10-01T07:30:00.000Z"],
    ["+14:00", "2026-10-01T00:00:00", "2026-09-30T10:00:00.000Z"],
    ["+05:59", "2026-10-01T00:00:00", "2026-09-30T18:01:00.000Z"],
    ["jst", "2026-10-01T00:00:00", "2026-09-30T15:00:00.000Z"],
    ["UTC", "2026-10-01T00:00:00", "2026-10-01T00:00:00.000Z"],
  ])("%s has one meaning", (name, local, instant) => expect(at(name, local)).toBe(instant));

  test.each([
    ["UTC", 0],
    ["utc", 0],
    ["GMT", 0],
    ["Z", 0],
    ["JST", 9],
    ["KST", 9],
    ["HKT", 8],
    ["WET", 0],
    ["WEST", 1],
    ["CET", 1],
    ["CEST", 2],
    ["EET", 2],
    ["EEST", 3],
    ["EDT", -4],
    ["MDT", -6],
    ["PDT", -7],
    ["AEST", 10],
    ["AEDT", 11],
    ["NZST", 12],
    ["NZDT", 13],
  ])("%s is %d hours ahead of UTC", (name, hours) =>
    expect(Date.parse(at(name, "2026-10-01T00:00:00") ?? "")).toBe(Date.UTC(2026, 9, 1) - hours * 3_600_000),
  );

  test.each([
    ...["CST", "CDT", "IST", "BST", "EST", "PST", "MST", "Tokyo", "", "+99:00", "+15:00", "+09:60", "+090", "+9:0", "9", "x+9", "+9x"],
    ...["GMT  +9", "+09:000", "Asia/Nowhere", "constructor", "toString"],
  ])("%s has none, or several", (name) => expect(zoneNamed(name)).toBeUndefined());

  test("means what was stated", () => {
    expect(at("CST", "2026-07-01T00:00:00", { CST: "America/Chicago" })).toBe("2026-07-01T05:00:00.000Z");
    expect(at("JST", "2026-07-01T00:00:00", { JST: "+02:00" })).toBe("2026-06-30T22:00:00.000Z");
    expect(zoneNamed("CST", { CST: "BST" })).toBeUndefined();
  });

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
