/** `npm start`: the local stack until it is interrupted, and what to do with it. */
import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { Millis } from "../core/callback.ts";
import type { Config } from "../core/config/config.ts";
import { sourceSecretName } from "../core/config/of-config.ts";
import { errorMessage, Failure } from "../core/failure.ts";
import { isoTime } from "../core/formats/iso-time.ts";
import { readSecrets, type SecretFile, secretFile } from "../operator/connect/local-secrets.ts";
import { homeOf } from "../operator/connect/stack-file.ts";
import { asCurl } from "../operator/send-sample/curl.ts";
import { sampleCallback } from "../simulator/sample.ts";
import { onInterrupt } from "./closing.ts";
import { whenLauncherEnds } from "./engines/launcher.ts";
import { type LocalStack, startStack } from "./stack.ts";

export interface StartOptions {
  /** Where `.holdfast/` is. @default the current directory */
  readonly directory?: string;
  readonly port?: number;
  /** URL to deliver to, instead of the built-in application. */
  readonly target?: string;
  /** A file other than `holdfast.config.ts`. */
  readonly config?: string;
  /** The command that synthesizes a CDK app of the user's own with Holdfast in it. @default this project's */
  readonly app?: string;
  /** The moment to start at. @default where its clock was, or this machine's */
  readonly clock?: Millis;
  /** One line of JSON when it is ready, and nothing else on standard output. */
  readonly json?: boolean;
  /** Seconds between two sweeps, instead of a minute. */
  readonly sweepSeconds?: number;
}

const usualConfig = "holdfast.config.ts";

/** Returns when the stack is up; it then runs until SIGINT or SIGTERM. Ends the process with 1, and one line, when it cannot start. */
export const start = async (options: StartOptions): Promise<void> => {
  whenLauncherEnds(() => process.exit(1));
  const directory = resolve(options.directory ?? ".");
  // The folder's own; without one the app that is synthesized has its own.
  const configFile = options.config !== undefined || existsSync(usualConfig) ? resolve(options.config ?? usualConfig) : undefined;
  let stack: LocalStack;
  try {
    stack = await startStack({
      directory,
      ...(options.port !== undefined && { port: options.port }),
      ...(options.target !== undefined && { target: { url: options.target } }),
      ...(configFile !== undefined && { configFile }),
      ...(options.app !== undefined && { appCommand: ["sh", "-c", options.app] }),
      ...(options.sweepSeconds !== undefined && { sweepEverySeconds: options.sweepSeconds }),
      ...(options.clock !== undefined && { clock: options.clock }),
    });
  } catch (error) {
    process.stderr.write(
      `${error instanceof Failure ? error.message : error instanceof Error ? (error.stack ?? error.message) : errorMessage(error)}\n`,
    );
    process.exit(1);
  }
  onInterrupt(() => {
    // A second Ctrl-C ends it at once. The engines end with us, and what was acknowledged is on disk.
    if (!options.json) process.stderr.write("\nStopping; press Ctrl-C again to stop at once.\n");
    void stack.stop().then(() => process.exit(0));
  });
  const secrets = readSecrets(homeOf(directory)) ?? {};
  process.stdout.write(options.json ? `${JSON.stringify(asJson(stack, directory, secrets))}\n` : asText(stack, directory, secrets));
};

const asJson = (stack: LocalStack, directory: string, secrets: SecretFile) => ({
  url: stack.url,
  pid: stack.pid,
  sources: Object.entries(stack.config.sources).map(([name, { gateway, kind }]) => {
    const sample = sampleCallback({ config: stack.config, secrets, source: name, url: stack.url, now: stack.now() });
    return {
      name,
      gateway,
      url: kind === "eventbridge" ? null : `${stack.url}/callbacks/${name}`,
      secrets: secretsFor(stack.config, secrets, name),
      curl: sample.kind === "ready" ? asCurl(sample.raw, { home: homeOf(directory) }) : null,
    };
  }),
  endpoints: stack.endpoints,
  environment: stack.environment,
  application: stack.application,
  awsTargets: stack.awsTargets,
  mail: stack.mail,
  directory: homeOf(directory),
});

const secretsFor = (config: Config, secrets: SecretFile, source: string): readonly string[] =>
  secrets[sourceSecretName(config, source)]?.secrets ?? [];

const asText = (stack: LocalStack, directory: string, secrets: SecretFile): string => {
  const home = homeOf(directory);
  const path = (file: string) => (relative(process.cwd(), file).startsWith("..") ? file : relative(process.cwd(), file));
  const { log, url } = stack.application;
  return `${[
    ...(Math.abs(stack.now() - Date.now()) > 1_000
      ? [`To this stack it is ${isoTime(stack.now())}; \`npx holdfast clock advance 31d --local\` moves its clock on.`]
      : []),
    `Holdfast is running at ${stack.url}. To post a callback, freshly signed with the source's local secret:`,
    ...Object.keys(stack.config.sources).map((source) => sourceText(stack, source, secrets, home)),
    ...(Object.values(stack.config.targets).some(({ kind }) => kind === "http")
      ? [
          log
            ? `Deliveries go to the built-in application and are logged in ${path(log)}; --target URL sends them to yours.`
            : `Deliveries go to ${url}.`,
        ]
      : []),
    ...Object.entries(stack.awsTargets).map(
      ([target, place]) =>
        `Deliveries to ${target} stay on this machine: ${place.startsWith("http") ? place : `logged in ${path(place)}, as if taken`}.`,
    ),
    ...(stack.mail === undefined
      ? []
      : [`The day's digest of open findings, if there are any, goes to ${stack.mail.startsWith("http") ? stack.mail : path(stack.mail)}.`]),
    "",
    "To look at what happened:",
    "  npx holdfast list --local            the records and their states",
    "  npx holdfast show ID --local         one record: request, events, state, next step",
    "  npx holdfast status --local          what is wrong, since when, what to type",
    `  curl ${stack.url}/_local/metrics   the functions' metrics`,
    "",
    `Its data is in ${path(home)}/ until you delete it: secrets in ${path(secretFile(home))} (edit them freely), logs in ${path(`${home}/logs`)}/.`,
    "Ctrl-C stops it; the next start continues where this one ended.",
  ].join("\n")}\n`;
};

const sourceText = (stack: LocalStack, source: string, secrets: SecretFile, home: string): string => {
  const title = `\n${source} (${stack.config.sources[source]?.gateway}):`;
  const sample = sampleCallback({ config: stack.config, secrets, source, url: stack.url, now: stack.now() });
  if (stack.config.sources[source]?.kind === "eventbridge")
    return `${title}\n  events of the bus ${stack.config.sources[source]?.bus}: send some with PutPartnerEvents to ${stack.endpoints.eventBridge}\n`;
  if (sample.kind === "none") return `${title}\n  post to ${stack.url}/callbacks/${source}; ${sample.reason}\n`;
  const validity =
    sample.validSeconds === undefined
      ? ""
      : `\n  # valid for ${duration(sample.validSeconds)}; "npx holdfast try ${source} --local" prints a fresh one`;
  return `${title}${validity}\n  ${asCurl(sample.raw, { home, separator: " \\\n    " })}\n`;
};

/** "5 minutes", "5 seconds". A second is lost on the way from the clock to the signature. */
const duration = (seconds: number): string => (seconds < 100 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`);
