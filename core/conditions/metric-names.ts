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
  "OpenConflicts",
] as const;

/** Kept for each source too, because an alarm watches each source: every further name costs 0.30 USD a month and source. */
export const bySource = ["Relayed", "Duplicates", "Unproven"] as const satisfies readonly (typeof counts)[number][];

export const isBySource = (name: string): boolean => bySource.some((one) => one === name);

export type MetricName = (typeof counts)[number] | (typeof gauges)[number];

export const isGauge = (name: string): boolean => gauges.some((gauge) => gauge === name);
