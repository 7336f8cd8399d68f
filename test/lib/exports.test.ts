/** What has an export compared that is put into the bucket. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { HoldfastProps } from "../../lib/index.ts";
import { config, plain, resourcesOf, synthesize, temporaryDirectory } from "./synthesize.ts";

const { template } = synthesize();
const queueNamed = (name: string) => resourcesOf(template, "AWS::SQS::Queue").find(({ Properties }) => Properties.QueueName === name);

describe("the bucket", () => {
  const [bucket] = resourcesOf(template, "AWS::S3::Bucket");

  test("says what is put under exports/, and nothing of reports/, so that a report starts nothing", () => {
    const { QueueConfigurations = [], ...others } = (bucket?.Properties.NotificationConfiguration ?? {}) as {
      QueueConfigurations: { Event: string; Filter: unknown; Queue: unknown }[];
    };
    expect(others).toEqual({});
    expect(QueueConfigurations.map(({ Queue, ...rest }) => ({ ...rest, Queue: plain(template, Queue) }))).toEqual([
      { Event: "s3:ObjectCreated:*", Filter: { S3Key: { Rules: [{ Name: "prefix", Value: "exports/" }] } }, Queue: "shop-exports" },
    ]);
  });

  test("is made after the queue's policy, without which S3 refuses, and there is no function that may change buckets", () => {
    const policies = resourcesOf(template, "AWS::SQS::QueuePolicy").map(({ logicalId }) => logicalId);
    const { DependsOn = [] } = (template.toJSON().Resources[bucket?.logicalId ?? ""] ?? {}) as { DependsOn?: string[] };
    expect(DependsOn.filter((one) => policies.includes(one))).toEqual([expect.stringContaining("Arrivals")]);
    expect(resourcesOf(template, "Custom::").length).toBe(0);
  });

  test("keeps exports and reports as long as records", () => {
    const { Rules } = (bucket?.Properties.LifecycleConfiguration ?? {}) as { Rules: { Prefix?: string; ExpirationInDays?: number }[] };
    const days = Object.fromEntries(Rules.map(({ Prefix, ExpirationInDays }) => [Prefix, ExpirationInDays]));
    expect(days).toMatchObject({ "exports/": 407, "reports/": 407, "bodies/": 407 });
  });
});

describe("its queue", () => {
  const queue = queueNamed("shop-exports");

  test("takes messages of that bucket in this account, over TLS, and of nobody else", () => {
    const policies = resourcesOf(template, "AWS::SQS::QueuePolicy").find(({ logicalId }) => /ArrivalsQueue/.test(logicalId));
    const { Statement } = (policies?.Properties.PolicyDocument ?? {}) as {
      Statement: { Effect: string; Principal: unknown; Condition: unknown }[];
    };
    const allowed = Statement.filter(({ Effect }) => Effect === "Allow");
    expect(allowed).toMatchObject([
      { Action: "sqs:SendMessage", Principal: { Service: "s3.amazonaws.com" }, Condition: { StringEquals: { "aws:SourceAccount": {} } } },
    ]);
    expect(JSON.stringify(allowed[0]?.Condition)).toContain("s3:::shop-bodies-");
  });

  test("waits a minute for the other files of an export, and gives up after three attempts where an operator sees it", () => {
    expect(queue?.Properties).toMatchObject({ DelaySeconds: 60, MessageRetentionPeriod: 1_209_600, RedrivePolicy: { maxReceiveCount: 3 } });
    expect(queueNamed("shop-exports-failed")?.Properties).toMatchObject({ MessageRetentionPeriod: 1_209_600 });
  });
});

describe("the function", () => {
  const [compare] = resourcesOf(template, "AWS::Lambda::Function").filter(({ Properties }) => Properties.FunctionName === "shop-compare");

  test("has Lambda's longest time and 2 GB, and is not called for a second attempt while the first one runs", () => {
    expect(compare?.Properties).toMatchObject({ Timeout: 900, MemorySize: 2_048 });
    expect(queueNamed("shop-exports")?.Properties.VisibilityTimeout).toBeGreaterThan(900);
    const mapping = resourcesOf(template, "AWS::Lambda::EventSourceMapping").find(({ Properties }) =>
      plain(template, Properties.EventSourceArn).includes("shop-exports"),
    );
    expect(mapping?.Properties).toMatchObject({
      BatchSize: 1,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });

  test("takes its memory from the configuration", () => {
    const larger = synthesize({ ...config, capacity: { compare: { memoryMb: 10_240 } } }).template;
    const [found] = resourcesOf(larger, "AWS::Lambda::Function").filter(({ Properties }) => Properties.FunctionName === "shop-compare");
    expect(found?.Properties.MemorySize).toBe(10_240);
  });
});

describe("a mapping file of the configuration", () => {
  const { first } = config.sources;
  const having = (path: string) =>
    ({ ...config, sources: { ...config.sources, first: { ...first, exports: { mappings: [path] } } } }) as HoldfastProps;
  const mapping = {
    ...{ name: "bank", about: "money", payment: ["id"], at: [{ columns: ["at"], formats: ["iso"] }] },
    amount: { column: ["amount"], sign: "unsigned", unit: "major" },
  };

  test("goes along with the functions", () => {
    const path = join(temporaryDirectory(), "bank.json");
    writeFileSync(path, JSON.stringify(mapping));
    const { app } = synthesize(having(path));
    const directory = join(app.outdir, "functions");
    const written = readdirSync(directory).map((one) => JSON.parse(readFileSync(join(directory, one, "config.json"), "utf8")));
    expect(written.map((one) => one.sources.first.exports.mappings)).toEqual(written.map(() => [mapping]));
  });

  test("that is not there stops the deployment", () => {
    expect(() => synthesize(having("./none.json"))).toThrow('sources.first.exports.mappings[0] = "./none.json": the file cannot be read');
  });
});
