/** What the ledger is made of: a set of entries, one for each event. A set knows neither order nor repetition (promise P5). */
import type { Millis } from "../callback.ts";
import { contractOf, type PaymentEvent } from "../event.ts";
import { ledgerEventId, ledgerId, ledgerText } from "../ledger-id.ts";
import type { RecordKey } from "../record.ts";

export interface ContractName {
  readonly source: string;
  readonly contract: string;
}

/** One event in one line: that of its contract, of its payment, or of a contract to which the payment turned out to belong. */
export interface Entry extends ContractName {
  readonly event: PaymentEvent;
  /** The record it came from, which has its bytes. */
  readonly record: RecordKey;
  /** When it was entered first. Absent: an earlier version entered it, which did not note that. */
  readonly heardAt?: Millis;
}

/**
 * What a record's events say to the ledger: the one place where they enter it. Their texts come from outside, and are bounded here;
 * messages to the application carry them as they are.
 */
export const entriesOf = (record: RecordKey, source: string, events: readonly PaymentEvent[], heardAt?: Millis): readonly Entry[] =>
  events.flatMap((event) => {
    const contract = contractOf(event);
    return contract === undefined ? [] : [{ source, contract, event: bounded(event), record, ...(heardAt !== undefined && { heardAt }) }];
  });

const bounded = (event: PaymentEvent): PaymentEvent => ({
  ...event,
  id: ledgerEventId(event.id),
  gatewayType: ledgerText(event.gatewayType),
  ...(event.contract !== undefined && { contract: ledgerId(event.contract) }),
  ...(event.charge !== undefined && { charge: ledgerId(event.charge) }),
  ...(event.alsoKnownAs !== undefined && { alsoKnownAs: event.alsoKnownAs.map(ledgerId) }),
  ...(event.part !== undefined && { part: ledgerId(event.part) }),
  ...(event.customer !== undefined && { customer: ledgerId(event.customer) }),
  ...(event.order !== undefined && { order: ledgerId(event.order) }),
  ...(event.refund !== undefined && { refund: ledgerId(event.refund) }),
  ...(event.dispute !== undefined && { dispute: ledgerId(event.dispute) }),
  ...(event.replacedBy !== undefined && { replacedBy: ledgerId(event.replacedBy) }),
  ...(event.reason !== undefined && { reason: ledgerText(event.reason) }),
});
