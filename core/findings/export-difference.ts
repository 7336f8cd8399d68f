/** What a gateway's export says otherwise than the ledger about one payment or contract, as a finding keeps it. */
import type { Millis } from "../callback.ts";
import type { Money } from "../formats/money.ts";
import type { Cause, Symptom } from "../reconcile/compare/axes.ts";
import type { MovementType } from "../reconcile/sides/movements.ts";

export interface ExportDifference {
  readonly cause: Cause;
  readonly symptom: Symptom;
  readonly about: MovementType | "contract";
  readonly at: Millis;
  /** Of the refund or the dispute. */
  readonly reference?: string;
  /** What the gateway says; of a refund without a name the sum that went back of its payment. */
  readonly theirs?: Money;
  readonly ours?: Money;
  /** What is at stake. */
  readonly money?: Money;
  /** What the gateway says of the state, where that differs. */
  readonly state?: string;
}
