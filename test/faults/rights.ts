/** The policies in the words of the calls: what a call needs, what a function is allowed, and what no story does, each with the reason. */
import type { Config } from "../../core/config/config.ts";
import { config as plain } from "../lib/synthesize.ts";
import { type Call, orders } from "./aws/call.ts";
import type { Point } from "./run/kinds.ts";

const arns = {
  queue: "arn:aws:sqs:us-east-1:123456789012:orders",
  work: "arn:aws:lambda:us-east-1:123456789012:function:orders",
  bus: "arn:aws:events:us-east-1:123456789012:event-bus/orders",
} as const;

/** With every kind of target and source there is. */
export const config: Config = {
  ...plain,
  targets: {
    ...plain.targets,
    queue: { kind: "sqs", arn: arns.queue },
    work: { kind: "lambda", arn: arns.work },
    bus: { kind: "eventbridge", arn: arns.bus },
  },
  sources: { ...plain.sources, partner: { kind: "eventbridge", bus: "aws.partner/stripe.com/ed_1", gateway: "stripe", target: "books" } },
};

export const roles = {
  receive: "HoldfastReceiver",
  listen: "HoldfastListener",
  relay: "HoldfastRelay",
  consume: "HoldfastConsumer",
  sweep: "HoldfastSweeper",
  release: "HoldfastReleaser",
  recover: "HoldfastRecoverer",
} as const;
export type Role = keyof typeof roles;

const isRole = (of: string): of is Role => Object.hasOwn(roles, of);

/** In the words of the policies; a transaction needs the right to each of its items' verbs. */
const needsOf = ({ service, operation, subject, input }: Call): readonly string[] => {
  const tableOf = (name = "") => `shop-${name.slice(name.lastIndexOf("-") + 1)}`;
  switch (service) {
    case "DynamoDB": {
      const verbs = (input.TransactItems ?? []).flatMap((item) =>
        Object.entries(item).map(
          ([verb, { TableName }]) =>
            `dynamodb:${verb === "ConditionCheck" ? "ConditionCheckItem" : `${verb}Item`} on ${tableOf(TableName)}`,
        ),
      );
      if (verbs.length > 0) return verbs;
      const batch = Object.keys(input.RequestItems ?? {}).map((name) => `dynamodb:${operation} on ${tableOf(name)}`);
      if (batch.length > 0) return batch;
      return [`dynamodb:${operation} on ${tableOf(input.TableName)}${input.IndexName === undefined ? "" : `/index/${input.IndexName}`}`];
    }
    case "Lambda":
      return [`lambda:InvokeFunction on ${arns.work}`];
    case "EventBridge":
      return [`events:${operation} on ${arns.bus}`];
    case "SQS":
      if (subject === orders) return [`sqs:${operation} on ${arns.queue}`];
      return [`sqs:${operation.replace(/Batch$/, "")} on shop-${subject}${subject === "spill" ? "" : ".fifo"}`];
    case "S3":
      return operation === "ListObjectsV2" ? ["s3:ListBucket on "] : [`s3:${operation} on ${subject}/`];
    case "Secrets Manager":
      return ["secretsmanager:GetSecretValue on "];
    default:
      return service satisfies never;
  }
};

/** Bucket and secrets have longer names than the simulation's: what is compared is the verb and the folder. */
export const isAllowed = (allowed: readonly string[], need: string): boolean => {
  const [action = "", on = ""] = need.split(" on ");
  return allowed.some(
    (one) => one.startsWith(`${action} on `) && (action.startsWith("s3:") ? one.includes(on) : on === "" || one === need),
  );
};

const functionOf = ({ id }: Point): string => id.slice(0, id.indexOf(":"));

/** Every call of one function refused, from the first on: so each store is tried that can be. */
export const nothingWorks = (of: Role, until: number) => {
  let seen = 0;
  return (point: Point) => (point.type === "call" && functionOf(point) === of && seen++ < until ? ("refused" as const) : undefined);
};

/** Of what a function may do, what AWS does in its name: keys, logs, the mappings of its queue and stream, and what they give up. */
export const isDoneByAws = (one: string): boolean =>
  [
    /^(kms|logs):/,
    /^s3:PutObject on .*\/aws\/lambda\/\*$/,
    /^dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams) /,
    /^sqs:(ChangeMessageVisibility|DeleteMessage|GetQueueAttributes|GetQueueUrl|ReceiveMessage) on shop-(doorbells\.fifo|spill)$/,
    // With it an object that is gone is told from one that may not be read.
    /^s3:ListBucket /,
  ].some((pattern) => pattern.test(one));

/** Functions that are in no story, each with the reason. */
export const withoutStories: Readonly<Record<string, string>> = {
  compare: "compares exports with what is recorded: no callback and no delivery waits for it, and it has tests of its own",
};

/** What no story does, each with the reason. A new right is in a story, or here. */
export const notInStories: Partial<Record<Role, Readonly<Record<string, string>>>> = {
  sweep: {
    "dynamodb:ConditionCheckItem on shop-ledger": "a record of more contracts than fit one transaction enters their lines in several",
    "dynamodb:DeleteItem on shop-ledger": "a record leaves its lines when its retention time is over",
    "sns:Publish on shop-alarms": "the day's digest, which has tests of its own",
  },
};

/** What the calls at these points need, by the function that made them. */
export const needsAt = (points: readonly Point[]): ReadonlyMap<Role, ReadonlySet<string>> => {
  const needs = new Map<Role, Set<string>>();
  for (const point of points) {
    const of = functionOf(point);
    if (point.type !== "call" || !isRole(of)) continue;
    const known = needs.get(of) ?? new Set();
    for (const need of needsOf(point.call)) known.add(need);
    needs.set(of, known);
  }
  return needs;
};
