/** What is in a queue of our own engine, looked at without receiving it. */
import type { Millis } from "../../core/callback.ts";
import { at, numberAt, textAt } from "../../core/formats/json.ts";
import { readPage } from "../../operator/connect/local-http.ts";

export interface QueueLook {
  /** Whether a receiver would get a message now. */
  readonly isReceivable: boolean;
  /** Received and not deleted: when each becomes visible again. */
  readonly inFlight: readonly { readonly handle: string; readonly visibleAt: Millis }[];
}

/** @param now of the engine's clock. Throws when the engine does not answer. */
export const lookAtQueue = async (endpoint: string, queue: string, now: Millis): Promise<QueueLook> => {
  const page = await readPage(new URL(`/_fauxqs/queues/${queue}`, endpoint).href);
  const { inflight, ready } = (at(page, "messages") ?? {}) as { readonly inflight?: unknown; readonly ready?: unknown };
  if (!Array.isArray(inflight) || !Array.isArray(ready)) throw new Error(`the engine does not say what is in ${queue}`);
  const groupOf = (message: unknown): string | undefined => textAt(message, "messageGroupId");
  const inFlight = inflight.map((one) => ({
    handle: textAt(one, "receiptHandle") ?? "",
    visibleAt: numberAt(one, "visibilityDeadline") ?? now,
  }));
  // A group hands out nothing while one of its messages is in flight.
  const busy = new Set(inflight.map((one) => textAt(one, "message", "messageGroupId")));
  const isReady = ready.some((message) => groupOf(message) === undefined || !busy.has(groupOf(message)));
  return { isReceivable: isReady || inFlight.some(({ visibleAt }) => visibleAt <= now), inFlight };
};
