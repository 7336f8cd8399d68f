/** Where a command works: the stack on this machine (`--local`), or the deployed one of the configuration's name. */
import type { Config } from "../../core/config/config.ts";
import { resourceNames } from "../../core/config/resource-names.ts";
import { Failure } from "../../core/failure.ts";
import { shellCommand } from "../../core/formats/shell-word.ts";
import type { Gateway } from "../../gateways/index.ts";
import { patient } from "../../io/clients.ts";
import type { SecretReader } from "../../io/secrets.ts";
import { clockOf } from "./clock-file.ts";
import { homeOf, readStackFile } from "./stack-file.ts";
import { openQueues, openStores, type Queues, type Stores } from "./stores.ts";

export interface Place {
  /** Instead of `holdfast.config.ts`. */
  readonly config?: string;
  readonly local?: boolean;
}

export interface Connection extends Stores {
  /** For the stack on this machine: its URL, and the folder of its data. */
  readonly local?: { readonly url: string; readonly home: string };
  queues(): Promise<Queues>;
  secrets(): Promise<SecretReader>;
  /** All gateways; loaded at the first use, since a list needs none. */
  gateways(): Promise<(name: string) => Gateway | undefined>;
  /** A command to type, with the options for the same stack. */
  command(...words: readonly string[]): string;
}

/** Throws a Failure with the remedy when there is no such stack. Makes no network call yet. */
export const connect = (place: Place): Promise<Connection> => (place.local ? connectLocally(place) : connectToAws(place));

const connectLocally = async (place: Place): Promise<Connection> => {
  const directory = process.cwd();
  const stack = readStackFile(directory);
  if (!stack)
    throw new Failure(
      `No local stack runs in ${directory}: start one there with \`npm start\`, or omit --local to use the deployed stack.`,
    );
  if (stack.config.gateways !== undefined) (await import("./custom-gateways.ts")).useCustomGateways(stack.config, directory);
  // Every client made from now on goes there, with credentials that work nowhere else.
  Object.assign(process.env, stack.environment);
  const queueUrl = async (name: string): Promise<string> => {
    const url = stack.queues[name];
    if (!url) throw new Failure(`The local stack has no queue ${name}: restart it with \`npm start\`.`);
    return url;
  };
  return createConnection(stack.config, place, queueUrl, { url: stack.url, home: homeOf(directory) });
};

const connectToAws = async (place: Place): Promise<Connection> => {
  const { loadConfig } = await import("./load-config.ts");
  const config = await loadConfig(place.config);
  const queueUrl = async (name: string): Promise<string> => {
    const { createQueueDepth } = await import("../../io/queues/queue-depth.ts");
    return createQueueDepth(patient).find(name);
  };
  return createConnection(config, place, queueUrl, undefined);
};

const createConnection = (
  config: Config,
  place: Place,
  queueUrl: (name: string) => Promise<string>,
  local: Connection["local"],
): Connection => {
  const names = resourceNames(config.name);
  const clock = local ? clockOf(local.home) : Date.now;
  const stores = openStores({ config, recordsTable: names.recordsTable, ledgerTable: names.ledgerTable, clock });
  return {
    ...stores,
    ...(local && { local }),
    queues: () => openQueues((queue) => queueUrl(names[queue])),
    async secrets() {
      const { createSecretReader } = await import("../../io/secrets.ts");
      return createSecretReader({ limits: patient, clock });
    },
    gateways: async () => (await import("../../gateways/index.ts")).findGateway,
    command: (...words) => commandLine(words, place),
  };
};

const commandLine = (words: readonly string[], { config, local }: Place): string =>
  shellCommand(["npx", "holdfast", ...words, ...(local ? ["--local"] : config === undefined ? [] : ["--config", config])]);
