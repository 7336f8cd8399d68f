/** What the template of a deployment with five sources says about its cost. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Config } from "../../core/config/config.ts";
import { numberAt, textAt } from "../../core/formats/json.ts";
import { synthesize } from "../../local/template/synthesis.ts";

export const functionNames = ["receive", "relay", "consume", "sweep"] as const;
export type FunctionName = (typeof functionNames)[number];

export interface Deployment {
  readonly memoryMb: Readonly<Record<FunctionName, number>>;
  /** Whether Lambda writes START, END and REPORT of each invocation. */
  readonly logsPlatform: boolean;
  readonly alarms: number;
  readonly keys: number;
  readonly secrets: number;
}

export const sources = 5;

export const readDeployment = async (home: string, config: Config): Promise<Deployment> => {
  const [source] = Object.values(config.sources);
  const many = Object.fromEntries(Array.from({ length: sources }, (_, at) => [`source-${at + 1}`, source]));
  const file = join(home, "five-sources.mjs");
  writeFileSync(file, `export default ${JSON.stringify({ ...config, sources: many })};`);
  const app = [process.execPath, join(import.meta.dirname, "..", "..", "bin", "app.ts")];
  const { resources } = await synthesize(app, join(home, "cdk"), { HOLDFAST_CONFIG: pathToFileURL(file).href });
  const of = (type: string) => resources.filter((resource) => resource.type === type);
  const lambda = (name: FunctionName) => {
    const found = of("AWS::Lambda::Function").find(({ properties }) => textAt(properties, "FunctionName")?.endsWith(`-${name}`));
    if (!found) throw new Error(`the template has no function ${name}`);
    return found.properties;
  };
  const memory = (name: FunctionName) => numberAt(lambda(name), "MemorySize") ?? 128;
  return {
    memoryMb: { receive: memory("receive"), relay: memory("relay"), consume: memory("consume"), sweep: memory("sweep") },
    logsPlatform: textAt(lambda("consume"), "LoggingConfig", "SystemLogLevel") !== "WARN",
    alarms: of("AWS::CloudWatch::Alarm").length,
    keys: of("AWS::KMS::Key").length,
    secrets: of("AWS::SecretsManager::Secret").length,
  };
};
