import { Stack } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, test } from "vitest";
import type { Config } from "../../core/config/config.ts";
import { Holdfast } from "../../lib/index.ts";
import { allowedTo } from "./allowed.ts";
import { config, makeApp, plain, resourcesOf, synthesize } from "./synthesize.ts";

const bus = "aws.partner/stripe.com/ed_1";
const onBus: Config = {
  ...config,
  sources: { ...config.sources, stripe: { kind: "eventbridge", bus, gateway: "stripe", target: "books" } },
};

test("without a source on a partner's bus there is nothing for one", () => {
  expect(resourcesOf(synthesize().template, "AWS::Lambda::Function").map(({ Properties }) => Properties.FunctionName)).not.toContain(
    "shop-listen",
  );
});

describe("a source on a partner's bus", () => {
  const { template } = synthesize(onBus);

  test("has a rule on that bus, for what the partner puts there, and no secret", () => {
    const rules = resourcesOf(template, "AWS::Events::Rule").filter(({ Properties }) => Properties.EventPattern !== undefined);
    expect(rules.map(({ Properties }) => [Properties.EventBusName, Properties.EventPattern])).toEqual([[bus, { source: [bus] }]]);
    const [target] = (rules[0]?.Properties.Targets ?? []) as readonly { readonly Arn: unknown }[];
    expect(plain(template, target?.Arn)).toBe("shop-listen");
    const secrets = resourcesOf(template, "AWS::SecretsManager::Secret").map(({ Properties }) => Properties.Name);
    expect(secrets).toEqual(["shop/first", "shop/second", "shop/target/books"]);
    expect(allowedTo(template, "HoldfastReceiver").some((one) => one.includes("shop/stripe"))).toBe(false);
  });

  test("is stored by a function that puts, and reads nothing", () => {
    const bucket = "shop-bodies-AWS::AccountId-AWS::Region";
    expect(allowedTo(template, "HoldfastListener").filter((one) => !one.startsWith("kms:"))).toEqual([
      "dynamodb:PutItem on shop-records",
      "logs:CreateLogStream on /aws/lambda/shop-listen",
      "logs:PutLogEvents on /aws/lambda/shop-listen",
      `s3:ListBucket on ${bucket}`,
      `s3:PutObject on ${bucket}/aws/lambda/*`,
      `s3:PutObject on ${bucket}/bodies/*`,
      `s3:PutObject on ${bucket}/spill/*`,
      "sqs:SendMessage on shop-spill",
    ]);
  });

  test("comes again for hours when it cannot be stored, and is kept in the bucket after that", () => {
    const [invoke] = resourcesOf(template, "AWS::Lambda::EventInvokeConfig").filter(({ logicalId }) => logicalId.includes("Listener"));
    expect(invoke?.Properties).toMatchObject({ MaximumEventAgeInSeconds: 21_600, MaximumRetryAttempts: 2 });
    const { OnFailure } = (invoke?.Properties.DestinationConfig ?? {}) as { readonly OnFailure?: { readonly Destination: unknown } };
    expect(plain(template, OnFailure?.Destination)).toBe("shop-bodies-AWS::AccountId-AWS::Region");
  });

  test("has an alarm for what is not stored", () => {
    const alarms = resourcesOf(template, "AWS::CloudWatch::Alarm").map(({ Properties }) => Properties.AlarmName);
    expect(alarms).toContain("shop-events-not-stored-stripe");
    expect(alarms).not.toContain("shop-events-not-stored-first");
  });

  test("leaves nothing for the AwsSolutions rules to find", () => {
    const app = makeApp();
    const stack = new Stack(app, "Shop");
    new Holdfast(stack, "Holdfast", onBus);
    expect(new AwsSolutionsChecks(app).validateScope(stack).violations).toEqual([]);
  });
});
