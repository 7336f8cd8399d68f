/** What a record takes along into its next state: each fact only where the table says so, so that none is kept by oversight. */
import type { Facts, Progress } from "../progress.ts";

/** The transitions that leave facts behind. The others keep every one that lasts. */
export type Shedding = "replay" | "delivery" | "erasure";

/** All but what any next state forgets. */
type LastingFact = Exclude<keyof Facts, "turnsNotEnded">;

const all = ["replay", "delivery", "erasure"] as const;

/**
 * Which of these a fact stays through; the compiler asks here for one that is added, and takes a fact that no record may lack only where it
 * stays through all. What others have said about a record never survives erasure.
 */
const staysThrough: { readonly [Name in LastingFact]: undefined extends Facts[Name] ? readonly Shedding[] : typeof all } = {
  key: all,
  at: all,
  epoch: all,
  revision: all,
  attempts: all,
  order: all,
  source: all,
  group: all,
  contracts: all,
  applied: all,
  heardAt: all,
  inLine: all,
  acceptedBefore: ["replay"],
  accepted: ["replay", "erasure"],
  // A replay reads again. A delivery keeps it, so that settling can remove the pages.
  readSoFar: ["delivery"],
  // A replay holds nothing against it.
  suspect: ["delivery", "erasure"],
  replayed: all,
  lacking: ["replay", "delivery"],
  types: all,
  erasedAt: all,
};

const lastingFacts = Object.keys(staysThrough) as readonly LastingFact[];

/** Nothing that belongs to the state it leaves, and of the facts what stays. */
export const factsOf = (progress: Progress, by?: Shedding): Facts => {
  const kept = lastingFacts.filter((name) => progress[name] !== undefined && (by === undefined || staysThrough[name].includes(by)));
  // By the table's type: a fact that no record may lack is always among them.
  return Object.fromEntries(kept.map((name) => [name, progress[name]])) as unknown as Facts;
};
