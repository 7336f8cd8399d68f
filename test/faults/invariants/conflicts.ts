/** P4, for what comes under a known id: it is where an operator sees it, or decided, and a decision is what happened. */
import { otherRecord } from "../../../core/receive/conflict.ts";
import type { CallbackRecord } from "../../../core/record.ts";
import type { Run } from "./invariants.ts";

/**
 * Asked of runs in which a sweep has looked long enough after it came: the audit's first look is after the grace time. Where a clock that is behind has
 * stored it, that first look is past it, and the second comes after a day.
 */
const graceMs = 60_000;
const secondLookMs = 25 * 3_600_000;

export const conflictsAreOpenOrDecided = ({ trace, stores: healed, replayed }: Run): readonly string[] => {
  // The trace goes on through the replays, and a sweep there may be the first that has looked long enough after.
  const stores = replayed ?? healed;
  const looked = trace.findLast((entry) => entry.kind === "ended" && entry.of === "sweep" && entry.how === "done")?.at ?? 0;
  return stores.records
    .filter(({ key, sort, storedAt }) => {
      const keptAt = trace.find((entry) => entry.kind === "kept" && entry.place === `table ${key} ${sort}`)?.at ?? storedAt;
      const patienceMs = keptAt - storedAt < graceMs ? graceMs : secondLookMs;
      return sort.startsWith("conflict#") && looked - Math.max(storedAt, keptAt) > patienceMs;
    })
    .flatMap(({ key, sort, sha256, storedAt }) => {
      const known = stores.conflicts.find((one) => one.key === key && one.place === sort);
      if (!known) return [`${sha256.slice(0, 8)} came under ${key}, and nobody could find it`];
      if (known.isOpen === (known.isDone === true))
        return [`the conflict of ${key} is ${known.isOpen ? "open" : "closed"}, and should not be`];
      const { key: as } = otherRecord({ key, sha256, storedAt } as CallbackRecord, storedAt);
      const isRecorded = stores.records.some((one) => one.key === as && one.sort === "record");
      const isToBe = known.isDone && known.decision?.deliver !== "first";
      return isToBe && !isRecorded ? [`${as} was to be delivered by an operator's decision, and there is no such record`] : [];
    });
};
