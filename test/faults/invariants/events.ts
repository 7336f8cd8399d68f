/** P4 and P7 for a record whose events are sent one by one. */

import type { Entry, Trace } from "../run/trace.ts";
import { keyOf } from "../sent/callbacks.ts";
import type { Run } from "./invariants.ts";

type Sent = Extract<Entry, { kind: "delivered" }> & { readonly place: number };

const sentOf = (trace: Trace): readonly Sent[] =>
  trace.flatMap((entry, place) => (entry.kind === "delivered" && entry.isSigned ? [{ ...entry, place }] : []));

/**
 * Each is sent until it is accepted, and none is skipped. Once the next one is sent the one before it is no longer in flight: it is not
 * sent again, until an operator replays the record after all of it was delivered.
 */
export const eventsAreSentUntilAccepted = ({ callbacks, trace, stores }: Run): readonly string[] => {
  const sent = sentOf(trace);
  const again = sent.flatMap((one) => {
    const next = sent.find((other) => other.place > one.place && other.record === one.record && other.invocation === one.invocation);
    if (!one.processed || !next || next.idempotencyKey === one.idempotencyKey) return [];
    const repeated = sent.find((other) => other.place > next.place && other.idempotencyKey === one.idempotencyKey);
    return repeated && !isDelivered(trace.slice(next.place, repeated.place), one.record)
      ? [`${one.idempotencyKey} was sent again after it had been accepted and ${next.idempotencyKey} sent`]
      : [];
  });
  const skipped = callbacks.flatMap((callback) => {
    const key = keyOf(callback);
    const accepted = new Set(
      sent.flatMap(({ record, processed, idempotencyKey }) => (record === key && processed ? [idempotencyKey] : [])),
    );
    const isSkipped = accepted.size > 0 && stores.progress.get(key)?.state === "delivered" && accepted.size < callback.contracts.length;
    return isSkipped
      ? [`${key} is called delivered, and the application took ${accepted.size} of ${callback.contracts.length} events`]
      : [];
  });
  return [...again, ...skipped];
};

const isDelivered = (trace: Trace, key: string): boolean =>
  trace.some((entry) => entry.kind === "progress" && entry.progress.key === key && entry.progress.state === "delivered");
