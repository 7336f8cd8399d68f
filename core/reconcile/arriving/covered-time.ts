/** Which time an export covers, as its name or what was put beside it says; else its own lines do. */
import type { Millis } from "../../callback.ts";
import { dayMs } from "../../durations.ts";
import { Failure } from "../../failure.ts";
import { dayNumber } from "../../formats/civil-date.ts";
import { readLocalTime } from "../../formats/local-time.ts";
import { instantOf } from "../../formats/zone.ts";
import type { ZoneRef } from "../../values/zone-name.ts";

export interface CoveredTime {
  readonly from?: Millis;
  readonly asOf?: Millis;
}

export interface Month {
  readonly year: number;
  /** From 1. */
  readonly month: number;
}

/** `2026-10.csv`, `2026-10_charges.csv`, `2026-10/part-1.csv`: all of that month. `2026-10-31.csv` is a day, and says nothing. */
export const monthOfName = (name: string): Month | undefined => {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])(?![\d]|-\d)/.exec(name) ?? [];
  return year === undefined ? undefined : { year: Number(year), month: Number(month) };
};

export const monthAfter = ({ year, month }: Month): Month => (month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 });
export const monthBefore = ({ year, month }: Month): Month => (month === 1 ? { year: year - 1, month: 12 } : { year, month: month - 1 });
/** `2026-10`. */
export const monthText = ({ year, month }: Month): string => `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;

/** Its first moment, and that of the next: an export covers a month of its own zone (R-TIME-2). */
export const momentsOf = (month: Month, zone: ZoneRef): { readonly from: Millis; readonly asOf: Millis } => {
  const first = (one: Month): Millis => {
    const local = dayNumber({ ...one, day: 1 }) * dayMs;
    return typeof zone === "string" ? instantOf(local, zone) : local - zone.offset;
  };
  return { from: first(month), asOf: first(monthAfter(month)) };
};

/**
 * @param said what was put beside the file as metadata: `from` and `as-of`, as the flags of `holdfast reconcile`
 * @throws Failure where that is no time
 */
export const coveredTime = (name: string, said: Readonly<Record<string, string>>, zone: ZoneRef): CoveredTime => {
  const month = monthOfName(name);
  const read = (field: string): Millis | undefined => {
    const text = said[field];
    if (text === undefined) return undefined;
    const moment = momentIn(text, zone);
    if (moment === undefined)
      throw new Failure(
        `The metadata ${field} of ${name} is "${text}", which is no time: write a day (2026-11-01) or a moment (2026-11-01T00:00:00+09:00). Nothing was changed.`,
      );
    return moment;
  };
  const [from, asOf] = [read("from"), read("as-of")];
  return {
    ...(month && momentsOf(month, zone)),
    ...(from !== undefined && { from }),
    ...(asOf !== undefined && { asOf }),
  };
};

/** Of what was read as a time. */
const hasOffset = /:.*[Z+-]/;

const momentIn = (text: string, zone: ZoneRef): Millis | undefined => {
  if (typeof zone === "string") return readLocalTime(text, zone);
  const local = readLocalTime(text, "UTC");
  return local === undefined || hasOffset.test(text) ? local : local - zone.offset;
};
