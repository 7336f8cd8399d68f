/** Decision 30: a contract's group is open to what follows a failed attempt. */
import type { Progress } from "../../../core/lifecycle/progress.ts";
import { keyOf } from "../sent/callbacks.ts";
import type { Run } from "./invariants.ts";

/** Longer than any turn: at a moment when the queue has nothing to hand out, what rang before that has been handed out. */
const withinMs = 10_000;
/** How long what has gone wrong may hide a message of its group. */
const hiddenMs = 30 * 60_000;

/**
 * Of records that concern one contract. What may keep one back is an earlier one of the contract whose turn could not be ended, because the
 * stores refuse or consume has died, or whose message could not be given back, because the queue did not answer; one whose delivery has failed
 * must not.
 */
export const whatRingsIsHandedOut = ({ callbacks, trace }: Run): readonly string[] => {
  const contracts = new Map(callbacks.flatMap((one) => (one.contracts.length === 1 ? [[keyOf(one) as string, one.contracts[0]]] : [])));
  const rungAt = new Map<string, number>();
  const done = new Set<string>();
  const inTurn = new Set<string>();
  const became = new Map<string, Progress["state"]>();
  const answering = new Set<number>();
  let troubleAt = Number.NEGATIVE_INFINITY;
  const isKeptBack = (record: string): boolean =>
    [...inTurn].some((other) => contracts.get(other) === contracts.get(record) && became.get(other) !== "retrying");
  return trace.flatMap((entry): readonly string[] => {
    if (entry.kind === "fault" || (entry.kind === "ended" && entry.how !== "done")) troubleAt = entry.at;
    if (entry.kind === "doorbell") answering.add(entry.invocation);
    if (entry.kind === "unavailable" && entry.service === "SQS" && answering.has(entry.invocation)) troubleAt = entry.at;
    if (entry.kind === "lost") done.add(entry.record);
    if (entry.kind === "rung" && !entry.swallowed && !rungAt.has(entry.record)) rungAt.set(entry.record, entry.at);
    if (entry.kind === "taken") {
      done.add(entry.record);
      inTurn.add(entry.record);
    }
    if (entry.kind === "progress") {
      became.set(entry.progress.key, entry.progress.state);
      inTurn.delete(entry.progress.key);
    }
    if (entry.kind !== "nothing to hand out" || entry.at - troubleAt < hiddenMs) return [];
    return [...rungAt]
      .filter(([record, at]) => contracts.has(record) && !done.has(record) && entry.at - at >= withinMs && !isKeptBack(record))
      .map(([record, at]) => {
        done.add(record);
        return `${record} rang, and ${(entry.at - at) / 1000} s later it was not handed out: what keeps it back is no turn that could not be ended`;
      });
  });
};
