/** One contestant in a process of its own, whose memory is nobody else's: `node process.ts NAME FILE LINES PLANTED`, one line of JSON. */
import { bare } from "./contestants/bare.ts";
import type { Contestant } from "./contestants/contestant.ts";
import { duckdb } from "./contestants/duckdb.ts";
import { holdfast } from "./contestants/holdfast.ts";
import { chargeOf, classes, plantedAt, type Story } from "./story.ts";

export const contestants = { bare, duckdb, holdfast } satisfies Readonly<Record<string, Contestant>>;
export type ContestantName = keyof typeof contestants;

export interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** The most that the process ever had, MiB. */
  readonly peakMiB: number;
  /** What it had before it began. */
  readonly startMiB: number;
  /** Exactly what was planted, and everything else alike. */
  readonly isRight: boolean;
}

const mebibyte = 1_048_576;

if (import.meta.main) {
  const [name = "", file = "", lines = "", planted = ""] = process.argv.slice(2);
  const story: Story = { lines: Number(lines), planted: Number(planted) };
  const startMiB = process.memoryUsage().rss / mebibyte;
  const cpu = process.cpuUsage();
  const started = performance.now();
  const found = await contestants[name as ContestantName](file, story);
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const { maxRSS } = process.resourceUsage();
  const expected = new Map(classes.map((one) => [one, [] as string[]]));
  for (let index = 0; index < story.lines; index++) {
    const one = plantedAt(story, index);
    if (one) expected.get(one)?.push(chargeOf(index));
  }
  const isRight = classes.every((one) => found[one].toSorted().join() === expected.get(one)?.toSorted().join());
  const run: Run = { seconds, cpuSeconds: (user + system) / 1e6, peakMiB: maxRSS / 1_024, startMiB, isRight };
  process.stdout.write(`${JSON.stringify(run)}\n`);
}
