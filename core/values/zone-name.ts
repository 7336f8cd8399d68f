/** What a file calls a time zone. Only what means one thing is understood: `CST` is three zones, and it cannot be decided which is meant. */
import type { Millis } from "../callback.ts";
import { hourMs, minuteMs } from "../durations.ts";
import { instantOf, isZone, offsetAt, type Zone } from "../formats/zone.ts";

/** An IANA zone, or clocks that are always as far ahead of UTC. */
export type ZoneRef = Zone | { readonly offset: Millis };

/** Hours ahead of UTC. Left out are those that several countries use for different times: BST, CDT, CST, EST, IST, MST, PST ... */
const unambiguous: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  JST: 9,
  KST: 9,
  HKT: 8,
  WET: 0,
  WEST: 1,
  CET: 1,
  CEST: 2,
  EET: 2,
  EEST: 3,
  EDT: -4,
  MDT: -6,
  PDT: -7,
  AEST: 10,
  AEDT: 11,
  NZST: 12,
  NZDT: 13,
};

const offsetForm = /^(?:UTC|GMT)?\s?([+-])(\d{1,2})(?::?(\d{2}))?$/i;

/** @param stated what its kind or an operator says that names mean, which comes first */
export const zoneNamed = (name: string, stated: Readonly<Record<string, string>> = {}): ZoneRef | undefined => {
  const meant = Object.hasOwn(stated, name) ? (stated[name] as string) : name;
  if (isZone(meant)) return meant;
  const upper = meant.toUpperCase();
  if (Object.hasOwn(unambiguous, upper)) return { offset: (unambiguous[upper] as number) * hourMs };
  const [, sign, hours, minutes = 0] = offsetForm.exec(meant) ?? [];
  if (hours === undefined || Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return { offset: (sign === "-" ? -1 : 1) * (Number(hours) * hourMs + Number(minutes) * minuteMs) };
};

/**
 * The moment at which clocks there show that time; of one that they show twice always the same, undefined for one that they leave out. Asking `Intl`
 * takes microseconds; most lines of a file lie in hours that were asked for before.
 */
export const clockOf = (zone: ZoneRef): ((local: Millis) => Millis | undefined) => {
  if (typeof zone !== "string") return (local) => local - zone.offset;
  const known = new Map<number, Millis | undefined>();
  return (local) => {
    const quarter = Math.floor(local / (15 * minuteMs));
    if (!known.has(quarter)) known.set(quarter, offsetFor(quarter * 15 * minuteMs, zone));
    const offset = known.get(quarter);
    return offset === undefined ? undefined : local - offset;
  };
};

const offsetFor = (local: Millis, zone: Zone): Millis | undefined => {
  const instant = instantOf(local, zone);
  return instant + offsetAt(instant, zone) === local ? local - instant : undefined;
};
