import { Annotations, Duration, Stack } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, MathExpression, Metric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { type ITopic, Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import type { Config } from "../core/config/config.ts";
import { resourceNames } from "../core/config/resource-names.ts";
import { type AlarmName, alarmText } from "./alarm-text.ts";
import type { Consumer } from "./consumer.ts";
import type { Receiver } from "./receiver.ts";
import type { Relay } from "./relay.ts";
import type { Spill } from "./spill.ts";

export interface AlarmsProps {
  readonly config: Config;
  readonly graceSeconds: number;
  readonly receiver: Receiver;
  readonly spill: Spill;
  readonly relay: Relay;
  readonly consumer: Consumer;
  /** Where they go. @default a topic `<name>-alarms`, with the configuration's e-mail address subscribed */
  readonly topic?: ITopic | undefined;
}

const minute = Duration.minutes(1);

/** When an alarm goes off: at `atLeast` or more in `minutes` of the last `of` minutes (or longer periods). `silence`: what no data means. */
interface Condition {
  readonly metric: IMetric;
  readonly atLeast: number;
  /** @default 1 */
  readonly minutes?: number;
  /** @default `minutes`: one after the other */
  readonly of?: number;
  readonly silence?: TreatMissingData;
}

/**
 * One alarm per promise that can break. None is about load or cost: each needs a person, and its description says
 * what happened, what it means for money, and what to type. docs/runbook.md has a heading for each, of the same name.
 */
export class Alarms extends Construct {
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, { config, graceSeconds, receiver, spill, relay, consumer, topic }: AlarmsProps) {
    super(scope, id);
    this.topic = topic ?? this.makeTopic(config);
    const ours = (metricName: string, statistic: "Sum" | "Maximum", period = minute) =>
      new Metric({ namespace: "Holdfast", metricName, dimensionsMap: { service: config.name }, statistic, period });
    const sum = { statistic: "Sum", period: minute };
    const maximum = { statistic: "Maximum", period: minute };

    const conditions: Readonly<Record<AlarmName, Condition>> = {
      // Rejections on purpose are counted from the log, which may be a minute late: so two minutes of three.
      "front-failing": {
        metric: new MathExpression({
          label: "callbacks answered with 5xx by mistake",
          expression: "answered - FILL(meant, 0)",
          usingMetrics: { answered: receiver.stage.metricServerError(sum), meant: ours(receiver.accessMetrics.refused, "Sum") },
          period: minute,
        }),
        atLeast: 1,
        minutes: 2,
        of: 3,
      },
      "front-throttled": { metric: ours(receiver.accessMetrics.throttled, "Sum"), atLeast: 1 },
      "receive-failing": { metric: receiver.function.metricErrors(sum), atLeast: 1 },
      "receive-throttled": { metric: receiver.function.metricThrottles(sum), atLeast: 1 },
      "callback-not-stored": { metric: ours("NotStored", "Sum"), atLeast: 1 },
      "spill-in-use": {
        metric: new MathExpression({
          label: "callbacks spilled",
          expression: "FILL(queue, 0) + FILL(bucket, 0)",
          usingMetrics: { queue: ours("SpilledToQueue", "Sum"), bucket: ours("SpilledToBucket", "Sum") },
          period: minute,
        }),
        atLeast: 1,
      },
      // The sweep runs every minute; fifteen failures are not a coincidence.
      "spill-not-recovered": { metric: spill.queue.metricApproximateAgeOfOldestMessage(maximum), atLeast: 15 * 60 },
      "secret-unreadable": { metric: ours("StoredUnverified", "Sum"), atLeast: 1 },
      // One is enough: a gateway that tries only a few times has lost a payment's news after the third.
      "callbacks-unproven": { metric: ours("Unproven", "Sum", Duration.minutes(15)), atLeast: 1 },
      "relay-late": { metric: relay.function.metric("IteratorAge", maximum), atLeast: 60_000, minutes: 5 },
      // A failing delivery leaves the queue after 15 minutes, so nothing in it is older while consume works.
      "doorbells-late": { metric: consumer.doorbells.metricApproximateAgeOfOldestMessage(maximum), atLeast: 20 * 60, minutes: 5 },
      // Measured every minute, also as 0. No measurement means that the sweep itself is dead, and with it the last guarantee.
      "oldest-unsettled": {
        metric: ours("OldestUnsettledSeconds", "Maximum"),
        atLeast: graceSeconds + 4 * 60,
        minutes: 3,
        silence: TreatMissingData.BREACHING,
      },
      "application-down": { metric: ours("BreakersTripped", "Sum", Duration.minutes(5)), atLeast: 1 },
      "record-given-up": { metric: ours("DeadLettered", "Sum", Duration.minutes(5)), atLeast: 1 },
      "dead-records": { metric: ours("DeadRecords", "Maximum"), atLeast: 1 },
      "dead-letter-queue-not-empty": { metric: consumer.deadLetters.metricApproximateNumberOfMessagesVisible(maximum), atLeast: 1 },
    };
    for (const [name, condition] of Object.entries(conditions)) this.makeAlarm(config, name as AlarmName, condition);
  }

  private makeAlarm(config: Config, name: AlarmName, { metric, atLeast, minutes = 1, of = minutes, silence }: Condition): void {
    const alarm = new Alarm(this, name, {
      alarmName: `${config.name}-${name}`,
      alarmDescription: alarmText(name, config.name),
      metric,
      threshold: atLeast,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: of,
      datapointsToAlarm: minutes,
      treatMissingData: silence ?? TreatMissingData.NOT_BREACHING,
    });
    const notify = new SnsAction(this.topic);
    alarm.addAlarmAction(notify);
    // Also when it is resolved: whoever was paged wants to know that it worked.
    alarm.addOkAction(notify);
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
