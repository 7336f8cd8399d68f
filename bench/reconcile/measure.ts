/** `reconcile`: a month end of a million lines against a million contracts, beside a bare csv-parse and `Map` join and DuckDB, in turns, each in a process of its own. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Progress } from "../ack/ack.ts";
import { ratios, type Spread, spread } from "../statistics.ts";
import { type ContestantName, contestants, type Run } from "./process.ts";
import { writeExport } from "./story.ts";

export interface ReconcileOptions {
  readonly lines: number;
  readonly planted: number;
  readonly rounds: number;
}

export interface ReconcileRow {
  readonly name: ContestantName;
  readonly seconds: Spread;
  readonly cpuSeconds: Spread;
  readonly peakMiB: Spread;
  readonly isRight: boolean;
}

export interface ReconcileResult {
  readonly bytes: number;
  readonly rows: readonly ReconcileRow[];
  /** Holdfast's processor time divided by the bare join's of the same round. */
  readonly ratio: Spread;
  /** Processor time for each line, divided by that of half as many lines. 1: it grows as the lines do. */
  readonly growth: number;
  readonly goals: { readonly ratio: number; readonly seconds: number; readonly peakMiB: number };
  readonly met: boolean;
}

const goals = { ratio: 1.6, seconds: 15, peakMiB: 400 } as const;
const run = promisify(execFile);

export const measureReconcile = async ({ lines, planted, rounds }: ReconcileOptions, progress: Progress): Promise<ReconcileResult> => {
  const home = mkdtempSync(join(tmpdir(), "holdfast-reconcile-"));
  try {
    const [file, small] = [join(home, "export.csv"), join(home, "small.csv")];
    const few = Math.ceil(lines / 2);
    progress("writing the export");
    const bytes = await writeExport({ lines, planted }, file);
    await writeExport({ lines: few, planted: Math.ceil(planted / 2) }, small);
    const names = Object.keys(contestants) as ContestantName[];
    const runs = new Map(names.map((name) => [name, [] as Run[]]));
    for (let round = 1; round <= rounds; round++)
      for (const name of round % 2 === 0 ? names.toReversed() : names) {
        progress(`round ${round} of ${rounds}: ${name}`);
        runs.get(name)?.push(await once(name, file, lines, planted));
      }
    const smaller = await once("holdfast", small, few, Math.ceil(planted / 2));
    const ours = runs.get("holdfast") ?? [];
    const cpuOf = (some: readonly Run[]) => some.map(({ cpuSeconds }) => cpuSeconds);
    const ratio = spread(ratios(cpuOf(ours), cpuOf(runs.get("bare") ?? [])));
    const rows = names.map((name) => rowOf(name, runs.get(name) ?? []));
    const [own] = rows.filter(({ name }) => name === "holdfast") as [ReconcileRow];
    const met = ratio.median <= goals.ratio && own.seconds.median <= goals.seconds && own.peakMiB.median <= goals.peakMiB && own.isRight;
    return { bytes, rows, ratio, growth: own.cpuSeconds.median / lines / (smaller.cpuSeconds / few), goals, met };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};

const once = async (name: ContestantName, file: string, lines: number, planted: number): Promise<Run> => {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, "process.ts"), name, file, String(lines), String(planted)]);
  return JSON.parse(stdout) as Run;
};

const rowOf = (name: ContestantName, runs: readonly Run[]): ReconcileRow => ({
  name,
  seconds: spread(runs.map(({ seconds }) => seconds)),
  cpuSeconds: spread(runs.map(({ cpuSeconds }) => cpuSeconds)),
  peakMiB: spread(runs.map(({ peakMiB }) => peakMiB)),
  isRight: runs.every(({ isRight }) => isRight),
});
