/** Moments as text. The only file of core that touches `Date`, and only to convert: nothing here asks for the current time. */
import type { Millis } from "../callback.ts";

/** `2026-11-20T12:00:00.000Z` */
export const isoTime = (moment: Millis): string => new Date(moment).toISOString();

/** The UTC day, `2026-11-20`. */
export const dayOf = (moment: Millis): string => isoTime(moment).slice(0, 10);

/** Whether there is such a moment; no text can name any other. */
export const isMoment = (moment: Millis): boolean => Math.abs(moment) <= 8_640_000_000_000_000;

/** With its zone: without one the machine's own would be assumed. */
const isoForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;
/** RFC 9110: the form that is sent today, and the two obsolete ones. The last of them means UTC without saying so. */
const httpForm = /^[A-Z][a-z]{2,8}, \d\d[ -][A-Z][a-z]{2}[ -](\d{4}|\d\d) \d\d:\d\d:\d\d GMT$/;
const oldestHttpForm = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/;

/** The moment of an ISO 8601 text with a zone or of an HTTP date; undefined when it is neither. `Date.parse` alone reads a date into "try 1". */
export const readTime = (text: string): Millis | undefined => {
  const isOldest = oldestHttpForm.test(text);
  if (!isOldest && !isoForm.test(text) && !httpForm.test(text)) return undefined;
  const moment = Date.parse(isOldest ? `${text} GMT` : text);
  return Number.isNaN(moment) ? undefined : moment;
};

/**
 * The moment of an ISO 8601 text with a zone, for what is read strictly. `Date.parse` takes 30 February for 2 March; here it is no moment.
 */
export const readIsoTime = (text: string): Millis | undefined => {
  if (!isoForm.test(text)) return undefined;
  const moment = Date.parse(text);
  const day = text.slice(0, 10);
  return Number.isNaN(moment) || dayOf(Date.parse(day)) !== day ? undefined : moment;
};
