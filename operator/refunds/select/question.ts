/** What an operator asks to be given back, and what comes of each part of the question. */
import type { Interval } from "../../../core/charges/taken.ts";
import type { FindingClass } from "../../../core/findings/finding.ts";
import type { Selection } from "../../../core/refunds/of-account.ts";
import type { RefundList } from "../../../core/refunds/refund-list.ts";
import type { Reading } from "../../charges/recorded-lines.ts";

export interface Question {
  readonly findings: readonly string[];
  readonly classes: readonly FindingClass[];
  readonly accounts: readonly string[];
  /** A file of payment numbers, as customers write them. */
  readonly payments?: string | undefined;
  /** An order number as the application writes them. */
  readonly like?: string | undefined;
  /** Alone: every charge of that time. With others: only their charges of that time. */
  readonly between?: Interval | undefined;
  readonly source?: string | undefined;
}

export interface Asked {
  readonly selection: Selection;
  /** It is told what the list has of it. */
  settle?(list: RefundList): void;
}

/** What an operator has to know of the list besides its lines. */
export interface Report {
  /** What could not be answered, or not fully: sentences. */
  readonly notes: string[];
  /** Payment numbers, in the order of their file. */
  readonly numbers: NumberOutcome[];
  /** What was read to answer. */
  readonly reads: { accounts: number; findings: number; numbers: number };
  /** Of the records of a time. */
  reading?: Reading;
}

export interface NumberOutcome {
  /** The physical line of the file. */
  readonly line: number;
  /** As the customer wrote it. */
  readonly number: string;
  readonly outcome: "listed" | "same payment" | "nothing" | "unknown" | "several" | "a contract";
  /** The payments it means. */
  readonly payments: readonly string[];
  readonly why?: string;
}

export const newReport = (): Report => ({
  notes: [],
  numbers: [],
  reads: { accounts: 0, findings: 0, numbers: 0 },
});
