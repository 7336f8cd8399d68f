/** P4: nothing stored is forgotten, but on request. */

import { all, type Trace } from "../run/trace.ts";
import { mismatchedLetters, unsettled } from "../run/unsettled.ts";
import { keyOf } from "../sent/callbacks.ts";
import type { Run } from "./invariants.ts";

/** Every record is delivered, ignored by rule, discarded, dead, or waits with a reason; and "delivered" means that the application said so. */
export const everyRecordEnds = ({ callbacks, trace, stores, restless }: Run): readonly string[] => {
  const processed = new Set(all(trace, "delivered").flatMap(({ record, status }) => (status < 300 ? [record] : [])));
  const pretended = [...stores.progress.values()].flatMap(({ key, state }) =>
    state === "delivered" && !processed.has(key) ? [`${key} is called delivered, and the application never took it`] : [],
  );
  const keys = new Set(stores.records.flatMap(({ key, sort }) => (sort === "record" ? [key] : [])));
  const acknowledged = new Set(all(trace, "answered").flatMap(({ callback, word }) => (word === "yes" ? [callback] : [])));
  const missing = callbacks.flatMap((callback) =>
    callback.nature !== "forged" && acknowledged.has(callback.name) && !keys.has(keyOf(callback))
      ? [`${callback.name} was acknowledged, and there is no record ${keyOf(callback)}`]
      : [],
  );
  return [...new Set([...restless, ...unsettled(stores), ...pretended, ...missing])];
};

export const lettersMatchTheTable = ({ stores, letters }: Run): readonly string[] => mismatchedLetters(stores, letters);

/** Nothing that happens after an erasure brings back what it has erased. What the gateway has sent only afterwards is for another one. */
export const erasedStaysErased = ({ callbacks, trace, stores }: Run): readonly string[] =>
  [...new Set(all(trace, "erased").map(({ person }) => person))].flatMap((person) => {
    const places = callbacks.flatMap((one) => (one.body.includes(person) ? [`table ${keyOf(one)} record`] : []));
    const erasedAt = trace.findLastIndex((entry) => entry.kind === "erased" && entry.person === person);
    const isKeptIn = (some: Trace, place: string) => all(some, "kept").some((entry) => entry.place === place);
    const isLater = places.some((place) => isKeptIn(trace.slice(erasedAt), place) && !isKeptIn(trace.slice(0, erasedAt), place));
    return isLater ? [] : stores.naming(person).map((item) => `${person} was erased, and is named in ${item}`);
  });
