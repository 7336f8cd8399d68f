/** `holdfast.config.ts`, loaded as Node runs TypeScript, and checked: a command never runs on a configuration with problems. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { checkConfig } from "../../core/config/check/check-config.ts";
import type { Config } from "../../core/config/config.ts";
import { withMappings } from "../../core/config/with-mappings.ts";
import { errorMessage, Failure } from "../../core/failure.ts";
import { describeProblems, type Problem } from "../../core/problems/problem.ts";
import { knownGateways } from "../../gateways/config-checks.ts";
import { exportKinds } from "../../gateways/registry/export-kinds.ts";

const configFileName = "holdfast.config.ts";

/** Throws a Failure that lists all problems. */
export const loadConfig = async (file?: string): Promise<Config> => {
  const { config, problems } = await readConfig(file);
  if (problems.length > 0) throw new Failure(describeProblems(problems), "usage");
  return config;
};

/** For commands that need none: undefined when no file is named and there is none in this folder. */
export const configIfThere = async (file?: string): Promise<Config | undefined> =>
  file === undefined && !existsSync(resolve(configFileName)) ? undefined : loadConfig(file);

/** The configuration and its problems. Throws a Failure only when it cannot be read at all. */
export const readConfig = async (file?: string): Promise<{ readonly config: Config; readonly problems: readonly Problem[] }> => {
  const path = resolve(file ?? configFileName);
  if (!existsSync(path))
    throw new Failure(
      file === undefined
        ? `There is no ${configFileName} in ${process.cwd()}: go to the project's folder, or name the file with --config FILE.`
        : `There is no file ${path}: --config takes the path of the configuration file.`,
      "usage",
    );
  const config = await importConfig(path);
  if (config.gateways !== undefined) (await import("./custom-gateways.ts")).useCustomGateways(config, process.cwd());
  const read = withMappings(config, (mapping) => readFileSync(resolve(mapping)));
  const kinds = exportKinds.map(({ name }) => name);
  return { config: read.config, problems: [...read.problems, ...checkConfig(read.config, knownGateways(), kinds)] };
};

const importConfig = async (path: string): Promise<Config> => {
  let loaded: { readonly default?: unknown };
  try {
    loaded = await import(pathToFileURL(path).href);
  } catch (error) {
    throw new Failure(`${path} cannot be loaded: ${errorMessage(error)}`, "usage");
  }
  if (typeof loaded.default !== "object" || loaded.default === null)
    throw new Failure(`${path} exports no configuration: write \`export default defineConfig({ ... })\`.`, "usage");
  return loaded.default as Config;
};
