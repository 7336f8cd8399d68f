/**
 * What the alarms on findings look at. A run counts a bounded number of them and goes on where the last one ended; what is measured is the last
 * count that came to its end. Nothing is measured before the first: the alarms keep their state.
 */
import { secondMs } from "../../../core/durations.ts";
import type { TallyRun } from "../../../core/findings/tally/round.ts";
import { largestShare } from "../../../core/findings/tally/stake.ts";
import type { SweepDependencies } from "./dependencies.ts";

export const measureFindings = async (sweep: SweepDependencies): Promise<void> => {
  const { tallies, countOpen, clock, hasTime } = sweep;
  const kept = await tallies.read();
  const counted = await countOpen(kept.run, { now: clock(), hasTime });
  if (!isIdle(kept.run, counted)) await tallies.save(counted, kept);
  if (counted.last) gauges(sweep, counted.last);
};

/** Nothing was open, and nothing is: not worth a write every minute. */
const isIdle = (before: TallyRun, after: TallyRun): boolean =>
  before.last?.tally.count === 0 && after.last?.tally.count === 0 && !before.round && !after.round;

const gauges = ({ count, clock, config }: SweepDependencies, { tally }: NonNullable<TallyRun["last"]>): void => {
  const gauge = (name: Parameters<typeof count>[0], value: number, about?: string) => count(name, about, value);
  gauge("OpenFindings", tally.count);
  gauge("OldestFindingSeconds", tally.waiting ? Math.max(0, Math.round((clock() - tally.waiting.since) / secondMs)) : 0);
  gauge("MoneyAtStakePercent", Math.floor(100 * largestShare(tally.untaken, config.findings)));
  for (const [name, ofClass] of Object.entries(tally.classes)) gauge("FindingsOfClass", ofClass.count, name);
  for (const [currency, minor] of Object.entries(tally.money)) gauge("MoneyAtStake", minor, currency);
};
