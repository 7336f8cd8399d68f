/** Whether a breakage is found out where it is said to be, and only because the product is broken. */
import type { Endpoints } from "../../support/aws/aws.ts";
import type { InvariantName, Violation } from "../invariants/invariants.ts";
import { intact } from "../run/mutant.ts";
import { findStory } from "../stories/stories.ts";
import { tellOnce } from "../stories/tell.ts";
import type { Breakage } from "./mutants.ts";

export interface Caught {
  /** By the invariant that was named for it, and not without the breakage. */
  readonly isCaught: boolean;
  readonly violations: readonly Violation[];
  /** What the same run of the product as it is violates: nothing, or the catch proves nothing. */
  readonly intact: readonly Violation[];
}

/** The others are broken before everything is replayed, or not at all. */
const needsReplays: InvariantName = "I6 replaying everything twice changes nothing";

type Violations = Promise<readonly Violation[]>;

/**
 * Tells the product as it is once for each story and fault, however many breakages are caught there.
 * @param isKnownIntact of which breakages' stories and faults it is shown elsewhere that the product as it is survives them
 */
export const createCatcher = (
  endpoints: Endpoints,
  isKnownIntact: (breakage: Breakage) => boolean = () => false,
): ((breakage: Breakage) => Promise<Caught>) => {
  const known = new Map<string, Violations>();

  const tell = async ({ story, fault, by }: Breakage, mutant: Breakage["mutant"]): Violations => {
    const plan = ({ id }: { readonly id: string }) => (id === fault?.at ? fault.kind : undefined);
    return (await tellOnce({ endpoints, tell: findStory(story).tell, plan, mutant, isThorough: by === needsReplays })).violations;
  };
  const withoutIt = async (breakage: Breakage): Violations => {
    if (isKnownIntact(breakage)) return [];
    const name = JSON.stringify([breakage.story, breakage.fault, breakage.by === needsReplays]);
    const violations = known.get(name) ?? tell(breakage, intact);
    known.set(name, violations);
    return violations;
  };

  return async (breakage) => {
    const [violations, without] = [await tell(breakage, breakage.mutant), await withoutIt(breakage)];
    const isCaught = without.length === 0 && violations.some(({ invariant }) => invariant === breakage.by);
    return { isCaught, violations, intact: without };
  };
};
