/** Keeps account of how many shards the timeline is written with, for everybody who reads it. */
import { hourMs } from "../../../core/durations.ts";
import { isRaised, noteShards, shardsOn } from "../../../core/timeline-shards.ts";
import type { SweepDependencies } from "./dependencies.ts";

/** The functions of one deployment are replaced within this time. */
const rolloutMs = hourMs;

/**
 * How many shards of a day there are to look at. When this deployment writes with more of them than the last, another function may have
 * done so before this one was replaced: what these looks have gone past by then is looked at again, and only then is the change noted.
 */
export const noteTimelineShards = async (
  { config, checkpoints, timelineShards, clock }: SweepDependencies,
  looks: readonly string[],
): Promise<(day: string) => number> => {
  const shards = config.capacity.timelineShards;
  const known = await timelineShards.read();
  const next = noteShards(known, shards, clock());
  if (next) {
    if (isRaised(known, shards))
      for (const look of looks) {
        const reached = await checkpoints.read(look);
        if (reached !== undefined) await checkpoints.write(look, reached - rolloutMs);
      }
    await timelineShards.write(next, known);
  }
  return (day) => shardsOn(next ?? known, shards, day);
};
