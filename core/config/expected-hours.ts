/** The hours of the day, in UTC, in which a source's callbacks are expected: `00-13`, or over midnight `22-06`. */
import type { Millis } from "../callback.ts";
import { hourMs } from "../durations.ts";

export const hoursFormat = /^([01]\d|2[0-3])-([01]\d|2[0-4])$/;

/** Without hours: always. */
export const inHours = (hours: string | undefined, now: Millis): boolean => {
  if (hours === undefined) return true;
  const [from = 0, to = 24] = hours.split("-").map(Number);
  const hour = Math.floor(now / hourMs) % 24;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
};
