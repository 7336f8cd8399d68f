/** Decision 8: attempts are counted in the table, one by one as they are made, and by nothing else. */
import type { Progress } from "../../../core/lifecycle/progress.ts";
import type { Trace } from "../run/trace.ts";
import type { Run } from "./invariants.ts";

interface Count {
  /** Deliveries begun since a person replayed it last. */
  readonly made: number;
  /** As the table says. */
  readonly counted: number;
  /** Where the last delivery was begun that no change of the progress has followed yet. */
  readonly open: number | undefined;
}

const none: Count = { made: 0, counted: 0, open: undefined };

/** Never more than were made; one more after each that failed; never fewer than before, until an operator replays it or an event is accepted. */
export const attemptsAreThoseMade = ({ trace }: Run): readonly string[] => {
  const counts = new Map<string, Count>();
  const accepted = new Map<string, number>();
  return trace.flatMap((entry): readonly string[] => {
    if (entry.kind === "attempted") {
      const { made, counted } = counts.get(entry.record) ?? none;
      counts.set(entry.record, { made: made + 1, counted, open: entry.invocation });
    }
    // What had been counted is lost with it.
    if (entry.kind === "accident" && entry.what === "progress altered") counts.delete(entry.record);
    if (entry.kind !== "progress") return [];
    const { key, state, attempts } = entry.progress;
    const isDeferred = state === "scheduled" && ["signature too old", "secret unreadable"].includes(entry.progress.cause.kind);
    const further = entry.progress.accepted?.length ?? 0;
    const before = accepted.get(key) ?? 0;
    accepted.set(key, further);
    // Those of the next event begin again at none.
    if (further > before) counts.set(key, none);
    const { made, counted, open } = counts.get(key) ?? none;
    if (entry.of === "operator") {
      counts.set(key, attempts < counted ? { made: 0, counted: 0, open: undefined } : { made, counted: attempts, open });
      return [];
    }
    counts.set(key, { made, counted: attempts, open: undefined });
    const has = `${key} became ${state} with ${attempts} attempts counted`;
    if (attempts > made) return [`${has}, and ${made} had been made`];
    if (attempts < counted) return [`${has}, and ${counted} had been counted before`];
    const hasFailed = open === entry.invocation && entry.of === "consume" && isAfterFailure(entry.progress);
    return hasFailed && attempts !== counted + (isDeferred ? 0 : 1)
      ? [`${has} after one that failed, and ${counted} had been counted before`]
      : [];
  });
};

/** What the stores refuse is redelivered as often as what crashes, and must not become a dead letter for that. */
export const onlyCrashesAreCalledSo = ({ trace }: Run): readonly string[] =>
  trace.flatMap((entry, at) => {
    if (entry.kind !== "progress" || entry.progress.state !== "dead" || entry.progress.cause.kind !== "crashed") return [];
    const deaths = trace.slice(0, at).filter((one) => one.kind === "ended" && one.of === "consume" && one.how === "died").length;
    return deaths < 5 ? [`${entry.progress.key} was given up as crashing consume, which had died ${deaths} times`] : [];
  });

/** Under a hold it waits, and says why its attempt failed. */
const isAfterFailure = (progress: Progress): boolean =>
  ["retrying", "scheduled", "dead"].includes(progress.state) ||
  (progress.state === "waiting" && progress.cause.kind === "target held" && progress.cause.last !== undefined);

/** In these runs an application answers 400 to a signature that is too old, and to nothing else. */
export const nothingDiesOfItsAge = ({ trace }: Run): readonly string[] => {
  const answers = new Map<string, number>();
  return trace.flatMap((entry) => {
    if (entry.kind === "delivered") answers.set(entry.record, entry.status);
    const isDead = entry.kind === "dead letter" && answers.get(entry.record) === 400;
    return isDead ? [`${entry.record} became a dead letter, and nothing but its signature's age was wrong`] : [];
  });
};

/** For tests of what is counted. */
export const attemptsMade = (trace: Trace, key: string): number =>
  trace.filter((entry) => entry.kind === "attempted" && entry.record === key).length;
