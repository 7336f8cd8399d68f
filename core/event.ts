/** What a callback says, in our words. One callback can carry several events. */
import type { Millis } from "./callback.ts";
import type { Money } from "./formats/money.ts";
import { ledgerId } from "./ledger-id.ts";

/**
 * Every meaning the ledger knows. `notice`: known to the gateway's file, and without effect on the ledger.
 * `unknown`: a type the gateway's folder does not know; kept, shown and counted, never silently treated as done.
 */
export const eventTypes = [
  "charge.authorized",
  "charge.succeeded",
  "charge.failed",
  "charge.refunded",
  "charge.voided",
  "refund.pending",
  "refund.failed",
  "card.verified",
  "card.verification_failed",
  "contract.started",
  "contract.renewed",
  "contract.past_due",
  "contract.paused",
  "contract.resumed",
  "contract.cancelled",
  "contract.expired",
  "contract.replaced",
  "dispute.opened",
  "dispute.won",
  "dispute.lost",
  "notice",
  "unknown",
] as const;

export type EventType = (typeof eventTypes)[number];

/** `unknown`: no event has said. The last three are ends. */
export const contractStates = ["unknown", "active", "past_due", "paused", "cancelled", "expired", "replaced"] as const;
export type ContractState = (typeof contractStates)[number];

const endStates: ReadonlySet<ContractState> = new Set(["cancelled", "expired", "replaced"]);

/** An ended contract stays ended, unless its gateway says that it has started or resumed (R-STATE-1). */
export const isEndState = (state: ContractState): boolean => endStates.has(state);

/** How often a contract is paid for. */
export const intervals = ["month", "year"] as const;
export type Interval = (typeof intervals)[number];

export interface PaymentEvent {
  /** Stable under redelivery: the gateway's event id, or the callback's identity; with `#2`, `#3` ... for further events of one callback. */
  readonly id: string;
  /** What it means, in our words. */
  readonly type: EventType;
  /** The gateway's own name for it, shown to people: `invoice.paid`, `CAPTURE`, `res_result=OK`. */
  readonly gatewayType: string;
  /** The gateway's own event time in milliseconds since 1970, or the receipt time where it sends none. Orders the ledger. */
  readonly occurredAt: Millis;
  /** The gateway's id of the subscription or agreement, where the callback names one. */
  readonly contract?: string;
  /** The gateway's id of the payment: the same one in every type of event that reports this payment, where the gateway allows it. */
  readonly charge?: string;
  /** Other ids by which the gateway names this payment, and no other: its invoice's, its charge's. Events that share any id are joined. */
  readonly alsoKnownAs?: readonly string[];
  /** The capture, attempt or partial payment it is about. Without it, for `charge.*`, the payment as a whole, with the sum so far. */
  readonly part?: string;
  /** The gateway's id of the customer. */
  readonly customer?: string;
  /** The merchant's own order number, where the gateway echoes it. */
  readonly order?: string;
  /** What the event is about; for refunds and voids, what is given back by this event alone. */
  readonly amount?: Money;
  /** Distinguishes refunds of one charge. Without it the amount is all that has been refunded so far. */
  readonly refund?: string;
  /** Distinguishes disputes of one charge. */
  readonly dispute?: string;
  /** For `dispute.lost`: how the money went back is not said, and a refund of it may be reported too. */
  readonly orRefunded?: true;
  /** For a `notice` about a part: it was paid outside the gateway. What is reported of the payment as a whole may contain it. */
  readonly paidElsewhere?: true;
  /** For `contract.*`: the state that the contract left, where the gateway says it. Orders events of one moment. */
  readonly previousState?: ContractState;
  /** For `contract.replaced`: the contract that lives on. */
  readonly replacedBy?: string;
  /** For charges: not, or not only, a regular renewal, but the difference that a change of plan makes. */
  readonly isProrated?: true;
  /** For a contract's start or renewal: its payment is reported by itself, and names the customer and no contract. */
  readonly isPaidApart?: true;
  /** Of a contract, where the gateway says it: how often it is charged. */
  readonly interval?: Interval;
  /** Of a contract, where the gateway says it: until when nothing is charged. */
  readonly freeUntil?: Millis;
  /** Of a contract, where the gateway says it: when it ends without anybody doing more; null when it goes on. */
  readonly endsAt?: Millis | null;
  /** The gateway's own reason for a failure, for people. */
  readonly reason?: string;
  /** What the callback could not say, by field name, and no read-back has filled in yet. */
  readonly incomplete?: readonly string[];
}

/**
 * The line an event belongs to: its contract, or for a one-off payment the charge, or the customer, as the ledger has their ids.
 * @returns undefined when the event names none of them; its record then travels in its own group.
 */
export const contractOf = ({ contract, charge, customer }: PaymentEvent): string | undefined => {
  const id = contract ?? charge ?? customer;
  return id === undefined ? undefined : ledgerId(id);
};
