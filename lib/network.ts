import { ArnFormat, Stack, Validations } from "aws-cdk-lib";
import type { ISecurityGroup, IVpc, SubnetSelection, Vpc } from "aws-cdk-lib/aws-ec2";
import { Effect, PolicyStatement, type Role } from "aws-cdk-lib/aws-iam";
import { allow } from "./allow.ts";

/**
 * Where `consume` runs, so that it can deliver to http targets in a private network. Such a target lists its addresses in
 * `allowAddresses`; without that, private addresses are still refused. Only `consume` is in the network: callbacks are acknowledged
 * without it.
 *
 * In there it has no way to AWS of its own. Give the network a NAT gateway, or endpoints for all that it calls: DynamoDB and S3 (gateway
 * endpoints, which cost nothing), SQS, Secrets Manager where a target is signed or a source read back, and EventBridge or Lambda where those
 * are targets. Without them every invocation runs into its time limit, `doorbells` grow old and `consume-failing` goes off. A target or a
 * gateway's API on the internet needs the NAT gateway.
 */
export interface ConsumerNetwork {
  readonly vpc: IVpc | Vpc;
  /** @default the network's private subnets with a way out */
  readonly subnets?: SubnetSelection;
  /** What its targets let in. @default a new one, which may go out anywhere and lets nothing in */
  readonly securityGroups?: readonly ISecurityGroup[];
}

export const networkOptions = ({ vpc, subnets, securityGroups }: ConsumerNetwork) => ({
  // CDK's own class does not fit its interface where `undefined` is not a value (exactOptionalPropertyTypes).
  vpc: vpc as IVpc,
  ...(subnets && { vpcSubnets: subnets }),
  ...(securityGroups && { securityGroups: [...securityGroups] }),
});

const interfaceActions = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
];

/** Lambda connects a function to a network in the name of its role. The function's own code may do none of it. */
export const allowNetwork = (role: Role, functionName: string): void => {
  allow(role, interfaceActions, ["*"]);
  const own = Stack.of(role).formatArn({
    service: "lambda",
    resource: "function",
    resourceName: functionName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  role.addToPrincipalPolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: interfaceActions,
      resources: ["*"],
      conditions: { ArnEquals: { "lambda:SourceFunctionArn": own } },
    }),
  );
  Validations.of(role).acknowledge({
    id: "AwsSolutions-IAM5[Resource::*]",
    reason:
      "Lambda creates and deletes the network interfaces of a function in the name of its role, and asks for these rights on all resources: the interfaces do not exist before, and descriptions cannot be limited. The function's own code is denied all of them.",
  });
};
