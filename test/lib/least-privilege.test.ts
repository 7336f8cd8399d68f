import { Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { AccountRootPrincipal, Role } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { describe, expect, test } from "vitest";
import { Holdfast, type HoldfastProps } from "../../lib/index.ts";
import { allowedTo } from "./allowed.ts";
import { config, makeApp, resourcesOf, synthesize } from "./synthesize.ts";

const { template } = synthesize();
/** By name: the six characters that end a secret's ARN are not known before it exists. */
const secret = (name: string) => `arn:AWS::Partition:secretsmanager:AWS::Region:AWS::AccountId:secret:${name}-??????`;
const bucket = "shop-bodies-AWS::AccountId-AWS::Region";
const withoutKey = (allowed: readonly string[]) => allowed.filter((one) => !one.startsWith("kms:"));
describe("each function may do just what it does", () => {
  test("receive puts, and reads nothing back but its sources' secrets", () => {
    expect(withoutKey(allowedTo(template, "HoldfastReceiver"))).toEqual([
      "dynamodb:PutItem on shop-records",
      "logs:CreateLogStream on /aws/lambda/shop-receive",
      "logs:PutLogEvents on /aws/lambda/shop-receive",
      `s3:PutObject on ${bucket}/bodies/*`,
      `s3:PutObject on ${bucket}/spill/*`,
      `secretsmanager:GetSecretValue on ${secret("shop/first")}`,
      `secretsmanager:GetSecretValue on ${secret("shop/second")}`,
      "sqs:SendMessage on shop-spill",
    ]);
  });

  test("relay reads the stream and rings", () => {
    expect(withoutKey(allowedTo(template, "HoldfastRelay"))).toEqual([
      "dynamodb:DescribeStream on shop-records.StreamArn",
      "dynamodb:GetRecords on shop-records.StreamArn",
      "dynamodb:GetShardIterator on shop-records.StreamArn",
      "dynamodb:ListStreams on shop-records.StreamArn",
      "logs:CreateLogStream on /aws/lambda/shop-relay",
      "logs:PutLogEvents on /aws/lambda/shop-relay",
      `s3:GetObject on ${bucket}/bodies/*`,
      `s3:ListBucket on ${bucket}`,
      `s3:PutObject on ${bucket}/aws/lambda/*`,
      "sqs:SendMessage on shop-doorbells.fifo",
    ]);
  });

  test("consume reads records, changes the ledger, and answers the queue", () => {
    expect(withoutKey(allowedTo(template, "HoldfastConsumer"))).toEqual([
      "dynamodb:BatchGetItem on shop-ledger",
      "dynamodb:ConditionCheckItem on shop-ledger",
      "dynamodb:DeleteItem on shop-ledger",
      "dynamodb:GetItem on shop-ledger",
      "dynamodb:GetItem on shop-records",
      "dynamodb:PutItem on shop-ledger",
      "dynamodb:Query on shop-ledger",
      "dynamodb:UpdateItem on shop-ledger",
      "logs:CreateLogStream on /aws/lambda/shop-consume",
      "logs:PutLogEvents on /aws/lambda/shop-consume",
      `s3:GetObject on ${bucket}/bodies/*`,
      `s3:ListBucket on ${bucket} when {"StringLike":{"s3:prefix":"bodies/*"}}`,
      `secretsmanager:GetSecretValue on ${secret("shop/target/books")}`,
      "sqs:ChangeMessageVisibility on shop-doorbells.fifo",
      "sqs:DeleteMessage on shop-doorbells.fifo",
      "sqs:GetQueueAttributes on shop-doorbells.fifo",
      "sqs:GetQueueUrl on shop-doorbells.fifo",
      "sqs:ReceiveMessage on shop-doorbells.fifo",
      "sqs:SendMessage on shop-dead-letters.fifo",
      "sqs:SendMessage on shop-doorbells.fifo",
    ]);
  });

  test("sweep finds, records what was spilled, rings, and sends the digest to the alarm topic", () => {
    expect(withoutKey(allowedTo(template, "HoldfastSweeper"))).toEqual([
      "dynamodb:BatchGetItem on shop-ledger",
      "dynamodb:ConditionCheckItem on shop-ledger",
      "dynamodb:DeleteItem on shop-ledger",
      "dynamodb:GetItem on shop-ledger",
      "dynamodb:GetItem on shop-records",
      "dynamodb:PutItem on shop-ledger",
      "dynamodb:PutItem on shop-records",
      "dynamodb:Query on shop-ledger",
      "dynamodb:Query on shop-ledger/index/open",
      "dynamodb:Query on shop-records/index/timeline",
      "logs:CreateLogStream on /aws/lambda/shop-sweep",
      "logs:PutLogEvents on /aws/lambda/shop-sweep",
      `s3:DeleteObject on ${bucket}/spill/*`,
      `s3:GetObject on ${bucket}/bodies/*`,
      `s3:GetObject on ${bucket}/spill/*`,
      `s3:ListBucket on ${bucket} when {"StringLike":{"s3:prefix":"bodies/*"}}`,
      `s3:ListBucket on ${bucket} when {"StringLike":{"s3:prefix":"spill/*"}}`,
      `s3:PutObject on ${bucket}/bodies/*`,
      `secretsmanager:GetSecretValue on ${secret("shop/first")}`,
      `secretsmanager:GetSecretValue on ${secret("shop/second")}`,
      "sns:Publish on shop-alarms",
      "sqs:ChangeMessageVisibility on shop-dead-letters.fifo",
      "sqs:DeleteMessage on shop-dead-letters.fifo",
      "sqs:GetQueueAttributes on shop-spill",
      "sqs:ReceiveMessage on shop-dead-letters.fifo",
      "sqs:SendMessage on shop-dead-letters.fifo",
      "sqs:SendMessage on shop-doorbells.fifo",
    ]);
  });

  test("release reads and moves on what waits, and rings: it sees no callback and no secret", () => {
    expect(withoutKey(allowedTo(template, "HoldfastReleaser"))).toEqual([
      "dynamodb:BatchGetItem on shop-ledger",
      "dynamodb:DeleteItem on shop-ledger",
      "dynamodb:GetItem on shop-ledger",
      "dynamodb:PutItem on shop-ledger",
      "dynamodb:Query on shop-ledger",
      "dynamodb:Query on shop-ledger/index/open",
      "logs:CreateLogStream on /aws/lambda/shop-release",
      "logs:PutLogEvents on /aws/lambda/shop-release",
      "sqs:SendMessage on shop-doorbells.fifo",
    ]);
  });

  test("compare reads exports and both tables, and writes runs, findings and reports: no record, no secret, no delivery", () => {
    expect(withoutKey(allowedTo(template, "HoldfastComparer"))).toEqual([
      "dynamodb:BatchGetItem on shop-ledger",
      "dynamodb:BatchGetItem on shop-records",
      "dynamodb:GetItem on shop-ledger",
      "dynamodb:GetItem on shop-records",
      "dynamodb:PutItem on shop-ledger",
      "dynamodb:Query on shop-ledger",
      "dynamodb:Query on shop-ledger/index/open",
      "dynamodb:Query on shop-records/index/timeline",
      "dynamodb:Scan on shop-ledger",
      "logs:CreateLogStream on /aws/lambda/shop-compare",
      "logs:PutLogEvents on /aws/lambda/shop-compare",
      `s3:GetObject on ${bucket}/bodies/*`,
      `s3:GetObject on ${bucket}/exports/*`,
      `s3:GetObject on ${bucket}/reports/*`,
      `s3:ListBucket on ${bucket} when {"StringLike":{"s3:prefix":"bodies/*"}}`,
      `s3:ListBucket on ${bucket} when {"StringLike":{"s3:prefix":"exports/*"}}`,
      `s3:ListBucket on ${bucket} when {"StringLike":{"s3:prefix":"reports/*"}}`,
      `s3:PutObject on ${bucket}/reports/*`,
      "sns:Publish on shop-alarms",
      "sqs:ChangeMessageVisibility on shop-exports",
      "sqs:DeleteMessage on shop-exports",
      "sqs:GetQueueAttributes on shop-exports",
      "sqs:GetQueueUrl on shop-exports",
      "sqs:ReceiveMessage on shop-exports",
    ]);
  });

  test("compare may put records only where the configuration has it enter what exports prove", () => {
    const { first } = config.sources;
    const entering = { ...config, sources: { ...config.sources, first: { ...first, exports: { recover: "enter" } } } } as HoldfastProps;
    const more = allowedTo(synthesize(entering).template, "HoldfastComparer").filter(
      (one) => !one.startsWith("kms:") && !allowedTo(template, "HoldfastComparer").includes(one),
    );
    expect(more).toEqual(["dynamodb:PutItem on shop-records", `s3:PutObject on ${bucket}/bodies/*`]);
  });

  test("recover takes what was spilled to the queue, and records it", () => {
    expect(withoutKey(allowedTo(template, "HoldfastRecoverer"))).toEqual([
      "dynamodb:PutItem on shop-records",
      "logs:CreateLogStream on /aws/lambda/shop-recover",
      "logs:PutLogEvents on /aws/lambda/shop-recover",
      `s3:PutObject on ${bucket}/bodies/*`,
      "sqs:ChangeMessageVisibility on shop-spill",
      "sqs:DeleteMessage on shop-spill",
      "sqs:GetQueueAttributes on shop-spill",
      "sqs:GetQueueUrl on shop-spill",
      "sqs:ReceiveMessage on shop-spill",
    ]);
  });

  test("the tables' key is only used through DynamoDB", () => {
    const onKey = [
      "HoldfastReceiver",
      "HoldfastRelay",
      "HoldfastConsumer",
      "HoldfastSweeper",
      "HoldfastReleaser",
      "HoldfastRecoverer",
    ].flatMap((role) => allowedTo(template, role).filter((one) => one.startsWith("kms:")));
    expect(onKey.length).toBeGreaterThan(4);
    for (const one of onKey)
      expect(one).toMatch(/"kms:ViaService":\{"Fn::Join":\["",\["dynamodb\.",\{"Ref":"AWS::Region"\},"\.amazonaws\.com"\]\]\}/);
  });
});

test("a secret that the configuration names is read, not created", () => {
  const { template } = synthesize({ ...config, sources: { first: { gateway: "sandbox", target: "app", secretName: "prod/gateway" } } });
  expect(resourcesOf(template, "AWS::SecretsManager::Secret").map(({ Properties }) => Properties.Name)).toEqual(["shop/target/books"]);
  const secretOf = (role: string) => allowedTo(template, role).filter((one) => one.startsWith("secretsmanager:"));
  expect(secretOf("HoldfastReceiver")).toEqual([`secretsmanager:GetSecretValue on ${secret("prod/gateway")}`]);
});

test("only sweep and compare publish, and only to the topic it is given, with the use of that topic's key", () => {
  const stack = new Stack(makeApp(), "Shop");
  const pager = new Topic(stack, "Pager", { topicName: "pager", masterKey: new Key(stack, "PagerKey", { alias: "pager" }) });
  new Holdfast(stack, "Holdfast", { ...config, alarmTopic: pager });
  const template = Template.fromStack(stack);
  const onTopics = (role: string) => allowedTo(template, role).filter((one) => one.startsWith("sns:"));
  expect(onTopics("HoldfastSweeper")).toEqual(["sns:Publish on pager"]);
  expect(onTopics("HoldfastComparer")).toEqual(["sns:Publish on pager"]);
  expect(
    allowedTo(template, "HoldfastSweeper")
      .filter((one) => /^kms:.*PagerKey/.test(one))
      .map((one) => one.split(" ")[0]),
  ).toEqual(["kms:Decrypt", "kms:GenerateDataKey*"]);
  for (const role of ["HoldfastReceiver", "HoldfastRelay", "HoldfastConsumer", "HoldfastReleaser", "HoldfastRecoverer"])
    expect(onTopics(role)).toEqual([]);
});

test("only consume reads the credentials of gateways' APIs", () => {
  const options = { readBackSecret: "shop/paidy-api" };
  const { template } = synthesize({ ...config, sources: { first: { gateway: "paidy", target: "app", options } } });
  const read = `secretsmanager:GetSecretValue on ${secret("shop/paidy-api")}`;
  expect(allowedTo(template, "HoldfastConsumer")).toContain(read);
  for (const role of ["HoldfastReceiver", "HoldfastRelay", "HoldfastSweeper", "HoldfastReleaser"])
    expect(allowedTo(template, role)).not.toContain(read);
  expect(resourcesOf(template, "AWS::SecretsManager::Secret").map(({ Properties }) => Properties.Name)).not.toContain("shop/paidy-api");
});

test("consume reads a source's secret only where its signatures age and its target has them made again", () => {
  const url = "https://app.example.com/hooks";
  const { template } = synthesize({
    ...config,
    targets: {
      again: { kind: "http", url, mode: "pass-through", resign: true },
      once: { kind: "http", url, mode: "pass-through" },
    },
    sources: {
      stripe: { gateway: "stripe", target: "again" },
      komoju: { gateway: "komoju", target: "again" },
      other: { gateway: "stripe", target: "once" },
    },
  });
  const read = allowedTo(template, "HoldfastConsumer").filter((one) => one.startsWith("secretsmanager:"));
  expect(read).toEqual([`secretsmanager:GetSecretValue on ${secret("shop/stripe")}`]);
});

describe("people", () => {
  const app = makeApp();
  const stack = new Stack(app, "Shop");
  const holdfast = new Holdfast(stack, "Holdfast", config);
  const assumedBy = new AccountRootPrincipal();
  holdfast.grantRead(new Role(stack, "Reader", { assumedBy }));
  holdfast.grantOperate(new Role(stack, "Operator", { assumedBy }));
  holdfast.grantRelease(new Role(stack, "Releaser", { assumedBy }));
  holdfast.grantErase(new Role(stack, "Eraser", { assumedBy }));
  holdfast.grantExports(new Role(stack, "Exporter", { assumedBy }));
  const template = Template.fromStack(stack);

  test("grantRead changes nothing", () => {
    const allowed = withoutKey(allowedTo(template, "Reader"));
    expect(allowed).toContain("dynamodb:Query on shop-records/index/timeline");
    expect(allowed.filter((one) => one.includes("Scan"))).toEqual(["dynamodb:Scan on shop-ledger"]);
    expect(allowed).toContain(`s3:GetObject on ${bucket}/bodies/*`);
    expect(allowed.filter((one) => !/^(dynamodb:(Get|BatchGet|Query|Scan)|s3:(GetObject|ListBucket)|sqs:GetQueue)/.test(one))).toEqual([]);
  });

  test("grantOperate allows replays, but no change of a record", () => {
    const more = withoutKey(allowedTo(template, "Operator")).filter((one) => !allowedTo(template, "Reader").includes(one));
    expect(more).toEqual([
      "dynamodb:ConditionCheckItem on shop-ledger",
      "dynamodb:DeleteItem on shop-ledger",
      "dynamodb:PutItem on shop-ledger",
      "dynamodb:UpdateItem on shop-ledger",
      "sqs:ChangeMessageVisibility on shop-dead-letters.fifo",
      "sqs:DeleteMessage on shop-dead-letters.fifo",
      "sqs:ReceiveMessage on shop-dead-letters.fifo",
      "sqs:SendMessage on shop-doorbells.fifo",
    ]);
  });

  test("only grantRelease allows putting records and reading secrets", () => {
    const more = withoutKey(allowedTo(template, "Releaser")).filter((one) => !allowedTo(template, "Operator").includes(one));
    expect(more).toEqual([
      "dynamodb:PutItem on shop-records",
      `s3:PutObject on ${bucket}/bodies/*`,
      `secretsmanager:GetSecretValue on ${secret("shop/first")}`,
      `secretsmanager:GetSecretValue on ${secret("shop/second")}`,
    ]);
  });

  test("grantErase allows taking data out of records and the ledger, and nothing that sends or records any", () => {
    const more = withoutKey(allowedTo(template, "Eraser")).filter((one) => !allowedTo(template, "Reader").includes(one));
    expect(more).toEqual([
      "dynamodb:ConditionCheckItem on shop-ledger",
      "dynamodb:DeleteItem on shop-ledger",
      "dynamodb:PutItem on shop-ledger",
      "dynamodb:UpdateItem on shop-ledger",
      "dynamodb:UpdateItem on shop-records",
      `s3:DeleteObject on ${bucket}/bodies/*`,
    ]);
  });

  test("grantExports allows putting exports, and nothing else", () => {
    expect(allowedTo(template, "Exporter")).toEqual([`s3:PutObject on ${bucket}/exports/*`]);
  });

  test("no other grant allows updating or deleting a record", () => {
    const everybody = ["HoldfastReceiver", "HoldfastRelay", "HoldfastConsumer", "HoldfastSweeper", "Reader", "Operator", "Releaser"];
    const onRecords = everybody.flatMap((role) => allowedTo(template, role)).filter((one) => one.includes(" on shop-records"));
    expect(onRecords.length).toBeGreaterThan(10);
    expect(onRecords.filter((one) => /Update|Delete|BatchWrite|\*/.test(one))).toEqual([]);
  });
});

test("only consume delivers to targets in AWS, and to no others than those of the configuration", () => {
  const [queue, work, bus] = [
    "arn:aws:sqs:eu-central-1:123456789012:orders.fifo",
    "arn:aws:lambda:eu-central-1:123456789012:function:orders:live",
    "arn:aws:events:eu-central-1:123456789012:event-bus/orders",
  ] as const;
  const { template } = synthesize({
    ...config,
    targets: {
      ...config.targets,
      queue: { kind: "sqs", arn: queue },
      work: { kind: "lambda", arn: work },
      bus: { kind: "eventbridge", arn: bus },
    },
  });
  const before = synthesize(config).template;
  for (const role of ["HoldfastReceiver", "HoldfastRelay", "HoldfastSweeper", "HoldfastReleaser", "HoldfastRecoverer"])
    expect(allowedTo(template, role)).toEqual(allowedTo(before, role));
  const more = allowedTo(template, "HoldfastConsumer").filter((one) => !allowedTo(before, "HoldfastConsumer").includes(one));
  expect(more).toEqual([
    `events:DescribeEventBus on ${bus}`,
    `events:PutEvents on ${bus}`,
    `lambda:InvokeFunction on ${work}`,
    `sqs:SendMessage on ${queue}`,
  ]);
});
