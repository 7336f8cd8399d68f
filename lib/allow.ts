import { Grant, type IGrantable } from "aws-cdk-lib/aws-iam";

/**
 * The one way permissions are given here: these actions, on these resources, and nothing else. The grants of CDK's
 * constructs are wider (`read` includes Scan and DescribeTable), and a function that answers the internet
 * must not be able to do what it never does.
 */
export const allow = (
  grantee: IGrantable,
  actions: readonly string[],
  resources: readonly string[],
  conditions?: Readonly<Record<string, Readonly<Record<string, string>>>>,
): void => {
  Grant.addToPrincipal({
    grantee,
    actions: [...actions],
    resourceArns: [...resources],
    ...(conditions && { conditions }),
  }).assertSuccess();
};
