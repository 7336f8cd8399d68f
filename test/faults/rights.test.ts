/** The policies against the calls: what the functions do in every story, with everything down and nothing down, must be allowed to them. */
import { describe, expect, inject, test } from "vitest";
import { allowedTo } from "../lib/allowed.ts";
import { config, synthesize } from "../lib/synthesize.ts";
import type { Call } from "./aws/call.ts";
import type { Point } from "./run/kinds.ts";
import { stories } from "./stories/stories.ts";
import { tellOnce } from "./stories/tell.ts";

const roles = {
  receive: "HoldfastReceiver",
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
    case "SQS":
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

/** Every call refused, from the first on: so each store is tried that can be. */
const nothingWorks = (until: number) => {
  let seen = 0;
  return (point: Point) => (point.type === "call" && functionOf(point) === "receive" && seen++ < until ? ("refused" as const) : undefined);
};

describe("what the functions do in the stories", () => {
  const { template } = synthesize(config);
  const made = async (): Promise<ReadonlyMap<Function, ReadonlySet<string>>> => {
    const needs = new Map<Function, Set<string>>();
    const plans = stories.map(({ tell }) => ({ tell }));
    // What is refused in every store in turn is the same in all of them.
    const [happyPath] = stories;
    for (const one of [...plans, ...(happyPath ? [{ tell: happyPath.tell, plan: nothingWorks(3) }] : [])]) {
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
  };

  test("is allowed by the deployed policies", { timeout: 120_000 }, async () => {
    const needs = await made();
    for (const [of, role] of Object.entries(roles)) {
      const allowed = allowedTo(template, role);
      const asked = [...(needs.get(of as Function) ?? [])];
      expect(asked.length, `${of} did nothing`).toBeGreaterThan(0);
      expect(
        asked.filter((need) => !isAllowed(allowed, need)),
        of,
      ).toEqual([]);
    }
    expect(needs.get("receive")).toContain("s3:PutObject on spill/");
    expect(needs.get("recover")).toContain("dynamodb:PutItem on shop-records");
  });
});
