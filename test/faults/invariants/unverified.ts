/** P8: bad input changes nothing. */
import type { Run } from "../invariants.ts";
import { all } from "../trace.ts";

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
