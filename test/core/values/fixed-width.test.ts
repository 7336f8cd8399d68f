import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fixedWidthReader } from "../../../core/values/fixed-width.ts";

const utc = (text: string) => Date.parse(`${text}Z`);
const seconds = ["yyyy", "-", "MM", "-", "dd", " ", "HH", ":", "mm", ":", "ss"];

test.each([
  [["yyyy", "MM", "dd"], "20261031", { local: utc("2026-10-31T00:00:00"), isDay: true }],
  [["yyyy", "/", "MM", "/", "dd"], "2026/01/09", { local: utc("2026-01-09T00:00:00"), isDay: true }],
  [["yyyy", "年", "MM", "月", "dd", "日"], "2026年01月09日", { local: utc("2026-01-09T00:00:00"), isDay: true }],
  [["dd", ".", "MM", ".", "yyyy", " ", "HH", ":", "mm"], "31.12.1999 23:59", { local: utc("1999-12-31T23:59:00"), isDay: false }],
  [["HH", "mm", "ss", "yyyy", "MM", "dd"], "01020320260405", { local: utc("2026-04-05T01:02:03"), isDay: false }],
  [["yyyy", "MM", "dd", "HH"], "2026103100", { local: utc("2026-10-31T00:00:00"), isDay: false }],
  [seconds, "2026-10-31 23:59:59", { local: utc("2026-10-31T23:59:59"), isDay: false }],
  [seconds, "2000-02-29 00:00:00", { local: utc("2000-02-29T00:00:00"), isDay: false }],
])("%j reads %s by its places", (tokens, text, read) => expect(fixedWidthReader(tokens)?.(text)).toEqual(read));

test.each([
  [["yyyy", "/", "M", "/", "dd"]],
  [["yyyy", "/", "MM", "/", "d"]],
  [["yyyy", "-", "MM", "-", "dd", "' '", "HH"]],
  [["yyyy", "-", "MM", "-", "dd", "a"]],
  [["yy", "MM", "dd"]],
  [["yyyy", "MM"]],
  [["yyyy", "dd"]],
  [["MM", "dd"]],
  [[]],
])("%j has parts of any width, or not the parts of a day", (tokens) => expect(fixedWidthReader(tokens)).toBeUndefined());

describe("what is not written exactly so is left to the pattern:", () => {
  test.each([
    "2026-10-31 23:59:5",
    "2026-10-31 23:59:599",
    "2026/10-31 23:59:59",
    "2026-10-31T23:59:59",
    "2026-10-31 23:59.59",
    "2026-13-01 00:00:00",
    "2026-00-01 00:00:00",
    "2026-10-00 00:00:00",
    "2026-02-29 00:00:00",
    "2026-10-31 24:00:00",
    "2026-10-31 00:60:00",
    "2026-10-31 00:00:60",
    "/026-10-31 00:00:00",
    "2026-10-3/ 00:00:00",
    "20:6-10-31 00:00:00",
    "202:-10-31 00:00:00",
    "2026-1x-01 00:00:00",
    "2026-x1-01 00:00:00",
    "2026-10-31 0x:00:00",
    "2026-10-31 00:0x:00",
    "2026-10-31 00:00:0x",
  ])("%s", (text) => expect(fixedWidthReader(seconds)?.(text)).toBeUndefined());
});

test("days whose numbers have one sum are two", () => {
  const read = fixedWidthReader(["yyyy", "MM", "dd"]);
  expect(["20260102", "20270101"].map((text) => read?.(text)?.local)).toEqual([Date.UTC(2026, 0, 2), Date.UTC(2027, 0, 1)]);
});

test("each line is read by itself, whatever the one before it said", () => {
  const read = fixedWidthReader(["yyyy", "MM", "dd"]);
  const one = fc.tuple(fc.constantFrom(2024, 2025), fc.constantFrom("01", "02", "xx", "13"), fc.constantFrom("01", "29", "xx"));
  fc.assert(
    fc.property(one, ([year, month, day]) => {
      const expected = month === "02" && day === "29" && year === 2025 ? Number.NaN : Date.UTC(year, Number(month) - 1, Number(day));
      expect(read?.(`${year}${month}${day}`)?.local).toBe(Number.isNaN(expected) || month === "13" ? undefined : expected);
    }),
  );
});
