/**
 * The process that started us. `npm start` is npm, a shell, and then this program; a kill -9 of npm leaves the other two running, with
 * the port and the data, and the next `npm start` would find them taken.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { pause } from "../wait.ts";

const everyMs = 250;
/** Where asking means starting a program. */
const everyMsByProgram = 2_000;

/**
 * Calls back once when our parent, or its parent, has ended without us. Does nothing for a program that was not started by
 * npm: people put those into the background on purpose. Call it before anything else: only a parent that was there then can be missed later.
 * @returns a function that stops watching, for a program that ends on its own.
 */
export const whenLauncherEnds = (ended: () => void): (() => void) => {
  const watching = new AbortController();
  if (!process.env.npm_lifecycle_event) return () => {};
  const parent = process.ppid;
  const grandparent = parentOf(parent);
  const watch = async () => {
    do await pause(process.platform === "linux" ? everyMs : everyMsByProgram, watching.signal);
    while (!watching.signal.aborted && process.ppid === parent && parentOf(parent) === grandparent);
    if (!watching.signal.aborted) ended();
  };
  void watch();
  return () => watching.abort();
};

const parentOf = (pid: number): number | undefined => {
  try {
    if (process.platform !== "linux") return Number(execFileSync("ps", ["-o", "ppid=", "-p", String(pid)]));
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses, and may itself hold spaces and parentheses.
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
};
