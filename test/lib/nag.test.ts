import { Stack, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { expect, test, vi } from "vitest";
import { Holdfast } from "../../lib/index.ts";
import { config, makeApp } from "./synthesize.ts";

const deployed = () => {
  const app = makeApp();
  const stack = new Stack(app, "Shop");
  new Holdfast(stack, "Holdfast", config);
  return { app, stack };
};

/** Every acknowledgement in the tree, by rule and place. */
const acknowledged = (stack: Stack) =>
  stack.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([rule, reason]) => ({ rule: rule.replace(/^Annotation::/i, ""), place: construct.node.path, reason })),
  );

test("the AwsSolutions rules find nothing that is not acknowledged", () => {
  const { app, stack } = deployed();
  expect(new AwsSolutionsChecks(app).validateScope(stack).violations).toEqual([]);
});

test("the rules are really run, and each acknowledgement is needed: without them they find just those", () => {
  const expected = new Set(acknowledged(deployed().stack).map(({ rule }) => rule));
  const silenced = vi.spyOn(Validations.prototype, "acknowledge").mockImplementation(() => {});
  const { app, stack } = deployed();
  silenced.mockRestore();
  const found = new AwsSolutionsChecks(app).validateScope(stack).violations.map(({ ruleName }) => ruleName);
  expect(found.sort()).toEqual([...expected].sort());
});

test("each acknowledgement is for one finding, in one place, with a reason one can argue with", () => {
  const all = acknowledged(deployed().stack);
  expect(all.length).toBeGreaterThan(5);
  for (const { rule, place, reason } of all) {
    expect(rule, place).not.toBe("AwsSolutions-IAM5");
    expect(place.split("/").length, rule).toBeGreaterThan(2);
    expect(reason.length, rule).toBeGreaterThan(80);
  }
});
