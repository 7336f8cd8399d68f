/** Every story once for each point at which something can go wrong in it, and for each thing that can go wrong there. */
import type { Endpoints } from "../../support/aws/aws.ts";
import type { Violation } from "../invariants/invariants.ts";
import { type Kind, kindsAt, type Point } from "../run/kinds.ts";
import type { Story } from "../stories/story.ts";
import { tellOnce } from "../stories/tell.ts";
import { type Way, waysOf } from "./how.ts";

/** One thing that goes wrong, once, at one point. */
export interface Trial {
  readonly point: Point;
  readonly kind: Kind;
}

export interface Result extends Trial {
  readonly ways: readonly Way[];
  readonly violations: readonly Violation[];
}

/** Runs at a time: the emulators answer one while the other computes. */
const together = 4;

/** The shards of an index are read alike: what goes wrong at the first of them stands for all. */
const isOneOfItsKind = (point: Point): boolean => point.type !== "call" || point.call.shard === undefined || point.call.shard === "0";

/** All trials of a story, from a run in which nothing goes wrong. Throws when even that breaks an invariant. */
export const trialsOf = async (endpoints: Endpoints, story: Story) => {
  const { violations, usual } = await tellOnce({ endpoints, tell: story.tell, isThorough: true });
  if (violations.length > 0)
    throw new Error(`"${story.title}" breaks invariants without any fault: ${violations.map(({ what }) => what).join("; ")}`);
  const { trace, points } = usual;
  const trials = points.filter(isOneOfItsKind).flatMap((point) => kindsAt(point).map((kind): Trial => ({ point, kind })));
  return { trace, points, trials };
};

/** Of one story: its run without a fault, and everything that can go wrong in it. */
export type StoryTrials = Awaited<ReturnType<typeof trialsOf>>;

/** @param chosen of its trials, those to run. Results come in the same order. */
export const runTrials = async (
  endpoints: Endpoints,
  story: Story,
  { trace }: StoryTrials,
  chosen: readonly Trial[],
  onResult: (result: Result) => void = () => {},
): Promise<readonly Result[]> => {
  const results = new Map<Trial, Result>();
  const waiting = chosen.values();
  const worker = async (): Promise<void> => {
    for (const trial of waiting) {
      const { id } = trial.point;
      const told = await tellOnce({ endpoints, tell: story.tell, plan: (point) => (point.id === id ? trial.kind : undefined) });
      const result = { ...trial, ways: waysOf(told.trace, trace), violations: told.violations };
      results.set(trial, result);
      onResult(result);
    }
  };
  await Promise.all(Array.from({ length: together }, worker));
  return chosen.map((trial) => results.get(trial) as Result);
};
