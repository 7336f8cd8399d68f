/** One worker thread with one function's bundle in it, working on any number of invocations at a time. */
import { randomUUID } from "node:crypto";
import type { WriteStream } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { Failure } from "../../core/failure.ts";
import { siblingModule } from "../sibling.ts";
import type { FunctionPlan } from "./function-plan.ts";
import type { Order, Report, WorkerData } from "./worker.ts";

export type Outcome =
  | { readonly kind: "returned"; readonly payload: unknown }
  /** `type` is Lambda's: the error's name, `Sandbox.Timedout`, `Runtime.ExitError`. */
  | { readonly kind: "failed"; readonly type: string; readonly message: string };

export interface Sandbox {
  /** Rejects with a Failure when the bundle cannot be loaded, or ends while it is loading. */
  readonly loaded: Promise<void>;
  /** How many invocations it is working on. */
  busy(): number;
  /** Whether none of them does anything but sleep until a later moment of the clock. */
  isResting(): boolean;
  /** Resolves when its clock is that far ahead of the machine's, and it has ended or all it slept for until then has woken. */
  setClock(aheadMs: number): Promise<void>;
  /** Never rejects. Call it when it is loaded. */
  run(payload: unknown): Promise<Outcome>;
  end(): Promise<void>;
}

interface SandboxSettings {
  readonly plan: FunctionPlan;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: WriteStream;
  readonly onLine: (line: string) => void;
  readonly aheadMs: number;
  /** Called once when the thread has ended, for whatever reason. */
  readonly onEnd: () => void;
}

/** Lambda lets a function load for ten seconds. All of them load at once here, on a machine that may be busy. */
const initSeconds = 60;

export const openSandbox = ({ plan, environment, log, onLine, aheadMs, onEnd }: SandboxSettings): Sandbox => {
  const data: WorkerData = {
    entry: pathToFileURL(plan.entry).href,
    handler: plan.handler,
    functionName: plan.name,
    memoryMb: plan.memoryMb,
    aheadMs,
  };
  const worker = new Worker(siblingModule(import.meta.url, "worker"), {
    env: { ...environment },
    workerData: data,
    stdout: true,
    stderr: true,
    // Not what this program was started with: Lambda has none of that either.
    execArgv: [],
    name: plan.name,
  });
  const pending = new Map<string, (outcome: Outcome) => void>();
  const settingClock: (() => void)[] = [];
  let asleep = 0;
  const loading = Promise.withResolvers<void>();
  const initTimer = setTimeout(() => {
    loading.reject(new Failure(`The function ${plan.name} does not finish loading: it is not there after ${initSeconds} s.`));
    void worker.terminate();
  }, initSeconds * 1000);
  const initDone = () => clearTimeout(initTimer);
  void loading.promise.then(initDone, initDone);

  let ended: string | undefined;
  const end = (message: string) => {
    if (ended !== undefined) return;
    ended = message;
    loading.reject(new Failure(`The function ${plan.name} ended while it was loading: ${message}`));
    for (const finish of pending.values()) finish(exitError(message));
    for (const done of settingClock.splice(0)) done();
    onEnd();
  };
  worker.on("error", (error) => {
    const { stack, message } = error instanceof Error ? error : new Error(String(error));
    log.write(`${stack ?? message}\n`);
    end(message);
  });
  worker.on("exit", (code) => end(`the function's thread ended with code ${code}`));
  worker.on("message", (report: Report) => {
    switch (report.kind) {
      case "loaded":
        return loading.resolve();
      case "unloadable":
        return loading.reject(new Failure(`The function ${plan.name} cannot be loaded: ${report.message}`));
      case "asleep":
        asleep = report.count;
        return report.isAtClock ? settingClock.shift()?.() : undefined;
      case "returned":
        return pending.get(report.requestId)?.({ kind: "returned", payload: JSON.parse(report.payload) });
      case "threw":
        return pending.get(report.requestId)?.({ kind: "failed", type: report.type, message: report.message });
      default:
        return report satisfies never;
    }
  });
  for (const output of [worker.stdout, worker.stderr])
    createInterface({ input: output, crlfDelay: Number.POSITIVE_INFINITY }).on("line", (line) => {
      if (!log.writableEnded) log.write(`${line}\n`);
      onLine(line);
    });

  return {
    loaded: loading.promise,
    busy: () => pending.size,
    isResting: () => pending.size <= asleep,
    async setClock(ahead) {
      await loading.promise.catch(() => {});
      if (ended !== undefined) return;
      const { promise, resolve: done } = Promise.withResolvers<void>();
      settingClock.push(done);
      worker.postMessage({ kind: "clock", aheadMs: ahead } satisfies Order);
      await promise;
    },
    async run(payload) {
      if (ended !== undefined) return exitError(ended);
      const requestId = randomUUID();
      const { promise, resolve: finish } = Promise.withResolvers<Outcome>();
      const timer = setTimeout(() => {
        const message = `Task timed out after ${plan.timeoutSeconds.toFixed(2)} seconds`;
        log.write(`${requestId} ${message}\n`);
        finish({ kind: "failed", type: timedOut, message });
      }, plan.timeoutSeconds * 1000);
      pending.set(requestId, finish);
      const deadline = Date.now() + plan.timeoutSeconds * 1000;
      worker.postMessage({ kind: "invoke", requestId, payload: JSON.stringify(payload), deadline } satisfies Order);
      const outcome = await promise;
      clearTimeout(timer);
      pending.delete(requestId);
      return outcome;
    },
    end: async () => void (await worker.terminate()),
  };
};

/** Lambda's name for it. */
export const timedOut = "Sandbox.Timedout";

const exitError = (message: string): Outcome => ({ kind: "failed", type: "Runtime.ExitError", message });
