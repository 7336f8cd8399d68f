/** An order of rows that does not depend on where they stand in a file, or in which order they were read: by what they say. */

import type { Movements } from "../sides/movements.ts";
import { none } from "../sides/numbers.ts";
import type { Sides } from "./match-state.ts";

const byText = ({ shared: { texts } }: Sides, one: number, other: number): number => {
  const [first, second] = [one === none ? "" : texts.text(one), other === none ? "" : texts.text(other)];
  return Number(first > second) - Number(first < second);
};

const byRow = (sides: Sides, { type, minor, currency, at, reference }: Movements, one: number, other: number): number => {
  const { currencies } = sides.shared;
  const name = (row: number) => currencies.name(currency.get(row));
  return (
    type.get(one) - type.get(other) ||
    // Where an amount is not known there is no currency either, which comes first.
    minor.get(one) - minor.get(other) ||
    Number(name(one) > name(other)) - Number(name(one) < name(other)) ||
    at.get(one) - at.get(other) ||
    byText(sides, reference.get(one), reference.get(other))
  );
};

export const byLine = (sides: Sides, one: number, other: number): number => {
  const { theirs } = sides;
  const first = (line: number) => (theirs.idsCount.get(line) === 0 ? none : theirs.ids.get(theirs.idsFrom.get(line)));
  return (
    byRow(sides, theirs.movements, one, other) ||
    byText(sides, theirs.line.get(one), theirs.line.get(other)) ||
    byText(sides, first(one), first(other)) ||
    byText(sides, theirs.order.get(one), theirs.order.get(other)) ||
    byText(sides, theirs.contract.get(one), theirs.contract.get(other)) ||
    byText(sides, theirs.customer.get(one), theirs.customer.get(other))
  );
};

export const byMovement = (sides: Sides, one: number, other: number): number => {
  const { movements, id } = sides.ours;
  return byRow(sides, movements, one, other) || byText(sides, id.get(movements.payment.get(one)), id.get(movements.payment.get(other)));
};
