/** The result of `reconcile` for people. */
import { columns } from "../columns.ts";
import type { ReconcileOptions, ReconcileResult } from "./measure.ts";

const titles = {
  bare: "csv-parse and a Map, bare",
  duckdb: "DuckDB, read_csv and a join",
  holdfast: "holdfast reconcile, without the scan",
} as const;

export const reconcileReport = (
  { bytes, rows, ratio, growth, goals, met }: ReconcileResult,
  { lines, planted, rounds }: ReconcileOptions,
): string =>
  [
    `${lines} lines (${(bytes / 1_048_576).toFixed(0)} MiB) against ${lines} contracts, ${planted} planted differences, ${rounds} rounds.`,
    "",
    columns(
      ["", "s", "CPU s", "peak MiB", "what was planted"],
      rows.map(({ name, seconds, cpuSeconds, peakMiB, isRight }) => [
        titles[name],
        seconds.median.toFixed(1),
        cpuSeconds.median.toFixed(1),
        peakMiB.median.toFixed(0),
        isRight ? "all of it, and nothing else" : "NOT what was planted",
      ]),
    ),
    "",
    `Processor time against the bare join: ${ratio.median.toFixed(2)} (${ratio.min.toFixed(2)} to ${ratio.max.toFixed(2)}), goal ${goals.ratio}.`,
    `Goals of its own: ${goals.seconds} s, ${goals.peakMiB} MiB. A line takes ${growth.toFixed(2)} times as long as where there are half as many.`,
    met ? "Met." : "NOT met.",
  ].join("\n");
