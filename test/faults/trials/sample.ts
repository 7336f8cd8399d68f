/** A part of the single faults in which none of their kinds is missing: all of them, over all stories, take hours. */
import { type Random, shuffled } from "../../../simulator/random.ts";
import type { StoryTrials, Trial } from "./exhaustive.ts";

/** A call's name without its number: those of one name are alike. */
export const nameOf = (id: string): string => id.replace(/( \[shard \d+\])? #\d+$/, "");

/**
 * Of each fault at the calls of one name no more than `each`, whichever stories they are in.
 * @returns by the story's title, in the order of the story
 */
export const sampled = (
  found: ReadonlyMap<string, Pick<StoryTrials, "trials">>,
  each: number,
  random: Random,
): ReadonlyMap<string, readonly Trial[]> => {
  const all = [...found.values()].flatMap(({ trials }) => trials);
  const alike = Map.groupBy(all, ({ point, kind }) => `${nameOf(point.id)} | ${kind}`);
  const chosen = new Set([...alike.values()].flatMap((some) => shuffled(random, some).slice(0, each)));
  return new Map([...found].map(([title, { trials }]) => [title, trials.filter((trial) => chosen.has(trial))]));
};
