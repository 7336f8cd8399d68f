/** Metrics as lines in the log (EMF): no network call, also not on the acknowledgement path. docs/runbook.md says what each means. */
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

export type MetricName =
  | "Duplicates"
  | "Conflicts"
  | "TooLarge"
  | "Unproven"
  | "Quarantined"
  | "NotQuarantined"
  | "SpilledToQueue"
  | "SpilledToBucket"
  | "NotStored"
  | "StoredUnverified"
  | "Relayed"
  | "Delivered"
  | "Retried"
  | "Waited"
  | "DeadLettered"
  | "Ignored"
  | "UnknownEvents"
  | "IncompleteEvents"
  | "ReadBacksUnavailable"
  | "OldestUnsettledSeconds"
  | "DeadRecords"
  | "WaitingRecords"
  | "HeldRecords"
  | "BreakersTripped"
  | "Resent"
  | "Recovered";

/** Adds to a metric, in total and for one source. Never throws: a metric must not cost an acknowledgement. */
export type Count = (name: MetricName, source?: string, value?: number) => void;

export const createCount = (service: string): Count => {
  const metrics = new Metrics({ namespace: "Holdfast", serviceName: service });
  // One instance for all: making one for each costs more than all the rest of it. Nothing waits in between, so two never mix.
  return (name, source, value = 1) => {
    try {
      metrics.addDimensions({});
      if (source !== undefined) metrics.addDimensions({ source });
      metrics.addMetric(name, name.endsWith("Seconds") ? MetricUnit.Seconds : MetricUnit.Count, value);
      metrics.publishStoredMetrics();
    } catch {
      // The log line is the metric's only way out; there is nowhere left to say that it failed.
    }
  };
};
