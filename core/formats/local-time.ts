/** Dates and times as the clocks of a zone show them, and how people type them (R-TIME-2). */
import type { Millis } from "../callback.ts";
import { dayMs } from "../durations.ts";
import { type CivilDate, dateOf, dayNumber } from "./civil-date.ts";
import { isoTime, readIsoTime } from "./iso-time.ts";
import { instantOf, offsetAt, type Zone } from "./zone.ts";

export const localDateOf = (moment: Millis, zone: Zone): CivilDate => dateOf(Math.floor((moment + offsetAt(moment, zone)) / dayMs));

/** The first moment of a day, there. */
export const midnightOf = (date: CivilDate, zone: Zone): Millis => instantOf(dayNumber(date) * dayMs, zone);

/** `2026-11-20` */
export const localDateText = (moment: Millis, zone: Zone): string => dateText(localDateOf(moment, zone));

/** `2026-11-20 21:00:00`, without its zone: whoever shows it says which. */
export const localTimeText = (moment: Millis, zone: Zone): string =>
  isoTime(moment + offsetAt(moment, zone))
    .replace("T", " ")
    .slice(0, 19);

/** A day, or a time with or without an offset. Without one it is a time of the zone. Undefined when there is no such moment. */
export const readLocalTime = (text: string, zone: Zone): Millis | undefined => {
  const [, day, time, offset] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:?\d\d)?)?$/.exec(text.trim()) ?? [];
  if (day === undefined) return undefined;
  const read = readIsoTime(`${day}T${time ?? "00:00"}${offset ?? "Z"}`);
  return read === undefined || offset !== undefined ? read : instantOf(read, zone);
};

const dateText = ({ year, month, day }: CivilDate): string => [String(year).padStart(4, "0"), twoDigits(month), twoDigits(day)].join("-");

const twoDigits = (number: number): string => String(number).padStart(2, "0");
