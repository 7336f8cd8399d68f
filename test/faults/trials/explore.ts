/** Random stories until one breaks an invariant, or enough of them have not. */
import fc from "fast-check";
import type { Endpoints } from "../../support/aws/aws.ts";
import type { Violation } from "../invariants/invariants.ts";
import type { Mutant } from "../run/mutant.ts";
import { describeStory } from "../stories/describe-story.ts";
import { describeTrace } from "../stories/describe-trace.ts";
import { randomStory } from "../stories/random-story.ts";
import { tellRandom } from "../stories/tell-random.ts";

export interface Exploration {
  readonly endpoints: Endpoints;
  readonly seed: number;
  readonly runs: number;
  /** Straight to one story, and on from there. */
  readonly path?: string;
  readonly mutant?: Mutant;
  /** No new story is begun after that. */
  readonly milliseconds?: number;
  readonly onStory?: () => void;
}

export type Explored =
  | { readonly kind: "passed"; readonly runs: number }
  | {
      readonly kind: "failed";
      readonly runs: number;
      readonly seed: number;
      readonly path: string;
      readonly story: string;
      readonly violations: readonly Violation[];
      readonly trace: string;
    };

/** Shrinking stops after that: a story that is short enough today is worth more than the shortest one tomorrow. */
const shrinkMs = 120_000;

export const explore = async ({ endpoints, seed, runs, path, mutant, milliseconds, onStory }: Exploration): Promise<Explored> => {
  const began = performance.now();
  let failedAt: number | undefined;
  const isOver = () => {
    const now = performance.now();
    if (failedAt !== undefined) return now - failedAt > shrinkMs;
    return milliseconds !== undefined && now - began > milliseconds;
  };
  const property = fc.asyncProperty(randomStory, async (story) => {
    fc.pre(!isOver());
    const { violations } = await tellRandom(endpoints, story, mutant);
    onStory?.();
    if (violations.length === 0) return;
    failedAt ??= performance.now();
    throw new Error(violations[0]?.what);
  });
  const checked = await fc.check(property, {
    seed,
    numRuns: runs,
    ...(path !== undefined && { path }),
    ...(milliseconds !== undefined && { interruptAfterTimeLimit: milliseconds }),
    maxSkipsPerRun: 1_000_000,
  });
  const [story] = checked.counterexample ?? [];
  if (!checked.failed || !story) return { kind: "passed", runs: checked.numRuns };
  const told = await tellRandom(endpoints, story, mutant);
  return {
    kind: "failed",
    runs: checked.numRuns,
    seed,
    path: checked.counterexamplePath ?? "",
    story: describeStory(story, told.trace),
    violations: told.violations,
    trace: describeTrace(told.trace),
  };
};
