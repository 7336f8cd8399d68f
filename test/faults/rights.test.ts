/**
 * The policies against the calls: what the functions do in every story, with everything down and nothing down, must be allowed to them. And the
 * reverse: a new call needs a new right, and then a story.
 */
import { describe, expect, inject, test, vi } from "vitest";
import type { Config } from "../../core/config/config.ts";
import { lazy } from "../../core/lazy.ts";
import { allowedTo } from "../lib/allowed.ts";
import { config as plain, resourcesOf, synthesize, unvalidated } from "../lib/synthesize.ts";
import { type Call, orders } from "./aws/call.ts";
import type { Point } from "./run/kinds.ts";
import { findStory, stories } from "./stories/stories.ts";
import { tellOnce } from "./stories/tell.ts";
import { happyPath } from "./trials/survey.ts";

const arns = {
  queue: "arn:aws:sqs:us-east-1:123456789012:orders",
  work: "arn:aws:lambda:us-east-1:123456789012:function:orders",
  bus: "arn:aws:events:us-east-1:123456789012:event-bus/orders",
} as const;

/** With every kind of target and source there is. */
const config: Config = {
  ...plain,
  targets: {
    ...plain.targets,
    queue: { kind: "sqs", arn: arns.queue },
    work: { kind: "lambda", arn: arns.work },
    bus: { kind: "eventbridge", arn: arns.bus },
  },
  sources: { ...plain.sources, partner: { kind: "eventbridge", bus: "aws.partner/stripe.com/ed_1", gateway: "stripe", target: "books" } },
};

const roles = {
  receive: "HoldfastReceiver",
  listen: "HoldfastListener",
  relay: "HoldfastRelay",
  consume: "HoldfastConsumer",
  sweep: "HoldfastSweeper",
  release: "HoldfastReleaser",
  recover: "HoldfastRecoverer",
} as const;
type Function = keyof typeof roles;

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
const isAllowed = (allowed: readonly string[], need: string): boolean => {
  const [action = "", on = ""] = need.split(" on ");
  return allowed.some(
    (one) => one.startsWith(`${action} on `) && (action.startsWith("s3:") ? one.includes(on) : on === "" || one === need),
  );
};

const functionOf = ({ id }: Point): string => id.slice(0, id.indexOf(":"));

/** Every call of one function refused, from the first on: so each store is tried that can be. */
const nothingWorks = (of: Function, until: number) => {
  let seen = 0;
  return (point: Point) => (point.type === "call" && functionOf(point) === of && seen++ < until ? ("refused" as const) : undefined);
};

/** Of what a function may do, what AWS does in its name: keys, logs, the mappings of its queue and stream, and what they give up. */
const isDoneByAws = (one: string): boolean =>
  [
    /^(kms|logs):/,
    /^s3:PutObject on .*\/aws\/lambda\/\*$/,
    /^dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams) /,
    /^sqs:(ChangeMessageVisibility|DeleteMessage|GetQueueAttributes|GetQueueUrl|ReceiveMessage) on shop-(doorbells\.fifo|spill)$/,
    // With it an object that is gone is told from one that may not be read.
    /^s3:ListBucket /,
  ].some((pattern) => pattern.test(one));

/** Functions that are in no story, each with the reason. */
const withoutStories: Readonly<Record<string, string>> = {
  compare: "compares exports with what is recorded: no callback and no delivery waits for it, and it has tests of its own",
};

/** What no story does, each with the reason. A new right is in a story, or here. */
const notInStories: Partial<Record<Function, Readonly<Record<string, string>>>> = {
  sweep: {
    "dynamodb:ConditionCheckItem on shop-ledger": "a record of more contracts than fit one transaction enters their lines in several",
    "dynamodb:DeleteItem on shop-ledger": "a record leaves its lines when its retention time is over",
    "sns:Publish on shop-alarms": "the day's digest, which has tests of its own",
  },
};

describe("what the functions do in the stories", () => {
  vi.stubEnv("CDK_VALIDATION", unvalidated.CDK_VALIDATION);
  const { template } = synthesize(config);
  vi.unstubAllEnvs();
  const made = lazy(async (): Promise<ReadonlyMap<Function, ReadonlySet<string>>> => {
    const needs = new Map<Function, Set<string>>();
    const plans = stories.map(({ tell }) => ({ tell }));
    // What is refused in every store in turn is the same in all of them.
    const refused = [
      { tell: happyPath.tell, plan: nothingWorks("receive", 3) },
      { tell: findStory("An event of a partner's bus").tell, plan: nothingWorks("listen", 3) },
    ];
    for (const one of [...plans, ...refused]) {
      const { points } = await tellOnce({ endpoints: inject("endpoints"), ...one });
      for (const point of points) {
        const of = functionOf(point) as Function;
        if (point.type !== "call" || !Object.hasOwn(roles, of)) continue;
        const known = needs.get(of) ?? new Set();
        for (const need of needsOf(point.call)) known.add(need);
        needs.set(of, known);
      }
    }
    return needs;
  });
  const timeout = 180_000;

  test.each(Object.entries(roles))("%s is allowed what it does", { timeout }, async (of, role) => {
    const allowed = allowedTo(template, role);
    const asked = [...((await made()).get(of as Function) ?? [])];
    expect(asked.length, `${of} did nothing`).toBeGreaterThan(0);
    expect(asked.filter((need) => !isAllowed(allowed, need))).toEqual([]);
  });

  test.each(Object.entries(roles))("%s does all that it is allowed, or it is listed here why not", { timeout }, async (of, role) => {
    const asked = [...((await made()).get(of as Function) ?? [])];
    const never = allowedTo(template, role).filter((one) => !isDoneByAws(one) && !asked.some((need) => isAllowed([one], need)));
    expect(never).toEqual(Object.keys(notInStories[of as Function] ?? {}));
  });

  test("are those of all functions", () => {
    const deployed = resourcesOf(template, "AWS::Lambda::Function").flatMap(({ Properties }) => String(Properties.FunctionName ?? ""));
    const known = [...Object.keys(roles), ...Object.keys(withoutStories)];
    expect(deployed.map((name) => name.replace(/^shop-/, "")).toSorted()).toEqual(known.toSorted());
  });
});
