/** What the alarms look at, every minute, also when all is well: a metric that stops is an alarm too. core/conditions has the thresholds. */
import type { MetricName } from "../../../core/conditions/metric-names.ts";
import { breaker } from "../../../core/lifecycle/holds/hold.ts";
import { isRefusedForAge } from "../../../core/lifecycle/progress.ts";
import { acknowledgesAt } from "../../../core/receive/quarantine.ts";
import { storedAtOf } from "../../../core/record.ts";
import { countUndecided } from "../../../io/records/quarantined.ts";
import { oneByOne } from "../one-by-one.ts";
import type { SweepDependencies } from "./dependencies.ts";
import { measureFindings } from "./measure-findings.ts";

/** Of the records due soonest. With more than that, the exact age of the oldest matters less than the count. */
const sample = 1_000;

/** Until when all that is in quarantine is decided. */
const quarantineCheckpoint = "quarantine";

/** Each is measured by itself: a store that does not answer must not hide the others. */
export const measure = async (sweep: SweepDependencies): Promise<void> => {
  const each = oneByOne(sweep, "measure");
  await each.all(
    Object.entries({
      measureDue,
      measureDead,
      measureWaiting,
      measureConflicts,
      measureFindings,
      measureHeld,
      measureQuarantine,
      measureSpilled,
    }),
    ([name]) => name,
    ([, one]) => one(sweep),
  );
  each.end();
};

const gauge = ({ count }: SweepDependencies, name: MetricName, value: number): void => count(name, undefined, value);

const measureDue = async (sweep: SweepDependencies): Promise<void> => {
  const [due, [unverified], unverifiedCount, audited] = await Promise.all([
    sweep.open.due("due", Number.MAX_SAFE_INTEGER, sample),
    sweep.open.due("unverified", Number.MAX_SAFE_INTEGER, 1),
    sweep.open.count("unverified"),
    sweep.checkpoints.read("first look"),
  ]);
  const now = sweep.clock();
  // Up to the audit's checkpoint, everything is settled or in the open index. What is beyond it, and older
  // than the grace time, counts as unsettled.
  const graceMs = sweep.config.graceSeconds * 1000;
  const oldest = Math.min(now, (audited ?? now) + graceMs, ...[...due, ...(unverified ? [unverified] : [])].map(storedAtOf));
  gauge(sweep, "OldestUnsettledSeconds", Math.max(0, Math.round((now - oldest) / 1000)));
  gauge(sweep, "UnverifiedRecords", unverifiedCount);
  const targets = await sweep.holds.targets(sweep.config.targets);
  const holds = await Promise.all(targets.map((target) => sweep.holds.current(target)));
  gauge(sweep, "RefusedForAge", due.filter(isRefusedForAge).length + holds.filter((hold) => hold?.isForAge).length);
};

const measureDead = async (sweep: SweepDependencies): Promise<void> =>
  gauge(sweep, "DeadRecords", await sweep.open.count("dead", sweep.hasTime));

const measureWaiting = async (sweep: SweepDependencies): Promise<void> =>
  gauge(sweep, "WaitingRecords", await sweep.open.count("waiting", sweep.hasTime));

const measureConflicts = async (sweep: SweepDependencies): Promise<void> =>
  gauge(sweep, "OpenConflicts", await sweep.open.count("conflict"));

const measureHeld = async (sweep: SweepDependencies): Promise<void> => {
  const targets = await sweep.holds.targets(sweep.config.targets);
  const [held, holds] = await Promise.all([
    Promise.all(targets.map((target) => sweep.open.count(`held ${target}`, sweep.hasTime))),
    Promise.all(targets.map((target) => sweep.holds.current(target))),
  ]);
  gauge(
    sweep,
    "HeldRecords",
    held.reduce((sum, count) => sum + count, 0),
  );
  gauge(sweep, "BreakersHolding", holds.filter((hold) => hold?.by === breaker).length);
};

/** Of each shard one page a minute: it goes on where it was, past what is decided, and stays before what is not. */
const measureQuarantine = async (sweep: SweepDependencies): Promise<void> => {
  const from = (await sweep.reminders.read(quarantineCheckpoint)) ?? 0;
  const isWanted = (source: string) => acknowledgesAt(sweep.config, source, sweep.findGateway);
  const { undecided, settledBefore } = await countUndecided(sweep, { isWanted, from, mostPages: 1 });
  if (settledBefore > from) await sweep.reminders.write(quarantineCheckpoint, settledBefore);
  gauge(
    sweep,
    "UndecidedInQuarantine",
    undecided.reduce((sum, { count }) => sum + count, 0),
  );
};

const measureSpilled = async (sweep: SweepDependencies): Promise<void> => {
  const spilled = await sweep.spilled.waiting();
  gauge(sweep, "SpilledWaiting", spilled.queue + spilled.bucket);
  sweep.noteSpilled(spilled);
};
