/**
 * `ack`: Holdfast's acknowledgement against the alternatives, taken in turns: A B C D, A B C D ... on
 * one engine, each with a table of its own, so that whatever slows the machine down slows all four down.
 */

import { openStage, type Stage } from "../stage.ts";
import { median, percentile, ratios, type Spread, spread } from "../statistics.ts";
import { type Name, type Runner, startContestants } from "./contestants.ts";
import type { Measured } from "./runner.ts";

export interface AckOptions {
  readonly rounds: number;
  /** In each contestant's turn. */
  readonly requests: number;
  /** How many callbacks are answered at a time; one series of rounds for each. */
  readonly concurrencies: readonly number[];
  readonly warmUp: number;
  /** Milliseconds of a round trip to DynamoDB or SQS, beside what the engines take. */
  readonly networkMs: number;
}

/** Receives the progress as text. */
export type Progress = (text: string) => void;

/** One contestant at one concurrency. Medians of the rounds; latencies of all rounds together. */
export interface Row {
  readonly concurrency: number;
  readonly name: Name;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMs: number;
  readonly networkCalls: number;
}

/** Holdfast's throughput divided by another's in the same round, over the rounds. */
export interface Comparison {
  readonly concurrency: number;
  readonly against: Rival;
  readonly throughput: Spread;
  readonly goal: number;
  readonly met: boolean;
}

export interface AckResult {
  readonly rows: readonly Row[];
  readonly comparisons: readonly Comparison[];
  /** Whether each acknowledgement of Holdfast was exactly one network call, in every round. */
  readonly oneCall: boolean;
}

type Rival = Exclude<Name, "holdfast">;

/** At least this many times their throughput. */
const goals: Readonly<Record<Rival, number>> = { "bare put": 1.1, textbook: 2.3, powertools: 3 };

/** @throws when a contestant does not acknowledge a genuine callback, or did not store each one. */
export const measureAck = async (options: AckOptions, progress: Progress): Promise<AckResult> => {
  const stage = await openStage(options.networkMs);
  try {
    return await run(stage, options, progress);
  } finally {
    await stage.close();
  }
};

const run = async (stage: Stage, options: AckOptions, progress: Progress): Promise<AckResult> => {
  const runners = await startContestants(stage);
  try {
    progress(`warming up: ${options.warmUp} callbacks each`);
    for (const runner of runners) await runner.run({ requests: options.warmUp, concurrency: Math.max(...options.concurrencies) });
    const series: Series[] = [];
    for (const concurrency of options.concurrencies) series.push(await runSeries(runners, concurrency, options, progress));
    const sent = options.warmUp + options.rounds * options.requests * options.concurrencies.length;
    for (const runner of runners) await mustHaveStored(stage, runner, sent);
    return resultOf(series, options.requests);
  } finally {
    await Promise.all(runners.map((runner) => runner.stop()));
  }
};

/** All rounds at one concurrency, by contestant. */
interface Series {
  readonly concurrency: number;
  readonly measured: ReadonlyMap<Name, readonly Measured[]>;
}

const runSeries = async (
  runners: readonly Runner[],
  concurrency: number,
  { rounds, requests }: AckOptions,
  progress: Progress,
): Promise<Series> => {
  const measured = new Map<Name, Measured[]>(runners.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round++) {
    progress(`${concurrency} at a time: round ${round} of ${rounds}`);
    for (const runner of runners) measured.get(runner.name)?.push(await runner.run({ requests, concurrency }));
  }
  return { concurrency, measured };
};

const mustHaveStored = async (stage: Stage, { name, table }: Runner, expected: number): Promise<void> => {
  const stored = await stage.countItems(table);
  if (stored !== expected) throw new Error(`${name} was sent ${expected} callbacks and stored ${stored}`);
};

const resultOf = (series: readonly Series[], requests: number): AckResult => ({
  rows: series.flatMap(({ concurrency, measured }) =>
    [...measured].map(([name, rounds]) => {
      const latencies = rounds.flatMap(({ latenciesMs }) => latenciesMs);
      return {
        concurrency,
        name,
        perSecond: median(throughputs(rounds)),
        p50Ms: percentile(latencies, 0.5),
        p99Ms: percentile(latencies, 0.99),
        cpuMs: (median(rounds.map(({ cpuSeconds }) => cpuSeconds)) / requests) * 1000,
        networkCalls: median(rounds.map(({ networkCalls }) => networkCalls)) / requests,
      };
    }),
  ),
  comparisons: series.flatMap(({ concurrency, measured }) =>
    (Object.keys(goals) as Rival[]).map((against) => {
      const ours = throughputs(measured.get("holdfast") ?? []);
      const throughput = spread(ratios(ours, throughputs(measured.get(against) ?? [])));
      return { concurrency, against, throughput, goal: goals[against], met: throughput.median >= goals[against] };
    }),
  ),
  oneCall: series.every(({ measured }) => measured.get("holdfast")?.every(({ networkCalls }) => networkCalls === requests)),
});

const throughputs = (rounds: readonly Measured[]): number[] => rounds.map(({ latenciesMs, seconds }) => latenciesMs.length / seconds);
