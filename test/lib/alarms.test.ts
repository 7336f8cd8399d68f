import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Stack } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { Topic } from "aws-cdk-lib/aws-sns";
import { describe, expect, test } from "vitest";
import { listAt, textAt } from "../../core/formats/json.ts";
import { Holdfast, type HoldfastProps } from "../../lib/index.ts";
import { config, makeApp, plain, resourcesOf, root, synthesize } from "./synthesize.ts";

const { template } = synthesize();
const alarms = resourcesOf(template, "AWS::CloudWatch::Alarm").map(({ Properties }) => Properties);
const nameOf = (alarm: Readonly<Record<string, unknown>>): string => String(alarm.AlarmName).slice("shop-".length);
const named = (name: string): Readonly<Record<string, unknown>> => {
  const found = alarms.filter((alarm) => nameOf(alarm) === name);
  expect(found).toHaveLength(1);
  return found[0] ?? {};
};

describe("the runbook", () => {
  const sections = readFileSync(join(root, "docs/runbook.md"), "utf8").split(/^## /m).slice(1);
  const headingOf = (section: string): string => section.slice(0, section.indexOf("\n"));
  const alarmSections = sections.filter((section) => section.includes("\n**What happened.**"));

  test("has a heading for every alarm, and an alarm for every such heading", () => {
    expect(alarmSections.map(headingOf).sort()).toEqual(alarms.map(nameOf).sort());
  });

  test.each(alarmSections.map((section) => [headingOf(section), section] as const))("says of %s all that a person needs", (_, section) => {
    const asked = ["What happened.", "What it means for money.", "What to look at.", "What to do.", "Resolved when"];
    const at = asked.map((question) => section.indexOf(`**${question}`));
    expect(at).toEqual([...at].sort((one, other) => one - other));
    expect(at[0]).toBeGreaterThan(0);
    expect(section).toMatch(/npx holdfast|aws /);
  });
});

describe("each alarm", () => {
  test.each(alarms.map((alarm) => [nameOf(alarm), String(alarm.AlarmDescription)] as const))(
    "%s says in three sentences what happened, what it means for money, and what to type",
    (_, description) => {
      expect(description.length).toBeLessThanOrEqual(1_024);
      expect(description).toMatch(/^[A-Z][^.]+\. [A-Z][^.]+\. Type: (npx|aws) [^.]+$/);
    },
  );

  test("notifies the topic when it goes off and when it is resolved", () => {
    const [topic] = resourcesOf(template, "AWS::SNS::Topic");
    for (const { AlarmActions, OKActions } of alarms) {
      expect(AlarmActions).toEqual([{ Ref: topic?.logicalId }]);
      expect(OKActions).toEqual(AlarmActions);
    }
  });

  test("reads silence as OK, except the one that measures whether anything is forgotten", () => {
    const breaching = alarms.filter(({ TreatMissingData }) => TreatMissingData !== "notBreaching");
    expect(breaching.map(nameOf)).toEqual(["oldest-unsettled"]);
    expect(breaching[0]?.TreatMissingData).toBe("breaching");
  });

  test("watches a metric that is emitted", () => {
    const emitted = readFileSync(join(root, "functions/shell/metrics.ts"), "utf8");
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
    ["secret-unreadable", "StoredUnverified", "Sum", 1],
    ["record-given-up", "DeadLettered", "Sum", 1],
    ["dead-records", "DeadRecords", "Maximum", 1],
    ["application-down", "BreakersTripped", "Sum", 1],
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
    ["spill-not-recovered", "AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", "shop-spill"],
    ["dead-letter-queue-not-empty", "AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", "shop-dead-letters.fifo"],
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
