/** The process in which tests run, again and again; `trials.ts` starts it, and ends it when a mutant never does. */
import fc from "fast-check";
import { type Range, unreachedBy } from "./coverage.ts";
import { load, mutate, trialUrl } from "./modules.ts";
import { leaveOut, runTests, tooSlowIn } from "./suite.ts";
import { provide } from "./vitest.ts";

export interface Job {
  readonly file: string;
  readonly text: string;
  readonly dependents: readonly string[];
  readonly tests: readonly string[];
  /** The files of which to measure what each test does not reach; all of them among the dependents. */
  readonly measures: readonly string[];
  /** Names: the rows of a test's table that begin with one of them are not run. */
  readonly leftOut: readonly string[];
  /** The tests that take too long to be run for every mutant, by their place. */
  readonly tooSlow: readonly string[];
}

export interface Measurement {
  readonly milliseconds: number;
  readonly tooSlow: readonly string[];
  /** Of each file. */
  readonly unreached: Readonly<Record<string, readonly Range[]>>;
}

export interface Result {
  /** The first test file that failed, and why. */
  readonly failed?: { readonly test: string; readonly why: string };
  /** Of each test file, when asked to measure. */
  readonly measured: Readonly<Record<string, Measurement>>;
  readonly heap: number;
}

/** Said before each test file. */
export interface Begun {
  readonly begun: string;
}

export interface Setup {
  readonly seed: number;
  readonly provided: Readonly<Record<string, unknown>>;
}

/** What fails outside of any test: Vitest counts it, and so do we. */
let stray: unknown;
process.on("unhandledRejection", (error) => {
  stray = error ?? new Error("rejected");
});

const run = async ({ file, text, dependents, tests, measures, leftOut, tooSlow }: Job): Promise<Result> => {
  const measured: Record<string, Measurement> = {};
  const result = (failed?: Result["failed"]): Result => ({ ...(failed && { failed }), measured, heap: process.memoryUsage().heapUsed });
  leaveOut(leftOut, tooSlow);
  for (const test of tests) {
    stray = undefined;
    process.send?.({ begun: test } satisfies Begun);
    const begun = performance.now();
    const runFile = async (): Promise<void> => {
      mutate(file, text, dependents);
      await runTests(test, () => load(test));
      if (stray) throw stray;
    };
    try {
      const unreached = measures.length > 0 ? await unreachedBy(measures, trialUrl, runFile) : await runFile();
      if (unreached) measured[test] = { milliseconds: performance.now() - begun, tooSlow: tooSlowIn(test), unreached };
    } catch (error) {
      return result({ test, why: error instanceof Error ? error.message : String(error) });
    }
  }
  return result();
};

process.on("message", async (message: Job | Setup) => {
  if ("seed" in message) {
    // A mutant that survives goes through every property: what a second of one has not found, another mutant will not wait for.
    fc.configureGlobal({ seed: message.seed, interruptAfterTimeLimit: 1_000 });
    provide(message.provided);
    return;
  }
  process.send?.(await run(message));
});
process.on("disconnect", () => process.exit());
