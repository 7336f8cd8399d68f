/** The other end of runner.ts: one contestant in a process of its own, idle until it is its turn. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { openSync } from "node:fs";
import { devNull } from "node:os";
import { fileURLToPath } from "node:url";
import type { Measured, Slice } from "./runner.ts";

export interface ContestantProcess {
  /** @throws when the contestant fails, or does not acknowledge. */
  run(slice: Slice): Promise<Measured>;
  stop(): Promise<void>;
}

export const startContestant = (bundle: string, environment: Readonly<Record<string, string>>): ContestantProcess => {
  const child = fork(fileURLToPath(new URL("./runner.ts", import.meta.url)), [bundle], {
    env: { ...environment },
    execArgv: ["--expose-gc"],
    stdio: ["ignore", openSync(devNull, "w"), "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  return {
    async run(slice) {
      child.send(slice);
      const failed = ended.then(([code]) => {
        throw new Error(`the contestant ${bundle} ended with code ${code}`);
      });
      const [measured] = await Promise.race([once(child, "message"), failed]);
      return measured as Measured;
    },
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
};
