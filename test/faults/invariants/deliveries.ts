/** P6 and P7, as the application sees them. */
import { groupOf } from "../../../core/lifecycle/doorbell.ts";
import { lineOrder, type RecordKey, splitKey } from "../../../core/record.ts";
import { all, type Entry, type Trace } from "../run/trace.ts";
import { keyOf } from "../sent/callbacks.ts";
import type { Run } from "./invariants.ts";

interface Placed {
  readonly key: string;
  readonly contracts: readonly string[];
  /** Where in the trace it was stored, and the time it came at by its record. Two records are in order only when both say so. */
  readonly keptAt: number;
  readonly order: string;
  readonly cameAt: number;
  /** By a clock that was off by less than the grace time. */
  readonly isOnTime: boolean;
}

const graceMs = 60_000;

/** The recorded callbacks that mean something, in stored order. */
const placedRecords = ({ callbacks, trace, stores }: Run): readonly Placed[] =>
  stores.records
    .flatMap(({ key, sort, sha256, storedAt, orderedAt = storedAt }): readonly Placed[] => {
      const callback = callbacks.find((one) => keyOf(one) === key && one.sha256 === sha256);
      if (sort !== "record" || !callback || callback.contracts.length === 0) return [];
      const keptAt = trace.findIndex((entry) => entry.kind === "kept" && entry.place === `table ${key} record`);
      // One that was verified late is a record since then, and stands where it came (I17).
      const order = lineOrder({ key: key as RecordKey, storedAt, orderedAt });
      const isOnTime = Math.abs(storedAt - (trace[keptAt]?.at ?? storedAt)) < graceMs;
      return [{ key, contracts: callback.contracts, keptAt, cameAt: orderedAt, order, isOnTime }];
    })
    .sort((one, other) => (one.order < other.order ? -1 : 1));

const isBefore = (one: Placed, other: Placed): boolean => one.cameAt < other.cameAt && one.keptAt < other.keptAt;

const firstDelivery = (trace: Trace, key: string): number => trace.findIndex((entry) => entry.kind === "delivered" && entry.record === key);

/** Whatever comes before it in its contract has been taken by the application, or a person has decided against it. */
const isResolved = (trace: Trace, key: string, by: number): boolean =>
  trace
    .slice(0, by)
    .some(
      (entry) =>
        (entry.kind === "delivered" && entry.record === key && entry.processed) ||
        (entry.kind === "progress" && entry.progress.key === key && ["delivered", "ignored", "discarded"].includes(entry.progress.state)),
    );

/**
 * Of records that concern one contract each. A record about several has a group of its own and is bound only by who stands in line.
 * Nothing can be said where the bell of the earlier one was lost on the way: until the sweep finds it, nobody knows that it is there; nor
 * where its bytes were destroyed before anybody had read of which contract it is, or could not be had when its bell rang; nor of a later one that was
 * stored by a clock that is behind: the sweep rings for it at once, however far behind the stream is.
 */
export const deliveriesInStoredOrder = (run: Run): readonly string[] => {
  const { trace } = run;
  const lost = new Set([...all(trace, "lost").map(({ record }) => record), ...destroyedUnread(trace), ...rungUnread(trace)]);
  const single = placedRecords(run).filter(({ contracts }) => contracts.length === 1);
  return single.flatMap((later) => {
    const at = firstDelivery(trace, later.key);
    if (at < 0 || !later.isOnTime) return [];
    return single
      .filter((earlier) => earlier.contracts[0] === later.contracts[0] && isBefore(earlier, later) && !lost.has(earlier.key))
      .filter((earlier) => !isResolved(trace, earlier.key, at))
      .map((earlier) => `${later.key} was delivered before ${earlier.key}, which was stored before it in the same contract`);
  });
};

/** Rung for in their own groups while the bucket did not answer. */
const rungUnread = (trace: Trace): readonly string[] => {
  const without = new Set(all(trace, "unavailable").flatMap(({ invocation, service }) => (service === "S3" ? [invocation] : [])));
  return all(trace, "rung").flatMap(({ by, invocation, record, group }) =>
    by === "relay" && without.has(invocation) && group === groupOf(splitKey(record as RecordKey).source, record as RecordKey, [])
      ? [record]
      : [],
  );
};

const destroyedUnread = (trace: Trace): readonly string[] => {
  const destroyed = all(trace, "accident").flatMap(({ record, what }) => (what === "progress altered" ? [] : [record]));
  return destroyed.filter((key) => !all(trace, "progress").some(({ progress }) => progress.key === key && progress.contracts.length > 0));
};

/** When the line was last looked at before a first delivery, nobody of the contract who was stored earlier was dead or held it up. */
export const nothingPassesADeadLetter = (run: Run): readonly string[] => {
  const { trace } = run;
  const placed = placedRecords(run);
  const unread = new Set(destroyedUnread(trace));
  return placed.flatMap((later) => {
    const at = firstDelivery(trace, later.key);
    const delivery = trace[at];
    if (delivery?.kind !== "delivered") return [];
    return later.contracts.flatMap((contract) => {
      const lookedAt = trace.findLastIndex(
        (entry, index) =>
          index < at &&
          entry.kind === "line read" &&
          entry.invocation === delivery.invocation &&
          entry.record === later.key &&
          entry.contract === contract,
      );
      return placed
        .filter(
          (earlier) =>
            earlier.contracts.includes(contract) &&
            !unread.has(earlier.key) &&
            isBefore(earlier, later) &&
            standsInLine(trace, earlier.key, lookedAt < 0 ? at : lookedAt),
        )
        .map(
          (earlier) =>
            `${later.key} was delivered past ${earlier.key}, which was ${stateAt(trace, earlier.key, at)} in the line of ${contract}`,
        );
    });
  });
};

type Progressed = Extract<Entry, { kind: "progress" }>;

const lastProgress = (trace: Trace, key: string, before: number): Progressed["progress"] | undefined =>
  all(trace.slice(0, before), "progress").findLast(({ progress }) => progress.key === key)?.progress;

const standsInLine = (trace: Trace, key: string, before: number): boolean => {
  const progress = lastProgress(trace, key, before);
  return progress !== undefined && (progress.state === "dead" || progress.inLine);
};

const stateAt = (trace: Trace, key: string, before: number): string => lastProgress(trace, key, before)?.state ?? "stored";

/** Of the record the gateway's bytes under the record's key; of an event always the same bytes under its own id. */
export const deliveriesAreTheCallback = ({ trace, stores }: Run): readonly string[] => {
  const bytes = new Map(stores.records.flatMap(({ key, sort, sha256 }) => (sort === "record" ? [[key, sha256]] : [])));
  const known = new Map<string, { readonly record: string; readonly sha256: string | undefined }>();
  return all(trace, "delivered").flatMap(({ record, idempotencyKey, sha256, isSigned }) => {
    const first = known.get(idempotencyKey) ?? { record, sha256: isSigned ? sha256 : bytes.get(record) };
    known.set(idempotencyKey, first);
    const isItsOwn = isSigned ? idempotencyKey.split("#")[0] === record : idempotencyKey === record;
    return [
      ...(isItsOwn ? [] : [`${record} was delivered under the id ${idempotencyKey}`]),
      ...(first.record === record ? [] : [`${record} was delivered under another record's id`]),
      ...(first.sha256 === sha256 ? [] : [`${record} was delivered with other bytes than were recorded`]),
    ];
  });
};
