/** What the stack itself reports: to its log, and to the terminal it was started in. */
import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";

export type Say = (line: string) => void;

/** @param show false for programs that start a stack and have their own output. */
export const openLog = (file: string, show: boolean): Say => {
  mkdirSync(dirname(file), { recursive: true });
  let last = "";
  return (line) => {
    appendFileSync(file, `${new Date().toISOString()} ${line}\n`);
    // While an engine is away the same complaint repeats; a person sees it once.
    if (show && line !== last) process.stderr.write(`${line}\n`);
    last = line;
  };
};

const largestLogBytes = 20 * 1024 * 1024;

/** Rotates a log that has grown large to `<file>.old`. Called at each start, so that logs do not fill the disk over the months. */
export const setAsideWhenLarge = (file: string): void => {
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > largestLogBytes) renameSync(file, `${file}.old`);
};
