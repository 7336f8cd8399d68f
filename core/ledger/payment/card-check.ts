/** Card checks, which are never charges, however they are made. */
import type { Millis } from "../../callback.ts";
import type { PaymentEvent } from "../../event.ts";
import type { Money } from "../../formats/money.ts";
import { compareText } from "../text-order.ts";
import type { Taking } from "./taking.ts";

/** A zero-amount check of the gateway's own, or one unit that is authorised, or sold without a contract, and is to be undone. */
export interface CardCheck {
  readonly id: string;
  readonly at: Millis;
  readonly passed: boolean;
  /** Its unit has not been undone yet. */
  readonly isOpen?: true;
}

export const isCardCheck = ({ type }: PaymentEvent): boolean => type === "card.verified" || type === "card.verification_failed";

/**
 * A card check is its two halves, whatever their times say: some gateways send none, and either half may come first. One that was taken
 * and given back is one too, unless it belongs to a contract (R-CHECK). A refund that is not done has undone nothing.
 */
export const isUndoneUnit = (taking: Taking, events: readonly PaymentEvent[], refunded: Money | undefined): boolean => {
  if (taking.amount?.minor !== 1 || !events.some(({ type }) => type === "charge.authorized" || type === "charge.succeeded")) return false;
  if (events.some(({ type }) => type === "charge.voided")) return true;
  return refunded?.minor === 1 && (taking.state === "authorized" || !events.some(({ contract }) => contract !== undefined));
};

/**
 * One unit that is authorised, whatever becomes of it, or taken without a contract: a check that is still to be undone. A genuine charge of one
 * unit is known by its contract (R-CHECK).
 */
export const isOpenUnit = (taking: Taking, events: readonly PaymentEvent[]): boolean => {
  if (taking.amount?.minor !== 1 || taking.state === "voided") return false;
  return taking.state === "authorized" || !events.some(({ contract }) => contract !== undefined);
};

/** A failed one took nothing, and one that the gateway reported as a check too is the gateway's to undo. */
export const openCheck = (id: string, { at, state }: Taking, events: readonly PaymentEvent[]): CardCheck => ({
  id,
  at,
  passed: state !== "failed",
  ...(state !== "failed" && !events.some(isCardCheck) && { isOpen: true }),
});

/** Each check once, in the order of time: several events can report one, the gateway's own and its halves. */
export const checksOf = (byHalves: readonly CardCheck[], events: readonly PaymentEvent[]): readonly CardCheck[] => {
  const own = events
    .filter(isCardCheck)
    .map((event) => ({ id: event.charge ?? event.id, at: event.occurredAt, passed: event.type === "card.verified" }));
  return [...Map.groupBy([...byHalves, ...own], ({ id }) => id).values()]
    .flatMap((about) => about.toSorted(bestFirst).slice(0, 1))
    .sort((one, other) => one.at - other.at || compareText(one.id, other.id));
};

/** A pass outweighs an earlier failure, and what is undone what is not. */
const bestFirst = (one: CardCheck, other: CardCheck): number =>
  Number(other.passed) - Number(one.passed) || one.at - other.at || Number(one.isOpen === true) - Number(other.isOpen === true);
