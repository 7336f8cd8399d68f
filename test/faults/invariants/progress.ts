/** What the design says about the small item beside each record: built up step by step, and moved on by nobody twice. */
import { events, type LifecycleEvent } from "../../../core/lifecycle/events.ts";
import { isSettled, type Progress, type RecordState } from "../../../core/lifecycle/progress.ts";
import { all } from "../run/trace.ts";
import type { Run } from "./invariants.ts";

/** Every change builds on the one before it; an epoch never falls; what is settled is opened again by a person alone. */
export const progressIsNeverUndone = ({ trace }: Run): readonly string[] => {
  const last = new Map<string, Progress>();
  const altered = new Set<string>();
  return trace.flatMap((entry) => {
    // Nobody knows any more what it was.
    if (entry.kind === "accident" && entry.what === "progress altered") altered.add(entry.record);
    if (entry.kind !== "progress") return [];
    const { progress, of } = entry;
    const before = last.get(progress.key);
    last.set(progress.key, progress);
    if (altered.delete(progress.key)) return [];
    if (!before) return progress.revision === 1 ? [] : [`${progress.key} began with revision ${progress.revision}`];
    const change = `${progress.key} went from ${before.state} to ${progress.state}`;
    return [
      ...(progress.revision !== before.revision + 1
        ? [`${change} on revision ${progress.revision - 1}, when it had revision ${before.revision}: what had happened meanwhile is undone`]
        : []),
      ...(mayFollow(before.state, progress.state) ? [] : [`${change}, which nothing that can happen does`]),
      ...(progress.epoch < before.epoch ? [`${change}, and its epoch fell from ${before.epoch} to ${progress.epoch}`] : []),
      ...(isSettled(before.state) && !isSettled(progress.state) && of !== "operator"
        ? [`${change}, and nobody had asked for a replay`]
        : []),
      ...(before.applied && !progress.applied && of !== "operator" ? [`${change}, and forgot that the ledger knows it`] : []),
    ];
  });
};

const mayFollow = (before: RecordState, after: RecordState): boolean =>
  Object.values<LifecycleEvent>(events).some(
    ({ from, to }) => from.includes(before) && (to === "same" ? before === after : to.includes(after)),
  );

/**
 * Whoever rings again means it: a ring that the queue takes for a repetition wakes nobody. The stream's own repetitions may be
 * swallowed, and those of the SDK within one invocation, which are one ring.
 */
export const resendsAreNotSwallowed = ({ trace }: Run): readonly string[] => {
  const rings = all(trace, "rung");
  return rings
    .filter(({ by, swallowed }) => swallowed && by !== "relay")
    .filter(
      (ring) =>
        !rings.some(
          (one) => !one.swallowed && one.invocation === ring.invocation && one.record === ring.record && one.epoch === ring.epoch,
        ),
    )
    .map(({ by, record, epoch }) => `${by} rang for ${record} with epoch ${epoch}, and the queue swallowed it as a repetition`);
};
