/**
 * The local stack: what the app synthesizes, running on this machine. Same tables, indexes, queues, redrive policies, stream
 * filters, batch sizes, environments and bundles as deployed; engines from npm instead of AWS. Its data is in
 * `.holdfast/`, and survives a restart and a kill -9.
 */
import { rmSync } from "node:fs";
import { extname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Millis } from "../core/callback.ts";
import type { Config } from "../core/config/config.ts";
import { resourceNames } from "../core/config/resource-names.ts";
import { Failure } from "../core/failure.ts";
import { useCustomGateways } from "../operator/connect/custom-gateways.ts";
import { homeOf, readStackFile, removeStackFile, type StackFile, writeStackFile } from "../operator/connect/stack-file.ts";
import { accountId, region } from "./account.ts";
import { startAlarmTopic } from "./alarm-topic.ts";
import { noteIn, startApplication } from "./application.ts";
import { openClock } from "./clock/clock.ts";
import { type Closing, createClosing } from "./closing.ts";
import { placesOfOthers, startDoors } from "./doors.ts";
import { createClients, sdkEnvironment } from "./engines/clients.ts";
import { startEmulators } from "./engines/emulators.ts";
import { startFront } from "./front/front.ts";
import { planApi } from "./front/routes.ts";
import { createMetrics, type Metric } from "./lambda/emf.ts";
import { synthesizedConfig } from "./lambda/function-plan.ts";
import { startFunctions } from "./lambda/running-functions.ts";
import type { Outcome } from "./lambda/sandbox.ts";
import { acquireLock } from "./lock.ts";
import { openLog } from "./log.ts";
import { clockPage } from "./rehearsal/clock-page.ts";
import { stackAdvancing } from "./rehearsal/stack-advance.ts";
import { ensureSecrets, serveSecrets } from "./secrets.ts";
import { identify } from "./template/identities.ts";
import { type LocalTarget, localize, type Overrides } from "./template/localize.ts";
import { makeResources } from "./template/resources.ts";
import { synthesize } from "./template/synthesis.ts";
import { makeTargetQueues } from "./template/target-queues.ts";
import { startTriggers } from "./triggers/triggers.ts";
import { within } from "./wait.ts";

export interface StackOptions {
  /** Where `.holdfast/` is. */
  readonly directory: string;
  /** What synthesizes the template. @default Holdfast's own `bin/app` */
  readonly appCommand?: readonly string[];
  /** Another configuration file than the app's own, which the app finds in HOLDFAST_CONFIG as a URL. */
  readonly configFile?: string;
  /** Of the front. @default 8787; 0 for any free one */
  readonly port?: number;
  /** Where deliveries go. @default the built-in application */
  readonly target?: { readonly url: string };
  readonly overrides?: Overrides;
  /** Instead of the schedules' own rates. */
  readonly sweepEverySeconds?: number;
  /** The moment to start at, by the stack's own clock. @default where it was, or this machine's */
  readonly clock?: Millis;
  /** True: nothing is written to standard error while it runs. */
  readonly quiet?: boolean;
}

export interface LocalStack extends StackFile {
  /** By name, or by the last part of it: `sweep`. */
  invoke(functionName: string, payload: unknown): Promise<Outcome>;
  /** What the functions have measured since the stack started. */
  metrics(): readonly Metric[];
  /** What time it is to the stack. */
  now(): Millis;
  /** Resolves when it is that much later to the stack, and what fell due on the way has happened. One at a time. */
  advance(ms: number): Promise<void>;
  /** Process ids of the engines. */
  engines(): Readonly<Record<string, number | undefined>>;
  /** Lets what is in flight finish, for some seconds, and ends everything. */
  stop(): Promise<void>;
}

const defaultPort = 8787;

/** From the sources, or from `dist/`: below node_modules Node runs JavaScript only. */
const appFile = fileURLToPath(new URL(`../bin/app${extname(import.meta.url)}`, import.meta.url));

/** How long a stop waits for deliveries in flight. What does not finish comes again at the next start. */
const graceMs = 5_000;

/** @throws Failure, one line for a person, when it cannot start; nothing is left running then. */
export const startStack = async (options: StackOptions): Promise<LocalStack> => {
  const home = homeOf(options.directory);
  const lock = acquireLock(home);
  if (!lock) throw alreadyRunning(options.directory);
  const closing = createClosing();
  closing.add(() => lock.release());
  try {
    return await start(options, home, closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
};

const start = async (options: StackOptions, home: string, closing: Closing): Promise<LocalStack> => {
  const startedAt = new Date().toISOString();
  const clock = openClock(home, options.clock);
  removeStackFile(options.directory);
  const say = openLog(join(home, "logs", "stack.log"), !options.quiet);
  const front = await startFront(options.port ?? defaultPort);
  closing.add(() => front.close());

  const assemblyDirectory = join(home, "cdk.out");
  rmSync(assemblyDirectory, { recursive: true, force: true });
  const synthesis = synthesize(
    options.appCommand ?? [process.execPath, appFile],
    assemblyDirectory,
    options.configFile === undefined ? {} : { HOLDFAST_CONFIG: pathToFileURL(options.configFile).href },
  );
  synthesis.catch(() => {});
  const emulators = await startEmulators(home, process.env, say);
  closing.add(() => emulators.stop());
  const assembly = await synthesis;
  const identities = identify(assembly.resources);

  const clients = createClients(emulators.endpoints);
  closing.add(() => clients.destroy());
  const resources = await makeResources(assembly.resources, identities, clients, emulators.endpoints);
  const given = synthesizedConfig(assembly);
  useCustomGateways(given, process.cwd());
  const secrets = ensureSecrets(home, given);
  const secretsManager = await serveSecrets(home);
  closing.add(() => secretsManager.close());
  const log = join(home, "application.jsonl");
  const note = noteIn(log, clock.now);
  const application = options.target ? undefined : await startApplication(note);
  if (application) closing.add(() => application.close());
  // Nothing comes before the functions are there.
  const listening: { hand: Parameters<typeof startDoors>[1] } = { hand: async () => "the stack is still starting" };
  const doors = await startDoors(note, (event) => listening.hand(event), clock.now);
  closing.add(() => doors.close());
  const mail = join(home, "alarms.txt");
  const alarmTopic = await startAlarmTopic({ file: mail, clock: clock.now, say });
  closing.add(() => alarmTopic.close());
  const elsewhere = { lambda: process.env.AWS_ENDPOINT_URL_LAMBDA, eventbridge: process.env.AWS_ENDPOINT_URL_EVENTBRIDGE };
  const queues = await makeTargetQueues(emulators.endpoints.sqs, given);
  const awsTargets = { ...queues, ...placesOfOthers(given, log, elsewhere) };
  const target: LocalTarget = application ? { kind: "built-in", url: application.url } : { kind: "named", url: options.target?.url ?? "" };

  const endpoints = {
    ...emulators.endpoints,
    secretsManager: secretsManager.url,
    lambda: elsewhere.lambda ?? doors.url,
    eventBridge: elsewhere.eventbridge ?? doors.url,
    sns: process.env.AWS_ENDPOINT_URL_SNS ?? alarmTopic.url,
  };
  const environment = sdkEnvironment(endpoints, home);
  const metrics = createMetrics();
  const local = (config: Config) => localize(config, { target, secrets, overrides: options.overrides });
  const api = planApi(assembly.resources, resources.references, identities);
  const functions = await startFunctions({
    assembly,
    identities,
    references: resources.references,
    home,
    localize: local,
    environment,
    metrics,
    clock,
  });
  listening.hand = async (event) => {
    if (!functions.names.includes(resourceNames(given.name).function("listen"))) return "no source of the configuration is on an event bus";
    const outcome = await functions.invoke("listen", event);
    return outcome.kind === "failed" ? outcome.message : undefined;
  };
  let triggersStopped: Promise<unknown> = Promise.resolve();
  closing.add(async () => {
    await functions.stop();
    await triggersStopped;
  });
  const lookAt = emulators.lookAt?.(clock.now);
  const triggers = startTriggers({
    assembly,
    identities,
    resources,
    clients,
    functions,
    home,
    say,
    everySeconds: options.sweepEverySeconds,
    clock,
    lookAt,
  });
  closing.add(async () => {
    triggersStopped = Promise.all(triggers.pollers.map((poller) => poller.stop()));
    await within(graceMs, triggersStopped);
  });
  const advancing = stackAdvancing({ config: given, clock, clients, resources, functions, triggers, lookAt, say });
  closing.add(() => advancing.stop());

  const about: StackFile = {
    url: front.url,
    pid: process.pid,
    startedAt,
    account: accountId,
    region,
    endpoints,
    environment,
    config: { ...local(given), ...(given.gateways !== undefined && { gateways: resolve(given.gateways) }) },
    tables: resources.tables,
    queues: resources.queues,
    buckets: resources.buckets,
    functions: functions.names,
    application: { url: target.url, ...(application && { log }) },
    mail: process.env.AWS_ENDPOINT_URL_SNS ?? mail,
    awsTargets,
  };
  front.open({
    api,
    invoke: functions.invoke,
    clock: clock.now,
    pages: {
      clock: clockPage(clock, advancing),
      health: () => ({ status: "ok", pid: process.pid, directory: options.directory }),
      metrics: () => metrics.list(),
    },
  });
  closing.add(() => front.close());
  writeStackFile(options.directory, about);
  closing.add(() => removeStackFile(options.directory));
  return {
    ...about,
    invoke: functions.invoke,
    metrics: metrics.list,
    now: clock.now,
    advance: (ms) => advancing.advanceTo(clock.now() + ms),
    engines: emulators.pids,
    stop: closing.close,
  };
};

const alreadyRunning = (directory: string): Failure => {
  const other = readStackFile(directory);
  const where = other ? ` (${other.url}, process ${other.pid})` : "";
  return new Failure(`A local stack already runs in ${homeOf(directory)}${where}: end that one first, or start in another directory.`);
};
