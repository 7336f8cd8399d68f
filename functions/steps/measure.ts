/** What the alarms look at, every minute, also when all is well: a metric that stops coming is an alarm of its own. */
import type { SweepDependencies } from "./sweep-dependencies.ts";

/** Of the records due soonest. With more than that in trouble, the exact age of the oldest matters less than the count. */
const sample = 1_000;

export const measure = async (sweep: SweepDependencies): Promise<void> => {
  const [due, dead, waiting, audited] = await Promise.all([
    sweep.open.due("due", Number.MAX_SAFE_INTEGER, sample),
    sweep.open.count("dead"),
    sweep.open.count("waiting"),
    sweep.checkpoints.read("first look"),
  ]);
  const now = sweep.clock();
  // Before the audit's checkpoint everything is settled or in the open index; after it, nothing is older than the checkpoint.
  const oldest = Math.min(now, audited ?? now, ...due.map(storedAtOf));
  sweep.count("OldestUnsettledSeconds", undefined, Math.max(0, Math.round((now - oldest) / 1000)));
  sweep.count("DeadRecords", undefined, dead);
  sweep.count("WaitingRecords", undefined, waiting);
};

/** The line's order begins with the time of storage. */
const storedAtOf = ({ order }: { readonly order: string }): number => Number(order.slice(0, order.indexOf("#")));
