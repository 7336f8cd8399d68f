/** What the compiler refuses cannot be tested by running it, so this runs the compiler. */
import { execFile } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { root, temporaryDirectory } from "./synthesize.ts";

const definition = (environment: string): string => `
import { Duration } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { Config } from "${root}/core/config/config.ts";
import { lambdaFunction } from "${root}/lib/functions/lambda-function.ts";
export const make = (scope: Construct, config: Config) =>
  lambdaFunction(scope, "receive", { config, description: "", timeout: Duration.seconds(1), memorySize: 128, environment: ${environment} });
`;

/** What the compiler says about a function with that environment. */
const complaints = async (environments: Readonly<Record<string, string>>): Promise<string> => {
  const directory = temporaryDirectory();
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  for (const [name, environment] of Object.entries(environments)) writeFileSync(join(directory, `${name}.mts`), definition(environment));
  const settings = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: { typeRoots: [join(root, "node_modules/@types")], rewriteRelativeImportExtensions: false },
    include: ["*.mts"],
  };
  writeFileSync(join(directory, "tsconfig.json"), JSON.stringify(settings));
  try {
    const { stdout } = await promisify(execFile)(join(root, "node_modules/.bin/tsc"), ["--pretty", "false"], { cwd: directory });
    return stdout;
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout);
  }
};

test("a function compiles with exactly the variables it reads: none missing, none unused", async () => {
  const said = await complaints({
    right: '{ RECORDS_TABLE: "", BUCKET: "", SPILL_QUEUE_URL: "" }',
    missing: '{ RECORDS_TABLE: "", BUCKET: "" }',
    unread: '{ RECORDS_TABLE: "", BUCKET: "", SPILL_QUEUE_URL: "", QUEUE_URL: "" }',
  });
  const mine = said.split("\n").filter((line) => /^(right|missing|unread)\.mts/.test(line));
  expect(mine).toEqual([
    expect.stringMatching(/^missing\.mts.*SPILL_QUEUE_URL.*missing/),
    expect.stringMatching(/^unread\.mts.*'QUEUE_URL' does not exist/),
  ]);
}, 60_000);
