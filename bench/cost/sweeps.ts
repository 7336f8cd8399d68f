/** What the sweep asks of AWS: when there is nothing to do, and for each callback that its audit looks at. */
import { median } from "../statistics.ts";
import type { CostStage } from "./cost-stage.ts";
import { each, follow } from "./follow.ts";
import { newContracts } from "./payload.ts";
import { type Meter, sum } from "./units.ts";

/** Of the sweep: per callback, and of a run in which there is nothing to do. */
export interface Audited {
  readonly readPerCallback: number;
  readonly cpuMsPerCallback: number;
  readonly idle: {
    readonly cpuMs: number;
    readonly read: number;
    readonly write: number;
    readonly sqs: number;
    readonly lists: number;
    readonly logBytes: number;
  };
}

const minute = 60_000;

/** Runs of the sweep at those minutes; of what is there already, the first look sees each once it is old enough. */
export const sweeps = async (stage: CostStage, meter: Meter, minutes: readonly number[], lines: string[]) => {
  stage.take();
  const runs = await each(minutes, (at) => stage.functions.sweep.call({}, at * minute));
  const calls = stage.take();
  lines.push(...runs.flatMap((run) => run.lines));
  const units = calls.DynamoDB.map((call) => ({ ...meter.units(call), operation: call.operation }));
  return {
    runs: runs.length,
    cpuMs: sum(runs.map(({ cpuMs }) => cpuMs)),
    idleCpuMs: median(runs.map(({ cpuMs }) => cpuMs)),
    read: sum(units.map(({ read }) => read)),
    batchRead: sum(units.filter(({ operation }) => operation === "BatchGetItem").map(({ read }) => read)),
    write: sum(units.map((one) => one.write + one.indexWrite)),
    sqs: calls.SQS.length,
    lists: calls.S3.filter(({ operation }) => operation.endsWith("list")).length,
    logBytes: sum(runs.flatMap((run) => run.lines).map((line) => Buffer.byteLength(line))),
  };
};

/** A day later, so that no record of before is looked at: the first look in the minutes after, and the second after another day. */
export const audit = async (
  stage: CostStage,
  meter: Meter,
  count: number,
  idle: Awaited<ReturnType<typeof sweeps>>,
  lines: string[],
): Promise<Audited> => {
  const day = 1_440;
  const from = 3 * day;
  await sweeps(stage, meter, [from - 2, from - 1, from], lines);
  await follow(stage, meter, { bytes: 1_024, load: "busy", events: 1 }, newContracts(count), lines, from * minute);
  const first = await sweeps(stage, meter, minutesFrom(from + 1, 8), lines);
  const between = await sweeps(stage, meter, [from + day - 20], lines);
  const second = await sweeps(stage, meter, minutesFrom(from + day - 10, 20), lines);
  const looked = [first, between, second];
  return {
    readPerCallback: sum(looked.map(({ batchRead }) => batchRead)) / count,
    cpuMsPerCallback: Math.max(0, sum([first, second].map(({ cpuMs, runs }) => cpuMs - runs * idle.idleCpuMs)) / count),
    idle: {
      cpuMs: idle.idleCpuMs,
      read: idle.read / idle.runs,
      write: idle.write / idle.runs,
      sqs: idle.sqs / idle.runs,
      lists: idle.lists / idle.runs,
      logBytes: idle.logBytes / idle.runs,
    },
  };
};

const minutesFrom = (first: number, count: number): readonly number[] => Array.from({ length: count }, (_, at) => first + at);

/** One after another, as a process answers them. */
