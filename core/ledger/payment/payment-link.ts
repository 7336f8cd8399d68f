/**
 * What is known of one id of a payment: which other ids the payment has, and to which contracts it belongs. Links only grow, so that it does
 * not matter who learns what first, or how often.
 */
import type { PaymentEvent } from "../../event.ts";
import { ledgerId } from "../../ledger-id.ts";
import type { Entry } from "../entry.ts";
import { paymentIds } from "./payment-ids.ts";

export interface PaymentLink {
  readonly ids: readonly string[];
  readonly contracts: readonly string[];
}

export const unlinked: PaymentLink = { ids: [], contracts: [] };

/** Beyond this an id is no payment's: a merchant's or an attacker's word that every payment carries. It is joined no further. */
export const mostIds = 32;
export const mostContracts = 8;

/** What an event says about one of the ids of its payment. */
const linkOf = (event: PaymentEvent, id: string): PaymentLink => ({
  ids: paymentIds(event).filter((other) => other !== id),
  contracts: event.contract === undefined ? [] : [ledgerId(event.contract)],
});

/** What the event says of that id and is not known yet; undefined when that is nothing, or when there is no more room. */
export const newLink = (event: PaymentEvent, id: string, known: PaymentLink): PaymentLink | undefined => {
  const said = linkOf(event, id);
  const ids = said.ids.filter((other) => !known.ids.includes(other)).slice(0, Math.max(0, mostIds - known.ids.length));
  const contracts = said.contracts
    .filter((other) => !known.contracts.includes(other))
    .slice(0, Math.max(0, mostContracts - known.contracts.length));
  return ids.length + contracts.length > 0 ? { ids, contracts } : undefined;
};

/** An event is about a payment when it names any of its ids. */
export const isAbout = (event: PaymentEvent, ids: ReadonlySet<string>): boolean => paymentIds(event).some((id) => ids.has(id));

/** A line, and an event that stands there or is to stand there. */
const placeOf = ({ contract, event }: Entry): string => JSON.stringify([contract, event.id]);

/**
 * The entries that have to be put so that everything that was found about a payment stands in the line of each contract that it belongs
 * to. What stands there already is left alone.
 * @param found of the payment, in any line
 */
export const copiesFor = (contracts: Iterable<string>, found: readonly Entry[]): readonly Entry[] => {
  const present = new Set(found.map(placeOf));
  const events = new Map(found.map((entry) => [entry.event.id, entry]));
  return [...contracts].flatMap((contract) =>
    [...events.values()].map((entry) => ({ ...entry, contract })).filter((copy) => !present.has(placeOf(copy))),
  );
};
