/** A project's own gateways, as the local stack and the simulator need them: with what they write. */
import type { Config } from "../../core/config/config.ts";
import { Failure, messageOf } from "../../core/failure.ts";
import { loadOwnGateways } from "../../gateways/custom-gateways.ts";
import type { Writer } from "../../gateways/writer.ts";
import { addWriters } from "../../gateways/writers.ts";

/** @throws Failure, one line, when the file that the configuration names cannot be used */
export const useOwnGateways = (config: Pick<Config, "gateways">, directory: string): void => {
  try {
    const own = loadOwnGateways(config, directory);
    addWriters((own?.writers ?? {}) as Readonly<Record<string, Writer>>);
  } catch (error) {
    throw new Failure(messageOf(error));
  }
};
