/**
 * What waits for a target that the circuit breaker holds, and would not be sent there any more: its source has another target by now, or one of
 * the two is not configured. Whether it answers says nothing about where they go, whose own breaker looks after them. An operator's hold keeps them:
 * it was put on for a reason that may be theirs.
 */
import { hourMs } from "../../../core/durations.ts";
import type { Looked, Probing } from "../../../core/lifecycle/holds/hold.ts";
import { destinationOf, hasMoved } from "../../../core/lifecycle/holds/moved.ts";
import type { RecordKey } from "../../../core/record.ts";
import type { OneByOne } from "../one-by-one.ts";
import { heldKeys, heldOf } from "./backlog.ts";
import type { ReleaseDependencies } from "./dependencies.ts";
import { releaseRecords } from "./release-records.ts";

/** Released in a round, which takes a second, and looked at for that. */
const most = 100;
const mostKeys = 20_000;

/** Where nothing has changed nothing has moved, but for what a consumer of the last deployment has put there after the look. */
const againMs = hourMs;

export const createMoved = (steps: ReleaseDependencies, each: OneByOne, target: string) => {
  const destination = destinationOf(steps.config, target);
  let keys: ReturnType<typeof heldKeys> | undefined;
  return {
    /** The next of them, and the hold, which knows how far that was looked: the next run goes on there. */
    async release(hold: Probing): Promise<Probing> {
      const now = steps.clock();
      const known: Looked = hold.looked?.destination === destination ? hold.looked : { destination, from: 0 };
      if (!keys && known.doneAt !== undefined && Math.abs(now - known.doneAt) < againMs) return hold;
      const waiting = keys ?? heldKeys(steps.open, target, known.doneAt === undefined ? known.from : 0);
      // One that fails ends: the next round begins where the hold says.
      keys = undefined;
      let looked: Looked = { destination, from: known.from };
      const some: RecordKey[] = [];
      for (let count = 0; looked.doneAt === undefined && some.length < most && count < mostKeys; count++) {
        const { value, done } = await waiting.next();
        looked = done ? { destination, from: 0, doneAt: now } : { destination, from: value.storedAt };
        if (!done && hasMoved(steps.config, target, value.key)) some.push(value.key);
      }
      await releaseRecords(steps, each, await heldOf(steps.open, target, some));
      if (looked.doneAt === undefined) keys = waiting;
      const isSaved = await steps.holds.save({ ...hold, looked }, hold);
      return isSaved ? { ...hold, looked, revision: hold.revision + 1 } : hold;
    },
  };
};
