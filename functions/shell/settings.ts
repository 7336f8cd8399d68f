/** What a function starts with: its typed environment, and the configuration beside its bundle. */
import { readFileSync } from "node:fs";
import { type ResolvedConfig, withDefaults } from "../../core/config/defaults.ts";

/** The function's variables. Throws, naming all that are missing: a function cannot work without them. */
export const environment = <Environment extends Readonly<Record<string, string>>>(
  names: readonly (keyof Environment & string)[],
): Environment => {
  const missing = names.filter((name) => !process.env[name]);
  if (missing.length > 0) throw new Error(`missing environment variables: ${missing.join(", ")}`);
  return Object.fromEntries(names.map((name) => [name, process.env[name]])) as Environment;
};

/** `config.json`, put beside the bundle at synth, by this version or an earlier one. Lambda's environment would be too small for it (4 KB). */
export const bundledConfig = (): ResolvedConfig =>
  withDefaults(JSON.parse(readFileSync(new URL("./config.json", import.meta.url), "utf8")));
