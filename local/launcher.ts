/**
 * Whoever started us. `npm start` is npm, a shell, and then this program; a kill -9 of npm leaves the other two running, with
 * the port and the data, and the next `npm start` would find them taken.
 */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { pause } from "./wait.ts";

const everyMs = 250;
/** Where asking means starting a program. */
const everyMsByProgram = 2_000;

/**
 * Calls back once when our parent, or its parent, has ended without us. Does nothing for a program that was not started by
 * npm: people put those into the background on purpose.
 */
export const whenLauncherEnds = (ended: () => void): void => {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = async () => {
    const grandparent = await parentOf(parent);
    const step = process.platform === "linux" ? everyMs : everyMsByProgram;
    for (;;) {
      await pause(step);
      if (process.ppid !== parent || (await parentOf(parent)) !== grandparent) return ended();
    }
  };
  void watch();
};

const parentOf = async (pid: number): Promise<number | undefined> => {
  try {
    if (process.platform === "linux") {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8");
      // The second field is the program's name in parentheses, and may itself hold spaces and parentheses.
      return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    }
    return Number((await promisify(execFile)("ps", ["-o", "ppid=", "-p", String(pid)])).stdout);
  } catch {
    return undefined;
  }
};
