import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Stack } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { Topic } from "aws-cdk-lib/aws-sns";
import { describe, expect, test } from "vitest";
import { conditions } from "../../core/conditions/conditions.ts";
import { listAt, textAt } from "../../core/formats/json.ts";
import { Holdfast, type HoldfastProps } from "../../lib/index.ts";
import { config, makeApp, plain, resourcesOf, root, synthesize } from "./synthesize.ts";

const { template } = synthesize();
const plainAlarms = resourcesOf(template, "AWS::CloudWatch::Alarm").map(({ Properties }) => Properties);
const composites = resourcesOf(template, "AWS::CloudWatch::CompositeAlarm").map(({ Properties }) => Properties);
const alarms = [...composites, ...plainAlarms];
const nameOf = (alarm: Readonly<Record<string, unknown>>): string => String(alarm.AlarmName).slice("shop-".length);
/** The row it is of: an alarm about a source has the source's name at its end. */
const conditionOf = (alarm: Readonly<Record<string, unknown>>): string => nameOf(alarm).replace(/-(first|second)$/, "");
const named = (name: string): Readonly<Record<string, unknown>> => {
  const found = alarms.filter((alarm) => nameOf(alarm) === name);
  expect(found).toHaveLength(1);
  return found[0] ?? {};
};

describe("the table of conditions", () => {
  test("has an alarm for each row, and no alarm is without a row", () => {
    const quiet = Object.keys(conditions).filter((name) => name !== "source-silent" && name !== "events-not-stored");
    expect([...new Set(alarms.map(conditionOf))].toSorted()).toEqual(quiet.toSorted());
  });

  test("has an alarm for each source where a row is about sources, and one for silence only where the configuration expects something", () => {
    const about = (name: string) => alarms.map(nameOf).filter((one) => one.startsWith(name));
    expect(about("source-unverified")).toEqual(["source-unverified-first", "source-unverified-second"]);
    const expect60 = { gateway: "sandbox", target: "app", expect: { atLeast: 2, everyMinutes: 60, hours: "22-06" } };
    const { template: expecting } = synthesize({ ...config, sources: { ...config.sources, first: expect60 } });
    const silent = resourcesOf(expecting, "AWS::CloudWatch::Alarm").filter(({ Properties }) =>
      /silent-/.test(String(Properties.AlarmName)),
    );
    expect(silent.map(({ Properties }) => Properties)).toEqual([
      expect.objectContaining({
        AlarmName: "shop-source-silent-first",
        Threshold: 2,
        ComparisonOperator: "LessThanThreshold",
        TreatMissingData: "breaching",
        Metrics: expect.arrayContaining([
          expect.objectContaining({
            Expression: "IF(HOUR(relayed) >= 22 OR HOUR(relayed) < 6, FILL(relayed, 0) + FILL(duplicates, 0), 2)",
          }),
        ]),
      }),
    ]);
  });
});

describe("each alarm", () => {
  test.each(alarms.map((alarm) => [nameOf(alarm), String(alarm.AlarmDescription)] as const))(
    "%s says how grave it is, what happened, what it means for money, and what to type",
    (_, description) => {
      expect(description.length).toBeLessThanOrEqual(1_024);
      expect(description).toMatch(/^(Page|Ticket): [A-Z][^.]+\. [A-Z][^.]+\. Type: (npx|aws) [^.]+$/);
    },
  );

  test("notifies the topic when it goes off and when it is resolved", () => {
    const [topic] = resourcesOf(template, "AWS::SNS::Topic");
    for (const { AlarmActions, OKActions } of alarms) {
      expect(AlarmActions).toEqual([{ Ref: topic?.logicalId }]);
      expect(OKActions).toEqual(AlarmActions);
    }
  });

  test("reads silence as OK for what happens, keeps its state for what the sweep measures, and goes off when what must never stop stops", () => {
    const named = (silence: string) => plainAlarms.filter(({ TreatMissingData }) => TreatMissingData === silence).map(nameOf);
    expect(named("breaching").toSorted()).toEqual(["oldest-unsettled", "spill-not-recovered", "sweep-silent"]);
    expect(named("ignore").toSorted()).toEqual([
      "application-down",
      "conflicts-open",
      "dead-records",
      "findings-open-too-long",
      "held",
      "money-at-stake",
      "quarantine-undecided",
      "secret-unreadable",
      "signatures-too-old",
      "waiting",
    ]);
    expect(named("breaching").length + named("ignore").length + named("notBreaching").length).toBe(plainAlarms.length);
  });

  test("of severity page goes where pages go, the others where all go", () => {
    const stack = new Stack(makeApp(), "Shop");
    const [pager, inbox] = [new Topic(stack, "Pager"), new Topic(stack, "Inbox")];
    new Holdfast(stack, "Holdfast", { ...config, alarmTopic: inbox, pageTopic: pager });
    const all = resourcesOf(Template.fromStack(stack), "AWS::CloudWatch::Alarm");
    const topicOf = (name: string) =>
      JSON.stringify(all.find(({ Properties }) => Properties.AlarmName === `shop-${name}`)?.Properties.AlarmActions);
    expect(topicOf("application-down")).toContain("Pager");
    expect(topicOf("dead-records")).toContain("Inbox");
  });

  test("watches a metric that is emitted", () => {
    const emitted = readFileSync(join(root, "core/conditions/metric-names.ts"), "utf8");
    const filtered = resourcesOf(template, "AWS::Logs::MetricFilter").map(({ Properties }) =>
      JSON.stringify(Properties.MetricTransformations),
    );
    const ours = JSON.stringify(alarms).matchAll(/"MetricName":"(\w+)","Namespace":"Holdfast"/g);
    const names = [...ours].map(([, name]) => name ?? "");
    expect(names.length).toBeGreaterThan(8);
    for (const name of names) expect(emitted.includes(`"${name}"`) || filtered.join().includes(`"${name}"`), name).toBe(true);
  });
});

describe("what the alarms watch", () => {
  const service = [{ Name: "service", Value: "shop" }];

  test.each([
    ["callback-not-stored", "NotStored", "Sum", 1],
    ["callbacks-unproven", "Unproven", "Sum", 1],
    ["spill-not-recovered", "SpilledWaiting", "Maximum", 1],
    ["held", "HeldRecords", "Maximum", 1],
    ["waiting", "WaitingRecords", "Maximum", 1],
    ["crash-dead-letter", "Crashed", "Sum", 1],
    ["redriven", "Redriven", "Sum", 1],
    ["record-given-up", "DeadLettered", "Sum", 1],
    ["dead-records", "DeadRecords", "Maximum", 1],
    ["conflicts-open", "OpenConflicts", "Maximum", 1],
    ["application-down", "BreakersHolding", "Maximum", 1],
    ["signatures-too-old", "RefusedForAge", "Maximum", 1],
    ["findings-open-too-long", "OldestFindingSeconds", "Maximum", 259_200],
    ["money-at-stake", "MoneyAtStakePercent", "Maximum", 100],
    ["oldest-unsettled", "OldestUnsettledSeconds", "Maximum", 300],
    ["front-throttled", "FrontThrottled", "Sum", 1],
  ])("%s: %s of this deployment only", (alarm, MetricName, Statistic, Threshold) => {
    expect(named(alarm)).toMatchObject({ Namespace: "Holdfast", MetricName, Statistic, Threshold, Dimensions: service });
  });

  test.each([
    ["receive-failing", "AWS/Lambda", "Errors", "FunctionName", "shop-receive"],
    ["receive-throttled", "AWS/Lambda", "Throttles", "FunctionName", "shop-receive"],
    ["relay-late", "AWS/Lambda", "IteratorAge", "FunctionName", "shop-relay"],
    ["doorbells-late", "AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", "shop-doorbells.fifo"],
    ["relay-failing", "AWS/Lambda", "Errors", "FunctionName", "shop-relay"],
    ["sweep-failing", "AWS/Lambda", "Errors", "FunctionName", "shop-sweep"],
    ["sweep-silent", "AWS/Lambda", "Invocations", "FunctionName", "shop-sweep"],
    ["consume-busy", "AWS/Lambda", "ConcurrentExecutions", "FunctionName", "shop-consume"],
  ])("%s: %s %s", (alarm, Namespace, MetricName, dimension, value) => {
    const properties = named(alarm);
    expect(properties).toMatchObject({ Namespace, MetricName });
    const [{ Name, Value }] = properties.Dimensions as [{ Name: string; Value: { "Fn::GetAtt"?: unknown } }];
    expect(Name).toBe(dimension);
    const logicalId = JSON.stringify(Value);
    const target = resourcesOf(template, Namespace === "AWS/SQS" ? "AWS::SQS::Queue" : "AWS::Lambda::Function").find((one) =>
      logicalId.includes(`"${one.logicalId}"`),
    );
    expect(target?.Properties[dimension]).toBe(value);
  });

  const expressionOf = (alarm: string) =>
    listAt(named(alarm), "Metrics").map(
      (one) => textAt(one, "Expression") ?? `${textAt(one, "Id")}: ${textAt(one, "MetricStat", "Metric", "MetricName")}`,
    );

  test("spill-in-use: either store", () => {
    expect(expressionOf("spill-in-use")).toEqual(["FILL(queue, 0) + FILL(bucket, 0)", "queue: SpilledToQueue", "bucket: SpilledToBucket"]);
  });

  test("throttled: both tables and both indexes", () => {
    expect(expressionOf("throttled")).toHaveLength(5);
    expect(plain(template, named("throttled").Metrics)).toContain("GlobalSecondaryIndexName");
  });

  test("cannot-acknowledge: any alarm of a callback that gets no acknowledgement", () => {
    const rule = plain(template, composites[0]?.AlarmRule);
    expect(composites.map(nameOf)).toEqual(["cannot-acknowledge"]);
    expect(rule.match(/ALARM\(/g)).toHaveLength(5);
    expect(rule).toContain(" OR ");
  });

  test.each([
    ["spill-not-recovered", 15, 15],
    ["spill-in-use", 2, 5],
    ["held", 15, 15],
    ["waiting", 60, 60],
    ["sweep-failing", 3, 3],
    ["relay-failing", 5, 5],
    ["ack-slow", 3, 5],
    ["throttled", 3, 5],
    ["consume-busy", 10, 15],
  ])("%s: in %i of %i minutes", (alarm, DatapointsToAlarm, EvaluationPeriods) => {
    expect(named(alarm)).toMatchObject({ DatapointsToAlarm, EvaluationPeriods });
  });

  test("front-failing: the stage's 5xx without rejections on purpose, in two minutes of three", () => {
    expect(expressionOf("front-failing")).toEqual(["answered - FILL(meant, 0)", "answered: 5xx", "meant: FrontRefused"]);
    expect(named("front-failing")).toMatchObject({ DatapointsToAlarm: 2, EvaluationPeriods: 3 });
  });

  test.each([
    ["FrontThrottled", '{ $.status = "429" }'],
    ["FrontRefused", '{ ($.status = "5*") && ($.functionStatus = "5*") }'],
  ])("%s is counted from the access log, for this deployment", (MetricName, FilterPattern) => {
    template.hasResourceProperties("AWS::Logs::MetricFilter", {
      FilterPattern,
      MetricTransformations: [
        Match.objectLike({ MetricNamespace: "Holdfast", MetricName, Dimensions: [{ Key: "service", Value: "$.service" }] }),
      ],
    });
    template.hasResourceProperties("AWS::ApiGatewayV2::Stage", {
      AccessLogSettings: Match.objectLike({ Format: Match.stringLikeRegexp('"service":"shop"') }),
    });
  });

  test("a longer grace time makes the oldest record's alarm wait longer", () => {
    const later = resourcesOf(synthesize({ ...config, graceSeconds: 600 }).template, "AWS::CloudWatch::Alarm");
    expect(later.find(({ Properties }) => Properties.AlarmName === "shop-oldest-unsettled")?.Properties.Threshold).toBe(840);
  });
});

describe("where alarms go", () => {
  test("the configuration's address, by a topic that takes alarms of this deployment and nothing unencrypted", () => {
    template.hasResourceProperties("AWS::SNS::Subscription", { Protocol: "email", Endpoint: "operators@example.com" });
    template.hasResourceProperties("AWS::SNS::TopicPolicy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: "Deny", Action: "sns:Publish", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
          Match.objectLike({ Effect: "Allow", Action: "sns:Publish", Principal: { Service: "cloudwatch.amazonaws.com" } }),
        ]),
      },
    });
    const [policy] = resourcesOf(template, "AWS::SNS::TopicPolicy");
    expect(plain(template, policy?.Properties.PolicyDocument)).toContain(":alarm:shop-*");
  });

  test("a topic that is given", () => {
    const stack = new Stack(makeApp(), "Shop");
    const pager = new Topic(stack, "Pager");
    new Holdfast(stack, "Holdfast", { ...config, alarmTopic: pager });
    const template = Template.fromStack(stack);
    const [topic, ...others] = resourcesOf(template, "AWS::SNS::Topic");
    expect(others).toEqual([]);
    for (const { Properties } of resourcesOf(template, "AWS::CloudWatch::Alarm"))
      expect(Properties.AlarmActions).toEqual([{ Ref: topic?.logicalId }]);
  });

  test("nowhere, when neither is given: synth warns", () => {
    const warnings = (props: HoldfastProps) =>
      new Holdfast(new Stack(makeApp(), "Shop"), "Holdfast", props).alarms.node.metadata.filter(({ type }) => type === "aws:cdk:warning");
    const { alarms: _, ...silent } = config;
    expect(warnings(silent).map(({ data }) => data)).toEqual([expect.stringContaining("No alarm reaches anybody: set alarms.email")]);
    expect(warnings(config)).toEqual([]);
  });
});
