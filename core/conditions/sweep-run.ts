/** What the sweep writes down about a run, given what it wrote about the one before. */
import type { Millis } from "../callback.ts";
import type { SweepRun } from "./sight.ts";

export const nextRun = (
  before: SweepRun | undefined,
  { at, failed, spilled }: { readonly at: Millis; readonly failed: readonly string[]; readonly spilled?: SweepRun["spilled"] | undefined },
): SweepRun => {
  // What could not be counted this time is as it was.
  const waiting = spilled ?? before?.spilled;
  return {
    at,
    failed,
    ...(failed.length > 0 && { failingSince: before?.failingSince ?? at }),
    ...(waiting && { spilled: waiting }),
    ...(waiting && waiting.queue + waiting.bucket > 0 && { spilledSince: before?.spilledSince ?? at }),
  };
};
