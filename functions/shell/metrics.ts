/** Metrics as lines in the log (EMF): no network calls, least of all on the acknowledgement path. docs/runbook.md says what each means. */
import { MetricUnit, Metrics as PowertoolsMetrics } from "@aws-lambda-powertools/metrics";
import type middy from "@middy/core";
import { isBySource, isGauge, type MetricName } from "../../core/conditions/metric-names.ts";

/** Adds to a metric in total, and of those that are kept by source to its source's. Never throws: a metric must not cost an acknowledgement. */
export type Count = (name: MetricName, source?: string, value?: number) => void;

export interface Metrics {
  readonly count: Count;
  /** Writes what has been counted since the last time: a line for each source, and one for the rest. Never throws. */
  flush(): void;
}

/** Invocations that share a process may share it too: sums are sums, and each invocation writes what it has counted at the latest at its own end. */
export const createMetrics = (service: string): Metrics => {
  const emf = new PowertoolsMetrics({ namespace: "Holdfast", serviceName: service });
  const counted = new Map<string | undefined, Map<MetricName, number>>();
  return {
    count(name, given, value = 1) {
      const source = isBySource(name) ? given : undefined;
      const values = counted.get(source) ?? new Map<MetricName, number>();
      counted.set(source, values.set(name, isGauge(name) ? value : value + (values.get(name) ?? 0)));
    },
    flush() {
      const all = [...counted];
      counted.clear();
      for (const [source, values] of all) {
        try {
          emf.addDimensions({});
          if (source !== undefined) emf.addDimensions({ source });
          for (const [name, value] of values) emf.addMetric(name, name.endsWith("Seconds") ? MetricUnit.Seconds : MetricUnit.Count, value);
          emf.publishStoredMetrics();
        } catch {
          // The log line is the metrics' only way out; there is nowhere left to report a failure.
        }
      }
    },
  };
};

/** For `receive`: each count is a line, written at once. Most of its invocations count nothing, and hardly any counts twice. */
export const createCount = (service: string): Count => {
  const { count, flush } = createMetrics(service);
  return (...what) => {
    count(...what);
    flush();
  };
};

/** Whether the handler returns or throws, what it has counted is written. */
export const flushed = (metrics: () => Metrics): middy.MiddlewareObj => {
  const flush = () => metrics().flush();
  return { after: flush, onError: flush };
};
