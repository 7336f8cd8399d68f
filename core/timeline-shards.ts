/**
 * Over how many shards the records' timeline is spread, and was: a day that was written with another number stays readable. Too many
 * shards read cost a query each; one too few hides records from the audit and from lists. So every doubt is read as the larger number:
 * a change takes effect at some moment of a day, and the functions of one deployment are not replaced in the same second.
 */
import type { Millis } from "./callback.ts";
import { dayMs } from "./durations.ts";
import { readTime } from "./formats/iso-time.ts";

export interface ShardSpan {
  readonly shards: number;
  readonly from: Millis;
  /** Absent: still so. */
  readonly to?: Millis;
}

/** In order; the last one has no end. */
export type ShardHistory = readonly ShardSpan[];

/** What days were written with before the number could be chosen; the least that can be. */
export const fewestShards = 8;
export const mostShards = 512;

/** So long before and after its time a number may have been written with: clocks that are off, functions that are replaced late. */
const marginMs = dayMs;

/** How many shards of that day are to be read. `configured` is what the reader was deployed with: the history may not know of it yet. */
export const shardsOn = (history: ShardHistory, configured: number, day: string): number => {
  const begins = readTime(`${day}T00:00:00Z`) ?? 0;
  const ofDay = history.filter(({ from, to = Infinity }) => from - marginMs < begins + dayMs && to + marginMs > begins);
  const isNoted = history.at(-1)?.shards === configured;
  return Math.max(fewestShards, ...ofDay.map(({ shards }) => shards), ...(isNoted ? [] : [configured]));
};

/** The history with that number from now on; undefined when it says so already. */
export const noteShards = (history: ShardHistory, shards: number, now: Millis): ShardHistory | undefined => {
  const last = history.at(-1);
  if (last?.shards === shards) return undefined;
  const ended = last ? [...history.slice(0, -1), { ...last, to: now }] : [];
  return [...ended, { shards, from: now }];
};

/** Whether that number is larger than what was read until now: records may have been written where nobody has looked yet. */
export const isRaised = (history: ShardHistory, shards: number): boolean => shards > (history.at(-1)?.shards ?? fewestShards);
