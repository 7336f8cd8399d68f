/** Months of which no export was compared by the day on which it has usually come. Only the runs that are known, the time and what is usual decide. */
import type { Millis } from "../../callback.ts";
import { dayMs } from "../../durations.ts";
import { type Finding, findingId } from "../../findings/finding.ts";
import { dateOf } from "../../formats/civil-date.ts";
import type { ReconciliationRun } from "../run.ts";
import { type Month, momentsOf, monthBefore, monthText } from "./covered-time.ts";
import type { Habit } from "./habit.ts";

/** Of an older one nobody fetches an export any more: gateways show a year or two. */
export const mostMonths = 13;

type Run = Pick<ReconciliationRun, "from" | "asOf" | "at">;

export interface DueMonth {
  readonly month: Month;
  readonly finding: Finding;
  /** It stands: what was compared leaves too much of the month out. */
  readonly isOverdue: boolean;
}

/**
 * The months whose export has usually come by now, each with its finding.
 * @param since from when on exports of the source are expected: a month that was over then is nobody's
 */
export const dueMonths = (
  { source, habit, since }: { readonly source: string; readonly habit: Habit; readonly since: Millis },
  runs: readonly Run[],
  now: Millis,
): readonly DueMonth[] => {
  const { zone, comesAfterDays, longestGapDays } = habit;
  if (comesAfterDays === undefined) return [];
  const due: DueMonth[] = [];
  let month = monthBefore(monthAt(now));
  for (let count = 0; count < mostMonths; count++, month = monthBefore(month)) {
    const { from, asOf } = momentsOf(month, zone);
    if (asOf <= since) break;
    const dueAt = asOf + comesAfterDays * dayMs;
    if (dueAt > now) continue;
    due.push({
      month,
      finding: findingOf(source, month, { from, asOf, dueAt }),
      isOverdue: !isCompared({ from, asOf }, runs, longestGapDays),
    });
  }
  return due;
};

/** @param longestGapDays no stretch of the time is longer and in no run */
export const isCompared = ({ from, asOf }: Pick<Run, "from" | "asOf">, runs: readonly Run[], longestGapDays: number): boolean => {
  const inside = runs
    .filter((run) => run.from < asOf && run.asOf > from)
    // One that was made before the month was over does not know its end, whatever it was said to cover.
    .map((run) => ({ from: Math.max(from, run.from), asOf: Math.min(asOf, run.asOf, run.at) }))
    .sort((one, other) => one.from - other.from);
  if (inside.length === 0) return false;
  let until = from;
  for (const one of inside) {
    if (one.from - until > longestGapDays * dayMs) return false;
    until = Math.max(until, one.asOf);
  }
  return asOf - until <= longestGapDays * dayMs;
};

/** By UTC: no clocks are a day away from it, and no export is due within a day after its month. */
const monthAt = (moment: Millis): Month => {
  const { year, month } = dateOf(Math.floor(moment / dayMs));
  return { year, month };
};

const findingOf = (
  source: string,
  month: Month,
  { from, asOf, dueAt }: { readonly from: Millis; readonly asOf: Millis; readonly dueAt: Millis },
): Finding => {
  const cause = { kind: "export overdue", class: "EXPORT", month: monthText(month), from, asOf, dueAt } as const;
  const subject = { kind: "export", source, id: `export:${monthText(month)}` } as const;
  return {
    id: findingId(cause, subject),
    ...{ class: "EXPORT", cause, subject, severity: "warning", money: [], evidence: [], since: asOf, last: asOf },
    names: { accounts: [], contracts: [], customers: [], orders: [], charges: [] },
  };
};
