/** What is counted of a callback that was stored. */
import type { MetricName } from "../../../core/conditions/metric-names.ts";
import type { StoreOutcome } from "./store-callback.ts";

/** Exceptions only. New records are counted by relay, a batch at a time: a line for each would be a tenth of this path's work. */
export const storedMetric = (kept: Exclude<StoreOutcome, { kind: "not stored" }>): MetricName | undefined => {
  if (kept.kind === "spilled") return kept.to === "queue" ? "SpilledToQueue" : "SpilledToBucket";
  return ({ new: undefined, duplicate: "Duplicates", conflict: "Conflicts" } as const)[kept.recorded];
};
