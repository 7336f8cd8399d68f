/** The result of comparing an export with the records: what agrees, what does not, and what cannot be decided. The same input gives the same bytes. */
import type { Millis } from "../../callback.ts";
import { type Cause, causes, type Symptom, symptoms } from "../../difference/axes.ts";
import { type MovementType, movementTypes } from "../../difference/movement-type.ts";
import type { FindingClass } from "../../findings/finding.ts";
import type { Money } from "../../formats/money.ts";
import { compareText } from "../../ledger/text-order.ts";
import type { Matching } from "../match/match.ts";
import type { Sides, Way } from "../match/match-state.ts";
import { byNames, lineNames, movementNames } from "../match/row-names.ts";
import { moneyOf } from "../sides/movements.ts";
import { none } from "../sides/numbers.ts";
import { byMeaning, type Difference, type Undecided } from "./difference.ts";
import { differencesOf } from "./differences.ts";
import type { DifferenceSettings } from "./make-difference.ts";
import { isOpen } from "./open-lines.ts";

export interface Comparison {
  readonly source: string;
  readonly from: Millis;
  readonly asOf: Millis;
  /** Lines that were compared, each once. */
  readonly lines: number;
  readonly matched: number;
  readonly byWay: Readonly<Record<Way, number>>;
  /** For each currency: what the export moved, and how much of it is recorded alike. */
  readonly money: readonly Explained[];
  readonly sums: readonly ClassSum[];
  readonly differences: readonly Difference[];
  readonly undecided: readonly Undecided[];
  /** Contracts of which any side knows, where they were compared. */
  readonly contracts?: number;
}

/** Minor units of charges, refunds and chargebacks, each counted without its sign. */
export interface Explained {
  readonly currency: string;
  /** What either side says was moved. */
  readonly moved: number;
  readonly explained: number;
}

export interface ClassSum {
  readonly cause: Cause;
  readonly symptom: Symptom;
  /** Of "application differs". */
  readonly class?: FindingClass;
  /** Absent: no money is at stake, or nobody knows how much. */
  readonly currency?: string;
  readonly count: number;
  readonly minor: number;
}

/** @param matching of these sides (`matchSides`) */
export const comparisonOf = (sides: Sides, matching: Matching, settings: DifferenceSettings): Comparison => {
  const differences = differencesOf(sides, matching, settings);
  return {
    source: settings.source,
    ...settings.period,
    lines: sides.theirs.movements.type.length,
    matched: matching.ours.reduce((count, movement) => count + (movement === none ? 0 : 1), 0),
    byWay: matching.byWay,
    money: explainedOf(sides, matching, settings),
    sums: sumsOf(differences),
    differences,
    undecided: undecidedOf(sides, matching),
  };
};

const moving: ReadonlySet<MovementType> = new Set(["charge", "refund", "chargeback", "chargeback reversed"]);
const movingCodes = new Set(movementTypes.flatMap((type, code) => (moving.has(type) ? [code] : [])));

const explainedOf = (sides: Sides, matching: Matching, settings: DifferenceSettings): readonly Explained[] => {
  const { ours, theirs, shared } = sides;
  const { type, minor, currency } = theirs.movements;
  const sums = new Map<number, { moved: number; explained: number }>();
  const sumFor = (code: number) => {
    const sum = sums.get(code) ?? { moved: 0, explained: 0 };
    sums.set(code, sum);
    return sum;
  };
  for (const [line, movement] of matching.ours.entries()) {
    if (!movingCodes.has(type.get(line)) || Number.isNaN(minor.get(line))) continue;
    const sum = sumFor(currency.get(line));
    sum.moved += minor.get(line);
    if (movement !== none) sum.explained += minor.get(line);
  }
  const { movements } = ours;
  for (const movement of matching.theirs.keys())
    if (
      movingCodes.has(movements.type.get(movement)) &&
      !Number.isNaN(movements.minor.get(movement)) &&
      isOpen(sides, matching, settings, movement)
    )
      sumFor(movements.currency.get(movement)).moved += movements.minor.get(movement);
  return [...sums]
    .map(([code, sum]) => ({ currency: shared.currencies.name(code), ...sum }))
    .sort((one, other) => compareText(one.currency, other.currency));
};

/** With what was found of contracts. */
export const withContracts = (
  comparison: Comparison,
  { differences, contracts }: { readonly differences: readonly Difference[]; readonly contracts: number },
): Comparison => {
  const all = [...comparison.differences, ...differences].sort(byMeaning);
  return { ...comparison, differences: all, sums: sumsOf(all), contracts };
};

/** In the order of the axes. */
export const sumsOf = (differences: readonly Difference[]): readonly ClassSum[] => {
  const groups = Map.groupBy(differences, (one) => JSON.stringify([one.cause, one.symptom, one.class, one.money?.currency]));
  return [...groups.values()]
    .map((some): ClassSum => {
      const { cause, symptom, class: name, money } = some[0] as Difference;
      return {
        cause,
        symptom,
        ...(name !== undefined && { class: name }),
        ...(money && { currency: money.currency }),
        count: some.length,
        minor: some.reduce((sum, one) => sum + (one.money?.minor ?? 0), 0),
      };
    })
    .sort(
      (one, other) =>
        causes.indexOf(one.cause) - causes.indexOf(other.cause) ||
        symptoms.indexOf(one.symptom) - symptoms.indexOf(other.symptom) ||
        compareText(one.class ?? "", other.class ?? "") ||
        compareText(one.currency ?? "", other.currency ?? ""),
    );
};

const undecidedOf = (sides: Sides, { ties }: Matching): readonly Undecided[] =>
  ties
    .map(({ way, lines, movements }): Undecided => {
      const [line] = lines as [number];
      const { theirs, shared } = sides;
      const money: Money | undefined = moneyOf(theirs.movements, line, shared);
      const names = lineNames(sides, line, none);
      const name = way === "moment" ? "" : (names[way] ?? "");
      return {
        by: way,
        about: movementTypes[theirs.movements.type.get(line)] as MovementType,
        ...(money && { money }),
        name,
        lines: lines.map((one) => lineNames(sides, one, none)).sort(byNames),
        payments: movements.map((one) => movementNames(sides, one)).sort(byNames),
      };
    })
    .sort((one, other) => compareText(JSON.stringify(one), JSON.stringify(other)));
