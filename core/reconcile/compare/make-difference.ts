/** One difference, made from what was found: with an id of its own, and every name by which a trace may know it. */

import type { Cause, Symptom } from "../../difference/axes.ts";
import { type MovementType, movementTypes } from "../../difference/movement-type.ts";
import type { Money } from "../../formats/money.ts";
import type { RecordKey } from "../../record.ts";
import { firstName, type Names } from "../sides/names.ts";
import type { Period } from "../sides/our-side.ts";
import type { Difference } from "./difference.ts";
import type { Traces } from "./traces.ts";

export interface DifferenceSettings {
  readonly source: string;
  readonly period: Period;
  /** What the exports can say at all: what they cannot is not missing there. */
  readonly covers: ReadonlySet<MovementType>;
  readonly traces: Traces;
}

export const typeAt = (code: number): MovementType => movementTypes[code] as MovementType;

/** Of one thing there is one difference: named by what it is about. */
const idOf = ({ source }: DifferenceSettings, about: string, names: Names): string => `${source}/${about}:${firstName(names)}`;

interface Found {
  readonly cause: Cause;
  readonly symptom: Symptom;
  readonly about: MovementType;
  readonly names: Names;
  readonly at: number;
  readonly theirs?: Money | undefined;
  readonly ours?: Money | undefined;
  readonly money?: Money | undefined;
  readonly age?: number;
  readonly record?: RecordKey;
  readonly states?: NonNullable<Difference["states"]>;
}

export const difference = (settings: DifferenceSettings, { theirs, ours, money, ...found }: Found): Difference => ({
  id: idOf(settings, found.about, found.names),
  ...found,
  ...(theirs && { theirs }),
  ...(ours && { ours }),
  ...(money && money.minor !== 0 && { money }),
});

/** Every name by which a trace may know it. */
export const idsIn = ({ payment, reference, order }: Names): readonly string[] => [
  ...(reference === undefined ? [] : [reference]),
  ...payment,
  ...(order === undefined ? [] : [order]),
];
