/** Times as Japanese gateways write them: without a zone, and always in Japan's, which is nine hours ahead and knows no summer time. */
import type { Millis } from "../core/callback.ts";

/** `20261120153000`, `202611201530`, `2026/11/20 15:30:00.123`. A date alone is no moment and is not read. */
const moment = /^(\d{4})[/-]?(\d\d)[/-]?(\d\d)[ T]?(\d\d):?(\d\d)(?::?(\d\d)(?:\.(\d{1,3}))?)?$/;

const hoursAhead = 9;

/** The moment, or undefined when the text is none: a thirteenth month is an error, not January. */
export const japanTime = (text: string | undefined): Millis | undefined => {
  const match = moment.exec(text?.trim() ?? "");
  if (!match) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((digits) => Number(digits ?? 0));
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second, Number((match[7] ?? "").padEnd(3, "0"))));
  const isReal =
    local.getUTCMonth() === month - 1 &&
    local.getUTCDate() === day &&
    local.getUTCHours() === hour &&
    local.getUTCMinutes() === minute &&
    local.getUTCSeconds() === second;
  return isReal ? local.getTime() - hoursAhead * 3_600_000 : undefined;
};
