/** The other end of function-runner.ts. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Cost, Order } from "./function-runner.ts";

export interface RunningFunction {
  /** @throws when the handler throws. */
  call(event: unknown, aheadMs?: number): Promise<Cost>;
  stop(): Promise<void>;
}

export const startFunction = async (bundle: string, environment: Readonly<Record<string, string>>): Promise<RunningFunction> => {
  const child = fork(fileURLToPath(new URL("./function-runner.ts", import.meta.url)), [bundle], { env: { ...environment } });
  await said(child, bundle);
  return {
    call(event, aheadMs = 0) {
      child.send({ event, aheadMs } satisfies Order);
      return said(child, bundle);
    },
    async stop() {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
};

const said = (child: ChildProcess, bundle: string): Promise<Cost> => {
  const { promise, resolve, reject } = Promise.withResolvers<Cost>();
  const ended = (code: number | null) => reject(new Error(`the function ${bundle} ended with code ${code}`));
  child.once("exit", ended);
  child.once("message", (cost: Cost) => {
    child.off("exit", ended);
    resolve(cost);
  });
  return promise;
};
