/** What a report and a finding both say of a difference between an export and the ledger. */
import type { Money } from "../formats/money.ts";
import type { Cause, Symptom } from "./axes.ts";
import type { MovementType } from "./movement-type.ts";

export interface WhatDiffers {
  readonly cause: Cause;
  readonly symptom: Symptom;
  readonly about: MovementType | "contract";
  /** What the gateway says; of a refund without a name the sum that went back of its payment. */
  readonly theirs?: Money;
  /** What is recorded. */
  readonly ours?: Money;
}
