import { Annotations, Stack } from "aws-cdk-lib";
import { Alarm, AlarmRule, ComparisonOperator, CompositeAlarm, type IAlarm, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { type ITopic, Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import { type MetricRule, periodsOf } from "../core/conditions/alarm-rule.ts";
import { alarmText } from "../core/conditions/alarm-text.ts";
import type { Severity } from "../core/conditions/condition.ts";
import { allConditions, type ConditionName } from "../core/conditions/conditions.ts";
import type { Config } from "../core/config/config.ts";
import { withDefaults } from "../core/config/defaults.ts";
import { resourceNames } from "../core/config/resource-names.ts";
import { metricOf, type Watched } from "./alarm-metric.ts";

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
