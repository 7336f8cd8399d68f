/** The circuit breaker tries another record each time: what fails may be the record, and not the application. */
import { heldBy, type Progress } from "../../../core/lifecycle/progress.ts";
import { all, type Trace } from "../run/trace.ts";
import type { Run } from "./invariants.ts";

/** Nobody is tried twice under one hold while another waits that could go, has failed less often, and is not tried in between. */
export const anotherIsTriedEachTime = ({ trace }: Run): readonly string[] => {
  const tries = trace.flatMap((entry, at) =>
    entry.kind === "hold" && entry.hold.probe !== undefined && entry.hold.probedAt === entry.at
      ? [{ at, key: entry.hold.probe as string, since: entry.hold.since, target: entry.hold.target }]
      : [],
  );
  return tries.flatMap((one, index) => {
    const again = tries.slice(index + 1).find(({ key, since }) => key === one.key && since === one.since);
    if (!again) return [];
    const [before, then] = [progressAt(trace, one.at), progressAt(trace, again.at)];
    const attempts = then.get(again.key)?.attempts ?? 0;
    const others = [...then.values()].filter(
      (other) =>
        other.attempts < attempts &&
        heldBy(other) === one.target &&
        before.get(other.key)?.revision === other.revision &&
        isFree(trace, before, other),
    );
    return others.map(({ key }) => `${one.key} was tried again and again while ${key} waited for its first chance`);
  });
};

const progressAt = (trace: Trace, at: number): ReadonlyMap<string, Progress> =>
  new Map(all(trace.slice(0, at), "progress").map(({ progress }) => [progress.key, progress]));

/** Nothing of its contracts was before it, and no person held one. */
const isFree = (trace: Trace, known: ReadonlyMap<string, Progress>, { source, contracts, order }: Progress): boolean =>
  !all(trace, "contract held").some(({ contract }) => contracts.includes(contract)) &&
  ![...known.values()].some(
    (one) => one.inLine && one.source === source && one.order < order && one.contracts.some((contract) => contracts.includes(contract)),
  );
