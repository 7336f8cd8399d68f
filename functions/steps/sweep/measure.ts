/** What the alarms look at, every minute, also when all is well: a metric that stops is an alarm too. */
import { storedAtOf } from "../../../core/record.ts";
import type { SweepDependencies } from "./dependencies.ts";

/** Of the records due soonest. With more than that, the exact age of the oldest matters less than the count. */
const sample = 1_000;

export const measure = async (sweep: SweepDependencies): Promise<void> => {
  const [due, dead, waiting, held, audited] = await Promise.all([
    sweep.open.due("due", Number.MAX_SAFE_INTEGER, sample),
    sweep.open.count("dead"),
    sweep.open.count("waiting"),
    Promise.all(Object.keys(sweep.config.targets).map((target) => sweep.open.count(`held ${target}`))),
    sweep.checkpoints.read("first look"),
  ]);
  const now = sweep.clock();
  // Up to the audit's checkpoint, everything is settled or in the open index. What is beyond it, and older
  // than the grace time, counts as unsettled.
  const graceMs = sweep.config.graceSeconds * 1000;
  const oldest = Math.min(now, (audited ?? now) + graceMs, ...due.map(storedAtOf));
  sweep.count("OldestUnsettledSeconds", undefined, Math.max(0, Math.round((now - oldest) / 1000)));
  sweep.count("DeadRecords", undefined, dead);
  sweep.count("WaitingRecords", undefined, waiting);
  sweep.count(
    "HeldRecords",
    undefined,
    held.reduce((sum, count) => sum + count, 0),
  );
};
