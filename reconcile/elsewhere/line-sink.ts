/** Where the lines of exports go that are compared elsewhere: into files, without a side in memory. */
import type { Millis } from "../../core/callback.ts";
import type { MoneyLine } from "../../core/reconcile/export-line.ts";
import type { NamesUsed } from "../../core/reconcile/sides/our-side.ts";
import type { TheirSide } from "../../core/reconcile/sides/their-side.ts";
import { lineRow } from "../../core/reconcile/sql/line-row.ts";
import type { RowFiles } from "../../io/exports/row-files.ts";

/** What a reader of exports needs of their side. */
export interface LineSink extends Pick<TheirSide, "first" | "last" | "names"> {
  add(line: MoneyLine): ReturnType<TheirSide["add"]>;
}

export const lineSink = (files: RowFiles, asOf: Millis = Number.POSITIVE_INFINITY): LineSink => {
  let [n, first, last] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const used: { -readonly [Name in keyof NamesUsed]: boolean } = { contract: false, customer: false, order: false };
  return {
    add(line) {
      if (line.outcome === "pending") return "pending";
      if (line.at >= asOf) return "later";
      files.add(lineRow(line, n++));
      first = Math.min(first, line.at);
      last = Math.max(last, line.at);
      for (const name of ["contract", "customer", "order"] as const) if (line[name] !== undefined) used[name] = true;
      return "added";
    },
    names: () => used,
    first: () => (first <= last ? first : undefined),
    last: () => (first <= last ? last : undefined),
  };
};
