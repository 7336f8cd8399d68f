/** Everything that stands on the stage: a fresh local stack, the application, the gateways. It all goes away again. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sourceSecretName } from "../../core/config/config.ts";
import { Failure } from "../../core/failure.ts";
import { findGateway } from "../../gateways/index.ts";
import { readSecrets } from "../../operator/connect/local-secrets.ts";
import { homeOf } from "../../operator/connect/stack-file.ts";
import type { Closing } from "../closing.ts";
import { createClients } from "../engines/clients.ts";
import { startStack } from "../stack.ts";
import { startApplication } from "./application.ts";
import config from "./config.ts";
import { createGateways, type Source } from "./gateways.ts";
import type { Plan } from "./plan.ts";
import { openReplays } from "./replay.ts";
import { openStores } from "./stores.ts";
import { openWire } from "./wire.ts";

export type Stage = Awaited<ReturnType<typeof setStage>>;

/** Quick, so that a minute is enough: real ones give an application hours. */
const retry = { attempts: 6, baseSeconds: 1, capSeconds: 2 };
const graceSeconds = 30;
const sweepEverySeconds = 1;

/** Goes away with the process, however that ends; only kill -9 leaves it behind. */
const makeDirectory = (closing: Closing): string => {
  const directory = mkdtempSync(join(tmpdir(), "holdfast-demo-"));
  const remove = () => rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  closing.add(remove);
  // Who interrupts the start leaves engines that go on writing until the process has ended.
  process.once("exit", remove);
  return directory;
};

/** @param closing takes what has to be ended, also when this fails half-way. */
export const setStage = async ({ seed, plan, closing }: { readonly seed: number; readonly plan: Plan; readonly closing: Closing }) => {
  // A stack of its own, with engines of its own: what lies in others is not the demo's.
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_ENDPOINT_URL")) delete process.env[name];
  const directory = makeDirectory(closing);
  const application = await startApplication({ seed, refused: plan.refused });
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
  const wire = openWire(stack.url);
  closing.add(() => wire.close());
  const secrets = readSecrets(homeOf(directory)) ?? {};
  const sources = new Map(
    Object.keys(config.sources).map((name): [string, Source] => {
      const source = stack.config.sources[name];
      const gateway = source && findGateway(source.gateway);
      if (!gateway) throw new Failure(`The demo's stack has no source ${name}: its configuration is not the demo's own.`);
      return [name, { gateway, settings: { ...source, secrets: secrets[sourceSecretName(stack.config, name)]?.secrets ?? [] } }];
    }),
  );
  const stores = openStores(clients, stack.config.name);
  return {
    stack,
    application,
    stores,
    sources,
    gateways: createGateways({ sources, wire, stores }),
    replays: await openReplays(stack),
  };
};
