/** The local stack as an operator starts it, in a process group that can be killed whole, its engines included. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Failure } from "../../core/failure.ts";

export interface StackProcess {
  /** Resolves once it can be called. */
  start(): Promise<void>;
  /** `kill -9`: nothing in it can end what it is doing. */
  kill(): Promise<void>;
}

const [command, config] = ["../../bin/holdfast.ts", "../path/config.ts"].map((file) => fileURLToPath(new URL(file, import.meta.url)));

export const stackProcess = (directory: string, port: number, applicationUrl: string): StackProcess => {
  let child: ChildProcess | undefined;
  return {
    async start() {
      const options = { "--directory": directory, "--port": String(port), "--target": applicationUrl, "--config": config ?? "" };
      const started = spawn(process.execPath, [command ?? "", "start", "--json", ...Object.entries(options).flat()], {
        detached: true,
        stdio: ["ignore", "pipe", "inherit"],
      });
      child = started;
      const ended = once(started, "exit").then(([code]) => {
        throw new Failure(`the stack ended with ${code} before it was ready`);
      });
      await Promise.race([once(started.stdout, "data"), ended]);
    },
    async kill() {
      if (child?.pid === undefined || child.exitCode !== null) return;
      const exited = once(child, "exit");
      process.kill(-child.pid, "SIGKILL");
      await exited;
    },
  };
};
