import { Annotations, Duration, Stack } from "aws-cdk-lib";
import {
  Alarm,
  AlarmRule,
  ComparisonOperator,
  CompositeAlarm,
  type IAlarm,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { type ITopic, Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import { type MetricRule, type MetricSource, periodsOf } from "../core/conditions/alarm-rule.ts";
import { alarmText } from "../core/conditions/alarm-text.ts";
import type { Severity } from "../core/conditions/condition.ts";
import { allConditions, type ConditionName } from "../core/conditions/conditions.ts";
import type { Config } from "../core/config/config.ts";
import { withDefaults } from "../core/config/defaults.ts";
import { resourceNames } from "../core/config/resource-names.ts";
import { openIndex, timelineIndex } from "../io/table.ts";
import type { Comparer } from "./functions/comparer.ts";
import type { Consumer } from "./functions/consumer.ts";
import type { Listener } from "./functions/listener.ts";
import type { Receiver } from "./functions/receiver.ts";
import type { Recoverer } from "./functions/recoverer.ts";
import type { Relay } from "./functions/relay.ts";
import type { Releaser } from "./functions/releaser.ts";
import type { Sweeper } from "./functions/sweeper.ts";
import type { Arrivals } from "./stores/arrivals.ts";
import type { Ledger } from "./stores/ledger.ts";
import type { Records } from "./stores/records.ts";
import type { Spill } from "./stores/spill.ts";

/** What the alarms watch. */
interface Watched {
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

export interface AlarmsProps {
  readonly config: Config;
  /** Where they go. @default a topic `<name>-alarms`, with the configuration's e-mail address subscribed */
  readonly topic?: ITopic | undefined;
  /** Where those go that cannot wait until the morning. @default where all go */
  readonly pageTopic?: ITopic | undefined;
}

const silences = {
  "is well": TreatMissingData.NOT_BREACHING,
  "is an alarm": TreatMissingData.BREACHING,
  "keeps the state": TreatMissingData.IGNORE,
} as const satisfies Readonly<Record<MetricRule["silence"], TreatMissingData>>;

/**
 * The alarms of the table of conditions (core/conditions), one for each row, or for each source where a row says so. Their names are
 * the rows' names, behind the deployment's; docs/runbook.md has a heading for each.
 */
export class Alarms extends Construct {
  readonly topic: ITopic;
  readonly pageTopic: ITopic;

  constructor(scope: Construct, id: string, { config, topic, pageTopic }: AlarmsProps) {
    super(scope, id);
    this.topic = topic ?? this.makeTopic(config);
    this.pageTopic = pageTopic ?? this.topic;
  }

  /** Makes the alarms, once there is what they watch: the sweep, which is among that, sends to the topic. */
  watch(watched: Watched): void {
    const { config } = watched;
    const resolved = withDefaults(config);
    const made = new Map<string, IAlarm>();
    for (const [name, { alarm, severity }] of allConditions) {
      if (alarm.kind === "one") made.set(name, this.makeAlarm(watched, { name, severity, rule: alarm.rule(resolved) }));
      if (alarm.kind !== "by source") continue;
      for (const [source, settings] of Object.entries(config.sources)) {
        const rule = alarm.rule(source, settings);
        if (rule) this.makeAlarm(watched, { name, severity, rule, source });
      }
    }
    for (const [name, { alarm, severity }] of allConditions)
      if (alarm.kind === "any of") {
        const alarms = alarm.conditions.flatMap((one) => made.get(one) ?? []);
        this.makeComposite(config, name, severity, alarms);
      }
  }

  private makeAlarm(
    watched: Watched,
    { name, severity, rule, source }: { name: ConditionName; severity: Severity; rule: MetricRule; source?: string },
  ): IAlarm {
    const { periods, of } = periodsOf(rule);
    const end = source === undefined ? "" : `-${source}`;
    const alarm = new Alarm(this, `${name}${end}`, {
      alarmName: `${watched.config.name}-${name}${end}`,
      alarmDescription: alarmText(name, watched.config.name, source),
      metric: metricOf(watched, rule),
      threshold: rule.threshold,
      comparisonOperator: rule.below ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: of,
      datapointsToAlarm: periods,
      treatMissingData: silences[rule.silence],
    });
    this.notify(alarm, severity);
    return alarm;
  }

  private makeComposite(config: Config, name: ConditionName, severity: Severity, alarms: readonly IAlarm[]): void {
    const composite = new CompositeAlarm(this, name, {
      compositeAlarmName: `${config.name}-${name}`,
      alarmDescription: alarmText(name, config.name),
      alarmRule: AlarmRule.anyOf(...alarms),
    });
    this.notify(composite, severity);
  }

  private notify(alarm: Alarm | CompositeAlarm, severity: Severity): void {
    const action = new SnsAction(severity === "page" ? this.pageTopic : this.topic);
    alarm.addAlarmAction(action);
    // Also when it is resolved: the operator who was paged wants to know that it worked.
    alarm.addOkAction(action);
  }

  private makeTopic(config: Config): Topic {
    const topic = new Topic(this, "Topic", {
      topicName: resourceNames(config.name).alarms,
      displayName: `Alarms of ${config.name}`,
      enforceSSL: true,
    });
    // A topic with its own policy loses the default one, which had allowed CloudWatch.
    const { account, region, partition } = Stack.of(this);
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [topic.topicArn],
        conditions: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${account}:alarm:${config.name}-*` },
        },
      }),
    );
    if (config.alarms?.email) topic.addSubscription(new EmailSubscription(config.alarms.email));
    else Annotations.of(this).addWarningV2("holdfast:nobody-is-told", "No alarm reaches anybody: set alarms.email, or give an alarmTopic");
    return topic;
  }
}

const metricOf = (watched: Watched, rule: MetricRule): IMetric => {
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
