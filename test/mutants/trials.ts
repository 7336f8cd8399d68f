/** Tries one mutant after the other in a warm process, with a time limit for those that never end. */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { Begun, Job, Result, Setup } from "./runner/worker.ts";

export type Outcome = { readonly kind: "ended"; readonly result: Result } | { readonly kind: "out of time" };

export interface Trials {
  /** @param limitMs how long a test file may take. The first of a new process, which loads everything, is given ten seconds more. */
  try(job: Job, limitMs: (test: string) => number): Promise<Outcome>;
  close(): void;
}

/** Every trial leaves its modules behind, which Node never forgets. */
const enoughHeap = 300 * 1024 * 1024;
const startMs = 10_000;

export const createTrials = (setup: Setup): Trials => {
  let child: ChildProcess | undefined;
  const start = (): ChildProcess => {
    const started = fork(join(import.meta.dirname, "runner/worker.ts"), {
      execArgv: ["--no-warnings", "--max-old-space-size=2048"],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
    });
    started.send(setup);
    return started;
  };
  const end = (): void => {
    child?.kill("SIGKILL");
    child = undefined;
  };
  return {
    try: (job, limitMs) =>
      new Promise((resolve, reject) => {
        const aheadMs = child ? 0 : startMs;
        const running = child ?? start();
        child = running;
        const settle = (outcome: Outcome): void => {
          clearTimeout(timer);
          running.removeAllListeners();
          if (outcome.kind === "out of time" || outcome.result.heap > enoughHeap) end();
          resolve(outcome);
        };
        const endAfter = (milliseconds: number) => setTimeout(() => settle({ kind: "out of time" }), milliseconds);
        let timer = endAfter(startMs);
        running.on("message", (message: Begun | Result) => {
          if (!("begun" in message)) return settle({ kind: "ended", result: message });
          clearTimeout(timer);
          timer = endAfter(aheadMs + limitMs(message.begun));
        });
        running.once("error", reject);
        // A mutant that exhausts the memory takes the process with it.
        running.once("exit", () => settle({ kind: "out of time" }));
        running.send(job);
      }),
    close: end,
  };
};
