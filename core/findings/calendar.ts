/** Months and years as a contract counts them: always from its anchor, so that the 31st comes back after a shorter month (R-TIME-3). */

import type { Millis } from "../callback.ts";
import { dayMs } from "../durations.ts";
import type { Interval } from "../event.ts";
import { type CivilDate, dateOf, dayNumber, lastDayOf } from "../formats/civil-date.ts";
import { instantOf, offsetAt, type Zone } from "../formats/zone.ts";
import { onceFor, remembering } from "../lazy.ts";

const monthsOf: Readonly<Record<Interval, number>> = { month: 1, year: 12 };

/** Anchor and `count` intervals, at the anchor's local time of day. A day that the month does not have is its last. */
export const dueAt = (anchor: Millis, interval: Interval, count: number, zone: Zone): Millis => {
  const { year, month, day, ms } = localOf(anchor, zone);
  const months = year * 12 + (month - 1) + count * monthsOf[interval];
  const due = { year: Math.floor(months / 12), month: (months % 12) + 1 };
  return instantOf(dayNumber({ ...due, day: Math.min(day, lastDayOf(due)) }) * dayMs + ms, zone);
};

/** A gateway charges a little early or late; what comes further off counts from itself. */
const nearMs = 3 * dayMs;

/**
 * When the next renewal is due after those that happened at `moments`, sorted. Each counts from the first, as long as they come when they are
 * due; one that comes days late or early is a new anchor, so that nothing is expected sooner than an interval after it.
 * @param further so many renewals after the next one; `happened`: after the first so many of them, rather than all
 */
export const nextDue = (
  moments: readonly Millis[],
  interval: Interval,
  zone: Zone,
  { further = 0, happened = moments.length }: { readonly further?: number; readonly happened?: number } = {},
): Millis | undefined => {
  const last = anchorsOf(moments)[interval](zone)[happened - 1];
  return last && dueAt(last.anchor, interval, last.count + 1 + further, zone);
};

/** From which moment a renewal counts, and how many intervals after it that was. */
interface Anchored {
  readonly anchor: Millis;
  readonly count: number;
}

/** Worked out once: it is asked for with every payment of a contract, which can have thousands. */
const anchorsOf = onceFor((moments: readonly Millis[]) => {
  const every = (interval: Interval) => remembering((zone: Zone) => anchorsIn(moments, interval, zone));
  return { month: every("month"), year: every("year") };
});

const anchorsIn = (moments: readonly Millis[], interval: Interval, zone: Zone): readonly Anchored[] => {
  const all: Anchored[] = [];
  for (const moment of moments) {
    const { anchor } = all.at(-1) ?? { anchor: moment };
    const count = nearest(anchor, moment, interval, zone);
    all.push(count === undefined ? { anchor: moment, count: 0 } : { anchor, count });
  }
  return all;
};

/** Which of the anchor's due dates lies beside that moment. Months differ by less than half of one, however many there are. */
const nearest = (anchor: Millis, moment: Millis, interval: Interval, zone: Zone): number | undefined => {
  const count = Math.round((moment - anchor) / (monthsOf[interval] * averageMonthMs));
  return Math.abs(dueAt(anchor, interval, count, zone) - moment) <= nearMs ? count : undefined;
};

const averageMonthMs = (365.25 / 12) * dayMs;

/** The interval that the gaps between moments show, sorted; undefined when they show none. */
export const intervalOf = (moments: readonly Millis[]): Interval | undefined => {
  const [before, last] = moments.slice(-2);
  if (before === undefined || last === undefined) return undefined;
  const days = (last - before) / dayMs;
  if (days >= 26 && days <= 33) return "month";
  return days >= 360 && days <= 371 ? "year" : undefined;
};

const localOf = (instant: Millis, zone: Zone): CivilDate & { readonly ms: Millis } => {
  const local = instant + offsetAt(instant, zone);
  const day = Math.floor(local / dayMs);
  return { ...dateOf(day), ms: local - day * dayMs };
};
