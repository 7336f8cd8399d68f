/** Running a target over its kept cases and over drawn ones. */
import fc from "fast-check";
import type { Case } from "./case.ts";
import { keptCases } from "./corpus.ts";
import { mutated } from "./mutate.ts";
import { Finding } from "./oracle.ts";
import type { Target } from "./target.ts";

export interface Failure {
  readonly target: string;
  /** Made as small as it can be and still fail. */
  readonly input: Case;
  readonly why: string;
}

/** Processor time for one input; ordinary ones take a millisecond or two. */
const longestSeconds = 5;

/** The check, which also fails when it takes a thousand times as long as it should. Not by the clock: others may be using the machine. */
const bounded =
  ({ check }: Target) =>
  (input: Case): void => {
    const before = process.cpuUsage();
    check(input);
    const { user, system } = process.cpuUsage(before);
    if (user + system > longestSeconds * 1e6) throw new Finding(`it took ${Math.round((user + system) / 1e6)} s`);
  };

const whyOf = (error: unknown): string =>
  error instanceof Finding ? error.message : error instanceof Error ? (error.stack ?? "") : String(error);

/** What the case fails with; undefined when it does not. */
export const checkCase = (target: Target, input: Case): Failure | undefined => {
  try {
    bounded(target)(input);
    return undefined;
  } catch (error) {
    return { target: target.name, input, why: whyOf(error) };
  }
};

export const checkKept = (target: Target): readonly (Failure & { readonly file: string })[] =>
  keptCases(...target.folders).flatMap(({ name, input }) => {
    const failure = checkCase(target, input);
    return failure ? [{ ...failure, file: name }] : [];
  });

/** The first failure among so many drawn inputs, made small. The same seed draws the same ones. */
export const explore = (target: Target, { seed, runs }: { readonly seed: number; readonly runs: number }): Failure | undefined => {
  const kept = keptCases(...target.folders).map(({ input }) => input);
  const property = fc.property(mutated([...target.seeds, ...kept]), bounded(target));
  const { failed, counterexample, errorInstance } = fc.check(property, { seed, numRuns: runs });
  const input = counterexample?.[0];
  return failed && input ? { target: target.name, input, why: whyOf(errorInstance) } : undefined;
};
