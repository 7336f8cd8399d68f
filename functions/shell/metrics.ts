/** Metrics as lines in the log (EMF): no network calls, least of all on the acknowledgement path. docs/runbook.md says what each means. */
import { MetricUnit, Metrics as PowertoolsMetrics } from "@aws-lambda-powertools/metrics";
import type middy from "@middy/core";
import { dimensionOf, isGauge, type MetricName } from "../../core/conditions/metric-names.ts";

/**
 * Adds to a metric in total, and of those that are kept by source to its source's; `about` is a class or a currency for those that are kept by
 * that alone. Never throws: a metric must not cost an acknowledgement.
 */
export type Count = (name: MetricName, about?: string, value?: number) => void;

export interface Metrics {
  readonly count: Count;
  /** Writes what has been counted since the last time: a line for each source, class and currency, and one for the rest. Never throws. */
  flush(): void;
}

interface Line {
  readonly values: Map<MetricName, number>;
  readonly by?: Readonly<Record<string, string>>;
  readonly inTotal: boolean;
}

/** Invocations that share a process may share it too: sums are sums, and each invocation writes what it has counted at the latest at its own end. */
export const createMetrics = (service: string): Metrics => {
  const emf = new PowertoolsMetrics({ namespace: "Holdfast", serviceName: service });
  const counted = new Map<string, Line>();
  return {
    count(name, about, value = 1) {
      const dimension = about === undefined ? undefined : dimensionOf(name);
      const key = dimension ? `${dimension.name} ${about}` : "";
      const line = counted.get(key) ?? {
        values: new Map(),
        ...(dimension && { by: { [dimension.name]: about ?? "" } }),
        inTotal: dimension?.inTotal ?? true,
      };
      line.values.set(name, isGauge(name) ? value : value + (line.values.get(name) ?? 0));
      counted.set(key, line);
    },
    flush() {
      const all = [...counted.values()];
      counted.clear();
      for (const { values, by, inTotal } of all) {
        try {
          if (inTotal) emf.addDimensions({});
          if (by) emf.addDimensions(by);
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
