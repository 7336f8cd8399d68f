/** A comparison that was committed: what it was made from, and what it found, without the differences themselves. */
import type { Millis } from "../callback.ts";
import { digest } from "../signature.ts";
import type { ClassSum, Comparison, Explained } from "./compare/comparison.ts";
import type { FileReport } from "./file-report.ts";

export interface ReconciliationRun {
  /** Sorts by the time it was committed. */
  readonly id: string;
  readonly source: string;
  readonly by: string;
  readonly at: Millis;
  /** Of the same files, read in the same way, for the same time: the same. */
  readonly input: string;
  readonly from: Millis;
  readonly asOf: Millis;
  readonly files: readonly RunFile[];
  readonly lines: number;
  readonly matched: number;
  readonly money: readonly Explained[];
  readonly sums: readonly ClassSum[];
  readonly undecided: number;
  readonly contracts?: number;
}

export interface RunFile extends Pick<FileReport, "name" | "sha256" | "layout" | "lines" | "brokenLines" | "isCut"> {
  /** Absent: an earlier version kept the run. */
  readonly sums?: FileReport["sums"];
}

/** What a comparison is made from, as one text of hashes: in whatever order the files are named. */
export const inputOf = (parts: { readonly source: string; readonly files: readonly string[]; readonly settings: unknown }): string =>
  digest("sha256", [JSON.stringify([parts.source, parts.files.toSorted(), parts.settings])]);

export const runOf = (
  { source, from, asOf, lines, matched, money, sums, undecided, contracts }: Comparison,
  files: readonly FileReport[],
  committed: Pick<ReconciliationRun, "id" | "by" | "at" | "input">,
): ReconciliationRun => ({
  ...committed,
  source,
  from,
  asOf,
  files: files.map(({ name, sha256, layout, lines: read, sums: of, brokenLines, isCut }) => ({
    name,
    sha256,
    layout,
    lines: read,
    sums: of,
    brokenLines,
    isCut,
  })),
  lines,
  matched,
  money,
  sums,
  undecided: undecided.length,
  ...(contracts !== undefined && { contracts }),
});

/** How much of a currency's money both sides say alike, from 0 to 1; 1 where nothing was moved. */
export const shareOf = ({ moved, explained }: Pick<Explained, "moved" | "explained">): number => (moved === 0 ? 1 : explained / moved);

/** `99.83 %`: never rounded up to all of it. */
export const percent = (share: number): string => `${share === 1 ? 100 : (Math.floor(share * 10_000) / 100).toFixed(2)} %`;
