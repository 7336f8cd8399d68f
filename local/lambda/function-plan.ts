/** A function of the template, ready to run here: its code copied, its configuration pointed at this machine. */
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../core/config/config.ts";
import { Failure } from "../../core/failure.ts";
import { at, numberAt, textAt } from "../../core/formats/json.ts";
import { region } from "../account.ts";
import { type References, resolve } from "../template/intrinsics.ts";
import type { Assembly, Resource } from "../template/synthesis.ts";

export interface FunctionPlan {
  readonly name: string;
  /** The module with the handler, in our own copy of the asset. */
  readonly entry: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** The template's, resolved. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Lambda's own when the template says nothing. */
const defaultTimeoutSeconds = 3;
const defaultMemoryMb = 128;

/** @param localize what changes in the configuration beside the bundle. */
export const planFunction = (
  resource: Resource,
  name: string,
  assembly: Assembly,
  references: References,
  functionsDirectory: string,
  localize: (config: Config) => Config,
): FunctionPlan => {
  const property = (...path: string[]) => at(resource.properties, ...path);
  const objectKey = resolve(property("Code", "S3Key"), references, `Code of ${resource.logicalId}`);
  if (typeof objectKey !== "string")
    throw new Failure(`The function ${name} has no code from an asset; the local stack runs nothing else.`);
  const directory = join(functionsDirectory, name);
  rmSync(directory, { recursive: true, force: true });
  cpSync(assembly.assetDirectory(objectKey), directory, { recursive: true });
  localizeConfig(directory, localize);
  const [file = "index", handler = "handler"] = (textAt(resource.properties, "Handler") ?? "index.handler").split(".");
  const entry = [".mjs", ".js", ".cjs"].map((extension) => join(directory, `${file}${extension}`)).find((path) => existsSync(path));
  if (!entry) throw new Failure(`The function ${name} has no ${file}.mjs in its asset.`);
  const variables = resolve(property("Environment", "Variables") ?? {}, references, `Environment of ${resource.logicalId}`);
  return {
    name,
    entry,
    handler,
    timeoutSeconds: numberAt(resource.properties, "Timeout") ?? defaultTimeoutSeconds,
    memoryMb: numberAt(resource.properties, "MemorySize") ?? defaultMemoryMb,
    environment: Object.fromEntries(Object.entries(variables as Record<string, unknown>).map(([key, value]) => [key, String(value)])),
  };
};

/** The configuration as it was synthesized: every function has it beside its bundle. */
export const synthesizedConfig = ({ resources, assetDirectory }: Assembly): Config => {
  for (const { type, properties } of resources) {
    const key = type === "AWS::Lambda::Function" ? at(properties, "Code", "S3Key") : undefined;
    const config = typeof key === "string" ? bundledConfig(assetDirectory(key)) : undefined;
    if (config) return config;
  }
  throw new Failure("No function of the template has a config.json beside its bundle; the local stack would not know its sources.");
};

const bundledConfig = (directory: string): Config | undefined => {
  const file = join(directory, "config.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Config) : undefined;
};

const localizeConfig = (directory: string, localize: (config: Config) => Config): void => {
  const config = bundledConfig(directory);
  if (config) writeFileSync(join(directory, "config.json"), JSON.stringify(localize(config), null, 2));
};

/** What Lambda itself puts into every function's environment. */
export const lambdaEnvironment = (plan: FunctionPlan): Readonly<Record<string, string>> => ({
  PATH: process.env.PATH ?? "",
  LANG: "en_US.UTF-8",
  TZ: ":UTC",
  AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
  AWS_LAMBDA_FUNCTION_NAME: plan.name,
  AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(plan.memoryMb),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${plan.name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: "local",
  AWS_REGION: region,
  LAMBDA_TASK_ROOT: join(plan.entry, ".."),
  _HANDLER: `index.${plan.handler}`,
});
