/** What a queue of an application is sent about one event: a text that SQS takes, its contract's line, and its id. */

import { contractOf, type PaymentEvent } from "../event.ts";
import type { CallbackRecord } from "../record.ts";
import { digest } from "../signature.ts";
import { directMessage } from "./delivery.ts";

export interface QueueMessage {
  readonly text: string;
  /** Of a FIFO queue: one contract, one group. */
  readonly group: string;
  /**
   * The event's, whatever the attempt: what is sent twice within five minutes is in a FIFO queue once. Of what was delivered and is replayed it is another:
   * the queue would say that it has the message, which its consumer may have lost.
   */
  readonly deduplicationId: string;
}

/** SQS takes 1 MiB today, and took this much until 2025; a queue, a Region or an emulator may still. */
export const mostQueueBytes = 262_144;

/** @param acceptedBefore what the queue, or another target, answered when it took the record; absent unless that is replayed */
export const queueMessage = (record: CallbackRecord, event: PaymentEvent, attempt: number, acceptedBefore?: string): QueueMessage => {
  const message = directMessage(record, event, attempt);
  const contract = contractOf(event);
  const { id } = message.delivery;
  return {
    text: asQueueText(JSON.stringify(message)),
    group: asQueueId(contract === undefined ? id : `${record.raw.source}/${contract}`),
    deduplicationId: acceptedBefore === undefined ? asQueueId(id) : hashed(id, "\n", acceptedBefore),
  };
};

/** SQS rejects what XML cannot carry. JSON escapes all of that itself, except these two. */
const asQueueText = (json: string): string => json.replace(/[\ufffe\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16)}`);

/** 128 characters of printable ASCII; a hash in place of anything else. */
const asQueueId = (id: string): string => (id.length <= 128 && /^[\x21-\x7e]*$/.test(id) ? id : hashed(id));

const hashed = (...parts: readonly string[]): string => `sha256:${digest("sha256", parts)}`;
