import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readAssembly, withoutStackTrace } from "../../../local/template/synthesis.ts";
import { newDirectory } from "../tiny-stack.ts";

const assembly = (artifacts: object): string => {
  const directory = newDirectory();
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, "manifest.json"), JSON.stringify({ version: "1", artifacts }));
  writeFileSync(
    join(directory, "t.json"),
    JSON.stringify({ Resources: { A: { Type: "AWS::SQS::Queue", Properties: { QueueName: "a" } } } }),
  );
  writeFileSync(
    join(directory, "a.json"),
    JSON.stringify({ files: { x: { source: { path: "asset.x" }, destinations: { here: { objectKey: "x.zip" } } } } }),
  );
  return directory;
};
const stack = { type: "aws:cloudformation:stack", properties: { templateFile: "t.json" } };

describe("a cloud assembly", () => {
  test("gives its one stack's resources, and the directories of its assets", () => {
    const directory = assembly({
      Stack: stack,
      "Stack.assets": { type: "cdk:asset-manifest", properties: { file: "a.json" } },
      Tree: { type: "cdk:tree" },
    });
    const { resources, assetDirectory } = readAssembly(directory);
    expect(resources).toEqual([{ logicalId: "A", type: "AWS::SQS::Queue", properties: { QueueName: "a" } }]);
    expect(assetDirectory("x.zip")).toBe(join(directory, "asset.x"));
    expect(() => assetDirectory("y.zip")).toThrow("an asset y.zip");
  });

  test("with no stack, or with several, is rejected", () => {
    expect(() => readAssembly(assembly({}))).toThrow("synthesized no stack");
    expect(() => readAssembly(assembly({ One: stack, Two: stack }))).toThrow("2 stacks (One, Two)");
  });
});

test("of an uncaught error only the message is repeated", () => {
  const stderr = `file:///app/config.ts:12
  throw new Error(text);
        ^

Error: 2 problems in holdfast.config.ts
  targets.app.url is "ftp://x": write an https:// URL
  name is "A": write lower-case letters
    at file:///app/config.ts:12:9
    at ModuleJob.run (node:internal/modules/esm/module_job:413:25)

Node.js v24.21.0
`;
  expect(withoutStackTrace(stderr)).toBe(
    '2 problems in holdfast.config.ts\n  targets.app.url is "ftp://x": write an https:// URL\n  name is "A": write lower-case letters',
  );
  const withCause =
    "Error: not bundled yet\n    at bundleOf (file:///x.ts:1:1) {\n  [cause]: Error: Cannot find module\n      at y {\n    code: 'X'\n  }\n}\n";
  expect(withoutStackTrace(withCause)).toBe("not bundled yet");
  expect(withoutStackTrace("sh: 1: no-such-program: not found\n")).toBe("sh: 1: no-such-program: not found");
});
