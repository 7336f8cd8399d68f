/** Records what was spilled while the table could not be written, and was acknowledged then. */
import { parseRecordKey, splitKey } from "../../../core/record.ts";
import type { Spilled } from "../../../io/queues/spilled.ts";
import { prepareItem } from "../../../io/records/record.ts";
import { fromItem, type Item } from "../../../io/records/record-item.ts";
import type { SweepDependencies } from "./dependencies.ts";

const objectsARound = 50;

/** What cannot be recorded stays where it is, and blocks nothing else. Throws at the end if there was any. */
export const recordSpilled = async (sweep: SweepDependencies): Promise<void> => {
  const failures: unknown[] = [];
  for (const takeSome of [() => sweep.spilled.inQueue(), () => sweep.spilled.inBucket(objectsARound)]) {
    for (let some = await takeSome(); some.length > 0; some = sweep.hasTime() ? await takeSome() : []) {
      const outcomes = await Promise.allSettled(some.map((spilled) => recordOne(sweep, spilled)));
      const reasons = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
      failures.push(...reasons);
      // The bucket would return the same ones again.
      if (reasons.length === some.length) break;
    }
  }
  if (failures.length > 0) throw failures[0];
};

const recordOne = async (sweep: SweepDependencies, { item, remove }: Spilled): Promise<void> => {
  const recorded = await sweep.record(await stored(sweep, item));
  await remove();
  if (recorded.kind !== "duplicate") sweep.count("Recovered", splitKey(parseRecordKey(item.pk?.S)).source);
};

/** The item as it would have been put at this moment: the audit and the contract's line use the time a record was stored. */
const stored = async (sweep: SweepDependencies, item: Item): Promise<Item> => {
  const record = { ...(await fromItem(item, sweep.bodies.get)), storedAt: sweep.clock() };
  return prepareItem(record, sweep.bodies, sweep.config.retentionDays);
};
