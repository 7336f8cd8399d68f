/** One line of an export in our words. What a line says that we do not compare is not kept. */
import type { Millis } from "../callback.ts";
import type { ContractState } from "../event.ts";
import type { Money } from "../formats/money.ts";
import type { LineType, Outcome } from "../mapping/layout.ts";
import type { LineProblem } from "./reading/cells/problem.ts";

interface Line {
  /** The physical line on which it begins, from 1. */
  readonly number: number;
  /** What the line is called in its export, where each has a name. */
  readonly line?: string;
  readonly contract?: string;
  readonly customer?: string;
  readonly order?: string;
}

export interface MoneyLine extends Line {
  readonly kind: "money";
  readonly type: LineType;
  readonly outcome: Outcome;
  /** Of the payment it is about, in the order in which they are asked for. */
  readonly payment: readonly string[];
  readonly refund?: string;
  readonly dispute?: string;
  /** Never negative: the type says in which direction. Absent only where nothing was moved. */
  readonly amount?: Money;
  /** Of a charge: what went back of it so far. */
  readonly refunded?: Money;
  readonly at: Millis;
  /** It names a day and no time: `at` is its first moment. */
  readonly isDay: boolean;
}

export interface ContractLine extends Line {
  readonly kind: "contract";
  readonly contract: string;
  readonly state: ContractState;
  readonly at?: Millis;
  readonly endedAt?: Millis;
}

export type ExportLine = MoneyLine | ContractLine;

/** What is made of one line of a file. */
export type Reading =
  | ExportLine
  /** By a rule: counted by its reason, and in no sum. */
  | { readonly kind: "left out"; readonly number: number; readonly why: LeftOut }
  /** In no sum, and named. */
  | { readonly kind: "broken"; readonly number: number; readonly problem: LineProblem };

export type LeftOut =
  | { readonly kind: "empty" }
  /** Fees, payouts and the like: no charge. */
  | { readonly kind: "type"; readonly type: LineType }
  /** A charge of zero: a card check, a free month. */
  | { readonly kind: "zero" }
  /** A record type that is no row. */
  | { readonly kind: "record"; readonly type: string }
  | { readonly kind: "totals" }
  /** It says what a line before it says: counted once (R-REC-4). */
  | { readonly kind: "repeated" }
  | { readonly kind: "continues" }
  | { readonly kind: "rule"; readonly why: string }
  /** Its type, or its state, is none that the layout knows. */
  | { readonly kind: "unknown"; readonly column: string; readonly text: string };
