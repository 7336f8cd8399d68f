import type { Template } from "aws-cdk-lib/assertions";
import { expect } from "vitest";
import { plain, resourcesOf } from "./synthesize.ts";

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** What a role is allowed, each as "action on resource", and with its conditions if it has any. */
export const allowedTo = (template: Template, role: string): readonly string[] =>
  resourcesOf(template, "AWS::IAM::Policy")
    .filter(({ Properties }) => listed(Properties.Roles).some((one) => plain(template, one).startsWith(role)))
    .flatMap(({ Properties }) => (Properties.PolicyDocument as { Statement: readonly Statement[] }).Statement)
    .flatMap(({ Effect, Action, Resource, Condition }) => {
      expect(Effect).toBe("Allow");
      const when = Condition === undefined ? "" : ` when ${JSON.stringify(Condition)}`;
      return listed(Action).flatMap((action) => listed(Resource).map((on) => `${action} on ${plain(template, on)}${when}`));
    })
    .sort();
