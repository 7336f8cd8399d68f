/** Everything on stage: a fresh local stack, the application, the gateways, an operator. All of it is removed at the end. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sourceSecretName } from "../../core/config/of-config.ts";
import { resourceNames } from "../../core/config/resource-names.ts";
import { Failure } from "../../core/failure.ts";
import type { RecordKey } from "../../core/record.ts";
import { findGateway } from "../../gateways/index.ts";
import { readSecrets } from "../../operator/connect/local-secrets.ts";
import { homeOf } from "../../operator/connect/stack-file.ts";
import { openStores as openOperatorStores, openQueues } from "../../operator/connect/stores.ts";
import { select } from "../../operator/query/select.ts";
import { runReplay } from "../../operator/replay/run.ts";
import type { Destination } from "../../simulator/play.ts";
import type { Closing } from "../closing.ts";
import { createClients } from "../engines/clients.ts";
import { type LocalStack, startStack } from "../stack.ts";
import { startFaultyApplication } from "./application.ts";
import config from "./config.ts";
import { openStores } from "./evidence.ts";
import { createGateways } from "./gateways.ts";
import type { Plan } from "./plan.ts";

export type Stage = Awaited<ReturnType<typeof setStage>>;

/** Quick, so that a minute is enough: real ones give an application hours. */
const retry = { attempts: 12, baseSeconds: 1, capSeconds: 2 };
const graceSeconds = 30;
const sweepEverySeconds = 1;

/** A separate stack with separate engines, in a directory that is removed with the process, however that ends; only kill -9 leaves it behind. */
export const freshDirectory = (closing: Closing): string => {
  // What is in other engines is not the demo's.
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_ENDPOINT_URL")) delete process.env[name];
  const directory = mkdtempSync(join(tmpdir(), "holdfast-demo-"));
  const remove = () => rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  closing.add(remove);
  // After an interrupted start the engines go on writing until the process has ended.
  process.once("exit", remove);
  return directory;
};

/** @param closing collects what has to be ended, also when this fails half-way. */
export const setStage = async ({ seed, plan, closing }: { readonly seed: number; readonly plan: Plan; readonly closing: Closing }) => {
  const directory = freshDirectory(closing);
  const application = await startFaultyApplication({ seed, refused: plan.refused });
  closing.add(() => application.close());
  const stack = await startStack({
    directory,
    configFile: fileURLToPath(new URL(import.meta.url.endsWith(".ts") ? "config.ts" : "config.js", import.meta.url)),
    port: 0,
    target: { url: application.url },
    overrides: { graceSeconds, retry },
    sweepEverySeconds,
    quiet: true,
  });
  closing.add(() => stack.stop());
  const clients = createClients(stack.endpoints);
  closing.add(() => clients.destroy());
  const stores = openStores(clients, stack.config.name);
  const destinations = new Map(Object.keys(config.sources).map((source) => [source, destinationOf(stack, directory, source)]));
  const gateways = createGateways(destinations, stores);
  closing.add(() => gateways.close());
  return { stack, application, stores, destinations, gateways, operator: await openOperator(stack) };
};

export const destinationOf = (stack: LocalStack, directory: string, name: string): Destination => {
  const source = stack.config.sources[name];
  const gateway = source && findGateway(source.gateway);
  if (!gateway) throw new Failure(`The demo's stack has no source ${name}: its configuration is not the demo's own.`);
  const secrets = readSecrets(homeOf(directory))?.[sourceSecretName(stack.config, name)]?.secrets ?? [];
  return { gateway, source: name, url: `${stack.url}/callbacks/${name}`, settings: { ...source, secrets }, clock: stack.now };
};

/** Replays in the demo's stack with the code of `holdfast replay`. */
const openOperator = async (stack: LocalStack) => {
  // As `--local` does: every client made from now on goes to the local stack.
  Object.assign(process.env, stack.environment);
  const names = resourceNames(stack.config.name);
  const { recordsTable, ledgerTable } = names;
  const stores = openOperatorStores({ config: stack.config, recordsTable, ledgerTable, clock: Date.now });
  const { doorbells } = await openQueues(async (queue) => stack.queues[names[queue]] ?? "");
  const replay = (keys: AsyncIterable<RecordKey>) =>
    Array.fromAsync(runReplay({ stores, doorbells, findGateway, isSelected: () => true, pause: setTimeout, isStopped: () => false }, keys));
  return {
    /** What `holdfast replay --dead --yes` does. */
    replayDead: () => replay(keysOf(select(stores, { states: ["dead"] }, "oldest first"))),
    /** What `holdfast replay ID ... --yes` does, whatever state they are in. */
    replay: (keys: readonly RecordKey[]) => replay(keysOf(keys.map((key) => ({ key })))),
  };
};

async function* keysOf(
  found: AsyncIterable<{ readonly key: RecordKey }> | Iterable<{ readonly key: RecordKey }>,
): AsyncGenerator<RecordKey> {
  for await (const { key } of found) yield key;
}
