/** P8: bad input changes nothing. */

import { all, type Trace } from "../run/trace.ts";
import { type Callback, keyOf } from "../sent/callbacks.ts";
import type { Run } from "./invariants.ts";

const graceMs = 60_000;

export const unverifiedChangesNothing = ({ callbacks, trace, stores }: Run): readonly string[] => {
  const forged = new Map(callbacks.filter(({ nature }) => nature === "forged").map((callback) => [callback.sha256, callback.name]));
  return [
    ...all(trace, "delivered").flatMap(({ sha256 }) =>
      forged.has(sha256) ? [`${forged.get(sha256)}, which is forged, was delivered`] : [],
    ),
    ...stores.records.flatMap(({ key, sha256, verification }) =>
      forged.has(sha256) && verification === "verified"
        ? [`${forged.get(sha256)}, which is forged, is recorded as verified under ${key}`]
        : [],
    ),
    ...stores.told.flatMap(({ record }) => {
      const recorded = stores.records.find(({ key, sort }) => key === record && sort === "record");
      return recorded && forged.has(recorded.sha256) ? [`the ledger was told what ${record}, which is forged, says`] : [];
    }),
  ];
};

/**
 * Of those that the application got, and that concern one contract each. Not of one that was stored by a clock that is off, nor of one that
 * came when a sweep whose clock was ahead had looked past it: both are found when it looks a second time.
 */
export const verifiedLateInOrder = ({ callbacks, trace, stores }: Run): readonly string[] => {
  const late = callbacks
    .filter(({ contracts }) => contracts.length === 1)
    .flatMap((callback) => {
      const [came] = stores.records
        .filter(({ verification, sha256 }) => verification === "unverified" && sha256 === callback.sha256)
        .sort((one, other) => one.storedAt - other.storedAt);
      const isLate = stores.records.some(({ key, orderedAt }) => key === keyOf(callback) && orderedAt !== undefined);
      const deliveredAt = whenDelivered(trace, callback);
      const keptAt = trace.findIndex((entry) => entry.kind === "kept" && entry.place === `table ${came?.key} record`);
      const isPassed = trace
        .slice(0, Math.max(0, keptAt))
        .some(
          (entry) => entry.kind === "began" && entry.of === "sweep" && entry.skewMs > 0 && came && came.storedAt <= entry.at + entry.skewMs,
        );
      const isInTime = came && !isPassed && Math.abs(came.storedAt - (trace[keptAt]?.at ?? 0)) < graceMs;
      return isInTime && isLate && deliveredAt >= 0 ? [{ callback, storedAt: came.storedAt, keptAt, deliveredAt }] : [];
    });
  return late.flatMap((one) =>
    late
      .filter(
        ({ callback, storedAt, keptAt }) =>
          callback.contracts[0] === one.callback.contracts[0] && storedAt < one.storedAt && keptAt < one.keptAt,
      )
      .filter(({ deliveredAt }) => deliveredAt > one.deliveredAt)
      .map(({ callback }) => `${one.callback.name} was delivered before ${callback.name}, which came before it`),
  );
};

/** Of those that one release has recorded, that concern one contract each, and whose bells have not been lost. */
export const releasedInOrder = ({ callbacks, trace, stores }: Run): readonly string[] => {
  const lost = new Set(all(trace, "lost").map(({ record }) => record));
  const released = callbacks
    .filter(({ contracts }) => contracts.length === 1)
    .flatMap((callback) => {
      const key = keyOf(callback);
      const came = stores.records.find(({ verification, sha256 }) => verification === "refused" && sha256 === callback.sha256);
      const by = recordedBy(trace, key);
      const deliveredAt = whenDelivered(trace, callback);
      return came && by?.of === "operator" && deliveredAt >= 0 && !lost.has(key)
        ? [{ callback, came: came.storedAt, by: by.invocation, deliveredAt }]
        : [];
    });
  return released.flatMap((one) =>
    released
      .filter(({ callback, came, by }) => callback.contracts[0] === one.callback.contracts[0] && by === one.by && came < one.came)
      .filter(({ deliveredAt }) => deliveredAt > one.deliveredAt)
      .map(({ callback }) => `${one.callback.name} was delivered before ${callback.name}, which came into quarantine before it`),
  );
};

/** By its bytes as well as its id: one that came later under a known id is a conflict, and what was delivered then is the first. */
const whenDelivered = (trace: Trace, callback: Callback): number =>
  trace.findIndex((entry) => entry.kind === "delivered" && entry.record === keyOf(callback) && entry.sha256 === callback.sha256);

/** The invocation that was working when the record was put into the table. */
const recordedBy = (trace: Trace, key: string) => {
  const at = trace.findIndex((entry) => entry.kind === "kept" && entry.place === `table ${key} record`);
  return at < 0 ? undefined : all(trace.slice(0, at), "began").at(-1);
};
