/** Both sides of a comparison, from short descriptions. */

import { type MovementType, movementTypes } from "../../../../core/difference/movement-type.ts";
import type { Money } from "../../../../core/formats/money.ts";
import { type Comparison, comparisonOf } from "../../../../core/reconcile/compare/comparison.ts";
import type { Difference } from "../../../../core/reconcile/compare/difference.ts";
import { noTraces, type Traces } from "../../../../core/reconcile/compare/traces.ts";
import type { MoneyLine } from "../../../../core/reconcile/export-line.ts";
import { matchSides } from "../../../../core/reconcile/match/match.ts";
import { createCurrencies } from "../../../../core/reconcile/sides/movements.ts";
import { createOurSide, type OurMovement, type OurPayment } from "../../../../core/reconcile/sides/our-side.ts";
import { createTexts } from "../../../../core/reconcile/sides/texts.ts";
import { createTheirSide } from "../../../../core/reconcile/sides/their-side.ts";

export const day = 86_400_000;
export const october = Date.UTC(2026, 9, 1);
export const yen = (minor: number): Money => ({ minor, currency: "JPY" });

export const line = (payment: string | readonly string[], changes: Partial<MoneyLine> = {}): MoneyLine => ({
  kind: "money",
  number: 1,
  type: "charge",
  outcome: "done",
  payment: typeof payment === "string" ? (payment === "" ? [] : [payment]) : payment,
  amount: yen(1_980),
  at: october + day,
  isDay: false,
  ...changes,
});

export const movement = (changes: Partial<OurMovement> = {}): OurMovement => ({
  type: "charge",
  amount: yen(1_980),
  at: october + day,
  ...changes,
});

export const payment = (ids: string | readonly string[], changes: Partial<OurPayment> = {}): OurPayment => ({
  ids: typeof ids === "string" ? [ids] : ids,
  state: "succeeded",
  movements: [movement()],
  ...changes,
});

export interface Story {
  readonly lines?: readonly MoneyLine[];
  readonly payments?: readonly OurPayment[];
  /** Rows of payments that are taken back. */
  readonly gone?: readonly number[];
  readonly traces?: Traces;
  readonly covers?: readonly MovementType[];
  readonly asOf?: number;
}

export const compare = ({
  lines = [],
  payments = [],
  gone = [],
  traces = noTraces,
  covers = movementTypes,
  asOf = october + 31 * day,
}: Story): Comparison => {
  const shared = { texts: createTexts(), currencies: createCurrencies() };
  const theirs = createTheirSide(shared, asOf);
  for (const one of lines) theirs.add(one);
  const period = { from: october, asOf };
  const ours = createOurSide(shared, period);
  for (const one of payments) ours.add(one);
  for (const row of gone) ours.remove(row);
  const sides = { shared, ours, theirs };
  return comparisonOf(sides, matchSides(sides), { source: "shop", period, covers: new Set(covers), traces });
};

/** `never sent missing charge p-1 1980 JPY`. */
export const short = ({ cause, symptom, about, names, money }: Difference): string =>
  [cause, symptom, about, names.reference ?? names.payment[0] ?? names.order ?? names.line, money && `${money.minor} ${money.currency}`]
    .filter(Boolean)
    .join(" ");

export const shorts = (story: Story): readonly string[] => compare(story).differences.map(short);
