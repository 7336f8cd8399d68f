/** A difference between what a gateway exported and what is recorded, on two axes: how it came about, and how it shows. */

import type { Millis } from "../../callback.ts";
import { causes, symptoms } from "../../difference/axes.ts";
import type { MovementType } from "../../difference/movement-type.ts";
import type { WhatDiffers } from "../../difference/what-differs.ts";
import type { FindingClass } from "../../findings/finding.ts";
import type { Money } from "../../formats/money.ts";
import { compareText } from "../../ledger/text-order.ts";
import type { RecordKey } from "../../record.ts";
import type { Names } from "../sides/names.ts";

export interface Difference extends WhatDiffers {
  /** Of the same thing the same in every run, whatever becomes of it: the finding's place. */
  readonly id: string;
  /** Of "application differs": what findings call it. */
  readonly class?: FindingClass;
  readonly names: Names;
  /** What is at stake; absent where nothing is, or nobody knows. */
  readonly money?: Money;
  readonly at: Millis;
  /** How long it has been missing at the export's moment, or was. */
  readonly age?: Millis;
  /** Where a trace of it is. */
  readonly record?: RecordKey;
  /** What the two sides say where that is no money: `cancelled`, `active`. */
  readonly states?: { readonly theirs?: string; readonly ours?: string };
}

/** Lines and records of which nobody can say which is which. */
export interface Undecided {
  readonly by: string;
  readonly about: MovementType;
  readonly money?: Money;
  readonly name: string;
  readonly lines: readonly Names[];
  readonly payments: readonly Names[];
}

/** By what is said of it, never by where it was found: the same input gives the same bytes. */
export const byMeaning = (one: Difference, other: Difference): number =>
  causes.indexOf(one.cause) - causes.indexOf(other.cause) ||
  symptoms.indexOf(one.symptom) - symptoms.indexOf(other.symptom) ||
  compareText(one.about, other.about) ||
  one.at - other.at ||
  compareText(one.id, other.id) ||
  compareText(JSON.stringify(one), JSON.stringify(other));
