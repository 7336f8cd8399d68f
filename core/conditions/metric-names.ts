/** The names of our own metrics, in the CloudWatch namespace `Holdfast`. `metric-text.ts` says what each counts. */

/** How often something happened. */
export const counts = [
  "Duplicates",
  "Conflicts",
  "TooLarge",
  "NoSuchSource",
  "NotAllowed",
  "Unproven",
  "Quarantined",
  "NotQuarantined",
  "SpilledToQueue",
  "SpilledToBucket",
  "NotStored",
  "StoredUnverified",
  "Relayed",
  "NotRelayed",
  "Delivered",
  "Retried",
  "SignaturesTooOld",
  "Waited",
  "DeadLettered",
  "Crashed",
  "Redriven",
  "Ignored",
  "Entered",
  "TestsLeftOut",
  "RealLeftOut",
  "UnknownEvents",
  "IncompleteEvents",
  "ReadBacksUnavailable",
  "BreakersTripped",
  "Resent",
  "Recovered",
  "NotRecovered",
] as const;

/** How things are, measured by the sweep every minute, also as 0: of two values the later one is true, and their sum means nothing. */
export const gauges = [
  "OldestUnsettledSeconds",
  "DeadRecords",
  "WaitingRecords",
  "HeldRecords",
  "BreakersHolding",
  "RefusedForAge",
  "SpilledWaiting",
  "UnverifiedRecords",
  "UndecidedInQuarantine",
  "OpenConflicts",
  "OpenFindings",
  "OldestFindingSeconds",
  "MoneyAtStakePercent",
] as const;

/** Measured as those are, each by one more dimension, and only for what there is of it. */
export const gaugesBy = { FindingsOfClass: "class", MoneyAtStake: "currency" } as const;

/** Kept for each source too, because an alarm watches each source: every further name costs 0.30 USD a month and source. */
export const bySource = ["Relayed", "Duplicates", "Unproven"] as const satisfies readonly (typeof counts)[number][];

export const isBySource = (name: string): boolean => bySource.some((one) => one === name);

export type MetricName = (typeof counts)[number] | (typeof gauges)[number] | keyof typeof gaugesBy;

export const isGauge = (name: string): boolean => Object.hasOwn(gaugesBy, name) || gauges.some((gauge) => gauge === name);

/** By which dimension besides the deployment a metric is kept, and whether in total too. */
export const dimensionOf = (name: MetricName): { readonly name: string; readonly inTotal: boolean } | undefined => {
  if (isBySource(name)) return { name: "source", inTotal: true };
  // Of two currencies there is no total.
  return Object.hasOwn(gaugesBy, name) ? { name: gaugesBy[name as keyof typeof gaugesBy], inTotal: false } : undefined;
};
