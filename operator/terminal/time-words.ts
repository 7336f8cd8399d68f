/** Times and durations as people type and read them. Everything is UTC, so that what is shown can be typed in again. */
import type { Millis } from "../../core/callback.ts";
import { isoTime, readTime } from "../../core/formats/iso-time.ts";

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `90s`, `15m`, `36h`, `31d`, `1w`, or as ISO 8601 has it: `P31D`, `PT36H`, `P1DT12H`. Undefined for anything else. */
export const readSpan = (text: string): Millis | undefined => {
  const typed = /^(\d{1,6})([smhdw])$/.exec(text.trim());
  if (typed) return Number(typed[1]) * (unitMs[typed[2] ?? ""] ?? 0);
  const iso = /^P(?=.)(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/.exec(text.trim());
  return iso?.slice(1).reduce((sum, count, place) => sum + Number(count ?? 0) * (unitMs["wdhms"[place] ?? ""] ?? 0), 0);
};

/** An ISO 8601 day or time, without a zone UTC. */
export const readIsoMoment = (text: string): Millis | undefined => {
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/.exec(text.trim());
  return iso ? readTime(`${iso[1]}T${iso[2] ?? "00:00"}${iso[3] ?? "Z"}`) : undefined;
};

/** `2026-11-20T12:00:00Z` */
export const momentText = (moment: Millis): string => isoTime(moment).replace(/\.\d+Z$/, "Z");

/** "40 s", "12 min", "3 h 20 min", "5 d 4 h". Never negative: clocks differ. */
export const spanText = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3_600), Math.floor(seconds / 86_400)];
  if (minutes < 1) return `${seconds} s`;
  if (hours < 1) return `${minutes} min`;
  if (days < 1) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`;
};

/** "2026-11-20T12:00:00Z (12 min ago)", or "(in 12 min)". */
export const momentWithAge = (moment: Millis, now: Millis): string =>
  `${momentText(moment)} (${moment > now ? `in ${spanText(moment - now)}` : `${spanText(now - moment)} ago`})`;
