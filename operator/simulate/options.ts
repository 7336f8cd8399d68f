/** The options of `holdfast simulate`, and the parsing of those that need it. */
import { dayMs } from "../../core/durations.ts";
import { Failure } from "../../core/failure.ts";
import { readTime } from "../../core/formats/iso-time.ts";
import { defaultStart } from "../../simulator/callbacks.ts";
import { type Fault, faultKinds, isFault } from "../../simulator/faults.ts";
import { findStory } from "../../simulator/stories.ts";

export interface SimulateOptions {
  /** @default life */
  readonly story?: string;
  readonly url?: string;
  /** First attempts a second. @default 5 */
  readonly rate?: number;
  /** How many lives in parallel. @default 1 */
  readonly count?: number;
  /** Separated by commas. */
  readonly faults?: string;
  /** @default a different one each time */
  readonly seed?: string;
  /** When the story begins: a date, or an ISO time. @default today, so long ago that it ends now; with a seed 2026-01-05 */
  readonly start?: string;
  /** How many gateway seconds pass per real second between two attempts. @default its whole schedule in ten seconds */
  readonly compress?: number;
  readonly secret?: readonly string[];
  /** `name=value` */
  readonly option?: readonly string[];
  readonly iOwn?: readonly string[];
  readonly contract?: string;
  readonly list?: boolean;
  /** Where the local stack runs. @default the current directory */
  readonly directory?: string;
}

/** @throws Failure for an unknown fault */
export const faultsIn = (text = ""): readonly Fault[] =>
  text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .map((one) => {
      if (isFault(one)) return one;
      throw new Failure(`There is no fault "${one}". There are: ${faultKinds.join(", ")}.`);
    });

/** @throws Failure for what is not `name=value` */
export const optionsIn = (given: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    given.map((text) => {
      const sign = text.indexOf("=");
      if (sign < 1) throw new Failure(`"${text}" is not an option: write name=value.`);
      return [text.slice(0, sign), text.slice(sign + 1)];
    }),
  );

const longestStoryMs = 366 * dayMs;

/**
 * With a seed the same story as before; without one, a story that ends about now.
 * @throws Failure for a start that is not a time
 */
export const startIn = ({ start, seed, story = "life" }: SimulateOptions, now: number): number => {
  if (start !== undefined) {
    const moment = readTime(start.length === 10 ? `${start}T00:00:00Z` : start);
    if (moment === undefined) throw new Failure(`--start is "${start}": write a date (2026-01-05) or an ISO time with its zone.`);
    return moment;
  }
  if (seed !== undefined) return defaultStart;
  const days = Math.max(0, ...(findStory(story)?.steps ?? []).map(({ day, sentOnDay = day }) => sentOnDay));
  const today = Math.floor(now / dayMs) * dayMs;
  return today - Math.min((days + 1) * dayMs, longestStoryMs);
};
