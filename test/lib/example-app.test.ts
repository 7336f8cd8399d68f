import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Template } from "aws-cdk-lib/assertions";
import { expect, test } from "vitest";
import { resourcesOf, root, temporaryDirectory, unvalidated } from "./synthesize.ts";

const run = async (app: string): Promise<string> => {
  const outdir = temporaryDirectory();
  await promisify(execFile)(process.execPath, [join(root, app)], {
    env: { ...process.env, ...unvalidated, CDK_OUTDIR: outdir },
    cwd: outdir,
  });
  return outdir;
};

const templateIn = (outdir: string, stack: string): Template =>
  Template.fromJSON(JSON.parse(readFileSync(join(outdir, `${stack}.template.json`), "utf8")));

test("the construct synthesizes in another stack, imported by its name, from another directory", async () => {
  const template = templateIn(await run("test/example-app/app.ts"), "Shop");
  expect(resourcesOf(template, "AWS::Lambda::Function").map(({ Properties }) => Properties.FunctionName)).toEqual([
    "shop-callbacks-receive",
    "shop-callbacks-consume",
    "shop-callbacks-relay",
    "shop-callbacks-recover",
    "shop-callbacks-sweep",
    "shop-callbacks-release",
    "shop-callbacks-compare",
  ]);
  expect(resourcesOf(template, "AWS::SNS::Topic")).toHaveLength(1);
}, 60_000);

test("the app that ships synthesizes one stack, named after its configuration, that needs no parameter and no rule", async () => {
  const outdir = await run("bin/app.ts");
  const template = templateIn(outdir, "holdfast").toJSON();
  expect(Object.keys(template).sort()).toEqual(["Outputs", "Resources"]);
  expect(
    Object.keys(template.Outputs)
      .map((id) => id.replace(/^Holdfast|[0-9A-F]{8}$/g, ""))
      .sort(),
  ).toEqual(["AlarmTopic", "CallbacksUrl", "LedgerTable", "RecordsTable"]);
}, 60_000);
