/** `replay`: many dead records, replayed by the command itself: its speed beside what the engines can do at most, and its memory. */
import { SQSClient } from "@aws-sdk/client-sqs";
import { findGateway } from "../../gateways/index.ts";
import { clientSettings, patient } from "../../io/clients.ts";
import { dynamoDb } from "../../io/dynamodb.ts";
import type { Connection } from "../../operator/connect/connect.ts";
import { openQueues, openStores } from "../../operator/connect/stores.ts";
import { replay } from "../../operator/replay/replay-command.ts";
import { processTerminal, type Terminal } from "../../operator/terminal/terminal.ts";
import type { Progress } from "../ack/ack.ts";
import { openStage, type Stage } from "../stage.ts";
import { type Bound, createBound } from "./bound.ts";
import { seedDead, seededKeys } from "./seed.ts";

export interface ReplayBenchOptions {
  readonly records: number;
}

/** Of the replay, or its part of it, for each way in which the engines' bound was taken. */
export interface ByBound {
  readonly together: number;
  readonly oneByOne: number;
}

export interface ReplayResult {
  readonly records: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Records a second with bare calls, taken before, during and after the replay. */
  readonly bounds: ByBound;
  readonly ratio: ByBound;
  /** The command's own processor time for a record, beside that of the bare calls (together): other programs change it least. */
  readonly cpuMs: { readonly replay: number; readonly bare: number };
  /** Resident memory of the process above what it had before, in MB: the highest in each tenth of the run. */
  readonly megabytes: readonly number[];
  /** The last third's highest against the middle third's: 1 when memory does not grow with the number of records. */
  readonly growth: number;
}

const tenths = 10;
/** The replay pauses for the bound each time it has come so far, so that what slows the machine down slows both. */
const sliceEvery = 10_000;
const slice = { together: 1_000, oneByOne: 500 };

export const measureReplay = async (options: ReplayBenchOptions, progress: Progress): Promise<ReplayResult> => {
  const stage = await openStage();
  try {
    return await run(stage, options, progress);
  } finally {
    await stage.close();
  }
};

const run = async (stage: Stage, { records }: ReplayBenchOptions, progress: Progress): Promise<ReplayResult> => {
  const slices = 2 + Math.floor((records - 1) / sliceEvery);
  const tables = await prepare(stage, "replay", records, progress);
  const boundTables = await prepare(stage, "bound", slices * (slice.together + slice.oneByOne), progress);
  Object.assign(process.env, stage.environment);
  const [doorbells, boundQueue] = [await stage.makeFifoQueue("replay-doorbells"), await stage.makeFifoQueue("bound-doorbells")];
  const bound = boundedBy(
    createBound({ client: dynamoDb(patient), ...boundTables.names }, new SQSClient(clientSettings(patient)), boundQueue, boundTables.keys),
  );
  const connection: Connection = {
    ...openStores({ config: stage.config, recordsTable: tables.names.records, ledgerTable: tables.names.ledger, clock: Date.now }),
    queues: () => openQueues(async () => doorbells),
    secrets: () => Promise.reject(new Error("a replay needs no secrets")),
    gateways: async () => findGateway,
    command: (...words) => words.join(" "),
  };
  await bound.take();
  const before = process.memoryUsage().rss;
  const highest: number[] = new Array(tenths).fill(0);
  let [replayed, pausedSeconds, pausedCpu] = [0, 0, 0];
  const terminal: Terminal = {
    ...processTerminal({ json: true }),
    say: () => {},
    print: async (text) => {
      if (typeof text === "string" && !text.includes('"outcome":')) return;
      replayed++;
      const tenth = Math.min(tenths - 1, Math.floor((replayed * tenths) / records));
      if (replayed % 100 === 0) highest[tenth] = Math.max(highest[tenth] ?? 0, process.memoryUsage().rss - before);
      if (replayed % 500 === 0) progress(`${replayed} of ${records} replayed ...`);
      if (replayed % sliceEvery !== 0 || replayed === records) return;
      const cpu = process.cpuUsage();
      pausedSeconds += await bound.take();
      pausedCpu += millisOf(process.cpuUsage(cpu));
    },
  };
  const [cpu, started] = [process.cpuUsage(), performance.now()];
  await replay(connection, terminal, {
    selection: { filter: { states: ["dead"] } },
    yes: true,
    watchSeconds: 0,
    reason: { by: "bench" },
  });
  const seconds = (performance.now() - started) / 1000 - pausedSeconds;
  const cpuMs = { replay: (millisOf(process.cpuUsage(cpu)) - pausedCpu) / records, bare: bound.cpuMs() };
  await bound.take();
  if (replayed !== records) throw new Error(`${replayed} of ${records} records were replayed`);
  const [middle, last] = [Math.max(...highest.slice(3, 7)), Math.max(...highest.slice(7))];
  const [perSecond, bounds] = [records / seconds, bound.perSecond()];
  return {
    ...{ records, seconds, perSecond, bounds },
    ratio: { together: perSecond / bounds.together, oneByOne: perSecond / bounds.oneByOne },
    cpuMs,
    megabytes: highest.map((bytes) => Math.round(bytes / 1e6)),
    growth: last / Math.max(1, middle),
  };
};

const prepare = async (stage: Stage, name: string, count: number, progress: Progress) => {
  const names = { records: `${name}-records`, ledger: `${name}-ledger` };
  await Promise.all([stage.makeRecordsTable(names.records), stage.makeLedgerTable(names.ledger)]);
  progress(`${count} dead records are written ...`);
  await seedDead({ client: stage.clients.dynamodb, ...names }, count, Date.now());
  return { names, keys: seededKeys(count) };
};

const millisOf = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000;

/** Adds up the slices. */
const boundedBy = (bound: Bound) => {
  const seconds = { together: 0, oneByOne: 0 };
  let [slices, cpuMs] = [0, 0];
  return {
    /** @returns the seconds it took */
    async take(): Promise<number> {
      const started = performance.now();
      const cpu = process.cpuUsage();
      seconds.together += await bound.together(slice.together);
      cpuMs += millisOf(process.cpuUsage(cpu));
      seconds.oneByOne += await bound.oneByOne(slice.oneByOne);
      slices++;
      return (performance.now() - started) / 1000;
    },
    cpuMs: () => cpuMs / (slices * slice.together),
    perSecond: (): ByBound => ({
      together: (slices * slice.together) / seconds.together,
      oneByOne: (slices * slice.oneByOne) / seconds.oneByOne,
    }),
  };
};
