/**
 * The functions, each in a worker thread with an environment of its own. Lambda gives every invocation a process that does
 * nothing else meanwhile; here invocations of one function share its thread, so that memory does not grow with the load.
 * A function must therefore not keep what belongs to one invocation in a module's variable.
 */
import { randomUUID } from "node:crypto";
import { createWriteStream, type WriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { Failure } from "./failure.ts";
import type { FunctionPlan } from "./function-plan.ts";
import { siblingModule } from "./sibling.ts";
import { until } from "./wait.ts";
import type { Invocation, Report, WorkerData } from "./worker.ts";

export type Outcome =
  | { readonly kind: "returned"; readonly payload: unknown }
  /** `type` is Lambda's: the error's name, `Sandbox.Timedout`, `Runtime.ExitError`. */
  | { readonly kind: "failed"; readonly type: string; readonly message: string };

export interface LocalFunction {
  readonly name: string;
  /** Loads the bundle now rather than at the first invocation. @throws Failure when it cannot be loaded. */
  load(): Promise<void>;
  /** Never rejects. */
  invoke(payload: unknown): Promise<Outcome>;
  stop(): Promise<void>;
}

/** How long Lambda lets a function load. */
const initSeconds = 10;

/** One worker thread and what it is working on. */
interface Sandbox {
  readonly worker: Worker;
  readonly loaded: Promise<void>;
  readonly pending: Map<string, (outcome: Outcome) => void>;
  retired: boolean;
}

export const createFunction = (
  plan: FunctionPlan,
  environment: Readonly<Record<string, string>>,
  logFile: string,
  onLine: (line: string) => void,
): LocalFunction => {
  const log = createWriteStream(logFile, { flags: "a" });
  let current: Sandbox | undefined;
  let stopped = false;
  const all = new Set<Sandbox>();

  const open = (): Sandbox => {
    const data: WorkerData = {
      entry: pathToFileURL(plan.entry).href,
      handler: plan.handler,
      functionName: plan.name,
      memoryMb: plan.memoryMb,
    };
    const worker = new Worker(siblingModule("worker"), {
      env: { ...environment },
      workerData: data,
      stdout: true,
      stderr: true,
      // Not what this program was started with: on Lambda there is nothing of it either.
      execArgv: [],
      name: plan.name,
    });
    const pending: Sandbox["pending"] = new Map();
    const loading = Promise.withResolvers<void>();
    const sandbox: Sandbox = { worker, loaded: loading.promise, pending, retired: false };
    const initTimer = setTimeout(() => {
      loading.reject(new Failure(`The function ${plan.name} does not finish loading: it is not there after ${initSeconds} s.`));
      void worker.terminate();
    }, initSeconds * 1000);
    void loading.promise.then(
      () => clearTimeout(initTimer),
      () => clearTimeout(initTimer),
    );
    all.add(sandbox);
    keepLines(worker, log, onLine);
    worker.on("message", (report: Report) => {
      switch (report.kind) {
        case "loaded":
          return loading.resolve();
        case "unloadable":
          return loading.reject(new Failure(`The function ${plan.name} cannot be loaded: ${report.message}`));
        case "returned":
          return pending.get(report.requestId)?.({ kind: "returned", payload: JSON.parse(report.payload) });
        case "threw":
          return pending.get(report.requestId)?.({ kind: "failed", type: report.type, message: report.message });
        default:
          return report satisfies never;
      }
    });
    const crashed = (message: string) => {
      all.delete(sandbox);
      if (current === sandbox) current = undefined;
      loading.reject(new Failure(`The function ${plan.name} ended while it was loading: ${message}`));
      for (const finish of pending.values()) finish({ kind: "failed", type: "Runtime.ExitError", message });
    };
    worker.on("error", (error) => {
      log.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      crashed(error instanceof Error ? error.message : String(error));
    });
    worker.on("exit", (code) => crashed(`the function's thread ended with code ${code}`));
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
      if (!all.has(sandbox)) return { kind: "failed", type: "Runtime.ExitError", message: "the function's thread ended" };
      const requestId = randomUUID();
      const { promise, resolve: finish } = Promise.withResolvers<Outcome>();
      const timer = setTimeout(() => {
        const message = `Task timed out after ${plan.timeoutSeconds.toFixed(2)} seconds`;
        log.write(`${requestId} ${message}\n`);
        finish({ kind: "failed", type: "Sandbox.Timedout", message });
        // After a time-out Lambda ends the process. Here others may be at work in it: it takes no more, and ends with the last of them.
        sandbox.retired = true;
        if (current === sandbox) current = undefined;
      }, plan.timeoutSeconds * 1000);
      sandbox.pending.set(requestId, finish);
      const invocation: Invocation = { requestId, payload: JSON.stringify(payload), deadline: Date.now() + plan.timeoutSeconds * 1000 };
      sandbox.worker.postMessage(invocation);
      const outcome = await promise;
      clearTimeout(timer);
      sandbox.pending.delete(requestId);
      if (sandbox.retired && sandbox.pending.size === 0) void sandbox.worker.terminate();
      return outcome;
    },
    async stop() {
      const busy = () => [...all].reduce((total, { pending }) => total + pending.size, 0);
      stopped = true;
      await until(() => busy() === 0, 1_000);
      await Promise.all([...all].map(({ worker }) => worker.terminate()));
      await new Promise<void>((done) => log.end(done));
    },
  };
};

const keepLines = (worker: Worker, log: WriteStream, onLine: (line: string) => void): void => {
  for (const output of [worker.stdout, worker.stderr])
    createInterface({ input: output, crlfDelay: Number.POSITIVE_INFINITY }).on("line", (line) => {
      if (!log.writableEnded) log.write(`${line}\n`);
      onLine(line);
    });
};
