import type { Config } from "../../core/config/config.ts";
import { errorMessage, Failure } from "../../core/failure.ts";
import { loadCustomGateways } from "../../gateways/registry/custom-gateways.ts";
import { addWriters } from "../../gateways/registry/find-writer.ts";
import type { Writer } from "../../gateways/writer.ts";

/**
 * Registers custom gateways, with their writers for samples and simulations. Doing it again changes nothing.
 * @throws Failure, one line, when the file that the configuration names cannot be used
 */
export const useCustomGateways = (config: Pick<Config, "gateways">, directory: string): void => {
  try {
    const custom = loadCustomGateways(config, directory);
    addWriters((custom?.writers ?? {}) as Readonly<Record<string, Writer>>);
  } catch (error) {
    throw new Failure(errorMessage(error), "usage");
  }
};
