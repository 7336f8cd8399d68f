import type { IGrantable } from "aws-cdk-lib/aws-iam";
import type { AwsTarget, Config } from "../core/config/config.ts";
import { allow } from "./allow.ts";

/** What a delivery to each kind of target is, in IAM's words. */
const actions = {
  // The second, because EventBridge takes and drops what is put on a bus that does not exist.
  eventbridge: ["events:PutEvents", "events:DescribeEventBus"],
  lambda: ["lambda:InvokeFunction"],
  sqs: ["sqs:SendMessage"],
} as const satisfies Readonly<Record<AwsTarget["kind"], readonly string[]>>;

/** Lets `grantee` deliver to the targets that the configuration names, and to nothing else. Their own policies may have to agree. */
export const grantDelivery = (grantee: IGrantable, { targets }: Config): void => {
  for (const target of Object.values(targets)) if (target.kind !== "http") allow(grantee, actions[target.kind], [target.arn]);
};
