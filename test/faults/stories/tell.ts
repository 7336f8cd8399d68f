/** A story told once, healed, and held against the invariants. */

import { sentenceOf } from "../../../core/lifecycle/cause-text.ts";
import { isIn } from "../../../core/lifecycle/progress.ts";
import { parseRecordKey } from "../../../core/record.ts";
import type { Endpoints } from "../../support/aws/aws.ts";
import { type Run, type Violation, violationsOf } from "../invariants/invariants.ts";
import { heal } from "../run/healing.ts";
import { createJobs } from "../run/jobs.ts";
import type { Kind, Point } from "../run/kinds.ts";
import type { Mutant } from "../run/mutant.ts";
import { createSimulation } from "../run/simulation.ts";
import type { Stores } from "../run/stores.ts";
import { all, type Trace } from "../run/trace.ts";
import { isMeaningless } from "../sent/callbacks.ts";
import type { Setting } from "./verbs.ts";

export interface Telling {
  readonly endpoints: Endpoints;
  readonly tell: (setting: Setting) => Promise<void>;
  readonly plan?: (point: Point) => Kind | undefined;
  readonly mutant?: Mutant;
  readonly choose?: (count: number) => number;
  /** Also replays what is dead, and then everything twice. */
  readonly isThorough?: boolean;
}

export interface Told {
  readonly points: readonly Point[];
  readonly trace: Trace;
  /** The same without replaying everything: what a run that is not thorough consists of. */
  readonly usual: Pick<Told, "points" | "trace">;
  readonly violations: readonly Violation[];
  /** Healed, and after the dead have been replayed. */
  readonly stores: Stores;
}

export const tellOnce = async ({ endpoints, tell, plan, mutant, choose, isThorough = false }: Telling): Promise<Told> => {
  const simulation = await createSimulation({ endpoints, ...(plan && { plan }), ...(mutant && { mutant }), ...(choose && { choose }) });
  try {
    const setting = { simulation, jobs: createJobs(simulation) };
    await tell(setting);
    const told = await healed(setting);
    const fixed = await afterFix(setting, told);
    const sofar = () => ({ points: [...simulation.points], trace: [...simulation.notebook.entries] });
    const usual = sofar();
    const isWorthIt = isThorough && fixed.violations.length === 0;
    const violations = isWorthIt ? await afterReplays(setting, fixed.run) : fixed.violations;
    return { ...sofar(), usual, violations, stores: await simulation.stores() };
  } finally {
    await simulation.close();
  }
};

const healed = async ({ simulation, jobs }: Setting): Promise<Run> => {
  const restless = await heal(simulation, jobs);
  return {
    callbacks: [...simulation.callbacks.values()],
    trace: simulation.notebook.entries,
    stores: await simulation.stores(),
    targets: new Map(
      Object.entries(simulation.config.sources).flatMap(([source, { target }]) => (target === undefined ? [] : [[source, target]])),
    ),
    restless,
    letters: simulation.letters(),
    ...(simulation.looks.on && { lookedAt: simulation.time.now }),
  };
};

interface Fixed {
  readonly run: Run;
  readonly violations: readonly Violation[];
}

/** The application, and what crashes consume, is fixed and the dead letters are replayed; only what is forged or cannot be parsed may be dead after that. */
const afterFix = async (setting: Setting, before: Run): Promise<Fixed> => {
  const violations = violationsOf(before);
  if (violations.length > 0) return { run: before, violations };
  const { simulation, jobs } = setting;
  simulation.application.behave(() => 200);
  simulation.deadly.clear();
  const dead = [...before.stores.progress.values()].filter(({ state }) => state === "dead").map(({ key }) => key);
  if (dead.length === 0) return { run: before, violations: [] };
  await simulation.run(jobs.replay(...dead));
  // A command that died is typed again.
  if (all(simulation.notebook.entries, "ended").findLast(({ of }) => of === "operator")?.how === "died")
    await simulation.run(jobs.replay(...dead));
  const run = await healed(setting);
  const hopeless = new Set(run.callbacks.filter((one) => isMeaningless(one) || one.nature === "forged").map(({ sha256 }) => sha256));
  const destroyed = new Set(all(run.trace, "accident").flatMap(({ record, what }) => (what === "progress altered" ? [] : [record])));
  const curable = new Set(
    run.stores.records.filter(({ key, sha256 }) => !hopeless.has(sha256) && !destroyed.has(key)).map(({ key }) => key),
  );
  const stillDead = [...run.stores.progress.values()].filter((one) => isIn(one, ["dead"])).filter(({ key }) => curable.has(key));
  return {
    run,
    violations: [
      ...violationsOf(run),
      ...stillDead.map(({ key, cause }) => ({
        invariant: "I2 every record ends, or waits where a person sees why" as const,
        what: `${key} is dead again after a replay to an application that takes everything: ${sentenceOf(cause)}`,
      })),
    ],
  };
};

/** Everything is replayed, twice. */
const afterReplays = async (setting: Setting, run: Run): Promise<readonly Violation[]> => {
  const { simulation, jobs } = setting;
  const keys = run.stores.records.flatMap(({ key, sort }) => (sort === "record" ? [parseRecordKey(key)] : []));
  for (let time = 0; time < 2; time++) {
    await simulation.run(jobs.replay(...keys));
    await healed(setting);
  }
  const again = await healed(setting);
  return violationsOf({ ...again, stores: run.stores, letters: run.letters, replayed: again.stores });
};
