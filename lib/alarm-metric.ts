/** Where what an alarm's rule counts is to be found in CloudWatch. */
import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import { type MetricRule, type MetricSource, periodsOf } from "../core/conditions/alarm-rule.ts";
import type { Config } from "../core/config/config.ts";
import { openIndex, timelineIndex } from "../io/table.ts";
import type { Comparer } from "./functions/comparer.ts";
import type { Consumer } from "./functions/consumer.ts";
import type { Listener } from "./functions/listener.ts";
import type { Receiver } from "./functions/receiver.ts";
import type { Recoverer } from "./functions/recoverer.ts";
import type { Relay } from "./functions/relay.ts";
import type { Releaser } from "./functions/releaser.ts";
import type { Sweeper } from "./functions/sweeper.ts";
import type { Arrivals } from "./queues/arrivals.ts";
import type { Spill } from "./queues/spill.ts";
import type { Ledger } from "./stores/ledger.ts";
import type { Records } from "./stores/records.ts";

/** What the alarms watch. */
export interface Watched {
  readonly config: Config;
  readonly records: Records;
  readonly ledger: Ledger;
  readonly receiver: Receiver;
  readonly spill: Spill;
  readonly relay: Relay;
  readonly consumer: Consumer;
  readonly sweeper: Sweeper;
  readonly releaser: Releaser;
  readonly recoverer: Recoverer;
  readonly listener: Listener | undefined;
  readonly comparer: Comparer;
  readonly arrivals: Arrivals;
}

/** @throws where a rule counts a function that is not deployed */
export const metricOf = (watched: Watched, rule: MetricRule): IMetric => {
  const period = Duration.minutes(periodsOf(rule).periodMinutes);
  const metrics = Object.fromEntries(Object.entries(rule.metrics).map(([id, source]) => [id, metricFrom(watched, source, period)]));
  const [only] = Object.values(metrics);
  if (rule.expression === undefined && only) return only;
  return new MathExpression({ expression: rule.expression ?? "", usingMetrics: metrics, period });
};

const metricFrom = (watched: Watched, source: MetricSource, period: Duration): Metric => {
  const { config, receiver, relay, consumer, sweeper, releaser, recoverer, listener, comparer, arrivals, spill, records, ledger } = watched;
  const options = { statistic: source.statistic, period };
  switch (source.of) {
    case "holdfast": {
      const dimensionsMap = { service: config.name, ...(source.source !== undefined && { source: source.source }) };
      return new Metric({ namespace: "Holdfast", metricName: source.name, dimensionsMap, ...options });
    }
    case "function": {
      const functions = {
        receive: receiver,
        relay,
        consume: consumer,
        sweep: sweeper,
        release: releaser,
        recover: recoverer,
        listen: listener,
        compare: comparer,
      };
      const of = functions[source.verb];
      if (!of) throw new Error(`an alarm watches the function ${source.verb}, which is not deployed`);
      return of.function.metric(source.name, options);
    }
    case "stream mapping": {
      const dimensionsMap = { EventSourceMappingUUID: relay.mapping.eventSourceMappingId };
      return new Metric({ namespace: "AWS/Lambda", metricName: source.name, dimensionsMap, ...options });
    }
    case "front":
      return receiver.stage.metric(source.name, options);
    case "queue": {
      const queues = {
        doorbells: consumer.doorbells,
        deadLetters: consumer.deadLetters,
        spill: spill.queue,
        exportsFailed: arrivals.failed,
      };
      return queues[source.queue].metric(source.name, options);
    }
    case "table": {
      const [{ tableName }, index] = source.table === "records" ? [records.table, timelineIndex.name] : [ledger.table, openIndex.name];
      const dimensionsMap = { TableName: tableName, ...(source.index && { GlobalSecondaryIndexName: index }) };
      return new Metric({ namespace: "AWS/DynamoDB", metricName: source.name, dimensionsMap, ...options });
    }
    case "account": {
      const { namespace, name: metricName, dimensions } = source;
      return new Metric({ namespace, metricName, ...(dimensions && { dimensionsMap: { ...dimensions } }), ...options });
    }
    default:
      return source satisfies never;
  }
};
