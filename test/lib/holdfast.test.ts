import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { Key } from "aws-cdk-lib/aws-kms";
import { describe, expect, test } from "vitest";
import type { Config } from "../../core/config/config.ts";
import { at, listAt, textAt } from "../../core/formats/json.ts";
import { Holdfast } from "../../lib/index.ts";
import { config, makeApp, plain, resourcesOf, synthesize, temporaryDirectory } from "./synthesize.ts";

const { app, template } = synthesize();
const properties = (type: string, name: string): Readonly<Record<string, unknown>> => {
  const found = resourcesOf(template, type).filter(({ Properties }) => Object.values(Properties).includes(name));
  expect(found).toHaveLength(1);
  return found[0]?.Properties ?? {};
};

describe("the template", () => {
  test("is one, and needs nothing outside of it but a bootstrapped account", () => {
    const { stacks, manifest } = app.synth();
    expect(stacks).toHaveLength(1);
    // What CDK would have to look up in an account before it could go on.
    expect(manifest.missing).toBeUndefined();
    expect(resourcesOf(template, "Custom::")).toEqual([]);
    expect(resourcesOf(template, "AWS::CloudFormation::")).toEqual([]);
  });

  test("is the same for every account and region", () => {
    expect(JSON.stringify(template.toJSON())).not.toMatch(/\b\d{12}\b|us-east-1|ap-northeast-1/);
  });
});

describe("what holds data outlives the stack", () => {
  test.each(["AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::S3::Bucket", "AWS::SecretsManager::Secret"])("%s", (type) => {
    const found = resourcesOf(template, type);
    expect(found.length).toBeGreaterThan(0);
    for (const { DeletionPolicy, UpdateReplacePolicy } of found)
      expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(["Retain", "Retain"]);
  });

  test("the queues of spilled callbacks and of dead letters; doorbells can be rung again", () => {
    const kept = Object.fromEntries(resourcesOf(template, "AWS::SQS::Queue").map((one) => [one.Properties.QueueName, one.DeletionPolicy]));
    expect(kept).toEqual({
      "shop-spill": "Retain",
      "shop-dead-letters.fifo": "Retain",
      "shop-doorbells.fifo": "Delete",
      // What says that an export came; the export itself is in the bucket.
      "shop-exports": "Delete",
      "shop-exports-failed": "Delete",
    });
  });

  test("every log ends after three months", () => {
    const logs = resourcesOf(template, "AWS::Logs::LogGroup");
    expect(logs.map(({ Properties }) => Properties.LogGroupName).sort()).toEqual([
      "/aws/lambda/shop-compare",
      "/aws/lambda/shop-consume",
      "/aws/lambda/shop-receive",
      "/aws/lambda/shop-recover",
      "/aws/lambda/shop-relay",
      "/aws/lambda/shop-release",
      "/aws/lambda/shop-sweep",
      "/aws/vendedlogs/shop-callbacks",
    ]);
    for (const { Properties } of logs) expect(Properties.RetentionInDays).toBe(90);
  });
});

describe("the tables", () => {
  const sealed = {
    BillingMode: "PAY_PER_REQUEST",
    DeletionProtectionEnabled: true,
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true, SSEType: "KMS", KMSMasterKeyId: Match.anyValue() },
  };

  test("records: restorable, encrypted, with a stream of new images, expiry and a timeline of keys", () => {
    template.hasResourceProperties("AWS::DynamoDB::Table", {
      ...sealed,
      TableName: "shop-records",
      StreamSpecification: { StreamViewType: "NEW_IMAGE" },
      TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
      GlobalSecondaryIndexes: [Match.objectLike({ IndexName: "timeline", Projection: { ProjectionType: "KEYS_ONLY" } })],
    });
  });

  test("ledger: restorable, encrypted, without a stream, and kept forever", () => {
    template.hasResourceProperties("AWS::DynamoDB::Table", {
      ...sealed,
      TableName: "shop-ledger",
      StreamSpecification: Match.absent(),
      TimeToLiveSpecification: Match.absent(),
      GlobalSecondaryIndexes: [Match.objectLike({ IndexName: "open", Projection: { ProjectionType: "KEYS_ONLY" } })],
    });
  });

  test("they have their own key, rotated yearly; the fallback stores do not share it", () => {
    const [key, ...others] = resourcesOf(template, "AWS::KMS::Key");
    expect(others).toEqual([]);
    expect(key?.Properties.EnableKeyRotation).toBe(true);
    const notSealed = [...resourcesOf(template, "AWS::S3::Bucket"), ...resourcesOf(template, "AWS::SQS::Queue")];
    expect(JSON.stringify(notSealed)).not.toContain(key?.logicalId);
    expect(properties("AWS::SQS::Queue", "shop-spill").SqsManagedSseEnabled).toBe(true);
  });

  test("your own key can be used", () => {
    const stack = new Stack(makeApp(), "Shop");
    new Holdfast(stack, "Holdfast", { ...config, encryptionKey: new Key(stack, "Mine") });
    const template = Template.fromStack(stack);
    const [key, ...others] = resourcesOf(template, "AWS::KMS::Key");
    expect(others).toEqual([]);
    for (const { Properties } of resourcesOf(template, "AWS::DynamoDB::Table"))
      expect(plain(template, (Properties.SSESpecification as { KMSMasterKeyId: unknown }).KMSMasterKeyId)).toBe(key?.logicalId);
  });
});

test("the bucket is private, versioned, and keeps bodies and spilled callbacks a little longer than their records", () => {
  template.hasResourceProperties("AWS::S3::Bucket", {
    BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }] },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
    VersioningConfiguration: { Status: "Enabled" },
    LifecycleConfiguration: {
      Rules: Match.arrayWith([
        { Id: "bodies", Prefix: "bodies/", ExpirationInDays: 407, Status: "Enabled" },
        { Id: "spill", Prefix: "spill/", ExpirationInDays: 407, Status: "Enabled" },
      ]),
    },
  });
});

describe("secrets", () => {
  test("there is one per source and per signed target, empty so that nothing can match", () => {
    const made = resourcesOf(template, "AWS::SecretsManager::Secret").map(({ Properties }) => Properties);
    expect(made.map(({ Name }) => Name).sort()).toEqual(["shop/first", "shop/second", "shop/target/books"]);
    for (const { GenerateSecretString } of made)
      expect(GenerateSecretString).toEqual({ SecretStringTemplate: '{"secrets":[]}', GenerateStringKey: "unused" });
  });
});

describe("the front", () => {
  test("accepts everything that is sent to a source and nothing else, with payload format 2.0", () => {
    expect(resourcesOf(template, "AWS::ApiGatewayV2::Route").map(({ Properties }) => Properties.RouteKey)).toEqual([
      "ANY /callbacks/{source}",
    ]);
    template.hasResourceProperties("AWS::ApiGatewayV2::Integration", { PayloadFormatVersion: "2.0", IntegrationType: "AWS_PROXY" });
  });

  test("is throttled as configured, or at a fifth of an account's limit", () => {
    const stage = (template: Template) => resourcesOf(template, "AWS::ApiGatewayV2::Stage")[0]?.Properties.DefaultRouteSettings;
    expect(stage(template)).toEqual({ ThrottlingRateLimit: 2_000, ThrottlingBurstLimit: 4_000 });
    const slower = synthesize({ ...config, throttle: { ratePerSecond: 50, burst: 100 } }).template;
    expect(stage(slower)).toEqual({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
  });

  test("logs no query, no header, no body and no caller's data but the address", () => {
    const format = textAt(resourcesOf(template, "AWS::ApiGatewayV2::Stage"), 0, "Properties", "AccessLogSettings", "Format");
    const logged = Object.values(JSON.parse(format ?? "") as Record<string, string>).filter((value) => value.startsWith("$"));
    expect(logged.sort()).toEqual([
      "$context.error.message",
      "$context.httpMethod",
      "$context.identity.sourceIp",
      "$context.integration.integrationStatus",
      "$context.integration.status",
      "$context.integrationErrorMessage",
      "$context.path",
      "$context.requestId",
      "$context.requestTimeEpoch",
      "$context.responseLatency",
      "$context.responseLength",
      "$context.status",
    ]);
  });
});

describe("the hand-off", () => {
  const mappings = resourcesOf(template, "AWS::Lambda::EventSourceMapping").map(({ Properties }) => Properties);

  test("relay receives only new, verified records, from the beginning, and reports which it could not ring for", () => {
    const stream = mappings.find(({ StartingPosition }) => StartingPosition !== undefined);
    expect(stream).toMatchObject({
      StartingPosition: "TRIM_HORIZON",
      BatchSize: 100,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      BisectBatchOnFunctionError: true,
      MaximumRecordAgeInSeconds: 3_600,
      MaximumRetryAttempts: 20,
      MetricsConfig: { Metrics: ["EventCount"] },
    });
    expect(listAt(stream, "FilterCriteria", "Filters").map((filter) => JSON.parse(textAt(filter, "Pattern") ?? ""))).toEqual([
      {
        eventName: ["INSERT"],
        dynamodb: { Keys: { sk: { S: ["record"] } }, NewImage: { verification: { S: ["verified"] } } },
      },
    ]);
    expect(plain(template, at(stream, "DestinationConfig", "OnFailure", "Destination"))).toBe("shop-bodies-AWS::AccountId-AWS::Region");
  });

  test("consume reports what failed, and leaves room for receive", () => {
    expect(mappings.find(({ StartingPosition }) => StartingPosition === undefined)).toMatchObject({
      BatchSize: 10,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: 50 },
    });
  });

  test("a message stays hidden for six times as long as the function may take", () => {
    const { Timeout } = properties("AWS::Lambda::Function", "shop-consume");
    expect(properties("AWS::SQS::Queue", "shop-doorbells.fifo").VisibilityTimeout).toBe(6 * Number(Timeout));
  });

  test("queues keep messages for as long as they can, and only crashes redrive", () => {
    for (const name of ["shop-doorbells.fifo", "shop-dead-letters.fifo", "shop-spill"])
      expect(properties("AWS::SQS::Queue", name).MessageRetentionPeriod).toBe(14 * 86_400);
    const { deadLetterTargetArn, maxReceiveCount } = properties("AWS::SQS::Queue", "shop-doorbells.fifo").RedrivePolicy as Record<
      string,
      unknown
    >;
    expect(plain(template, deadLetterTargetArn)).toBe("shop-dead-letters.fifo");
    expect(maxReceiveCount).toBe(1_000);
  });

  test("what was spilled is recorded in batches, each message by itself, at twenty invocations at a time at most", () => {
    const mapping = resourcesOf(template, "AWS::Lambda::EventSourceMapping").find(({ Properties }) =>
      JSON.stringify(Properties.EventSourceArn).includes("Spill"),
    );
    expect(mapping?.Properties).toMatchObject({
      BatchSize: 10,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: 20 },
    });
    const { Timeout } = properties("AWS::Lambda::Function", "shop-recover");
    expect(properties("AWS::SQS::Queue", "shop-spill").VisibilityTimeout).toBe(6 * Number(Timeout));
    expect(properties("AWS::SQS::Queue", "shop-spill").RedrivePolicy).toBeUndefined();
  });

  test("sweep runs every minute, ends before the next run begins, and is not retried", () => {
    expect(resourcesOf(template, "AWS::Events::Rule").map(({ Properties }) => Properties.State)).toEqual(["ENABLED", "ENABLED"]);
    expect(properties("AWS::Lambda::Function", "shop-sweep").Timeout).toBeLessThan(60);
    template.hasResourceProperties("AWS::Lambda::EventInvokeConfig", { MaximumRetryAttempts: 0 });
  });
});

test("release runs every minute and all of it: its next run begins before it ends", () => {
  expect(resourcesOf(template, "AWS::Events::Rule").map(({ Properties }) => [Properties.Name, Properties.ScheduleExpression])).toEqual([
    ["shop-sweep", "rate(1 minute)"],
    ["shop-release", "rate(1 minute)"],
  ]);
  const release = resourcesOf(template, "AWS::Lambda::Function").find(({ Properties }) => Properties.FunctionName === "shop-release");
  expect(release?.Properties.Timeout).toBeGreaterThan(70);
});

describe("every function", () => {
  const functions = resourcesOf(template, "AWS::Lambda::Function");

  test("runs on Node.js 24 and arm64, with its own log", () => {
    expect(functions).toHaveLength(7);
    for (const { Properties } of functions) {
      expect(Properties).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"], Handler: "index.handler" });
      const { LogGroup } = Properties.LoggingConfig as { LogGroup: unknown };
      expect(plain(template, LogGroup)).toBe(`/aws/lambda/${Properties.FunctionName}`);
      // No line for the beginning and the end of each invocation; warnings of Lambda's own, such as a time-out, and all of ours.
      expect(Properties.LoggingConfig).toMatchObject({ LogFormat: "JSON", SystemLogLevel: "WARN" });
      expect(Properties.LoggingConfig).not.toHaveProperty("ApplicationLogLevel");
    }
  });

  test("is its bundle with source maps, and the configuration", () => {
    const directory = join(app.outdir, "functions");
    const staged = readdirSync(directory);
    expect(staged).toHaveLength(7);
    for (const one of staged) {
      const files = readdirSync(join(directory, one));
      expect(files).toContain("index.mjs");
      expect(files).toContain("index.mjs.map");
      expect(files.filter((file) => !/\.mjs(\.map)?$/.test(file))).toEqual(["config.json"]);
      expect(JSON.parse(readFileSync(join(directory, one, "config.json"), "utf8"))).toEqual(config);
      expect(readFileSync(join(directory, one, "index.mjs"), "utf8")).not.toContain("sourceMappingURL");
    }
  });

  test("has an asset whose name follows from its content alone", () => {
    const keys = (template: Template) =>
      resourcesOf(template, "AWS::Lambda::Function").map(({ Properties }) => (Properties.Code as { S3Key: string }).S3Key);
    expect(keys(synthesize().template)).toEqual(keys(template));
    const other = keys(synthesize({ ...config, graceSeconds: 61 }).template);
    for (const [at, key] of keys(template).entries()) expect(other[at]).not.toBe(key);
  });

  test("two deployments with different configurations fit into one app", () => {
    const stack = new Stack(makeApp(), "Both");
    new Holdfast(stack, "One", config);
    new Holdfast(stack, "Other", { ...config, name: "other" });
    const names = resourcesOf(Template.fromStack(stack), "AWS::Lambda::Function").map(({ Properties }) => Properties.FunctionName);
    expect(new Set(names).size).toBe(14);
  });
});

describe("a configuration that cannot work", () => {
  const broken = { ...config, sources: { first: { gateway: "sandbx", target: "ap" } } } satisfies Config;

  test("is rejected at synth, with all its problems and the remedies", () => {
    const stack = new Stack(new App({ outdir: temporaryDirectory() }), "Shop");
    expect(() => new Holdfast(stack, "Holdfast", broken)).toThrow(
      /^The configuration has 2 problems:\n {2}sources\.first\.gateway = "sandbx": .*did you mean "sandbox"\?.*\n {2}sources\.first\.target = "ap": .*did you mean "app"\?/,
    );
  });
});
