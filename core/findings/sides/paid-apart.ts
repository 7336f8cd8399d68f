/**
 * Payments that their gateway reports without the contract, beside a contract's start or renewal that it reports without the payment. Such a
 * start or renewal takes the payment of the same customer that is nearest to it, one of the contract's price before any other, and each payment once.
 */
import type { ApplicationEntry } from "../../application/both-sides.ts";
import type { Millis } from "../../callback.ts";
import { hourMs } from "../../durations.ts";
import type { PaymentEvent } from "../../event.ts";
import type { Money } from "../../formats/money.ts";
import type { Entry } from "../../ledger/entry.ts";
import { compareText } from "../../ledger/text-order.ts";
import { ledgerId } from "../../ledger-id.ts";
import type { PaymentSide } from "./payment-side.ts";

/** By so much the two are apart at most. */
const besideMs = hourMs;

interface Line {
  readonly source: string;
  readonly id: string;
  readonly entries: readonly Entry[];
}

/** Of one source: the contract's id of each payment that turned out to be a contract's. */
export type PaidApart = ReadonlyMap<PaymentSide, { readonly contract: string; readonly isRenewal: boolean }>;

export const paidApart = (lines: readonly Line[], payments: readonly PaymentSide[], heard: readonly ApplicationEntry[]): PaidApart => {
  const moments = lines
    .flatMap(({ id, source, entries }) => entries.flatMap(({ event }) => (isPaidApart(event) ? [{ id, source, event }] : [])))
    .sort((one, other) => one.event.occurredAt - other.event.occurredAt || compareText(one.event.id, other.event.id));
  const claimed = new Map<PaymentSide, { contract: string; isRenewal: boolean }>();
  for (const { id, source, event } of moments) {
    const prices = pricesOf(heard, source, id);
    const [nearest] = payments
      .filter((payment) => payment.isGood && !claimed.has(payment) && Math.abs(payment.at - event.occurredAt) <= besideMs)
      .filter((payment) => event.customer !== undefined && customersOf(payment).includes(ledgerId(event.customer)))
      .sort((one, other) => rank(one, prices) - rank(other, prices) || apart(one, event.occurredAt) - apart(other, event.occurredAt));
    if (nearest) claimed.set(nearest, { contract: id, isRenewal: event.type === "contract.renewed" });
  }
  return claimed;
};

const isPaidApart = ({ isPaidApart, contract }: PaymentEvent): boolean => isPaidApart === true && contract !== undefined;

const pricesOf = (heard: readonly ApplicationEntry[], source: string, contract: string): readonly Money[] =>
  heard.flatMap(({ event }) =>
    event.type === "entitlement.granted" && event.source === source && event.contract !== undefined && ledgerId(event.contract) === contract
      ? (event.price ?? [])
      : [],
  );

const customersOf = ({ entries }: PaymentSide): readonly string[] =>
  entries.flatMap(({ event }) => (event.customer === undefined ? [] : [ledgerId(event.customer)]));

const rank = ({ charge: { amount } }: PaymentSide, prices: readonly Money[]): number =>
  Number(!prices.some(({ minor, currency }) => minor === amount?.minor && currency === amount.currency));

const apart = ({ at }: PaymentSide, moment: Millis): Millis => Math.abs(at - moment);
