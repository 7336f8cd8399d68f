/** Relay: the queue's message. It says which record is due, and carries no payment data. */
import type { Millis } from "../callback.ts";
import { contractOf, type PaymentEvent } from "../event.ts";
import { isRecordKey, type RecordKey } from "../record.ts";
import { digest } from "../signature.ts";
import type { Cause } from "./cause.ts";

export interface Doorbell {
  readonly key: RecordKey;
  readonly source: string;
  readonly group: string;
  readonly epoch: number;
  /** The queue has no delay for a single message: what is handed out before that is hidden until then. */
  readonly notBefore?: Millis;
}

/** What a dead letter adds for the person who reads it in the queue. */
export interface DeadLetter extends Doorbell {
  /** The cause in a sentence. */
  readonly reason: string;
  readonly cause: Cause;
  readonly attempts: number;
  readonly next: string;
}

/** The ring that brings a record to its turn. */
export const doorbellOf = ({ key, source, group, epoch }: Doorbell): Doorbell => ({ key, source, group, epoch });

/**
 * The ring for an attempt that follows a failed one. In the record's own group: in its contract's, nothing else of the contract would be
 * handed out until then. What comes after it there is applied, and waits behind it in line.
 */
export const ringApart = (bell: Doorbell, notBefore: Millis): Doorbell => ({
  ...doorbellOf(bell),
  group: ownGroup(bell),
  notBefore,
});

/** The group of a record that is not handed out in turn with others. */
export const ownGroup = ({ source, key }: Pick<Doorbell, "source" | "key">): string => groupOf(source, key, []);

/** The contracts that a record's events concern, each once, in order of appearance. */
export const contractsOf = (events: readonly PaymentEvent[]): readonly string[] => [
  ...new Set(events.map(contractOf).filter((contract) => contract !== undefined)),
];

/**
 * The group whose members the queue hands out one at a time: the contract's, when the record concerns exactly one, else
 * the record's own. A hash, because SQS takes 128 ASCII characters and contract numbers must not show in its metrics.
 */
export const groupOf = (source: string, key: RecordKey, contracts: readonly string[]): string =>
  digest("sha256", [contracts.length === 1 ? `contract ${source}/${contracts[0]}` : `record ${key}`], "base64url");

/** Names one ring of the bell. Carries the epoch: SQS swallows a repeated id for five minutes, and a replay must get through. */
export const deduplicationId = ({ key, epoch }: Doorbell): string => digest("sha256", [`${key}#${epoch}`], "base64url");

/** The message's text as a doorbell, or undefined when it is not one. */
export const readDoorbell = (text: string): Doorbell | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const { key, source, group, epoch, notBefore } = value as Partial<Record<keyof Doorbell, unknown>>;
  if (typeof key !== "string" || !isRecordKey(key) || typeof source !== "string" || typeof group !== "string") return undefined;
  if (typeof epoch !== "number" || !Number.isSafeInteger(epoch)) return undefined;
  return { key, source, group, epoch, ...(typeof notBefore === "number" && Number.isSafeInteger(notBefore) && { notBefore }) };
};
