/** Records one spilled callback, from the queue or the bucket: the same conditional put as at its arrival, so that repeating it changes nothing. */
import type { Millis } from "../../../core/callback.ts";
import type { ResolvedConfig } from "../../../core/config/defaults.ts";
import { parseRecordKey, splitKey } from "../../../core/record.ts";
import type { Item } from "../../../io/item.ts";
import type { Bodies } from "../../../io/records/bodies.ts";
import { prepareItem, type RecordCallback } from "../../../io/records/record.ts";
import { fromItem } from "../../../io/records/record-item.ts";
import type { Count } from "../../shell/metrics.ts";

export interface RecoverDependencies {
  readonly config: ResolvedConfig;
  readonly record: RecordCallback;
  readonly bodies: Bodies;
  readonly clock: () => Millis;
  readonly count: Count;
}

/** Throws when it is no item, or the table cannot be written. */
export const recoverItem = async ({ config, record, bodies, clock, count }: RecoverDependencies, item: Item): Promise<void> => {
  const spilled = await fromItem(item, bodies.get);
  // As it would have been put at this moment, because the audit goes by that. Its place in line is where it came: what is spilled is handed out
  // in no order.
  const callback = { ...spilled, storedAt: clock(), orderedAt: spilled.storedAt };
  const recorded = await record(await prepareItem(callback, bodies, config));
  if (recorded.kind !== "duplicate") count("Recovered", splitKey(parseRecordKey(item.pk?.S)).source);
};
