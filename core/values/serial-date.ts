/** Dates as spreadsheets count them: days since the end of 1899 (or since 1904), the time of day behind the point. */
import type { Millis } from "../callback.ts";
import { dayMs, secondMs } from "../durations.ts";
import { dayNumber } from "../formats/civil-date.ts";

export type SerialSystem = "excel-1900" | "excel-1904";

/** Excel takes 1900 for a leap year: its day 60 never was, and what comes before it is a day off. Nobody charged a card then. */
const firstSure = 61;
/** The end of 9999. */
const last = 2_958_465;

const days: Readonly<Record<SerialSystem, number>> = {
  "excel-1900": dayNumber({ year: 1899, month: 12, day: 30 }),
  "excel-1904": dayNumber({ year: 1904, month: 1, day: 1 }),
};

const serial = /^\d{2,7}(\.\d{1,16})?$/;

/** The local time, counted as if it were UTC, to the second that was meant; undefined when it is none. */
export const readSerialDate = (text: string, system: SerialSystem): Millis | undefined => {
  if (!serial.test(text)) return undefined;
  const number = Number(text);
  if (number < firstSure || number >= last + 1) return undefined;
  const seconds = Math.round((number * dayMs) / secondMs);
  return days[system] * dayMs + seconds * secondMs;
};
