/** Targets side by side: each has its own holds, its own breaker and its own rate. */
import type { Millis } from "../../../core/callback.ts";
import { breaker } from "../../../core/lifecycle/holds/hold.ts";
import { heldBy } from "../../../core/lifecycle/progress.ts";
import { splitKey } from "../../../core/record.ts";
import { all, type Trace } from "../run/trace.ts";
import { isMeaningless, keyOf } from "../sent/callbacks.ts";
import type { Run } from "./invariants.ts";

/** Nothing waits for another target's hold, and while nothing is wrong with a target, what is handed out for it is delivered in that turn. */
export const targetsAreApart = ({ callbacks, trace, targets }: Run): readonly string[] => {
  if (targets.size < 2) return [];
  const deliverable = new Set<string>(callbacks.flatMap((one) => (isMeaningless(one) || one.nature === "forged" ? [] : [keyOf(one)])));
  const targetOf = (record: string) => targets.get(splitKey(record as `${string}/${string}`).source);
  const troubled = new Set<string | undefined>();
  const delivered = new Set<string>();
  const behind = new Set<string>();
  const epochs = new Map<string, number>();
  let isCalm = true;
  /** Those that work at the moment, and those that do beside another. */
  const working = new Set<number>();
  const beside = new Set<number>();
  return trace.flatMap((entry): readonly string[] => {
    switch (entry.kind) {
      case "fault":
      case "unavailable":
      case "accident":
      case "contract held":
      case "deed":
        isCalm = false;
        return [];
      case "began":
        working.add(entry.invocation);
        if (working.size > 1) for (const one of working) beside.add(one);
        return [];
      case "hold":
        troubled.add(entry.hold.target);
        return [];
      case "delivered":
        if (entry.processed) delivered.add(entry.record);
        else troubled.add(targetOf(entry.record));
        return [];
      case "progress": {
        epochs.set(entry.progress.key, entry.progress.epoch);
        const held = heldBy(entry.progress);
        const own = targetOf(entry.progress.key);
        // Behind another of its contract it waits whatever the targets do.
        if (held === undefined && ["waiting", "ready"].includes(entry.progress.state)) behind.add(entry.progress.key);
        return held === undefined || held === own ? [] : [`${entry.progress.key}, which goes to ${own}, waits for the hold of ${held}`];
      }
      case "ended":
        working.delete(entry.invocation);
        if (entry.of !== "consume" || entry.how !== "done" || !isCalm || beside.has(entry.invocation)) return [];
        return handedTo(trace, entry.invocation, epochs)
          .filter((record) => deliverable.has(record) && !troubled.has(targetOf(record)) && !delivered.has(record) && !behind.has(record))
          .map((record) => `${record} was handed out and not delivered, and nothing was wrong with ${targetOf(record)}`);
      default:
        return [];
    }
  });
};

/** But for doorbells that rang before their record's last ring, which are stale. */
const handedTo = (trace: Trace, invocation: number, epochs: ReadonlyMap<string, number>): readonly string[] =>
  all(trace, "doorbell").flatMap(({ record, epoch, isShort, ...entry }) =>
    entry.invocation === invocation && !isShort && epoch >= (epochs.get(record) ?? 0) ? [record] : [],
  );

interface Release {
  readonly since: Millis;
  readonly perSecond: number;
  count: number;
}

/** A second's worth is let go at once, and one record in any case. */
export const releasesKeepTheirRate = ({ trace }: Run): readonly string[] => {
  const releases = new Map<string, Release>();
  return trace.flatMap((entry): readonly string[] => {
    if (entry.kind === "hold") {
      const { target, by, limitPerSecond, rateSince } = entry.hold;
      const known = releases.get(target);
      if (by === breaker || limitPerSecond === undefined || rateSince === undefined) releases.delete(target);
      else if (known?.since !== rateSince) releases.set(target, { since: rateSince, perSecond: limitPerSecond, count: 0 });
    }
    if (entry.kind !== "progress" || entry.of !== "release" || entry.progress.state !== "ready") return [];
    const { cause } = entry.progress;
    const release = cause.kind === "released" ? releases.get(cause.target) : undefined;
    if (!release) return [];
    release.count++;
    const most = release.perSecond * ((entry.at - release.since) / 1000 + 1) + 1;
    return release.count > most
      ? [`${release.count} had been released after ${(entry.at - release.since) / 1000} s at ${release.perSecond} a second`]
      : [];
  });
};
