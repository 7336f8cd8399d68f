/** The one way a function is defined: its bundle, its configuration beside it, its own role and log, and an environment that the compiler checks. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Duration, Names, RemovalPolicy, Stage } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Function as CdkFunction, Code, LoggingFormat, Runtime, SystemLogLevel } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { type Construct, Dependable } from "constructs";
import type { Config } from "../../core/config/config.ts";
import { resourceNames } from "../../core/config/resource-names.ts";
import type { Environment as Compare } from "../../functions/compare.ts";
import type { Environment as Consume } from "../../functions/consume.ts";
import type { Environment as Listen } from "../../functions/listen.ts";
import type { Environment as Receive } from "../../functions/receive.ts";
import type { Environment as Recover } from "../../functions/recover.ts";
import type { Environment as Relay } from "../../functions/relay.ts";
import type { Environment as Release } from "../../functions/release.ts";
import type { Environment as Sweep } from "../../functions/sweep.ts";
import { customGatewaysFile } from "../../gateways/registry/custom-gateways.ts";
import { allow } from "../allow.ts";
import { allowNetwork, type ConsumerNetwork, networkOptions } from "../network.ts";
import { writeCustomBundle } from "./custom-bundle.ts";

/** What each function reads from its environment. A missing variable does not compile here, nor does one that nobody reads. */
export interface Environments {
  readonly receive: Receive;
  readonly relay: Relay;
  readonly consume: Consume;
  readonly sweep: Sweep;
  readonly release: Release;
  readonly recover: Recover;
  readonly listen: Listen;
  readonly compare: Compare;
}

export interface LambdaFunctionProps<Verb extends keyof Environments> {
  readonly config: Config;
  readonly description: string;
  readonly environment: Environments[Verb];
  readonly timeout: Duration;
  /** In MB. Lambda gives CPU in proportion: 1,769 MB are one core. */
  readonly memorySize: number;
  /** Concurrent executions kept for it, which are also the most it gets. */
  readonly reservedConcurrency?: number | undefined;
  /** @default none: it runs where Lambda has a way to AWS and to the internet */
  readonly network?: ConsumerNetwork | undefined;
}

/** Three months: longer than it takes to notice that something went wrong at a month's end. What must last longer is in the tables. */
export const logRetention = RetentionDays.THREE_MONTHS;

/** Defines `<name>-<verb>` from the bundle of `functions/<verb>.ts`, with nothing allowed but to write its own log. */
export const lambdaFunction = <Verb extends keyof Environments>(
  scope: Construct,
  verb: Verb,
  { config, environment, network, reservedConcurrency, ...props }: LambdaFunctionProps<Verb>,
): CdkFunction => {
  const functionName = resourceNames(config.name).function(verb);
  const logGroup = new LogGroup(scope, "Log", {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = new Role(scope, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
  allow(role, ["logs:CreateLogStream", "logs:PutLogEvents"], [logGroup.logGroupArn]);
  if (network) allowNetwork(role, functionName);
  // What uses the role has to wait for its policy too; that the role itself comes first follows from the reference to it.
  Dependable.implement(role, { dependencyRoots: [role.node.findChild("DefaultPolicy")] });
  return new CdkFunction(scope, "Function", {
    ...props,
    ...(reservedConcurrency !== undefined && { reservedConcurrentExecutions: reservedConcurrency }),
    ...(network && networkOptions(network)),
    functionName,
    role,
    logGroup,
    // Three lines for each invocation, START, END and REPORT, would be most of what is logged; CloudWatch's metrics have their figures.
    loggingFormat: LoggingFormat.JSON,
    systemLogLevelV2: SystemLogLevel.WARN,
    environment: { ...environment },
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: "index.handler",
    code: Code.fromAsset(stage(scope, verb, config)),
  });
};

/**
 * The directory that is deployed: the bundle, and `config.json` beside it, because Lambda's environment takes 4 KB only.
 * It is in the cloud assembly, so nothing outside is touched; the asset's hash follows from what is in it alone.
 */
const stage = (scope: Construct, verb: string, config: Config): string => {
  const directory = join(Stage.of(scope)?.assetOutdir ?? "cdk.out", "functions", Names.uniqueResourceName(scope, { separator: "-" }));
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const gateways = customGatewaysFile(config, process.cwd());
  if (gateways === undefined) cpSync(bundleOf(verb), directory, { recursive: true });
  else writeCustomBundle(verb, gateways, directory);
  writeFileSync(join(directory, "config.json"), `${JSON.stringify(config, null, 2)}\n`);
  return directory;
};

/** Found through the package's own name for it, which is the same directory from the sources and from `dist/`. */
const bundleOf = (verb: string): string => {
  try {
    return dirname(createRequire(import.meta.url).resolve(`#bundles/${verb}`));
  } catch (cause) {
    throw new Error(`functions/${verb}.ts is not bundled yet: run "npm run build" first`, { cause });
  }
};
