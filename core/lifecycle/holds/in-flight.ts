/**
 * What has been released, and the application has not had yet. It waits in one queue with what has just arrived, and for one application:
 * so no more is released than is taken in about two seconds, and the rest waits in the table, where it is in nobody's way. Known record by
 * record, and not from the queue's own count, which is late and has in it what waits for another of its contract.
 */
import type { Millis } from "../../callback.ts";
import { secondMs } from "../../durations.ts";
import type { RecordKey } from "../../record.ts";
import { isSettled, type Progress } from "../progress.ts";
import type { Hold } from "./hold.ts";

export interface ReleasedRecord {
  readonly key: RecordKey;
  readonly group: string;
  /** As it was saved when it was released. A higher one: consume has had it. */
  readonly revision: number;
  readonly at: Millis;
}

export interface InFlight {
  /** In the order of release. */
  readonly released: readonly ReleasedRecord[];
  /** What was taken of it a second, of late. */
  readonly takenPerSecond: number;
  /** How long the quickest took, of all runs of this release. What takes longer than that, waits. */
  readonly quickestMs?: number | undefined;
  /** When that was found out. */
  readonly at: Millis;
  /** Nothing was taken yet of what this run has released: what the last one said holds until then. */
  readonly isNew?: true;
}

/** What an arrival may have before it. */
const mayWaitMs = 2 * secondMs;

/** May always be in flight, however slow it was: with less, it would not be seen when it becomes faster. */
export const leastInFlight = 30;

/** The last seconds count most. */
const memoryMs = 3 * secondMs;

/**
 * Longer than any target is given to answer. What is not taken by then waits for something else than its turn: behind a record of its
 * contract that failed, or for a doorbell that was lost. It must not stop the others.
 */
const forgottenAfterMs = 40 * secondMs;

/** @param last what was known when the last run ended */
export const noneInFlight = ({ takenPerSecond = 0, quickestMs }: Pick<Hold, "takenPerSecond" | "quickestMs">, now: Millis): InFlight => ({
  released: [],
  takenPerSecond,
  quickestMs,
  at: now,
  isNew: true,
});

export const withReleased = (inFlight: InFlight, some: readonly Progress[], now: Millis): InFlight => ({
  ...inFlight,
  released: [...inFlight.released, ...some.map(({ key, group, revision }) => ({ key, group, revision, at: now }))],
});

/** @param known the progress of those looked at; of what was released a moment ago it may be the one before */
export const lookedAt = (inFlight: InFlight, known: ReadonlyMap<RecordKey, Progress>, now: Millis): InFlight => {
  const taken = new Set<RecordKey>();
  /** What failed is redelivered; until then the queue keeps back the rest of its group. */
  const blocked = new Set<string>();
  let { quickestMs } = inFlight;
  for (const { key, revision, at } of inFlight.released) {
    const progress = known.get(key);
    if (!progress || progress.revision <= revision) continue;
    taken.add(key);
    if (!isSettled(progress.state)) blocked.add(progress.group);
    // It was taken by now, however far the clock that says when is ahead.
    quickestMs = Math.min(quickestMs ?? forgottenAfterMs, Math.max(0, Math.min(now, progress.at) - at));
  }
  const { isNew, at: since } = inFlight;
  const released = inFlight.released.filter(
    ({ key, group, at }) => !taken.has(key) && !blocked.has(group) && Math.abs(now - at) < forgottenAfterMs,
  );
  if (isNew && taken.size === 0) return { ...inFlight, released, at: now };
  const passedMs = Math.max(0, now - since);
  const kept = Math.exp(-passedMs / memoryMs);
  const perTaken = passedMs > 0 ? ((1 - kept) * secondMs) / passedMs : secondMs / memoryMs;
  return {
    released,
    quickestMs,
    takenPerSecond: inFlight.takenPerSecond * kept + taken.size * perTaken,
    at: now,
  };
};

/** How many more may be released. Of several of one contract only the first waits for its turn, the others for the first. */
export const roomFor = ({ released, takenPerSecond, quickestMs = 0 }: InFlight): number => {
  const mayBeInFlight = leastInFlight + Math.floor((takenPerSecond * (mayWaitMs + quickestMs)) / secondMs);
  return Math.max(0, mayBeInFlight - new Set(released.map(({ group }) => group)).size);
};
