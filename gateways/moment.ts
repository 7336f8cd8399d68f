/** What a story consists of: moments in the life of a contract, in our own words. */
import type { Millis } from "../core/callback.ts";
import type { EventType } from "../core/event.ts";
import type { Money } from "../core/formats/money.ts";
import type { Mode } from "../core/mode.ts";

/**
 * Each moment, and the events it produces. Where several are listed together, one of them is enough: a recovered contract
 * is renewed or resumed, some gateways report a refund as a void because they do not say which it was, and some take at once what is authorised.
 */
export const momentEvents = {
  "card checked": [["card.verified"]],
  "card declined": [["card.verification_failed"]],
  started: [["contract.started"]],
  paid: [["charge.succeeded"]],
  renewed: [["charge.succeeded"], ["contract.renewed"]],
  failed: [["charge.failed"], ["contract.past_due"]],
  recovered: [["charge.succeeded"], ["contract.renewed", "contract.resumed"]],
  refunded: [["charge.refunded", "charge.voided"]],
  authorized: [["charge.authorized", "charge.succeeded"]],
  captured: [["charge.succeeded"]],
  voided: [["charge.voided"]],
  paused: [["contract.paused"]],
  resumed: [["contract.resumed"]],
  /** It will end with what is paid, and nothing ends yet. */
  "end announced": [],
  cancelled: [["contract.cancelled"]],
  expired: [["contract.expired"]],
  disputed: [["dispute.opened"]],
  "dispute won": [["dispute.won"]],
  "dispute lost": [["dispute.lost"]],
} as const satisfies Readonly<Record<string, readonly (readonly [EventType, ...EventType[]])[]>>;

export type MomentKind = keyof typeof momentEvents;

/** Something that happens at the gateway. All ids are as that gateway writes them, so that its callbacks can be compared with them. */
export interface Moment {
  readonly kind: MomentKind;
  /** Letters and digits; different for each moment of each story. */
  readonly id: string;
  /** A whole second: several gateways send nothing finer. */
  readonly at: Millis;
  readonly customer: string;
  /** Absent for a payment that belongs to no contract. */
  readonly contract?: string;
  /** The payment it is about; for a card check, the check's own id. Meaningless for the states of a contract. */
  readonly charge: string;
  readonly order: string;
  /** Of the payment. */
  readonly amount: Money;
  /** Which of the contract's payments it is about, beginning with 1. */
  readonly cycle: number;
  /** Of a refund or a dispute: its own id. */
  readonly part: string;
  /** Of a refund: how much goes back now, and how much has gone back altogether. */
  readonly refund?: { readonly amount: Money; readonly soFar: Money; readonly isWhole: boolean };
  /** Of an announced end: when it is. */
  readonly endsAt?: Millis;
  /** What the source it is sent to is for, and so what the callback says that it is. @default "live" */
  readonly mode?: Mode;
}

/** What an id is made of: gateways write theirs in letters, in digits, long or short. */
export interface Key {
  /** Twenty letters and digits, lower case. */
  readonly text: string;
  /** Fourteen digits, the first not zero: fits a JavaScript number. */
  readonly digits: string;
}
