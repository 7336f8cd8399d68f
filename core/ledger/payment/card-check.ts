/** Card checks, which are never charges, however they are made. */
import type { Millis } from "../../callback.ts";
import type { PaymentEvent } from "../../event.ts";
import { compareText } from "../text-order.ts";

/** A zero-amount check of the gateway's own, or one unit that is authorised, or sold without a contract, and is to be undone. */
export interface CardCheck {
  readonly id: string;
  readonly at: Millis;
  readonly passed: boolean;
  /** Its unit has not been undone yet. */
  readonly isOpen?: true;
}

export const isCardCheck = ({ type }: PaymentEvent): boolean => type === "card.verified" || type === "card.verification_failed";

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
