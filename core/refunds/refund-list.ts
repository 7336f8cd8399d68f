/** The list of what is to be given back: every payment once, whoever asked for it and by whatever name, and of each currency the sum. */
import type { Millis } from "../callback.ts";
import { type Interval, isIn } from "../charges/taken.ts";
import { compareText } from "../ledger/text-order.ts";
import { ledgerId } from "../ledger-id.ts";
import { estimateOf, type Records } from "./estimate.ts";
import type { HandRefund } from "./hand-refund.ts";
import type { Selection } from "./of-account.ts";
import { type Nothing, type Party, paymentBack, type RefundLine } from "./payment-line.ts";

/** What was asked for, and there is nothing of it to give back. */
export interface NothingBack extends Party {
  readonly id: string;
  readonly why: Nothing;
}

export interface RefundList {
  /** In the order of their contracts and of time. */
  readonly lines: readonly RefundLine[];
  readonly nothing: readonly NothingBack[];
  /** Contracts that were charged before the records, and nobody has said what or how often. */
  readonly unpriced: readonly Party[];
}

/** What operators have said of a payment, or of a contract's estimate, by any id: `source/id`. */
export type RefundsByHand = ReadonlyMap<string, readonly HandRefund[]>;

export const placeOfId = (source: string, id: string): string => `${source}/${ledgerId(id)}`;

/** Those that have been listed in this run. A payment goes by several ids, and can be asked for by each of them. */
export interface Listed {
  /** Whether none of these was listed before. From now on all of them are. */
  first(source: string, ids: readonly string[]): boolean;
}

export const createListed = (): Listed => {
  const seen = new Set<string>();
  return {
    first(source, ids) {
      const places = ids.map((id) => placeOfId(source, id));
      const isNew = !places.some((place) => seen.has(place));
      for (const place of places) seen.add(place);
      return isNew;
    },
  };
};

/** @param between only what was charged then */
export const refundList = (
  { payments, past }: Selection,
  {
    listed,
    byHand,
    records,
    between,
  }: { readonly listed: Listed; readonly byHand: RefundsByHand; readonly records: Records; readonly between?: Interval | undefined },
): RefundList => {
  const isMeant = (at: Millis): boolean => between === undefined || isIn(between, at);
  const refundsOf = (source: string, ids: readonly string[]) => ids.flatMap((id) => byHand.get(placeOfId(source, id)) ?? []);
  const backs = payments
    .filter(({ payment }) => isMeant(payment.at))
    .filter(({ party, payment }) => listed.first(party.source, payment.charge.ids))
    .map(({ party, payment, most }) => ({
      party,
      id: payment.charge.id,
      ...paymentBack(party, payment, refundsOf(party.source, payment.charge.ids), most),
    }));
  const estimates = past.map(({ party, contract, isMeant: isAskedFor = () => true }) => ({
    party,
    ...estimateOf(contract, party, records, refundsOf(contract.source, [contract.contract]), (due) => isAskedFor(due) && isMeant(due)),
  }));
  return {
    lines: [
      ...estimates.flatMap(({ lines }) => lines).filter(({ source, id }) => listed.first(source, [id])),
      ...backs.flatMap((one) => (one.kind === "line" ? [one.line] : [])),
    ].sort(byContract),
    nothing: backs.flatMap((one) => (one.kind === "nothing" ? [{ ...one.party, id: one.id, why: one.why }] : [])),
    unpriced: estimates.flatMap(({ party, isUnpriced }) => (isUnpriced ? [party] : [])),
  };
};

const byContract = (one: RefundLine, other: RefundLine): number =>
  compareText(`${one.source}/${one.contract ?? "~"}`, `${other.source}/${other.contract ?? "~"}`) ||
  one.at - other.at ||
  compareText(one.id, other.id);
