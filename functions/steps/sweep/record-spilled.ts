/** Records what was spilled while the table could not be written, and was acknowledged then. */
import { parseRecordKey, splitKey } from "../../../core/record.ts";
import type { Spilled } from "../../../io/queues/spilled.ts";
import { prepareItem } from "../../../io/records/record.ts";
import { fromItem, type Item } from "../../../io/records/record-item.ts";
import type { SweepDependencies } from "./dependencies.ts";
import { type OneByOne, oneByOne } from "./one-by-one.ts";

const objectsARound = 50;

/** What cannot be recorded stays where it is, and blocks nothing else. Throws at the end if anything failed. */
export const recordSpilled = async (sweep: SweepDependencies): Promise<void> => {
  const each = oneByOne(sweep, "recordSpilled");
  const fallbackStores = {
    // What failed is hidden for a minute, and others come.
    "spill queue": () => sweep.spilled.inQueue(),
    bucket: (after?: string) => sweep.spilled.inBucket(objectsARound, after),
  };
  for (const [name, take] of Object.entries(fallbackStores))
    await each.all(
      [name],
      () => name,
      () => empty(sweep, each, take),
    );
  each.end();
};

const empty = async (sweep: SweepDependencies, each: OneByOne, take: (after?: string) => Promise<readonly Spilled[]>): Promise<void> => {
  for (let some = await take(); some.length > 0; some = sweep.hasTime() ? await take(some.at(-1)?.place) : [])
    await each.all(
      some,
      ({ place }) => place,
      (spilled) => recordOne(sweep, spilled),
    );
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
