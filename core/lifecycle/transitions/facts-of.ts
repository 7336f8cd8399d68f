/** What a record takes along into its next state: each fact only where the table says so, so that none is kept by oversight. */
import type { Facts, Progress } from "../progress.ts";

/** Steps that leave facts behind. Every other one keeps all that last. */
export type Step = "replay" | "delivery" | "erasure";

/** All but what any next state forgets. */
type LastingFact = Exclude<keyof Facts, "turnsNotEnded">;

const allSteps = ["replay", "delivery", "erasure"] as const;

/** Through which steps a fact stays; the compiler asks here for one that is added. What others have said about a record never survives erasure. */
const staysThrough: Readonly<Record<LastingFact, readonly Step[]>> = {
  key: allSteps,
  at: allSteps,
  epoch: allSteps,
  revision: allSteps,
  attempts: allSteps,
  order: allSteps,
  source: allSteps,
  group: allSteps,
  contracts: allSteps,
  applied: allSteps,
  heardAt: allSteps,
  inLine: allSteps,
  acceptedBefore: ["replay"],
  accepted: ["replay", "erasure"],
  // A replay reads again, and a page that is left is forgotten by the step after the delivery.
  readSoFar: ["delivery"],
  // A replay holds nothing against it.
  suspect: ["delivery", "erasure"],
  replayed: allSteps,
  lacking: ["replay", "delivery"],
  types: allSteps,
  erasedAt: allSteps,
};

const lastingFacts = Object.keys(staysThrough) as readonly LastingFact[];

/** Nothing that belongs to the state it leaves, and of the facts what stays through the step. */
export const factsOf = (progress: Progress, step?: Step): Facts => {
  const kept = lastingFacts.filter((name) => progress[name] !== undefined && (step === undefined || staysThrough[name].includes(step)));
  return Object.fromEntries(kept.map((name) => [name, progress[name]])) as unknown as Facts;
};
