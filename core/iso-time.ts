/** Moments as text. The only file of core that touches `Date`, and only to convert: none here asks what time it is. */
import type { Millis } from "./callback.ts";

/** `2026-11-20T12:00:00.000Z` */
export const isoTime = (moment: Millis): string => new Date(moment).toISOString();

/** The UTC day, `2026-11-20`. */
export const dayOf = (moment: Millis): string => isoTime(moment).slice(0, 10);

/** The moment of an ISO 8601 or HTTP date; undefined when it is neither. */
export const readTime = (text: string): Millis | undefined => {
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : moment;
};
