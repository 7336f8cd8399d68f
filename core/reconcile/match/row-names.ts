/** The ids of a row, as texts: of a line, with those of the payment that it turned out to be. */
import { compareText } from "../../ledger/text-order.ts";
import type { Names } from "../sides/names.ts";
import { type Column, none } from "../sides/numbers.ts";
import type { Sides } from "./match-state.ts";

/** @param payment of ours that it is about; -1: none is known */
export const lineNames = ({ ours, theirs, shared: { texts } }: Sides, line: number, payment: number): Names => {
  const text = (id: number): string | undefined => (id === none ? undefined : texts.text(id));
  const own = (names: Column): string | undefined => (payment === none ? undefined : text(names.get(payment)));
  const from = theirs.idsFrom.get(line);
  const ids = Array.from({ length: theirs.idsCount.get(line) }, (_, index) => texts.text(theirs.ids.get(from + index)));
  return named({
    payment: ids.length > 0 || payment === none ? ids : [texts.text(ours.id.get(payment))],
    reference: text(theirs.movements.reference.get(line)),
    contract: text(theirs.contract.get(line)) ?? own(ours.contract),
    customer: text(theirs.customer.get(line)) ?? own(ours.customer),
    order: text(theirs.order.get(line)) ?? own(ours.order),
    line: text(theirs.line.get(line)),
  });
};

export const movementNames = ({ ours, shared: { texts } }: Sides, movement: number): Names => {
  const text = (id: number): string | undefined => (id === none ? undefined : texts.text(id));
  const payment = ours.movements.payment.get(movement);
  const id = text(ours.id.get(payment));
  return named({
    payment: id === undefined ? [] : [id],
    reference: text(ours.movements.reference.get(movement)),
    contract: text(ours.contract.get(payment)),
    customer: text(ours.customer.get(payment)),
    order: text(ours.order.get(payment)),
  });
};

type Loose = { readonly [Name in keyof Names]: Names[Name] | undefined };

const named = ({ payment = [], ...rest }: Loose): Names => ({
  payment,
  ...(Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Omit<Names, "payment">),
});

export const byNames = (one: Names, other: Names): number => compareText(JSON.stringify(one), JSON.stringify(other));
