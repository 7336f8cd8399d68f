/** What CloudFormation would refuse, as CDK's validation knows it. It takes longer than a synthesis, and is done here for all resources that there are. */
import { type App, Stack } from "aws-cdk-lib";
import { Vpc } from "aws-cdk-lib/aws-ec2";
import { CfnQueue } from "aws-cdk-lib/aws-sqs";
import { expect, test } from "vitest";
import { Holdfast, type HoldfastProps } from "../../lib/index.ts";
import { config, makeApp } from "./synthesize.ts";

const validate = (build: (stack: Stack) => void): void => {
  const app: App = makeApp({ isValidated: true });
  build(new Stack(app, "Shop"));
  app.synth();
};

/** With every kind of target and source, and all that is deployed only where it is asked for. */
const everything: HoldfastProps = {
  ...config,
  targets: {
    ...config.targets,
    queue: { kind: "sqs", arn: "arn:aws:sqs:us-east-1:123456789012:orders" },
    work: { kind: "lambda", arn: "arn:aws:lambda:us-east-1:123456789012:function:orders" },
    bus: { kind: "eventbridge", arn: "arn:aws:events:us-east-1:123456789012:event-bus/orders" },
  },
  sources: { ...config.sources, partner: { kind: "eventbridge", bus: "aws.partner/stripe.com/ed_1", gateway: "stripe", target: "books" } },
  reconciliation: { athena: true },
  throttle: { ratePerSecond: 50, burst: 100 },
};

test.each<[string, (stack: Stack) => void]>([
  ["what is deployed by default", (stack) => new Holdfast(stack, "Holdfast", config)],
  ["everything that can be", (stack) => new Holdfast(stack, "Holdfast", { ...everything, network: { vpc: new Vpc(stack, "Net") } })],
])("CloudFormation takes the template of %s", { timeout: 120_000 }, (_, build) => {
  expect(() => validate(build)).not.toThrow();
});

test("a template that it would refuse is found", { timeout: 120_000 }, () => {
  expect(() => validate((stack) => new CfnQueue(stack, "Queue", { visibilityTimeout: -1 }))).toThrow(
    "VisibilityTimeout: -1 is less than the minimum",
  );
});
