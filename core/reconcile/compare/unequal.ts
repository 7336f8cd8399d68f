/** What both sides have, and not alike: other amounts, and a line that is in the file twice. */

import type { Symptom } from "../../difference/axes.ts";
import type { Money } from "../../formats/money.ts";
import type { Matching } from "../match/match.ts";
import type { Sides, Unequal } from "../match/match-state.ts";
import { lineNames } from "../match/row-names.ts";
import { moneyOf } from "../sides/movements.ts";
import type { Difference } from "./difference.ts";
import { type DifferenceSettings, difference, typeAt } from "./make-difference.ts";

export function* unequalAmounts(sides: Sides, { unequal }: Matching, settings: DifferenceSettings): Generator<Difference> {
  const { ours, theirs, shared } = sides;
  for (const group of unequal) {
    const [line] = group.lines as [number];
    const about = typeAt(theirs.movements.type.get(line));
    const their = sumOf(group.lines.map((row) => moneyOf(theirs.movements, row, shared)));
    const our = sumOf(group.movements.map((row) => moneyOf(ours.movements, row, shared)));
    const symptom = symptomOf(group, their, our);
    const both = { theirs: their, ours: our };
    const money =
      their && our && their.currency === our.currency
        ? { minor: Math.abs(their.minor - our.minor), currency: our.currency }
        : (their ?? our);
    yield difference(settings, {
      cause: "export wrong",
      symptom,
      about,
      names: lineNames(sides, line, group.payment),
      at: theirs.movements.at.get(line),
      ...both,
      money,
    });
  }
}

const symptomOf = ({ lines, movements }: Unequal, their: Money | undefined, our: Money | undefined): Symptom => {
  if (!their || !our || their.currency !== our.currency) return "currency";
  if (lines.length > 1 || movements.length > 1) return "split";
  return their.minor > our.minor ? "over" : "under";
};

/** Undefined where the amounts are of several currencies. */
export const sumOf = (amounts: readonly (Money | undefined)[]): Money | undefined => {
  const known = amounts.filter((amount) => amount !== undefined);
  const [first] = known;
  if (!first || known.some(({ currency }) => currency !== first.currency)) return undefined;
  return { minor: known.reduce((sum, { minor }) => sum + minor, 0), currency: first.currency };
};

/** A line that is in the file twice counts once, and is said (R-REC-4). It is in no sum. */
export function* repeatedLines(sides: Sides, matching: Matching, settings: DifferenceSettings): Generator<Difference> {
  const { theirs, shared } = sides;
  const rows = new Set<number>();
  for (let at = 0; at < theirs.repeated.length; at++) rows.add(theirs.repeated.get(at));
  for (const line of rows)
    yield difference(settings, {
      cause: "export wrong",
      symptom: "duplicate",
      about: typeAt(theirs.movements.type.get(line)),
      names: lineNames(sides, line, matching.payment[line] as number),
      at: theirs.movements.at.get(line),
      theirs: moneyOf(theirs.movements, line, shared),
    });
}
