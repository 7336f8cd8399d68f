/** Local time in a zone, and back. The one place that asks `Intl` for a zone's clocks. */
import type { Millis } from "../callback.ts";
import { dayMs, hourMs, minuteMs, secondMs } from "../durations.ts";
import { remembering } from "../lazy.ts";
import { dayNumber } from "./civil-date.ts";

/** An IANA time zone: `Asia/Tokyo`, `UTC`. */
export type Zone = string;

const parts = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" } as const;

const formatOf = remembering((zone: Zone) => new Intl.DateTimeFormat("en-US", { timeZone: zone, hourCycle: "h23", ...parts }));

/** How far the zone's clocks are ahead of UTC then. */
export const offsetAt = (instant: Millis, zone: Zone): Millis => {
  if (zone === "UTC") return 0;
  const found = Object.fromEntries(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year, month, day, hour, minute, second } = found as Readonly<Record<keyof typeof parts, number>>;
  const local = dayNumber({ year, month, day }) * dayMs + hour * hourMs + minute * minuteMs + second * secondMs;
  return local - Math.floor(instant / secondMs) * secondMs;
};

/**
 * The moment at which the zone's clocks show that time, counted as if it were UTC. The offset is that of the moment itself, also on the day on
 * which clocks are changed; of a time that they show twice it is one of the two, and always the same. One that they leave out is as much later as
 * they are put forward: where that is at midnight, a day's first moment is not the day before.
 */
export const instantOf = (local: Millis, zone: Zone): Millis => {
  const guess = local - offsetAt(local, zone);
  const instant = local - offsetAt(guess, zone);
  return instant + offsetAt(instant, zone) === local ? instant : Math.max(guess, instant);
};

/** Whether there is such a zone. Abbreviations are none, though some systems know them: `EST` is a zone of two continents. */
export const isZone = (name: string): boolean => {
  if (name !== "UTC" && !name.includes("/")) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
};
