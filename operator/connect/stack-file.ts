/** `.holdfast/stack.json`: where the local stack of a directory is, for the operator's command and other programs. */
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../core/config/config.ts";

/** Where the AWS APIs are served. */
export interface Endpoints {
  readonly dynamodb: string;
  readonly sqs: string;
  readonly s3: string;
  readonly secretsManager: string;
  /** Where a target may be. */
  readonly lambda?: string;
  readonly eventBridge?: string;
  /** Of the alarm topic. */
  readonly sns?: string;
}

export interface StackFile {
  /** Where gateways post to: `<url>/callbacks/<source>`. */
  readonly url: string;
  readonly pid: number;
  readonly startedAt: string;
  /** As the template's pseudo parameters say here; they are part of the bucket's name. */
  readonly account: string;
  readonly region: string;
  readonly endpoints: Endpoints;
  /** What an AWS SDK client needs in its environment to reach the stack. */
  readonly environment: Readonly<Record<string, string>>;
  /** The configuration as it is in force here. */
  readonly config: Config;
  readonly tables: readonly string[];
  /** Name to URL. */
  readonly queues: Readonly<Record<string, string>>;
  readonly buckets: readonly string[];
  readonly functions: readonly string[];
  /** Where deliveries go, and where the built-in application logs them; no log for the user's own application. */
  readonly application: { readonly url: string; readonly log?: string };
  /** Where the day's digest of open findings goes here: a file, or another engine's endpoint. */
  readonly mail?: string;
  /** Where the messages of each target in AWS go here, by target: for a queue its URL in the engine, for the others a file or an endpoint. */
  readonly awsTargets: Readonly<Record<string, string>>;
}

/** The folder with all of the stack's data, within its directory. */
export const homeOf = (directory: string): string => join(directory, ".holdfast");

const fileIn = (directory: string): string => join(homeOf(directory), "stack.json");

/** The stack that runs in a directory; undefined when there is none, also when one was killed and left its file behind. */
export const readStackFile = (directory: string): StackFile | undefined => {
  let stack: StackFile;
  try {
    stack = JSON.parse(readFileSync(fileIn(directory), "utf8")) as StackFile;
  } catch {
    return undefined;
  }
  return isRunning(stack.pid) ? stack : undefined;
};

export const writeStackFile = (directory: string, stack: StackFile): void => {
  const file = fileIn(directory);
  // Readable by its owner only, and never half-written.
  writeFileSync(`${file}.new`, `${JSON.stringify(stack, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

export const removeStackFile = (directory: string): void => rmSync(fileIn(directory), { force: true });

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process: it runs, but we may not signal it.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};
