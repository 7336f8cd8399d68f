/** What it changes when a file is read otherwise than in an earlier run: with another mapping, or with other flags. */
import type { Comparison } from "./compare/comparison.ts";
import type { FileReport, LineSum } from "./file-report.ts";
import type { ReconciliationRun, RunFile } from "./run.ts";

export interface ReadOtherwise {
  readonly run: Pick<ReconciliationRun, "id" | "by" | "at">;
  readonly files: readonly FileChange[];
  readonly matched: Both<number>;
  readonly differences: Both<number>;
}

export interface FileChange {
  readonly name: string;
  readonly layout: Both<string>;
  readonly lines: Both<number>;
  readonly brokenLines: Both<number>;
  /** Of those types and currencies of which the sums differ. */
  readonly sums: readonly {
    readonly of: Pick<LineSum, "type" | "outcome" | "currency">;
    readonly lines: Both<number>;
    readonly minor: Both<number>;
  }[];
}

export interface Both<Value> {
  readonly before: Value;
  readonly now: Value;
}

/** Undefined where no earlier run had any of the files. @param runs the newest first */
export const readOtherwise = async (
  comparison: Pick<Comparison, "matched" | "differences">,
  files: readonly FileReport[],
  runs: AsyncIterable<ReconciliationRun>,
): Promise<ReadOtherwise | undefined> => {
  const now = new Map(files.map((file) => [file.sha256, file]));
  for await (const { id, by, at, files: before, matched, sums } of runs) {
    const same = before.flatMap((file) => {
      const again = now.get(file.sha256);
      return again ? [changeOf(file, again)] : [];
    });
    if (same.length === 0) continue;
    return {
      run: { id, by, at },
      files: same,
      matched: { before: matched, now: comparison.matched },
      differences: { before: sums.reduce((all, { count }) => all + count, 0), now: comparison.differences.length },
    };
  }
  return undefined;
};

const keyOf = ({ type, outcome, currency }: LineSum): string => `${type} ${outcome} ${currency ?? ""}`;

const changeOf = (before: RunFile, now: FileReport): FileChange => {
  const byKey = (sums: readonly LineSum[]) => new Map(sums.map((sum) => [keyOf(sum), sum]));
  const [old, recent] = [byKey(before.sums ?? now.sums), byKey(now.sums)];
  const keys = [...new Set([...old.keys(), ...recent.keys()])].sort();
  return {
    name: now.name,
    layout: { before: before.layout, now: now.layout },
    lines: { before: before.lines, now: now.lines },
    brokenLines: { before: before.brokenLines, now: now.brokenLines },
    sums: keys.flatMap((key) => {
      const [one, other] = [old.get(key), recent.get(key)];
      const { type, outcome, currency } = (one ?? other) as LineSum;
      const lines = { before: one?.lines ?? 0, now: other?.lines ?? 0 };
      const minor = { before: one?.minor ?? 0, now: other?.minor ?? 0 };
      if (lines.before === lines.now && minor.before === minor.now) return [];
      return [{ of: { type, outcome, ...(currency !== undefined && { currency }) }, lines, minor }];
    }),
  };
};
