/**
 * A finding for each month of which no export was compared by the day on which it has usually come; it closes when one was. Of sources whose exports are
 * configured, or were compared before. Once an hour: a month's end waits for no minute.
 */
import type { Millis } from "../../../core/callback.ts";
import type { SourceConfig } from "../../../core/config/config.ts";
import { dayMs, hourMs } from "../../../core/durations.ts";
import { changesOf } from "../../../core/findings/lifecycle/merge.ts";
import { habitOf } from "../../../core/reconcile/arriving/habit.ts";
import { dueMonths, mostMonths } from "../../../core/reconcile/arriving/overdue.ts";
import type { ReconciliationRun } from "../../../core/reconcile/run.ts";
import { entryOf } from "../../../io/ledger/findings/look.ts";
import { oneByOne } from "../one-by-one.ts";
import type { SweepDependencies } from "./dependencies.ts";

const checkpoint = "exports";
/** The longest month, so that the first of all is whole. */
const lookBackMs = (mostMonths + 2) * 31 * dayMs;

export const remindOfExports = async (sweep: SweepDependencies): Promise<void> => {
  const { config, reminders, clock } = sweep;
  const now = clock();
  const last = await reminders.read(checkpoint);
  if (last !== undefined && now - last < hourMs && now >= last) return;
  const each = oneByOne(sweep, "remindOfExports");
  const sources = Object.entries(config.sources).filter(([, { target }]) => target !== undefined);
  await each.all(
    sources,
    ([source]) => source,
    ([source, settings]) => remindOf(sweep, source, settings, now),
  );
  if (each.failed.size === 0) await reminders.write(checkpoint, now);
  each.end();
};

const remindOf = async (sweep: SweepDependencies, source: string, settings: SourceConfig, now: Millis): Promise<void> => {
  const { config, exportKinds, findings } = sweep;
  const runs = await recentRuns(sweep, source, now);
  const since = await expectedSince(sweep, source, settings, { now, first: runs.at(-1) });
  if (since === undefined) return;
  const habit = habitOf(settings, exportKinds, config.zone);
  for (const { finding, isOverdue } of dueMonths({ source, habit, since }, runs, now)) {
    const kept = await findings.read(finding.id);
    for (const change of changesOf(isOverdue ? [finding] : [], kept ? [kept] : [], now))
      if (!(await findings.save(change.after, change.before?.revision ?? 0, entryOf(change, now))))
        throw new Error(`${finding.id} was changed while it was looked for`);
  }
};

/** The newest first. */
const recentRuns = async ({ reconciliations }: SweepDependencies, source: string, now: Millis): Promise<readonly ReconciliationRun[]> => {
  const runs: ReconciliationRun[] = [];
  for await (const run of reconciliations.all(source)) {
    if (run.at < now - lookBackMs) break;
    runs.push(run);
  }
  return runs;
};

/** Since they were configured first, which is written down, or compared first. Undefined: never. */
const expectedSince = async (
  { reminders }: SweepDependencies,
  source: string,
  { exports }: SourceConfig,
  { now, first }: { readonly now: Millis; readonly first: ReconciliationRun | undefined },
): Promise<Millis | undefined> => {
  const name = `exports of ${source}`;
  const configured = exports === undefined ? undefined : ((await reminders.read(name)) ?? now);
  if (configured === now) await reminders.write(name, now);
  const known = [configured, first?.at].filter((moment) => moment !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
};
