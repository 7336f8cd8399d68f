/** One record that cannot be taken further keeps nobody else from being taken further. */

import { all, type Trace } from "../run/trace.ts";
import { isMeaningless, keyOf } from "../sent/callbacks.ts";
import type { Run } from "./invariants.ts";

/** Causes that say something about the record itself, and nothing about a service or the application. */
const ownCauses = new Set<string>([
  "unintelligible",
  "not storable",
  "body gone",
  "as recorded",
  "cannot be sent",
  "too large for its target",
]);

/** A dead letter that its record itself is the cause of is one of a record that means nothing, or that was destroyed. */
export const onlyWhatIsPoisonedDiesOfItself = ({ callbacks, trace }: Run): readonly string[] => {
  const poisoned = new Set<string>(callbacks.filter((one) => isMeaningless(one) || one.nature === "forged").map(keyOf));
  return trace.flatMap((entry) => {
    if (entry.kind === "accident") poisoned.add(entry.record);
    if (entry.kind !== "progress" || entry.progress.state !== "dead") return [];
    const { key, cause } = entry.progress;
    return ownCauses.has(cause.kind) && !poisoned.has(key)
      ? [`${key} became a dead letter (${cause.kind}), and nothing is wrong with it`]
      : [];
  });
};

/**
 * A new epoch makes every older ring stale: whoever saves one and does not ring leaves a record that nobody hears of. Of one whose progress could not
 * be read the dead letter is heard of: it is given up with an epoch that is none of a ring.
 */
export const whatGetsANewEpochIsRung = ({ trace }: Run): readonly string[] => {
  const epochs = new Map<string, number>();
  const troubled = new Set(troubledInvocations(trace));
  const rung = new Set(all(trace, "rung").map(({ invocation, record, epoch }) => `${invocation} ${record} ${epoch}`));
  return all(trace, "progress").flatMap(({ of, invocation, progress }) => {
    const { key, epoch, state } = progress;
    const before = epochs.get(key) ?? 0;
    epochs.set(key, epoch);
    if (!["sweep", "release"].includes(of) || epoch <= before || troubled.has(invocation)) return [];
    if (progress.state === "dead" && progress.cause.kind === "as recorded") return [];
    return rung.has(`${invocation} ${key} ${epoch}`)
      ? []
      : [`the ${of} gave ${key} (${state}) the epoch ${epoch}, and did not ring for it`];
  });
};

/** Those in which something other than a record went wrong. */
const troubledInvocations = (trace: Trace): readonly number[] =>
  trace.flatMap((entry) =>
    entry.kind === "fault" || entry.kind === "unavailable" || (entry.kind === "ended" && entry.how === "died") ? [entry.invocation] : [],
  );
