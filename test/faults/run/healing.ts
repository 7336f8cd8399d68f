/** After the trouble: the gateway sends again what was not acknowledged, time passes, the sweep and the release run every so often, until all is quiet. */
import type { Jobs } from "./jobs.ts";
import type { Simulation } from "./simulation.ts";
import { all } from "./trace.ts";
import { mismatchedLetters, unsettled } from "./unsettled.ts";

const minute = 60_000;
/**
 * Time that passes before each sweep. The long ones are for what only the audit's second look, after a day, can find; the last for a doorbell that
 * has to be handed out nine times, six minutes apart, until its record is known to crash consume.
 */
const waits = [1, 1, 2, 5, 10, 30, 60, 60, 360, 1_500, 1_500, ...Array.from({ length: 12 }, () => 6)].map((minutes) => minutes * minute);

/** More rounds than any story needs; without a bound a message that comes again for ever would never let us end. */
const mostRounds = 60;

export const relayAll = async (simulation: Simulation, jobs: Jobs): Promise<void> => {
  for (let round = 0, job = await jobs.relay(); job && round < mostRounds; round++, job = await jobs.relay()) await simulation.run(job);
};

export const consumeAll = async (simulation: Simulation, jobs: Jobs): Promise<void> => {
  for (let round = 0, job = jobs.consume(); job && round < mostRounds; round++, job = jobs.consume()) await simulation.run(job);
};

export const recoverAll = async (simulation: Simulation, jobs: Jobs): Promise<void> => {
  for (let round = 0, job = jobs.recover(); job && round < mostRounds; round++, job = jobs.recover()) await simulation.run(job);
};

/** Returns what has not become quiet in the end: nothing, when all is well. */
export const heal = async (simulation: Simulation, jobs: Jobs): Promise<readonly string[]> => {
  for (const wait of waits) {
    for (const callback of jobs.unanswered()) await simulation.run(jobs.receive(callback));
    await recoverAll(simulation, jobs);
    await relayAll(simulation, jobs);
    await consumeAll(simulation, jobs);
    if ((await restless(simulation, jobs)).length === 0) return [];
    jobs.pass(wait);
    await simulation.run(jobs.sweep());
    await simulation.run(jobs.release());
  }
  return restless(simulation, jobs);
};

const restless = async (simulation: Simulation, jobs: Jobs): Promise<readonly string[]> => {
  const left: string[] = [];
  if (!(await jobs.isIdle())) left.push("something is still on its way: in the stream, in a queue, or at the gateway");
  for (const repeated of ["sweep", "release"] as const) {
    const last = all(simulation.notebook.entries, "ended").findLast(({ of }) => of === repeated);
    if (last && last.how !== "done") left.push(`the last ${repeated} has failed`);
  }
  // Looking into the tables costs most, and says nothing new while something is on its way.
  if (left.length > 0) return left;
  const stores = await simulation.stores();
  return [...unsettled(stores), ...mismatchedLetters(stores, simulation.letters())];
};
