/** The local stack's clock: this machine's, and how far it was moved on. It is kept beside the data, and never goes back. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Millis } from "../../core/callback.ts";
import { Failure } from "../../core/failure.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { readClockFile, writeClockFile } from "../../operator/connect/clock-file.ts";
import { createSleeping } from "./sleeping.ts";

export interface StackClock {
  now(): Millis;
  aheadMs(): number;
  /** By this clock; resolves at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Resolves when everything that lives by it has gone over. Throws for a moment that is over. */
  set(moment: Millis): Promise<void>;
  /** Called with each new distance from the machine's clock, before anybody wakes. */
  onSet(follow: (aheadMs: number) => Promise<unknown>): void;
}

/**
 * @param home the folder of the stack's data
 * @param asked the moment to start at; without one it goes on, or is the machine's
 * @throws Failure when the clock, or the data, is past that moment
 */
export const openClock = (home: string, asked: Millis | undefined, machineNow: () => Millis = Date.now): StackClock => {
  const known = readClockFile(home);
  let aheadMs = known?.nextMs ?? known?.aheadMs ?? 0;
  const now = () => machineNow() + aheadMs;
  if (asked !== undefined) {
    // A stack whose data is older than its clock lived by the machine's.
    const hasData = known !== undefined || existsSync(join(home, "dynamodb.db"));
    if (hasData && asked < now())
      throw new Failure(
        `The clock of this stack is at ${isoTime(now())} and never goes back to ${isoTime(asked)}: omit --clock to go on from there, or delete ${home} (and with it the local data) to start over.`,
      );
    aheadMs = asked - machineNow();
  }
  writeClockFile(home, { aheadMs });
  const sleeping = createSleeping(now);
  const followers: ((aheadMs: number) => Promise<unknown>)[] = [];
  return {
    now,
    aheadMs: () => aheadMs,
    onSet: (follow) => void followers.push(follow),
    sleep: (ms, signal) => sleeping.sleep(ms, signal).catch(() => {}),
    async set(moment) {
      if (moment < now()) throw new Failure(`The clock is at ${isoTime(now())} and never goes back to ${isoTime(moment)}.`);
      const nextMs = moment - machineNow();
      writeClockFile(home, { aheadMs, nextMs });
      aheadMs = nextMs;
      // Functions before the queues: a message that becomes visible at that moment is answered at that moment.
      await Promise.all(followers.map((follow) => follow(aheadMs)));
      writeClockFile(home, { aheadMs });
      sleeping.wakeDue();
    },
  };
};
