/**
 * The functions, each in a worker thread with an environment of its own. Lambda gives every invocation a process that does
 * nothing else meanwhile; here invocations of one function share its thread, so that memory does not grow with the load.
 * A function must therefore not keep what belongs to one invocation in a module's variable.
 */
import { createWriteStream } from "node:fs";
import { until } from "../wait.ts";
import type { FunctionPlan } from "./function-plan.ts";
import { type Outcome, openSandbox, type Sandbox, timedOut } from "./sandbox.ts";

export interface LocalFunction {
  readonly name: string;
  /** Loads the bundle now rather than at the first invocation. @throws Failure when it cannot be loaded. */
  load(): Promise<void>;
  /** Never rejects. */
  invoke(payload: unknown): Promise<Outcome>;
  /** Whether all of its invocations have ended, or sleep until a later moment of the clock. */
  isResting(): boolean;
  /** Resolves when its clock is that far ahead of the machine's. */
  setClock(aheadMs: number): Promise<void>;
  stop(): Promise<void>;
}

export const createFunction = (
  plan: FunctionPlan,
  environment: Readonly<Record<string, string>>,
  logFile: string,
  onLine: (line: string) => void,
  aheadMs = 0,
): LocalFunction => {
  const log = createWriteStream(logFile, { flags: "a" });
  const all = new Set<Sandbox>();
  /** Where new invocations go; the others of `all` only finish what they have. */
  let current: Sandbox | undefined;
  let stopped = false;
  let ahead = aheadMs;

  const open = (): Sandbox => {
    const sandbox = openSandbox({
      plan,
      environment,
      log,
      onLine,
      aheadMs: ahead,
      onEnd: () => {
        all.delete(sandbox);
        if (current === sandbox) current = undefined;
      },
    });
    all.add(sandbox);
    return sandbox;
  };

  return {
    name: plan.name,
    load: () => {
      current ??= open();
      return current.loaded;
    },
    async invoke(payload) {
      if (stopped) return { kind: "failed", type: "Runtime.ExitError", message: "the local stack is stopping" };
      current ??= open();
      const sandbox = current;
      try {
        await sandbox.loaded;
      } catch (error) {
        return { kind: "failed", type: "Runtime.ImportModuleError", message: String(error) };
      }
      const outcome = await sandbox.run(payload);
      // After a time-out Lambda ends the process. Here others may be at work in it: it takes no more, and ends with the last of them.
      if (outcome.kind === "failed" && outcome.type === timedOut && current === sandbox) current = undefined;
      if (current !== sandbox && sandbox.busy() === 0) void sandbox.end();
      return outcome;
    },
    isResting: () => [...all].every((sandbox) => sandbox.isResting()),
    async setClock(next) {
      ahead = next;
      await Promise.all([...all].map((sandbox) => sandbox.setClock(next)));
    },
    async stop() {
      stopped = true;
      await until(() => [...all].every((sandbox) => sandbox.busy() === 0), 1_000);
      await Promise.all([...all].map((sandbox) => sandbox.end()));
      await new Promise<void>((done) => log.end(done));
    },
  };
};
