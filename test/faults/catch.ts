/** Whether a breakage is found out where it is said to be, and only because the product is broken. */
import type { Endpoints } from "../support/aws.ts";
import type { Violation } from "./invariants.ts";
import { intact } from "./mutant.ts";
import type { Breakage } from "./mutants.ts";
import { findStory } from "./stories.ts";
import { tellOnce } from "./tell.ts";

export interface Caught {
  /** By the invariant that was named for it, and not without the breakage. */
  readonly isCaught: boolean;
  readonly violations: readonly Violation[];
  /** What the same run of the product as it is violates: nothing, or the catch proves nothing. */
  readonly intact: readonly Violation[];
}

export const catchBreakage = async (endpoints: Endpoints, breakage: Breakage): Promise<Caught> => {
  const { fault, story } = breakage;
  let hits = 0;
  const tell = async (mutant: Breakage["mutant"]): Promise<readonly Violation[]> => {
    const told = await tellOnce({
      endpoints,
      tell: findStory(story).tell,
      plan: ({ id }) => (id === fault?.at ? fault.kind : undefined),
      mutant,
      isThorough: true,
    });
    if (told.points.some(({ id }) => id === fault?.at)) hits++;
    return told.violations;
  };
  const [violations, without] = [await tell(breakage.mutant), await tell(intact)];
  if (fault && hits === 0) throw new Error(`"${story}" has no "${fault.at}" any more`);
  return {
    isCaught: without.length === 0 && violations.some(({ invariant }) => invariant === breakage.by),
    violations,
    intact: without,
  };
};
