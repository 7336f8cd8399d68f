/**
 * What a signed target is sent about one event. Other programs rely on it: fields and event types may be added, and none changes its
 * meaning (docs/message.md). A payment gateway's words are in `data.gatewayType`; everything else is in ours.
 */
import type { RawCallback } from "../callback.ts";
import type { EventType, PaymentEvent } from "../event.ts";
import { isoTime } from "../formats/iso-time.ts";
import type { Money } from "../formats/money.ts";
import type { RecordKey } from "../record.ts";

export { type EventType, eventTypes } from "../event.ts";
export type { Money } from "../formats/money.ts";

export interface PaymentMessage {
  /** What happened. A receiver answers 2xx to a type that it does not know: types are added. */
  readonly type: EventType;
  /** When it happened, in UTC: `2026-11-20T12:00:00.000Z`. The moment of `data.occurredAt`, not that of the delivery. */
  readonly timestamp: string;
  /** What is known about it. */
  readonly data: PaymentMessageData;
}

/** What only sums and findings need is not sent. */
type SentEvent = Omit<PaymentEvent, "isProrated" | "interval" | "freeUntil" | "endsAt" | "orRefunded" | "paidElsewhere" | "isPaidApart">;

export interface PaymentMessageData extends SentEvent {
  /** The source in Holdfast's configuration whose gateway said so. Ids are unique within it. */
  readonly source: string;
  /** The record of the callback it came from, `source/id`: what `holdfast show` takes. Several events can have one record. */
  readonly record: RecordKey;
}

/** What a target in AWS is sent: the message, and what an http target finds in headers. IAM says who sent it, so nothing is signed. */
export interface DirectMessage extends PaymentMessage {
  readonly delivery: MessageDelivery;
}

export interface MessageDelivery {
  /** The message's, the same for every attempt and replay: deduplicate by it. What `webhook-id` is over http. */
  readonly id: string;
  /** Which attempt of the record this is, from 1. */
  readonly attempt: number;
  /** When the payment gateway's callback arrived, in UTC. */
  readonly receivedAt: string;
}

/** Listed, and not copied: what an event carries besides, a custom gateway's own fields for one, is not sent. The compiler keeps the list complete. */
const sentFields: Readonly<Record<keyof SentEvent, true>> = {
  id: true,
  type: true,
  gatewayType: true,
  occurredAt: true,
  contract: true,
  charge: true,
  alsoKnownAs: true,
  part: true,
  customer: true,
  order: true,
  amount: true,
  refund: true,
  dispute: true,
  previousState: true,
  replacedBy: true,
  reason: true,
  incomplete: true,
};

/** Of the same event the same, to the byte. What the event does not say is left out, never null. */
export const messageOf = (
  { key, raw }: { readonly key: RecordKey; readonly raw: Pick<RawCallback, "source"> },
  event: PaymentEvent,
): PaymentMessage => {
  const { amount, ...said } = picked(event, Object.keys(sentFields) as (keyof SentEvent)[]);
  return {
    type: event.type,
    timestamp: isoTime(event.occurredAt),
    data: { ...said, ...(amount && { amount: moneyOf(amount) }), source: raw.source, record: key },
  };
};

const moneyOf = ({ minor, currency }: Money): Money => ({ minor, currency });

const picked = <From extends object, Name extends keyof From>(from: From, names: readonly Name[]): Pick<From, Name> =>
  Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]]))) as Pick<From, Name>;
