/** `replay`: many dead records, replayed by the command itself: speed and memory. */
import { findGateway } from "../../gateways/index.ts";
import { processTerminal, type Terminal } from "../../operator/cli/terminal.ts";
import type { Connection } from "../../operator/connect/connect.ts";
import { openQueues, openStores } from "../../operator/connect/stores.ts";
import { replay } from "../../operator/replay/replay-command.ts";
import type { Progress } from "../ack/ack.ts";
import { columns } from "../columns.ts";
import { openStage } from "../stage.ts";
import { seedDead } from "./seed.ts";

export interface ReplayBenchOptions {
  readonly records: number;
}

export interface ReplayResult {
  readonly records: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Resident memory of the process above what it had before, in MB: the highest in each tenth of the run. */
  readonly megabytes: readonly number[];
  /** The last third's highest against the middle third's: 1 when memory does not grow with the number of records. */
  readonly growth: number;
}

const tenths = 10;

export const measureReplay = async ({ records }: ReplayBenchOptions, progress: Progress): Promise<ReplayResult> => {
  const stage = await openStage();
  try {
    const tables = { records: "replay-records", ledger: "replay-ledger" };
    await Promise.all([stage.makeRecordsTable(tables.records), stage.makeLedgerTable(tables.ledger)]);
    progress(`${records} dead records are written ...`);
    await seedDead({ client: stage.clients.dynamodb, ...tables }, records, Date.now());
    Object.assign(process.env, stage.environment);
    const doorbells = await stage.makeQueue("replay-doorbells");
    const connection: Connection = {
      ...openStores({ config: stage.config, recordsTable: tables.records, ledgerTable: tables.ledger, clock: Date.now }),
      queues: () => openQueues(async () => doorbells),
      secrets: () => Promise.reject(new Error("a replay needs no secrets")),
      gateways: async () => findGateway,
      command: (...words) => words.join(" "),
    };
    const before = process.memoryUsage().rss;
    const highest: number[] = new Array(tenths).fill(0);
    let replayed = 0;
    const terminal: Terminal = {
      ...processTerminal({ json: true }),
      say: () => {},
      print: async () => {
        replayed++;
        const tenth = Math.min(tenths - 1, Math.floor((replayed * tenths) / records));
        highest[tenth] = Math.max(highest[tenth] ?? 0, process.memoryUsage().rss - before);
        if (replayed % 500 === 0) progress(`${replayed} of ${records} replayed ...`);
      },
    };
    const started = performance.now();
    await replay(connection, terminal, {
      selection: { filter: { states: ["dead"] } },
      yes: true,
      watchSeconds: 0,
      reason: { by: "bench" },
    });
    const seconds = (performance.now() - started) / 1000;
    if (replayed < records) throw new Error(`${replayed} of ${records} records were replayed`);
    const [middle, last] = [Math.max(...highest.slice(3, 7)), Math.max(...highest.slice(7))];
    return {
      records,
      seconds,
      perSecond: records / seconds,
      megabytes: highest.map((bytes) => Math.round(bytes / 1e6)),
      growth: last / Math.max(1, middle),
    };
  } finally {
    await stage.close();
  }
};

export const replayReport = ({ records, seconds, perSecond, megabytes, growth }: ReplayResult): string =>
  [
    `${records} dead records replayed in ${seconds.toFixed(0)} s: ${perSecond.toFixed(0)} a second, the plan included.`,
    "",
    columns(
      ["tenth of the run", ...megabytes.map((_, tenth) => String(tenth + 1))],
      [["memory above the start, MB", ...megabytes.map(String)]],
    ),
    "",
    `Memory in the last third against the middle: ${growth.toFixed(2)} (1 when it does not grow with the number of records).`,
  ].join("\n");
