/**
 * What waits for a target that the circuit breaker holds, and would not be sent there any more: its source has another target by now, or one of
 * the two is not configured. Whether it answers says nothing about where they go, whose own breaker looks after them. An operator's hold keeps them:
 * it was put on for a reason that may be theirs.
 */
import { hasMoved } from "../../../core/lifecycle/holds/moved.ts";
import type { RecordKey } from "../../../core/record.ts";
import type { OneByOne } from "../one-by-one.ts";
import { heldKeys, heldOf } from "./backlog.ts";
import type { ReleaseDependencies } from "./dependencies.ts";
import { releaseRecords } from "./release-records.ts";

/** Released in a round, which takes a second, and looked at for that. */
const most = 100;
const mostKeys = 20_000;

export const createMoved = (steps: ReleaseDependencies, each: OneByOne, target: string) => {
  let keys: ReturnType<typeof heldKeys> | undefined = heldKeys(steps.open, target, 0);
  return {
    /** The next of them. A run looks through what waits once. */
    async release(): Promise<void> {
      const some: RecordKey[] = [];
      for (let looked = 0; keys && some.length < most && looked < mostKeys; looked++) {
        const { value, done } = await keys.next();
        if (done) keys = undefined;
        else if (hasMoved(steps.config, target, value.key)) some.push(value.key);
      }
      await releaseRecords(steps, each, await heldOf(steps.open, target, some));
    },
  };
};
