/**
 * Custom gateways: a file in your own project that exports `gateways`, named in the configuration. No fork is needed.
 * Whatever reads a configuration (synth, the command, the local stack) loads them here; the functions have them in their
 * bundles, which lib/functions/custom-bundle.ts makes.
 */
import { createRequire } from "node:module";
import { resolve } from "node:path";
import type { ReadBack } from "../../core/read-back.ts";
import { type CustomGateway, modernized } from "./custom-shape.ts";
import { addGateways } from "./find-gateway.ts";

/** What that file may export. */
export interface CustomGateways {
  readonly gateways: readonly CustomGateway[];
  /** By the gateway's name: how to ask its API for what its callbacks cannot say. */
  readonly readBacks?: Readonly<Record<string, ReadBack>>;
  /** By the gateway's name: what it writes when something happens, for `holdfast simulate` and samples. */
  readonly writers?: Readonly<Record<string, unknown>>;
}

const verbs = ["verify", "identify", "parse", "acknowledge", "refuse", "sign"] as const;

/** The file that a configuration names, relative to the current directory, as all paths of a CDK app are. */
export const customGatewaysFile = ({ gateways }: { readonly gateways?: string }, directory: string): string | undefined =>
  // Anything but a string is left to the configuration check, which says what to write instead.
  typeof gateways === "string" ? resolve(directory, gateways) : undefined;

/**
 * Registers them. Doing it again changes nothing.
 * @throws one sentence, when the file cannot be loaded or what it exports is not a list of gateways
 */
export const loadCustomGateways = (config: { readonly gateways?: string }, directory: string): CustomGateways | undefined => {
  const file = customGatewaysFile(config, directory);
  if (file === undefined) return undefined;
  const custom = load(file);
  for (const gateway of custom.gateways) check(file, gateway);
  addGateways(custom.gateways, custom.readBacks);
  return custom;
};

const load = (file: string): CustomGateways => {
  let exported: Partial<CustomGateways>;
  try {
    exported = createRequire(file)(file) as Partial<CustomGateways>;
  } catch (error) {
    throw new Error(`gateways: ${file} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { gateways } = exported;
  if (!Array.isArray(gateways)) throw new Error(`gateways: ${file} exports none; write \`export const gateways: Gateway[] = [ ... ]\`.`);
  return { ...exported, gateways };
};

const check = (file: string, gateway: CustomGateway | null | undefined): void => {
  const whole: object = gateway?.facts ? modernized(gateway) : (gateway ?? {});
  const missing = ["name", "facts", "strength", "methods", "onUnverified", ...verbs].filter((part) => !(part in whole));
  if (missing.length > 0)
    throw new Error(`gateways: ${gateway?.name ?? "one of those"} in ${file} is not a Gateway: it has no ${missing.join(", no ")}.`);
};
