/**
 * What waits for a target that the circuit breaker holds, and would not be sent there any more: its source has another target by now, or this
 * one is not configured. Whether it answers says nothing about where they go, whose own breaker looks after them. An operator's hold keeps them:
 * it was put on for a reason that may be theirs.
 */
import { movedFrom } from "../../../core/lifecycle/holds/moved.ts";
import type { OneByOne } from "../one-by-one.ts";
import { createBacklog } from "./backlog.ts";
import type { ReleaseDependencies } from "./dependencies.ts";
import { releaseRecords } from "./release-records.ts";

/** Of a round, which takes a second. */
const most = 100;

export const createMoved = (steps: ReleaseDependencies, each: OneByOne, target: string) => {
  const hasMoved = movedFrom(steps.config, target);
  const backlog = hasMoved && createBacklog(steps.open, target, (key) => !each.failed.has(key) && hasMoved(key));
  let isDone = !backlog;
  return {
    /** The next of them. Once there are none, this run looks no further: what waits is read through for them. */
    async release(): Promise<void> {
      if (!backlog || isDone) return;
      const some = await backlog.next(most);
      isDone = some.length === 0;
      await releaseRecords(steps, each, some);
    },
  };
};
