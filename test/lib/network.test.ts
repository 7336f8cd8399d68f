import { Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { SecurityGroup, Vpc } from "aws-cdk-lib/aws-ec2";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, test } from "vitest";
import { type ConsumerNetwork, Holdfast } from "../../lib/index.ts";
import { config, makeApp, plain, resourcesOf } from "./synthesize.ts";

const inNetwork = (network: (stack: Stack, vpc: Vpc) => ConsumerNetwork = (_, vpc) => ({ vpc })) => {
  const app = makeApp();
  const stack = new Stack(app, "Shop");
  const vpc = new Vpc(stack, "Net", { restrictDefaultSecurityGroup: false });
  const holdfast = new Holdfast(stack, "Holdfast", { ...config, network: network(stack, vpc) });
  return { app, stack, holdfast, template: Template.fromStack(stack) };
};

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: { readonly ArnEquals: Readonly<Record<string, unknown>> };
}

describe("a network for consume", () => {
  const { app, holdfast, template } = inNetwork();

  test("is where consume runs, and no other function", () => {
    const placed = resourcesOf(template, "AWS::Lambda::Function").filter(({ Properties }) => Properties.VpcConfig !== undefined);
    expect(placed.map(({ Properties }) => Properties.FunctionName)).toEqual(["shop-consume"]);
  });

  test("is connected to in the role's name, which the function's own code may not do", () => {
    const onInterfaces = resourcesOf(template, "AWS::IAM::Policy")
      .map(({ logicalId, Properties }) => ({
        logicalId,
        statements: (Properties.PolicyDocument as { readonly Statement: readonly Statement[] }).Statement.filter(({ Action }) =>
          [Action].flat().some((action) => action.startsWith("ec2:")),
        ),
      }))
      .filter(({ statements }) => statements.length > 0);
    expect(onInterfaces.map(({ logicalId }) => logicalId.startsWith("HoldfastConsumer"))).toEqual([true]);
    const [allowed, denied, ...more] = onInterfaces[0]?.statements ?? [];
    expect(more).toEqual([]);
    expect([allowed?.Effect, denied?.Effect]).toEqual(["Allow", "Deny"]);
    expect(denied?.Action).toEqual(allowed?.Action);
    expect(plain(template, denied?.Condition?.ArnEquals["lambda:SourceFunctionArn"])).toBe(
      "arn:AWS::Partition:lambda:AWS::Region:AWS::AccountId:function:shop-consume",
    );
  });

  test("leaves nothing for the AwsSolutions rules to find in Holdfast", () => {
    const { violations } = new AwsSolutionsChecks(app).validateScope(holdfast);
    expect(violations).toEqual([]);
  });

  test("may be narrowed to subnets and security groups", () => {
    const { template } = inNetwork((stack, vpc) => ({
      vpc,
      subnets: { subnets: vpc.privateSubnets.slice(0, 1) },
      securityGroups: [SecurityGroup.fromSecurityGroupId(stack, "Group", "sg-0123456789abcdef0")],
    }));
    const placed = resourcesOf(template, "AWS::Lambda::Function").flatMap(({ Properties }) => Properties.VpcConfig ?? []);
    expect(placed).toEqual([{ SubnetIds: [expect.anything()], SecurityGroupIds: ["sg-0123456789abcdef0"] }]);
  });
});
