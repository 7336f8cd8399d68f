/** P1, and the first half of P2: what the gateway's answer says about where the bytes are. */

import { all, type Entry, type Trace } from "../run/trace.ts";
import type { Callback } from "../sent/callbacks.ts";
import type { Run } from "./invariants.ts";

type Kept = Extract<Entry, { kind: "kept" }>;

/** At every acknowledgement the exact bytes are in a durable store, and from then on always. */
export const acknowledgedMeansDurable = ({ callbacks, trace, stores }: Run): readonly string[] => {
  const byName = new Map(callbacks.map((callback) => [callback.name, callback]));
  const places = new Map<string, Kept>();
  const promised = new Map<string, string>();
  const broken = new Map<string, string>();
  const lost = (when: string): void => {
    for (const [sha256, name] of promised)
      if (!isKept(places, sha256) && !broken.has(name))
        broken.set(name, `${name} was acknowledged, and ${when} its bytes were in no durable store`);
  };
  for (const entry of trace) {
    if (entry.kind === "kept") {
      places.set(entry.place, entry);
      lost(`after ${entry.place} was written`);
    }
    if (entry.kind === "gone") {
      places.delete(entry.place);
      lost(`after ${entry.place} was deleted`);
    }
    if (entry.kind === "answered" && entry.word === "yes") {
      promised.set(byName.get(entry.callback)?.sha256 ?? "", entry.callback);
      lost("at that moment");
    }
  }
  const inTheEnd = new Set(stores.records.map(({ sha256 }) => sha256));
  for (const [sha256, name] of promised)
    if (!inTheEnd.has(sha256) && !broken.has(name)) broken.set(name, `${name} was acknowledged, and in the end no record has its bytes`);
  return [...broken.values()];
};

const isKept = (places: ReadonlyMap<string, Kept>, sha256: string): boolean =>
  [...places.values()].some((place) =>
    place.object === undefined ? place.sha256 === sha256 : places.get(`bucket ${place.object}`)?.sha256 === sha256,
  );

const stores: readonly (readonly [store: string, name: RegExp])[] = [
  // A body too large for an item goes to the bucket first; without it there is nothing to put into the table.
  ["the table", /^(DynamoDB PutItem (record|conflict)|S3 PutObject bodies)$/],
  ["the spill queue", /^SQS SendMessage spill$/],
  ["the bucket", /^S3 PutObject spill$/],
];

/** A genuine callback is rejected only after all three stores were tried, and acknowledged in the end. */
export const negativeMeansNowhere = ({ callbacks, trace }: Run): readonly string[] =>
  callbacks
    .filter(({ nature }) => nature !== "forged")
    .flatMap((callback) => [...deniedTooEarly(callback, trace), ...neverAcknowledged(callback, trace)]);

const deniedTooEarly = ({ name }: Callback, trace: Trace): readonly string[] =>
  all(trace, "answered")
    .filter(({ callback, word }) => callback === name && word === "no")
    .flatMap(({ invocation }) => {
      const tried = all(trace, "called").filter((call) => call.invocation === invocation);
      // What cannot be verified has its own bounded room, and no other store.
      if (tried.some(({ name }) => name === "DynamoDB PutItem quarantine")) return [];
      const left = stores.filter(([, pattern]) => !tried.some((call) => pattern.test(call.name))).map(([store]) => store);
      return left.length > 0 ? [`${name} was rejected before ${left.join(" and ")} had been tried`] : [];
    });

const neverAcknowledged = ({ name }: Callback, trace: Trace): readonly string[] => {
  const last = all(trace, "answered").findLast(({ callback }) => callback === name);
  return last && last.word !== "yes" ? [`${name} was redelivered again and again and never acknowledged`] : [];
};
