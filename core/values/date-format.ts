/** Dates and times in a written form: compiled once for a file, then read exactly. A day that the calendar does not have is no date. */
import type { Millis } from "../callback.ts";
import { dayMs, hourMs, minuteMs, secondMs } from "../durations.ts";
import { dayNumber } from "../formats/civil-date.ts";
import { isDate, readEraDate } from "./era.ts";
import { fixedWidthReader } from "./fixed-width.ts";
import type { LocalTime } from "./local-time.ts";
import { readSerialDate } from "./serial-date.ts";

export type DateReader = (text: string) => LocalTime | undefined;

/** Besides patterns of `yyyy yy M MM MMM d dd H HH h m mm s ss S a Z`. */
export const namedFormats = ["iso", "excel-1900", "excel-1904", "unix", "unix-ms", "japanese-era"] as const;
type NamedFormat = (typeof namedFormats)[number];

const parts: Readonly<Record<string, readonly [name: PartName, pattern: string]>> = {
  yyyy: ["year", "\\d{4}"],
  yy: ["shortYear", "\\d{2}"],
  MMM: ["monthName", "[A-Za-z]{3,9}"],
  MM: ["month", "\\d{2}"],
  M: ["month", "\\d{1,2}"],
  dd: ["day", "\\d{2}"],
  d: ["day", "\\d{1,2}"],
  HH: ["hour", "\\d{2}"],
  H: ["hour", "\\d{1,2}"],
  h: ["hour12", "\\d{1,2}"],
  mm: ["minute", "\\d{2}"],
  m: ["minute", "\\d{1,2}"],
  ss: ["second", "\\d{2}"],
  s: ["second", "\\d{1,2}"],
  S: ["fraction", "\\d{1,9}"],
  a: ["half", "[AaPp]\\.?[Mm]\\.?|午前|午後"],
  Z: ["offset", "Z|[+-]\\d{2}:?\\d{2}"],
};

type PartName =
  | "year"
  | "shortYear"
  | "month"
  | "monthName"
  | "day"
  | "hour"
  | "hour12"
  | "half"
  | "minute"
  | "second"
  | "fraction"
  | "offset";

const token = /yyyy|yy|MMM|MM|M|dd|d|HH|H|h|mm|m|ss|s|S|a|Z|'[^']*'|[^A-Za-z']/g;

const isNamed = (format: string): format is NamedFormat => namedFormats.some((name) => name === format);

/** What is wrong with a format, as a sentence; undefined when it can be read. */
export const formatProblem = (format: string): string | undefined => {
  if (isNamed(format)) return undefined;
  const found = format.match(token) ?? [];
  if (found.join("") !== format) return "has letters that mean nothing; put text between ' and '";
  const names = found.flatMap((one) => parts[one]?.[0] ?? []);
  if (new Set(names).size < names.length) return "has something twice";
  const has = (...some: readonly PartName[]) => some.some((name) => names.includes(name));
  if (!has("year", "shortYear") || !has("month", "monthName") || !has("day")) return "has to have year, month and day";
  return has("hour12") === has("half") ? undefined : "needs h and a together";
};

/** @param format one without a problem */
export const dateReader = (format: string): DateReader => {
  switch (format) {
    case "iso":
      return isoReader;
    case "excel-1900":
    case "excel-1904":
      return (text) => moment(readSerialDate(text, format), !text.includes("."));
    case "unix":
      return (text) => (/^\d{9,11}$/.test(text) ? { local: Number(text) * secondMs, offset: 0, isDay: false } : undefined);
    case "unix-ms":
      return (text) => (/^\d{12,14}$/.test(text) ? { local: Number(text), offset: 0, isDay: false } : undefined);
    case "japanese-era":
      return eraReader;
    default:
      return patternReader(format);
  }
};

const moment = (local: Millis | undefined, isDay: boolean): LocalTime | undefined => (local === undefined ? undefined : { local, isDay });

type Groups = { readonly [Name in PartName]?: string | undefined };

const patternReader = (format: string): DateReader => {
  const tokens = format.match(token) ?? [];
  const names = tokens.flatMap((one) => parts[one]?.[0] ?? []);
  const source = tokens.map((one) => (parts[one] ? `(${parts[one][1]})` : escaped(one.replaceAll("'", "")))).join("");
  const pattern = new RegExp(`^${source}$`);
  const isDay = !names.includes("hour") && !names.includes("hour12");
  const atOnce = fixedWidthReader(tokens);
  return (text) => {
    const exact = atOnce?.(text);
    if (exact) return exact;
    const match = pattern.exec(text);
    if (!match) return undefined;
    // By place: an object of named groups costs as much as the match.
    const groups: { [Name in PartName]?: string | undefined } = {};
    names.forEach((name, index) => {
      groups[name] = match[index + 1];
    });
    return fromGroups(groups, isDay);
  };
};

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/ /g, "\\s+");

const isoPattern =
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ](?<hour>\d{2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?)?\s?(?<offset>Z|[+-]\d{2}:?\d{2})?$/;

const isoReader: DateReader = (text) => {
  const groups = isoPattern.exec(text)?.groups;
  return groups && fromGroups(groups, groups.hour === undefined);
};

/** Behind the date, as Japanese files write it. */
const timeBehind = /^\s*(?<half>午前|午後)?\s?(?<hour>\d{1,2})(?::|時)(?<minute>\d{1,2})(?:(?::|分)(?:(?<second>\d{1,2})秒?)?)?$/;

const eraReader: DateReader = (text) => {
  const found = readEraDate(text);
  if (!found) return undefined;
  const day = { year: String(found.date.year), month: String(found.date.month), day: String(found.date.day) };
  if (found.rest === "") return fromGroups(day, true);
  const groups = timeBehind.exec(found.rest)?.groups;
  if (!groups) return undefined;
  const { half, hour, ...rest } = groups;
  return fromGroups({ ...day, ...rest, ...(half === undefined ? { hour } : { half, hour12: hour }) } as Groups, false);
};

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const fromGroups = (groups: Groups, isDay: boolean): LocalTime | undefined => {
  const number = (name: PartName): number => Number(groups[name] ?? 0);
  const year = groups.shortYear === undefined ? number("year") : 2000 + number("shortYear");
  const month = groups.monthName === undefined ? number("month") : monthNames.indexOf(groups.monthName.slice(0, 3).toLowerCase()) + 1;
  const date = { year, month, day: number("day") };
  const hour = hourOf(groups);
  const [minute, second] = [number("minute"), number("second")];
  if (!isDate(date) || hour === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  const ms = groups.fraction === undefined ? 0 : Number(groups.fraction.slice(0, 3).padEnd(3, "0"));
  const local = dayNumber(date) * dayMs + hour * hourMs + minute * minuteMs + second * secondMs + ms;
  const offset = offsetOf(groups.offset);
  return { local, ...(offset !== undefined && { offset }), isDay };
};

/** Twelve at night is the first hour of its half. */
const hourOf = ({ hour, hour12, half }: Groups): number | undefined => {
  if (half === undefined) return Number(hour ?? 0);
  const number = Number(hour12);
  const isAfternoon = half === "午後" || /p/i.test(half);
  // In Japanese the first hour of a half may also be its hour 0.
  if (number > 12 || (number === 0 && /[ap]/i.test(half))) return undefined;
  return (number % 12) + (isAfternoon ? 12 : 0);
};

const offsetOf = (text: string | undefined): Millis | undefined => {
  if (text === undefined) return undefined;
  if (text === "Z") return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(-2));
  return (text.startsWith("-") ? -minutes : minutes) * minuteMs;
};
