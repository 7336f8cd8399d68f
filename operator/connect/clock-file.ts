/**
 * `.holdfast/clock.json`: how far the local stack's clock is ahead of this machine's. Every process that lives by that clock reads it here,
 * so that all of them go over to another time at once, and a restart goes on from it.
 */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Millis } from "../../core/callback.ts";
import { Failure } from "../../core/failure.ts";
import { numberAt, parseJson } from "../../core/formats/json.ts";

export const clockFile = (home: string): string => join(home, "clock.json");

export interface ClockFile {
  /** Milliseconds; negative for a stack that lives in the past. */
  readonly aheadMs: number;
  /** While it moves on: where to. Functions may be there already, so that a stack that was killed then goes on from there. */
  readonly nextMs?: number;
}

/** Undefined when the stack has never run by a clock of its own. */
export const readClockFile = (home: string): ClockFile | undefined => {
  const file = clockFile(home);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const value = parseJson(Buffer.from(text));
  const [aheadMs, nextMs] = [numberAt(value, "aheadMs"), numberAt(value, "nextMs")];
  if (aheadMs === undefined)
    throw new Failure(`${file} is not JSON of the form {"aheadMs": 0}: fix it, or delete .holdfast to start over.`);
  return { aheadMs, ...(nextMs !== undefined && { nextMs }) };
};

/** Never half-written: others read it at any moment. */
export const writeClockFile = (home: string, clock: ClockFile): void => {
  const file = clockFile(home);
  writeFileSync(`${file}.new`, `${JSON.stringify(clock)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

/** The clock of the local stack whose data is in that folder, as it is at each call. */
export const clockOf =
  (home: string, machineNow: () => Millis = Date.now): (() => Millis) =>
  () =>
    machineNow() + (readClockFile(home)?.aheadMs ?? 0);
