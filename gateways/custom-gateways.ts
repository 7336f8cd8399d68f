/**
 * Gateways that live in a project of its own, without a fork: a file that exports `gateways`, named in the configuration.
 * Whoever works with a configuration (synth, the command, the local stack) loads them here; the functions have them in their
 * bundles, which lib/custom-bundle.ts makes.
 */
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { ReadBack } from "../core/read-back.ts";
import { addGateways, type Gateway } from "./index.ts";
import { addReadBacks } from "./read-backs.ts";

/** What that file may export. */
export interface OwnGateways {
  readonly gateways: readonly Gateway[];
  /** By the gateway's name: how to ask its API for what its callbacks cannot say. */
  readonly readBacks?: Readonly<Record<string, ReadBack>>;
  /** By the gateway's name: what it writes when something happens, for `holdfast simulate` and samples. */
  readonly writers?: Readonly<Record<string, unknown>>;
}

const verbs = ["verify", "identify", "parse", "acknowledge", "refuse", "sign"] as const;

/** The file that a configuration names; relative to the folder that commands are run in, as all paths of a CDK app are. */
export const ownGatewaysFile = ({ gateways }: { readonly gateways?: string }, directory: string): string | undefined =>
  // Anything but a text is left to the check of the configuration, which says what to write instead.
  typeof gateways === "string" ? resolve(directory, gateways) : undefined;

/**
 * Registers them. Doing it again changes nothing.
 * @throws one sentence, when the file cannot be loaded or what it exports are no gateways
 */
export const loadOwnGateways = (config: { readonly gateways?: string }, directory: string): OwnGateways | undefined => {
  const file = ownGatewaysFile(config, directory);
  if (file === undefined) return undefined;
  const own = load(file);
  for (const gateway of own.gateways) check(file, gateway);
  addGateways(own.gateways);
  addReadBacks(own.readBacks ?? {});
  return own;
};

const load = (file: string): OwnGateways => {
  let exported: Partial<OwnGateways>;
  try {
    exported = createRequire(join(file, ".."))(file) as Partial<OwnGateways>;
  } catch (error) {
    throw new Error(`gateways: ${file} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { gateways } = exported;
  if (!Array.isArray(gateways)) throw new Error(`gateways: ${file} exports none; write \`export const gateways: Gateway[] = [ ... ]\`.`);
  return { ...exported, gateways };
};

const check = (file: string, gateway: Partial<Gateway> | null | undefined): void => {
  const missing = ["name", "facts", "methods", "unproven", ...verbs].filter((part) => gateway?.[part as keyof Gateway] === undefined);
  if (missing.length > 0)
    throw new Error(`gateways: ${gateway?.name ?? "one of those"} in ${file} is no Gateway: it has no ${missing.join(", no ")}.`);
};
