/** Records what was spilled to the bucket, because neither the table nor the spill queue could be written. `recover` does the same for the queue. */
import type { Spilled } from "../../../io/fallback-store/spilled.ts";
import { oneByOne } from "../one-by-one.ts";
import { recoverItem } from "../recover/recover-item.ts";
import type { SweepDependencies } from "./dependencies.ts";

const objectsARound = 50;

/** What cannot be recorded stays where it is, and blocks nothing else. Throws at the end if anything failed. */
export const recordSpilled = async (sweep: SweepDependencies): Promise<void> => {
  const each = oneByOne(sweep, "recordSpilled");
  const take = (after?: string) => sweep.spilled.inBucket(objectsARound, after);
  for (let some = await take(); some.length > 0; some = sweep.hasTime() ? await take(some.at(-1)?.place) : [])
    await each.all(
      some,
      ({ place }) => place,
      (spilled) => recordOne(sweep, spilled),
    );
  each.end();
};

const recordOne = async (sweep: SweepDependencies, { item, remove }: Spilled): Promise<void> => {
  await recoverItem(sweep, item);
  await remove();
};
